"""The order in which the workers of a section run: waves, launches, who comes first and last."""

from __future__ import annotations

import re

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.fences import schedule_launches
from planlint.dialects.claude_md.found import FoundGroup, FoundPlan, FoundTask
from planlint.model import Schedule, parallel, serial
from planlint.model.schedule import Leaf


def schedule_of(found: FoundPlan, launched: dict[tuple[int, int], int]) -> Schedule | None:
    """The schedule of a section; `launched` maps script and step to the `Task.index` of what is launched there."""
    if not found.tasks:
        return None
    waves = [group for group in found.groups if group.label is not None]
    if waves:
        return serial((_group(group, group.tasks) for group in waves), "waves run one after another")
    if launched and len(found.groups) == 1:
        return schedule_launches(found.scripts, launched, found.groups[0].order)
    parts = [_by_wave(group) for group in found.groups]
    return parallel(parts, "nothing orders the lists of this section", Evidence.INFERRED)


def _by_wave(group: FoundGroup) -> Schedule:
    """A table with a wave column runs wave by wave, in the order of their numbers."""
    waves: dict[str, list[FoundTask]] = {}
    for task in group.tasks:
        if task.wave is None:
            return _group(group, group.tasks)
        waves.setdefault(task.wave, []).append(task)
    if len(waves) < 2:
        return _group(group, group.tasks)
    ordered = sorted(waves, key=_wave_key)
    return serial((_group(group, waves[wave], wave) for wave in ordered), "waves run one after another")


def _wave_key(wave: str) -> tuple[float, str]:
    number = re.search(r"\d{1,6}(?:\.\d{1,3})?", wave)
    return (float(number.group()) if number is not None else float("inf"), wave)


def _group(group: FoundGroup, tasks: list[FoundTask], wave: str | None = None) -> Schedule:
    """Those that run first, then the middle, then those that run last; the middle in the order that the text states."""
    first = [task for task in tasks if task.first and not task.last]
    last = [task for task in tasks if task.last]
    middle = [task for task in tasks if not task.first and not task.last]
    if not middle:
        # Everything claims an end of the line: then nothing is known.
        first, last, middle = [], [], tasks
    parts: list[Schedule] = [_leaf(task) for task in first]
    parts.append(_middle(group, middle, wave))
    parts.extend(_leaf(task) for task in last)
    return serial(parts, "some say that they run first or last", Evidence.STATED)


def _middle(group: FoundGroup, tasks: list[FoundTask], wave: str | None) -> Schedule:
    leaves = [_leaf(task) for task in tasks]
    alone = [task for task in tasks if task.draft.parallel is False]
    if group.order == "serial":
        return serial(leaves, "the text says that they run in order", Evidence.STATED)
    if alone:
        together = [_leaf(task) for task in tasks if task.draft.parallel is not False]
        rest: list[Schedule] = [_leaf(task) for task in alone]
        if together:
            rest.insert(0, parallel(together, "marked as parallel in the table", origin=group.origin))
        return serial(rest, "some are marked as not parallel")
    if any(task.draft.parallel for task in tasks):
        return parallel(leaves, "marked as parallel in the table", origin=group.origin)
    label = group.label or (f"wave {wave}" if wave is not None else None)
    if label is not None and group.order != "both":
        return parallel(leaves, "same wave", origin=group.origin, label=label)
    if group.order == "parallel":
        return parallel(leaves, "the text says that they run in parallel", Evidence.STATED, origin=group.origin)
    return parallel(leaves, f"nothing orders {group.shape}", Evidence.INFERRED, origin=group.origin)


def _leaf(task: FoundTask) -> Schedule:
    return Leaf(task.draft.index)
