"""PL311 no-parallelism."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability, Plan
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules.order._mismatches import mismatches

_STORY = regex(r"us\d{1,3}")
_FEWEST = 3
"""Fewer tasks are a hand-over, not a plan to run in parallel."""


class NoParallelism(Rule):
    """A plan for parallel agents in which every task waits for another one.

    ## Why

    Each agent starts with an empty window and reads everything again. Where no two of them ever run at the same time,
    one agent that does the tasks in turn is cheaper and knows more.

    ## Example

    ```yaml
    plan: report
    max_parallel: 4
    tasks:
      - id: query
        title: Report query
        creates: [src/query.py]
      - id: layout
        title: Report layout
        creates: [src/layout.py]
        depends_on: [query]
      - id: mail
        title: Report mail
        creates: [src/mail.py]
        depends_on: [layout]
    ```

    ## Use instead

    ```yaml
    plan: report
    max_parallel: 4
    tasks:
      - id: query
        title: Report query
        creates: [src/query.py]
      - id: layout
        title: Report layout
        creates: [src/layout.py]
      - id: mail
        title: Report mail
        creates: [src/mail.py]
        depends_on: [query, layout]
    ```

    ## Silent on

    Plans of fewer than three tasks; plans that say nothing of several agents, waves or parallel marks, or have one such
    mark; plans whose words name tasks or stories that can run in parallel; plans with a cycle, an unreadable part, or
    marks and waves that dependencies contradict (PL305, PL306).
    """

    code = "PL311"
    name = "no-parallelism"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.TASKS, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """At most one finding: the whole plan is one chain."""
        order = facts.order
        if len(facts.tasks) < _FEWEST or facts.plan.incomplete or order.cycles or order.pair_count:
            return
        wanted = None if any(mismatches(facts)) else _wants_parallel(facts.plan)
        if wanted is None or _names_some(facts):
            return
        count = len(facts.tasks)
        workers = {task.agent.name for task in facts.tasks}
        cause = "all have one worker" if len(workers) == 1 and None not in workers else "each waits for the one before"
        yield self.finding(
            f"none of the {count} tasks can run beside another one ({cause}), although {wanted}",
            facts.plan.head,
            why="every agent pays for its start and reads everything again, and nothing is faster for it",
            help="remove the waits that nothing needs, or let one agent do the tasks in turn",
            discriminator="chain",
        )


def _names_some(facts: Facts) -> bool:
    """Whether a line apart from the tasks says which of them can run together ("T014 and T015 can run in parallel").

    Such a sentence is not always read as an order, so what nothing else shows may still be parallel.
    """
    ids = {task.id.lower() for task in facts.tasks if len(task.id) > 1}
    for line in facts.plan.origin.text.lower().splitlines():
        if "parallel" in line:
            names = {word.strip("()[],.:;*`") for word in line.split()}
            if len([name for name in names if name in ids or _STORY.fullmatch(name)]) > 1:
                return True
    return False


def _wants_parallel(plan: Plan) -> str | None:
    """What in the plan asks for tasks side by side, for the message."""
    if plan.max_parallel is not None and plan.max_parallel > 1:
        return f"the plan allows {plan.max_parallel} at once"
    if plan.workers is not None and plan.workers > 1:
        return f"the plan starts {plan.workers} workers"
    if sum(task.parallel is True for task in plan.tasks) > 1:
        return "tasks are marked parallel"
    if len({task.agent.name for task in plan.tasks if task.agent.name}) > 1:
        return "they are given to several workers"
    if any(task.agent.background for task in plan.tasks):
        return "they start in the background"
    return None
