"""`find_mismatches`: declared dependencies that the schedule contradicts."""

from __future__ import annotations

from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.facts.graph import reachability
from planlint.facts.order import Order
from planlint.facts.references import Resolved
from planlint.model import Task


class Mismatch(NamedTuple):
    """A declared dependency that the schedule contradicts: `task` needs `needed`, which runs with it or after it."""

    task: int
    needed: int
    edge: Resolved
    reversed: bool
    """True: scheduled strictly after; False: scheduled to run at the same time."""
    reason: str
    evidence: Evidence = Evidence.DECLARED
    """How sure the schedule is of that."""
    label: str | None = None
    """The name of the group that both run in: `wave 2`."""


def find_mismatches(order: Order) -> list[Mismatch]:
    """All of a plan, in file order; see `Order.mismatches`."""
    if not _is_scheduled(order):
        return []
    scheduled = reachability(order.schedule_successors, len(order.plan.tasks))[0]
    found = []
    for (needed, task), edge in order.declared.items():
        if task == needed or needed not in order.groups or task not in order.groups:
            continue
        if order.declared_before(task, needed):
            continue  # a cycle is a fault of its own
        if scheduled[needed] >> task & 1:
            found.append(Mismatch(task, needed, edge, True, *order.sequence(task, needed)))
        elif not scheduled[task] >> needed & 1:
            group = order.concurrency(task, needed)
            if group.evidence is Evidence.DECLARED:
                found.append(Mismatch(task, needed, edge, False, group.reason, group.evidence, group.label))
            elif _numbered_before(order.plan.tasks[task], order.plan.tasks[needed]):
                found.append(Mismatch(task, needed, edge, True, "waves run one after another"))
    return sorted(found, key=lambda item: item.edge.dependency.origin.start)


def _is_scheduled(order: Order) -> bool:
    """Whether the schedule says by order, names, waves or marks when tasks run, not only that they may meet."""
    return order.plan.schedule is not None and (
        order.groups.in_sequence
        or order.groups.named
        or any(task.parallel or task.wave is not None for task in order.plan.tasks)
    )


def _numbered_before(first: Task, second: Task) -> bool:
    """Whether `first` has the lower wave number, though one inferred group of the schedule holds both (GSD)."""
    if first.wave is None or second.wave is None:
        return False
    try:
        return float(first.wave) < float(second.wave)
    except ValueError:
        return False
