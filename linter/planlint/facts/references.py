"""References between tasks, resolved: which task an id means, and which ids mean nothing."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from planlint.model import Dependency, Plan, Task


class Resolved(NamedTuple):
    """`waiting` waits for `needed`; `holder` is the task whose `field` says so in `dependency`."""

    needed: int
    waiting: int
    holder: int
    field: str
    """`depends_on`, `blocks` or `conflicts_with`."""
    dependency: Dependency


class Unknown(NamedTuple):
    """A reference of `holder` to an id that no task has."""

    holder: int
    field: str
    position: int
    """Index in the field's tuple."""
    dependency: Dependency


class References:
    """All references of a plan, resolved once. A reference to a container means all the work inside it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def find(self, task_id: str) -> list[int]:
        """Indexes of the tasks with this id, in file order."""
        return self.by_id.get(task_id, [])

    @cached_property
    def by_id(self) -> dict[str, list[int]]:
        """Id to the indexes of the tasks that bear it (more than one: PL303)."""
        found: dict[str, list[int]] = {}
        for task in self.plan.tasks:
            if task.id:
                found.setdefault(task.id, []).append(task.index)
        return found

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Index of a container to those of the tasks directly inside."""
        found: dict[int, list[int]] = {}
        for task in self.plan.tasks:
            if task.parent is not None:
                found.setdefault(task.parent, []).append(task.index)
        return found

    def work_of(self, task: int) -> list[int]:
        """The task itself, or all the work inside when it is a container."""
        if not self.plan.tasks[task].container:
            return [task]
        found: list[int] = []
        stack = list(reversed(self.children.get(task, [])))
        while stack:
            child = stack.pop()
            if self.plan.tasks[child].container:
                stack.extend(reversed(self.children.get(child, [])))
            else:
                found.append(child)
        return found

    @property
    def dependencies(self) -> list[Resolved]:
        """Every `depends_on` and `blocks`, as needed -> waiting."""
        return self._resolved[0]

    @property
    def exclusions(self) -> list[Resolved]:
        """Every `conflicts_with`: the two never run at the same time."""
        return self._resolved[1]

    @property
    def unknown(self) -> list[Unknown]:
        """References to ids that no task has, `Plan.known_ids` left out."""
        return self._resolved[2]

    @cached_property
    def unsettled(self) -> frozenset[int]:
        """Tasks that wait for an id which no task has: what they run after is not known."""
        return frozenset(item.holder for item in self.unknown if item.field == "depends_on")

    @cached_property
    def _resolved(self) -> tuple[list[Resolved], list[Resolved], list[Unknown]]:
        edges: list[Resolved] = []
        exclusions: list[Resolved] = []
        unknown: list[Unknown] = []
        for task in self.plan.tasks:
            if task.depends_on:
                self._resolve(task, "depends_on", task.depends_on, edges, unknown)
            if task.blocks:
                self._resolve(task, "blocks", task.blocks, edges, unknown)
            if task.conflicts_with:
                self._resolve(task, "conflicts_with", task.conflicts_with, exclusions, unknown)
        return edges, exclusions, unknown

    def _resolve(
        self,
        holder: Task,
        field: str,
        dependencies: tuple[Dependency, ...],
        found: list[Resolved],
        unknown: list[Unknown],
    ) -> None:
        """Add what the `dependencies` in `field` of `holder` mean to `found`, those that mean nothing to `unknown`."""
        index, tasks, blocks = holder.index, self.plan.tasks, field == "blocks"
        own = self.work_of(index) if holder.container else (index,)
        for position, dependency in enumerate(dependencies):
            targets = self._targets(index, dependency)
            if not targets and dependency.task not in self.plan.known_ids:
                unknown.append(Unknown(index, field, position, dependency))
            for target in targets:
                for mine in own:
                    for other in self._others(mine, target) if tasks[target].container else (target,):
                        needed, waiting = (mine, other) if blocks else (other, mine)
                        found.append(Resolved(needed, waiting, index, field, dependency))

    def _others(self, task: int, target: int) -> list[int]:
        """The work that the container `target` means for `task`: one's own means the earlier siblings."""
        work = self.work_of(target)
        if task in work:
            return [other for other in work if other < task]
        return work

    def _targets(self, holder: int, dependency: Dependency) -> list[int]:
        if dependency.target is not None:
            return [dependency.target]
        found = self.by_id.get(dependency.task, [])
        if len(found) > 1 and holder in found:
            # With duplicate ids a task does not wait for its own double unless it names nothing else.
            found = [index for index in found if index != holder]
        return found
