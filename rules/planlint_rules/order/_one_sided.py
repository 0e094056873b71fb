"""Relations that a plan keeps on both sides, and of which one side is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planlint.facts.graph import reachability
from planlint.facts.references import Resolved
from planlint.model import Task
from planlint.rulekit import Evidence, Facts
from planlint.source import Origin


class OneSided(NamedTuple):
    """`holder` says something about `other` in `field`; `other` does not say it back in its field `lacking`."""

    holder: int
    other: int
    field: str
    lacking: str
    origin: Origin


_BACK = {"blocks": "depends_on", "depends_on": "blocks", "conflicts_with": "conflicts_with"}


def one_sided(facts: Facts) -> Iterator[OneSided]:
    """Halves of pairs in plans that write both halves, in file order. References to containers do not count."""
    if not any(task.blocks or task.conflicts_with or "blocks" in task.places for task in facts.plan.tasks):
        return  # nobody keeps a second side
    edges = [
        edge
        for edge in (*facts.references.dependencies, *facts.references.exclusions)
        if edge.dependency.evidence is Evidence.DECLARED
        and facts.order.live >> edge.needed & facts.order.live >> edge.waiting & 1
        and edge.holder in (edge.needed, edge.waiting)
    ]
    said = {(edge.holder, _other(edge), edge.field) for edge in edges}
    kept = any((other, holder, _BACK[field]) in said for holder, other, field in said if field == "blocks")
    chains: dict[str, list[int]] = {}
    for edge in edges:
        other, back = _other(edge), _BACK[edge.field]
        if edge.holder == other or (other, edge.holder, back) in said:
            continue
        if back != "conflicts_with":
            if back not in chains:
                chains[back] = _chains(facts, back)
            if chains[back][edge.needed] >> edge.waiting & 1:
                continue  # the other lists say it, over tasks in between
        if edge.field == "conflicts_with":
            wanted = back in facts.task(other).places and not facts.order.ordered(edge.holder, other)
        else:
            wanted = (
                _writes_both(facts.task(edge.holder)) and _writes_both(facts.task(other))
                if not kept and not (edge.field == "blocks" and _waits_for_nothing(facts.task(other)))
                else (edge.field == "blocks" or "blocks" in facts.task(other).places)
            )
        if wanted:
            yield OneSided(edge.holder, other, edge.field, back, edge.dependency.origin)


def _chains(facts: Facts, field: str) -> list[int]:
    """For each task the bit set of those that wait for it, directly or not, by the lists of one field alone."""
    successors: list[list[int]] = [[] for _ in facts.plan.tasks]
    for edge in facts.references.dependencies:
        if edge.field == field:
            successors[edge.needed].append(edge.waiting)
    return reachability(successors, len(successors))[1]


def _other(edge: Resolved) -> int:
    return edge.waiting if edge.holder == edge.needed else edge.needed


def _writes_both(task: Task) -> bool:
    """Whether the task has both lists, even if one is empty: a format that keeps both sides."""
    return "blocks" in task.places and "depends_on" in task.places


def _waits_for_nothing(task: Task) -> bool:
    """Whether the task has a list of what it waits for, and the list is empty."""
    return "depends_on" in task.places and not task.depends_on
