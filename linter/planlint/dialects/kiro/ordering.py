"""The order of a Kiro list: listed order, `(P)` runs of cc-sdd, or the waves of the dependency graph.

Sources: Kiro runs independent tasks in waves since IDE 0.12 (kirodotdev/Kiro issue 4547); cc-sdd says what `(P)` means
in `.kiro/settings/rules/tasks-parallel-analysis.md` (gotalab/cc-sdd at 29aee95): no dependency on the peers right
before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from planlint.dialects.draft import TaskDraft
from planlint.dialects.kiro.waves import Wave
from planlint.model import Schedule, parallel, serial

_LISTED = "tasks are done in listed order"
_MARKED = "they are marked (P) in one run"
_WAVES = "a wave begins when all earlier ones are finished"


def listed_order(tasks: Sequence[TaskDraft]) -> Schedule | None:
    """Listed order in which a run of sibling `(P)` tasks is concurrent; containers stand for what they hold."""
    children: dict[int | None, list[int]] = {}
    for task in tasks:
        children.setdefault(task.parent, []).append(task.index)
    trees: dict[int, Schedule | None] = {}
    # Children come after their parents, so going backwards has every subtree ready without recursion.
    for task in reversed(tasks):
        below = children.get(task.index)
        if below is None:
            trees[task.index] = serial([task.index], _LISTED)
        else:
            trees[task.index] = _steps(below, tasks, trees)
    top = children.get(None, [])
    return _steps(top, tasks, trees) if top else None


def _steps(members: list[int], tasks: Sequence[TaskDraft], trees: dict[int, Schedule | None]) -> Schedule | None:
    steps: list[Schedule] = []
    run: list[Schedule] = []
    key: tuple[str, str | None] | None = None

    def close() -> None:
        if run:
            steps.append(parallel(list(run), _MARKED))
            run.clear()

    for index in members:
        tree = trees[index]
        if tree is None:
            continue
        if tasks[index].parallel:
            # Groups may be headings instead of items: `2.3` and `3.1` are no peers, and headings end a run.
            mine = (tasks[index].id.rpartition(".")[0], tasks[index].phase)
            if mine != key:
                close()
            key = mine
            run.append(tree)
        else:
            close()
            steps.append(tree)
    close()
    return serial(steps, _LISTED) if steps else None


def wave_order(tasks: Sequence[TaskDraft], waves: Sequence[Wave], members: Sequence[list[int]]) -> Schedule | None:
    """Waves one after another. A task in no wave runs alone, after the wave of all that is listed before it.

    Authors disagree whether checkpoints belong into waves; alone, they claim no concurrency that nobody declared.
    """
    wave_of = {task: number for number, wave in enumerate(members) for task in wave}
    after: dict[int, list[int]] = {}
    latest = -1
    for task in tasks:
        if task.container:
            continue
        if task.index in wave_of:
            latest = max(latest, wave_of[task.index])
        else:
            after.setdefault(latest, []).append(task.index)
    steps: list[Schedule | int] = list(after.get(-1, []))
    for number, wave in enumerate(members):
        if wave:
            label = f"wave {waves[number].name}"
            steps.append(parallel(wave, "both are in the same wave", origin=waves[number].origin, label=label))
        steps += after.get(number, [])
    return serial(steps, _WAVES) if steps else None
