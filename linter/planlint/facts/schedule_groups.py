"""Which groups of the schedule a task stands in, and which is the innermost that two tasks share."""

from __future__ import annotations

from planlint.model import Leaf, Schedule


class ScheduleGroups:
    """The groups around each task that `schedule` holds; `task in groups` tells whether it holds one."""

    def __init__(self, schedule: Schedule | None) -> None:
        self._around: dict[int, tuple[Schedule, ...]] = {}
        stack: list[tuple[Schedule, tuple[Schedule, ...]]] = [] if schedule is None else [(schedule, ())]
        while stack:
            node, above = stack.pop()
            if isinstance(node, Leaf):
                self._around[node.task] = above
            else:
                path = (*above, node)
                stack.extend((child, path) for child in node.children)

    def __contains__(self, task: int) -> bool:
        return task in self._around

    def innermost(self, first: int, second: int) -> Schedule | None:
        """The innermost group that holds both tasks; None where the schedule leaves one of them out."""
        found: Schedule | None = None
        for node, other in zip(self._around.get(first, ()), self._around.get(second, ()), strict=False):
            if node is not other:
                break
            found = node
        return found
