"""PL302 dependency-cycle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planlint.facts.references import Resolved
from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier

_SHOWN = 8
"""Longest cycle that a message spells out; the related places show every step of longer ones."""


class DependencyCycle(Rule):
    """Tasks wait for each other in a circle.

    ## Why

    None of them can ever start. A runner stops here, or picks one and breaks the order that the plan asks for.

    ## Example

    ```yaml
    plan: accounts
    tasks:
      - id: schema
        title: Account table
        creates: [db/account.sql]
        depends_on: [report]
      - id: api
        title: Account endpoint
        creates: [src/account.py]
        depends_on: [schema]
      - id: report
        title: Account report
        creates: [src/report.py]
        depends_on: [api]
    ```

    ## Use instead

    ```yaml
    plan: accounts
    tasks:
      - id: schema
        title: Account table
        creates: [db/account.sql]
      - id: api
        title: Account endpoint
        creates: [src/account.py]
        depends_on: [schema]
      - id: report
        title: Account report
        creates: [src/report.py]
        depends_on: [api]
    ```

    ## Silent on

    Circles with a finished task in them: what is done holds nobody up. Circles that only exist because two tasks bear
    one id (`duplicate-task-id`, PL303).
    """

    code = "PL302"
    name = "dependency-cycle"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.DEPENDENCIES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each cycle, from its first task in the file."""
        for cycle in facts.order.cycles:
            if not all(facts.order.live >> task & 1 for task in cycle):
                continue
            edges = [
                edge
                for waiting, needed in pairwise([*cycle, cycle[0]])
                if (edge := facts.order.edge(needed, waiting)) is not None
            ]
            if not edges or any(_is_ambiguous(facts, edge) for edge in edges):
                continue
            tasks = [facts.task(task) for task in cycle]
            evidence = Evidence.weakest(*(edge.dependency.evidence for edge in edges))
            yield self.finding(
                _message(tasks),
                edges[0].dependency.origin,
                why="none of them can start before the others are finished"
                if len(cycle) > 1
                else "it waits for its own end, so it never starts",
                help=_help(tasks),
                related=[(edge.dependency.origin, _label(facts, edge)) for edge in edges[1:]],
                tasks=tasks,
                evidence=evidence,
            )


def _message(tasks: list[Task]) -> str:
    if len(tasks) == 1:
        return f"`{tasks[0].label}` depends on itself"
    names = [f"`{task.label}`" for task in tasks]
    if len(names) > _SHOWN:
        names = [*names[: _SHOWN - 2], f"{len(names) - _SHOWN + 1} more", names[-1]]
    return f"tasks wait for each other: {' needs '.join([*names, names[0]])}"


def _help(tasks: list[Task]) -> str:
    if len(tasks) == 1:
        return "take the task out of its own list of dependencies"
    return "remove the dependency that is not needed, or move what both sides need into a task before them"


def _label(facts: Facts, edge: Resolved) -> str:
    return f"{facts.task(edge.waiting).label} needs {facts.task(edge.needed).label}"


def _is_ambiguous(facts: Facts, edge: Resolved) -> bool:
    """Whether the reference could mean several tasks of one id."""
    return edge.dependency.target is None and len(facts.references.find(edge.dependency.task)) > 1
