"""`Schedule`: the order that a format gives to its tasks apart from declared dependencies.

A series-parallel tree over task indexes. Spec Kit: a serial of phases, inside each a serial of tasks in which a run of
`[P]` tasks is one parallel. GSD: a serial of waves, each a parallel of plans. A dependency graph without waves: one
parallel of everything. What the tree leaves unordered may happen in parallel unless a dependency orders it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from planlint.diagnostics import Evidence
from planlint.records import Record, record
from planlint.source import Origin


@record
class Leaf(Record):
    """One task, by `Task.index`."""

    task: int


@record
class Serial(Record):
    """Children run one after another: all of one child is finished before the next begins."""

    children: tuple[Schedule, ...]
    reason: str
    """Why, in a few words for a person: `waves run one after another`, `tasks are done in listed order`."""
    evidence: Evidence = Evidence.DECLARED


@record
class Parallel(Record):
    """Children may run at the same time.

    `evidence` says how sure that is: `declared` (a mark, a wave number), `stated` (a sentence), `inferred` (nothing
    orders them). Conflicts under an inferred parallel are reported with less confidence.
    """

    children: tuple[Schedule, ...]
    reason: str
    """`they are marked [P]`, `same wave`, `nothing orders them`."""
    evidence: Evidence = Evidence.DECLARED
    origin: Origin | None = None
    label: str | None = None
    """The group's name where it has one: `wave 2`, `Phase 3`."""


Schedule: TypeAlias = Leaf | Serial | Parallel


def _as_schedule(child: Schedule | int) -> Schedule:
    return Leaf(child) if isinstance(child, int) else child


def serial(children: Iterable[Schedule | int], reason: str, evidence: Evidence = Evidence.DECLARED) -> Schedule:
    """A `Serial` of `children`; a single child is itself."""
    items = tuple(_as_schedule(child) for child in children)
    return items[0] if len(items) == 1 else Serial(items, reason, evidence)


def parallel(
    children: Iterable[Schedule | int],
    reason: str,
    evidence: Evidence = Evidence.DECLARED,
    *,
    origin: Origin | None = None,
    label: str | None = None,
) -> Schedule:
    """A `Parallel` of `children`; a single child is itself."""
    items = tuple(_as_schedule(child) for child in children)
    return items[0] if len(items) == 1 else Parallel(items, reason, evidence, origin, label)
