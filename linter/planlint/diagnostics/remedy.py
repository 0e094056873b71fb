"""Remedies: what a rule proposes to change, in the plan's terms. A dialect turns them into edits of its own syntax."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from planlint.diagnostics.fix import Applicability


class AddDependency(NamedTuple):
    """Make `waiting` wait for `needed` (both `Task.index`)."""

    waiting: int
    needed: int
    title: str
    applicability: Applicability = Applicability.UNSAFE
    reason: str | None = "it takes away parallelism, and the order could be meant the other way round"


class RemoveDependency(NamedTuple):
    """Take the items at `positions` out of the `depends_on` of `task`."""

    task: int
    positions: tuple[int, ...]
    title: str
    applicability: Applicability = Applicability.SAFE
    reason: str | None = None


class DropParallelMark(NamedTuple):
    """Take the mark off `task` that lets it run beside others."""

    task: int
    title: str
    applicability: Applicability = Applicability.UNSAFE
    reason: str | None = "the task then waits for everything listed before it"


class RespellPath(NamedTuple):
    """Write scope `position` of `field` of `task` as `path`."""

    task: int
    field: str
    position: int
    path: str
    title: str
    applicability: Applicability = Applicability.SAFE
    reason: str | None = None


class MoveToIntegration(NamedTuple):
    """Take `path` from the tasks that write it and give it to one task that joins their work once all are done."""

    path: str
    creates: bool
    """Whether the file is new."""
    writes: tuple[tuple[int, int], ...]
    """`Task.index` and position in its `writes`, for each writer that gives the file up."""
    after: tuple[int, ...]
    """Tasks that the joining task has to wait for and does not wait for yet."""
    into: int | None
    """The joining task; None: a new one."""
    title: str
    applicability: Applicability = Applicability.UNSAFE
    reason: str | None = "the file changes only once all of them are done, and what their briefs say of it stays"


Remedy: TypeAlias = AddDependency | RemoveDependency | DropParallelMark | RespellPath | MoveToIntegration
