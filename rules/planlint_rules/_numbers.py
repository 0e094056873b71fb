"""How rules about costs write their numbers, and which tasks they count as agents."""

from __future__ import annotations

from planlint.facts.costs import Costs
from planlint.model import Task
from planlint.rulekit import Evidence, Facts


def about(number: int) -> str:
    """A token count as a person says it: `900`, `5,200`, `240k`."""
    return f"{round(number / 1000)}k" if number >= 10_000 else f"{round(number, -2 if number >= 1000 else 0):,}"


def percent(share: float) -> str:
    """A share of something: `70 %`."""
    return f"{round(100 * share)} %"


def delegated(facts: Facts) -> list[Task]:
    """The tasks that the plan really hands to agents, in plan order; none where that is only concluded from marks.

    A checklist with parallel marks may be walked through by one agent, so nothing can be said about its agents.
    """
    costs: Costs = facts.costs
    if costs.delegation.evidence is Evidence.INFERRED:
        return []
    return [facts.task(index) for index in costs.delegation.tasks]
