"""The order of an OpenSpec list.

The format's rule (Fission-AI/OpenSpec at f1b521d, `schemas/spec-driven/schema.yaml`): tasks are listed in the order of
their dependencies, and there is no mark for parallel work. So groups run one after another and boxes in listed order.
Only a plan whose own boxes or groups declare dependencies is read as a graph, and then only between neighbours that
all declare theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.labels import Label
from planlint.dialects.openspec.groups import Group
from planlint.model import Schedule, parallel, serial

_LISTED = "tasks are listed in the order in which they are done"
_GROUPS = "a group is finished before the next one begins"
_FREE = "each declares its dependencies, and none of them orders the two"
_SAID = "the plan says that they can run in parallel"
_PARALLEL = re.compile(r"\bparallel|\bconcurrent|\bat the same time|并行|並行|並列", re.IGNORECASE)


def schedule_of(
    groups: Sequence[Group], tasks: Sequence[TaskDraft], fields: dict[int, Label], grouped: bool
) -> Schedule | None:
    """The schedule. `fields` holds the Dependencies label of each box that has one, by task index.

    `grouped` says that groups themselves declare dependencies; then boxes inside of one stay in listed order.
    """
    inner: list[Schedule | None] = []
    for group in groups:
        members = [index for index in group.items if not tasks[index].container]
        inner.append(_inside(members, {} if grouped else fields))
    order = list(range(len(groups))) if grouped else _by_need(groups, tasks)
    steps: list[Schedule] = []
    run: list[Schedule] = []
    said = False
    for position in order:
        tree = inner[position]
        if tree is None:
            continue
        label = groups[position].label("depends") if grouped else None
        if label is None:
            _close(run, steps, said)
            said = False
            steps.append(tree)
        else:
            run.append(tree)
            said = said or _PARALLEL.search(label.value.text) is not None
    _close(run, steps, said)
    return serial(steps, _GROUPS) if steps else None


def _inside(members: Sequence[int], fields: dict[int, Label]) -> Schedule | None:
    steps: list[Schedule] = []
    run: list[Schedule] = []
    said = False
    for index in members:
        label = fields.get(index)
        leaf = serial([index], _LISTED)
        if label is None:
            _close(run, steps, said)
            said = False
            steps.append(leaf)
        else:
            run.append(leaf)
            said = said or _PARALLEL.search(label.value.text) is not None
    _close(run, steps, said)
    return serial(steps, _LISTED) if steps else None


def _close(run: list[Schedule], steps: list[Schedule], said: bool) -> None:
    if run:
        steps.append(parallel(list(run), _SAID if said else _FREE, Evidence.STATED if said else Evidence.INFERRED))
        run.clear()


def _by_need(groups: Sequence[Group], tasks: Sequence[TaskDraft]) -> list[int]:
    """The groups in listed order, except that one comes after a later one that its boxes declare to need.

    A plan appends groups while it is worked on; what its boxes declare goes before the place in the file.
    """
    group_of = {index: position for position, group in enumerate(groups) for index in group.items}
    by_id = {task.id: group_of[task.index] for task in tasks if task.id and task.index in group_of}
    needs: list[set[int]] = [set() for _ in groups]
    for task in tasks:
        position = group_of.get(task.index)
        for dependency in task.depends_on:
            needed = by_id.get(dependency.task)
            if position is not None and needed is not None and needed > position:
                needs[position].add(needed)
    order: list[int] = []
    state = [0] * len(groups)  # 0 not seen, 1 waiting for those it needs, 2 placed
    for start in range(len(groups)):
        stack = [start]
        while stack:
            position = stack[-1]
            if state[position] == 0:
                state[position] = 1
                stack.extend(needed for needed in sorted(needs[position], reverse=True) if state[needed] == 0)
                continue
            stack.pop()
            if state[position] == 1:
                state[position] = 2
                order.append(position)
    return order
