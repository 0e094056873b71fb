"""The order that phases, waves and `parallel: false` give to the tasks of a plan file, as a schedule tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from heapq import heapify, heappop, heappush
from typing import NamedTuple, TypeAlias

from planlint.diagnostics import Evidence
from planlint.model import Schedule, Task, parallel, serial
from planlint.source.regex import regex

_NUMBERED = regex(r"(?:[a-z]{1,12}[ _-]?)?(\d{1,9}(?:[.-]\d{1,9})*)(?!\d)", re.ASCII)


class _Together(NamedTuple):
    """What lets the tasks of a group start together."""

    reason: str
    evidence: Evidence = Evidence.DECLARED
    label: str | None = None


_Inner: TypeAlias = Callable[[list[Task], _Together], Schedule]

_UNORDERED = _Together("nothing orders them", Evidence.INFERRED)


def build_schedule(tasks: tuple[Task, ...], *, chapters: bool = False) -> Schedule | None:
    """The schedule of `tasks`: phases outside, waves inside, tasks that run alone cut out of their group.

    Without an edge between them, and without phases and waves, two tasks of a plan file run at the same time by
    definition of the format, so even that group is declared. Tasks without a wave beside others with one are
    unordered, which is only inferred. None for a plan without tasks. With `chapters` phases are parts of the work whose
    tasks wait for each other as well; that two of them run together is then inferred.
    """
    if not tasks:
        return None
    ranks = _ranks(tasks) if any(task.parallel is False for task in tasks) else None

    def group(members: list[Task], together: _Together) -> Schedule:
        return _group(members, together, ranks)

    def waves(members: list[Task], together: _Together) -> Schedule:
        return _stages(members, "wave", group, together)

    return _stages(list(tasks), "phase", waves, _Together("neither depends on the other"), loose=chapters)


def _stages(tasks: list[Task], field: str, inner: _Inner, together: _Together, *, loose: bool = False) -> Schedule:
    """Tasks cut by their wave or phase, one group after another; `together` counts where none of them has one.

    The tasks of a `loose` group do not start together.
    """
    groups: dict[str, list[Task]] = {}
    names: dict[str, str] = {}
    free: list[Task] = []
    for task in tasks:
        name = getattr(task, field)
        if name is None:
            free.append(task)
        else:
            key = _key(name)
            groups.setdefault(key, []).append(task)
            names.setdefault(key, name)
    if not groups:
        return inner(free, together)
    stages = serial(
        [
            inner(groups[key], _UNORDERED if loose else _Together(f"same {field}", label=_label(field, names[key])))
            for key in _in_order(groups)
        ],
        f"{field}s run one after another",
    )  # fmt: skip
    if not free:
        return stages
    return parallel([stages, inner(free, _UNORDERED)], *_UNORDERED[:2])


def _group(tasks: list[Task], together: _Together, ranks: list[int] | None) -> Schedule:
    """Tasks that start together; each that is marked to run alone waits for those before it and holds those after."""
    reason, evidence, label = together
    origin = tasks[0].places.get("wave") or tasks[0].places.get("phase") if label else None
    if ranks is None or all(task.parallel is not False for task in tasks):
        return parallel((task.index for task in tasks), reason, evidence, origin=origin, label=label)
    runs: list[list[int]] = []
    is_open = False
    for task in sorted(tasks, key=lambda task: ranks[task.index]):
        if is_open and task.parallel is not False:
            runs[-1].append(task.index)
        else:
            runs.append([task.index])
        is_open = task.parallel is not False
    return serial(
        [parallel(run, reason, evidence, origin=origin, label=label) for run in runs],
        "a task marked `parallel: false` runs alone",
    )


def _ranks(tasks: tuple[Task, ...]) -> list[int]:
    """The position of each task when dependencies are kept and otherwise the order of the file.

    Listing order is what `parallel: false` goes by, but it must not contradict what the plan declares. Tasks in a cycle
    keep the order of the file, at the end.
    """
    index_of = {task.id: task.index for task in reversed(tasks)}
    successors: list[list[int]] = [[] for _ in tasks]
    waiting = [0] * len(tasks)

    def edge(first: int | None, second: int | None) -> None:
        if first is not None and second is not None and first != second:
            successors[first].append(second)
            waiting[second] += 1

    for task in tasks:
        for dependency in task.depends_on:
            edge(index_of.get(dependency.task), task.index)
        for dependency in task.blocks:
            edge(task.index, index_of.get(dependency.task))
    ready = [index for index, count in enumerate(waiting) if count == 0]
    heapify(ready)
    order: list[int] = []
    while ready:
        index = heappop(ready)
        order.append(index)
        for successor in successors[index]:
            waiting[successor] -= 1
            if waiting[successor] == 0:
                heappush(ready, successor)
    order.extend(index for index, count in enumerate(waiting) if count > 0)
    ranks = [0] * len(tasks)
    for rank, index in enumerate(order):
        ranks[index] = rank
    return ranks


def _key(name: str) -> str:
    """What is equal for two spellings of one wave: letter case, outer blanks and leading zeros do not count."""
    text = " ".join(name.split()).lower()
    return ".".join(str(int(part)) for part in text.split(".")) if _is_number(text) else text


def _is_number(text: str) -> bool:
    return all(part.isascii() and part.isdigit() and len(part) < 10 for part in text.split("."))


def _in_order(keys: Iterable[str]) -> list[str]:
    """Numbers by value, single letters by the alphabet, names by where they first appear."""
    names = list(keys)
    numbered = [(match[1], name) for name in names if (match := _NUMBERED.match(name))]
    if len(numbered) == len(names):
        numbered.sort(key=lambda pair: [int(part) for part in pair[0].replace("-", ".").split(".")])
        return [name for _, name in numbered]
    if all(len(name) == 1 for name in names):
        return sorted(names)
    return names


def _label(field: str, name: str) -> str:
    return name if name.lower().startswith(field) else f"{field} {name}"
