"""The order in which the workers of a section run: waves, launches, who comes first and last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.fences import schedule_launches
from planlint.dialects.claude_md.found import FoundGroup, FoundPlan, FoundTask
from planlint.model import Kind, Schedule, parallel, serial
from planlint.model.schedule import Leaf

_JOINS = re.compile(r"\b(?:merg(?:es?|ing)|integrat(?:es?|ing)|joins?|ships?|releases?)\b", re.IGNORECASE)
"""What a lead does when the others are done."""


def schedule_of(found: FoundPlan, launched: dict[tuple[int, int], int]) -> Schedule | None:
    """The schedule of a section; `launched` maps script and step to the `Task.index` of what is launched there."""
    if not found.tasks:
        return None
    waves = [group for group in found.groups if group.label is not None]
    if waves:
        return serial(
            (_called(found, group, launched) or _group(group, group.tasks) for group in waves),
            "waves run one after another",
        )
    if launched and len(found.groups) == 1:
        return schedule_launches(found.scripts, launched, found.groups[0].order)
    parts = [_by_wave(group) for group in found.groups]
    return parallel(parts, "nothing orders the lists of this section", Evidence.INFERRED)


def _called(found: FoundPlan, group: FoundGroup, launched: dict[tuple[int, int], int]) -> Schedule | None:
    """The order of the calls of one wave."""
    own = {task.launch: launched[task.launch] for task in group.tasks if task.launch is not None}
    return schedule_launches(found.scripts, own, group.order) if own else None


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
    why, evidence = "some say that they run first or last", Evidence.STATED
    if not first and not last and len(tasks) > 2:
        first, last = _by_the_lead(tasks)
        why, evidence = "the lead works before or after those whom it starts", Evidence.INFERRED
    ends = {id(task) for task in (*first, *last)}
    middle = [task for task in tasks if id(task) not in ends]
    if not middle:
        # Everything claims an end of the line: then nothing is known.
        first, last, middle = [], [], tasks
    parts: list[Schedule] = [_leaf(task) for task in first]
    parts.append(_middle(group, middle, wave))
    parts.extend(_leaf(task) for task in last)
    return serial(parts, why, evidence)


def _by_the_lead(tasks: list[FoundTask]) -> tuple[list[FoundTask], list[FoundTask]]:
    """What the lead does itself before the others start, or after they are done, by where it stands in the list."""
    leads = [task for task in tasks if task.lead and not task.draft.depends_on]
    if len(leads) != 1:
        return [], []
    if leads[0].draft.kind is Kind.INTEGRATE or _JOINS.search(leads[0].draft.brief) is not None:
        return [], leads
    return (leads, []) if leads[0] is tasks[0] else ([], leads) if leads[0] is tasks[-1] else ([], [])


def _middle(group: FoundGroup, tasks: list[FoundTask], wave: str | None) -> Schedule:
    leaves = [_leaf(task) for task in tasks]
    alone = [task for task in tasks if task.draft.parallel is False]
    if group.order == "serial":
        return serial(leaves, "the text says that they run in order", Evidence.STATED)
    if alone and not _waits_backwards(tasks):
        return serial(_by_marks(group, tasks), "some are marked as not parallel")
    if any(task.draft.parallel for task in tasks):
        return _marked(group, tasks)
    label = group.label or (f"wave {wave}" if wave is not None else None)
    if label is not None and group.order != "both":
        return parallel(leaves, "same wave", origin=group.origin, label=label)
    if group.order == "parallel":
        return parallel(leaves, "the text says that they run in parallel", Evidence.STATED, origin=group.origin)
    return parallel(leaves, f"nothing orders {group.shape}", Evidence.INFERRED, origin=group.origin)


def _waits_backwards(tasks: list[FoundTask]) -> bool:
    """Whether one waits for another that is listed below it: then the list is not in the order of the work."""
    return any((on.target or 0) > task.draft.index for task in tasks for on in task.draft.depends_on)


def _by_marks(group: FoundGroup, tasks: list[FoundTask]) -> Iterator[Schedule]:
    """In listed order, each that is marked as not parallel by itself, the neighbours between them together."""
    together: list[FoundTask] = []
    for task in tasks:
        if task.draft.parallel is not False:
            together.append(task)
            continue
        if together:
            yield _marked(group, together)
        together = []
        yield _leaf(task)
    if together:
        yield _marked(group, together)


def _marked(group: FoundGroup, tasks: list[FoundTask]) -> Schedule:
    """Those marked as parallel. Where some wait for others, the mark means: beside the rest, once these are done."""
    evidence = Evidence.STATED if any(task.draft.depends_on for task in tasks) else Evidence.DECLARED
    return parallel((_leaf(task) for task in tasks), "marked as parallel in the table", evidence, origin=group.origin)


def _leaf(task: FoundTask) -> Schedule:
    return Leaf(task.draft.index)
