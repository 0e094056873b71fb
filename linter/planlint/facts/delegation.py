"""Which tasks of a plan start an agent of their own: many formats list steps that one agent walks through."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planlint.diagnostics import Evidence
from planlint.model import Capability, Kind, Task

if TYPE_CHECKING:
    from planlint.facts.facts import Facts


class Delegation(NamedTuple):
    """The tasks that are handed to agents, how many agents that takes, and how sure that is."""

    tasks: tuple[int, ...]
    """Indexes of live tasks, in plan order."""
    agents: int
    """Agents started: tasks of one named worker count once; never more than the workers the plan says it starts."""
    evidence: Evidence
    """Declared: tasks name agents or are launched. Stated: the format hands each task to an agent. Inferred: they are
    only marked to run in parallel."""
    reason: str
    """Why, for messages: `each task names an agent`."""


def delegation_of(facts: Facts) -> Delegation:
    """Who works on the plan, by the first that applies.

    1. Tasks that name an agent, a background run or an isolation of their own, or that a script launches. In a format
       whose tasks name agents, the others get the default agent and count too.
    2. All tasks, in a format whose executor hands each task to an agent.
    3. Tasks that the plan declares or says to be concurrent with another.

    A plan without any of these starts no agents: it is a list for one agent to walk through.
    """
    tasks = facts.tasks
    launched = {step.launch.task for script in facts.plan.scripts for step in script.steps if step.launch is not None}
    naming = (task for task in tasks if _names_agent(task) or task.index in launched)
    if facts.plan.has(Capability.AGENTS):
        handed = [task for task in tasks if task.kind is not Kind.COORDINATE or _names_agent(task)]
        if next(naming, None) is not None:
            return _delegation(facts, handed, Evidence.DECLARED, "the tasks name their agents")
        return _delegation(facts, handed, Evidence.STATED, "each task is handed to an agent")
    named = list(naming)
    if named:
        return _delegation(facts, named, Evidence.DECLARED, "these tasks name their agents")
    if facts.plan.has(Capability.FRESH_AGENTS):
        return _delegation(
            facts, list(tasks), Evidence.STATED, "the tool that runs the plan hands each task to an agent"
        )
    apart = [task for task in tasks if _marked_parallel(facts, task)]
    return _delegation(facts, apart, Evidence.INFERRED, "these tasks are marked to run in parallel")


def _names_agent(task: Task) -> bool:
    agent = task.agent
    separate = task.isolation is not None and task.isolation.separate
    return bool(agent.type or agent.name or agent.background or separate)


def _marked_parallel(facts: Facts, task: Task) -> bool:
    """Whether something declared or stated, not just the lack of an order, lets the task run beside another."""
    rivals = facts.order.concurrent_mask(task.index)
    if rivals and task.parallel:
        return True
    for _ in range(_SAMPLE):
        if not rivals:
            break
        nearest = rivals.bit_length() - 1
        if facts.order.concurrency(task.index, nearest).evidence is not Evidence.INFERRED:
            return True
        rivals ^= 1 << nearest
    return False


_SAMPLE = 20
"""Rivals that are asked for their reason: the tasks of one group share it, so a few stand for all."""


def _delegation(facts: Facts, tasks: list[Task], evidence: Evidence, reason: str) -> Delegation:
    named = [name for task in tasks if (name := task.agent.name)]
    agents = len(set(named)) + len(tasks) - len(named)
    if facts.plan.workers is not None:
        agents = min(agents, max(facts.plan.workers, 1))
    return Delegation(tuple([task.index for task in tasks]), agents, evidence, reason)
