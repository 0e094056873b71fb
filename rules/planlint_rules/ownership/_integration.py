"""The remedy for a hub that several tasks touch: one task takes it over and joins their work at the end."""

from __future__ import annotations

from collections.abc import Sequence

from planlint.diagnostics.remedy import MoveToIntegration
from planlint.facts.effects import Effect
from planlint.model import Kind, Mode, Task
from planlint.rulekit import Facts

_NEEDED_MEANWHILE = frozenset({"manifest", "lock", "environment"})
"""Hubs whose entries the tasks need while they work: joining them at the end would come too late."""


def integration_of(facts: Facts, path: str, tasks: Sequence[Task], writes: Sequence[Effect]) -> list[MoveToIntegration]:
    """The remedy, if `path` is a hub that can be filled in at the end; `writes` are those of `tasks` that name it.

    Nothing is proposed where a writer would have nothing left to write, or where a brief names the file.
    """
    hub = facts.conventions.hub_of(path)
    if hub is None or hub.kind in _NEEDED_MEANWHILE:
        return []
    joining = _joining_task(facts, tasks)
    given_up = [effect for effect in writes if joining is None or effect.task != joining.index]
    name = path.rpartition("/")[2]
    if any(name in task.brief for task in tasks if task is not joining):
        return []
    if any(len(facts.task(effect.task).writes) < 2 or effect.scope.mode is Mode.DELETE for effect in given_up):
        return []
    after = [
        task.index
        for task in tasks
        if joining is None or (task is not joining and not facts.order.before(task.index, joining.index))
    ]
    whom = f"`{joining.label}`" if joining is not None else "a task that joins the work"
    return [
        MoveToIntegration(
            path,
            any(effect.scope.mode is Mode.CREATE for effect in writes),
            tuple((effect.task, effect.position) for effect in given_up),
            tuple(after),
            joining.index if joining is not None else None,
            f"let {whom} change `{path}` once the others are done",
        )
    ]


def _joining_task(facts: Facts, tasks: Sequence[Task]) -> Task | None:
    """The plan's own task for that, if it has one that may wait for all of `tasks`."""
    for task in facts.tasks:
        joins = task.kind is Kind.INTEGRATE and not task.done
        if joins and all(other is task or not facts.order.before(task.index, other.index) for other in tasks):
            return task
    return None
