"""Which groups of the schedule a task stands in, and which is the innermost that two tasks share."""

from __future__ import annotations

from functools import cached_property

from planlint.model import Leaf, Parallel, Schedule, Serial


class ScheduleGroups:
    """The groups around each task that `schedule` holds; `task in groups` tells whether it holds one."""

    def __init__(self, schedule: Schedule | None) -> None:
        self._schedule = schedule

    def __contains__(self, task: int) -> bool:
        return task in self._around

    @cached_property
    def in_sequence(self) -> bool:
        """Whether any group puts its children one after another."""
        return any(isinstance(group, Serial) for group in self._groups)

    @cached_property
    def named(self) -> bool:
        """Whether any group has a name: one without only shows what may run together."""
        return any(isinstance(group, Parallel) and group.label is not None for group in self._groups)

    def innermost(self, first: int, second: int) -> Schedule | None:
        """The innermost group that holds both tasks; None where the schedule leaves one of them out."""
        found: Schedule | None = None
        for node, other in zip(self._around.get(first, ()), self._around.get(second, ()), strict=False):
            if node is not other:
                break
            found = node
        return found

    @cached_property
    def _groups(self) -> list[Serial | Parallel]:
        """All groups, each before those inside of it."""
        found = [] if self._schedule is None or isinstance(self._schedule, Leaf) else [self._schedule]
        for group in found:
            found += [child for child in group.children if not isinstance(child, Leaf)]
        return found

    @cached_property
    def _around(self) -> dict[int, tuple[Schedule, ...]]:
        """Task to the groups around it, outermost first."""
        around: dict[int, tuple[Schedule, ...]] = {}
        stack: list[tuple[Schedule, tuple[Schedule, ...]]] = [] if self._schedule is None else [(self._schedule, ())]
        while stack:
            node, above = stack.pop()
            if isinstance(node, Leaf):
                around[node.task] = above
            else:
                path = (*above, node)
                stack.extend((child, path) for child in node.children)
        return around
