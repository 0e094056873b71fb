"""The order Spec Kit gives to its tasks: phases one after another, listed order inside, runs of `[P]` at the same time.

From the product's own instructions for execution (github/spec-kit 27f50f7, `templates/commands/implement.md`): finish a
phase before the next; do sequential tasks in order and `[P]` tasks together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import groupby

from planlint.diagnostics import Evidence
from planlint.dialects.spec_kit.grammar import PHASE
from planlint.dialects.spec_kit.items import Item
from planlint.model import Leaf, Schedule, parallel, serial

_LISTED = "tasks without [P] are done in listed order"
_PHASES = "a phase is finished before the next one begins"


def schedule_of(
    items: Sequence[Item],
    together: Set[tuple[int, int]] = frozenset(),
    ordered: Set[tuple[int, int]] = frozenset(),
    said: Sequence[frozenset[int]] = (),
) -> Schedule | None:
    """The schedule of `items`, whose positions are the task indexes.

    `together` holds pairs of phases (positions in the list of phases, the earlier first) that the plan itself says may
    run at the same time; neighbours of which each may run beside each other become one parallel group. `ordered` holds
    pairs of phases that a drawing orders; those stay apart. `said` holds sets of positions in `items` that a sentence
    lets run at the same time; neighbours among them in one phase become one parallel group.
    """
    if not items:
        return None
    phases: list[Schedule] = []
    for _, group in groupby(enumerate(items), key=lambda pair: id(pair[1].phase)):
        phases.append(_phase(list(group), said))
    return serial(_joined(phases, together, ordered), _PHASES)


def first_of_phases(items: Sequence[Item]) -> list[Item]:
    """The first task of each phase in the order of `schedule_of`."""
    return [next(group) for _, group in groupby(items, key=lambda item: id(item.phase))]


def phase_titles(items: Sequence[Item]) -> list[str]:
    """The heading of each phase in the order of `schedule_of`; empty for tasks outside of any phase."""
    phases = (item.phase for item in first_of_phases(items))
    return [phase.title if phase is not None else "" for phase in phases]


def phase_positions(items: Sequence[Item], titles: Sequence[str]) -> dict[str, int]:
    """The position of each phase in `titles` by its name in capitals, `PHASE 3`, and by that of its story, `US1`."""
    positions: dict[str, int] = {}
    for position, title in enumerate(titles):
        found = PHASE.match(title)
        if found:
            positions.setdefault(f"PHASE {found.group(1)}".upper(), position)
        for story in _STORY.finditer(title):
            positions.setdefault(f"US{story.group(1)}", position)
    at = {id(item.phase): position for position, item in enumerate(first_of_phases(items))}
    for item in items:
        if item.head.story is not None:
            positions.setdefault(item.head.story.replace(" ", "").replace("-", ""), at[id(item.phase)])
    return positions


_STORY = re.compile(r"\b(?:User[ \t]+Story|US)[ \t-]?(\d{1,3})\b", re.IGNORECASE)


def _joined(phases: list[Schedule], together: Set[tuple[int, int]], ordered: Set[tuple[int, int]]) -> list[Schedule]:
    joined: list[Schedule] = []
    position = 0
    while position < len(phases):
        end = position + 1
        while end < len(phases) and all((before, end) in together - ordered for before in range(position, end)):
            end += 1
        if end - position > 1:
            joined.append(
                parallel(phases[position:end], "the plan says these phases can run in parallel", Evidence.STATED)
            )
        else:
            joined.append(phases[position])
        position = end
    return joined


def _phase(members: list[tuple[int, Item]], said: Sequence[frozenset[int]]) -> Schedule:
    steps: list[Schedule] = []
    at = 0
    while at < len(members):
        marked, told = _marked_until(members, at), _told_until(members, at, said)
        if told > max(marked, at + 1) and not _cuts_marks(members, told):
            run = [index for index, _ in members[at:told]]
            steps.append(parallel(run, "the plan says that these tasks can run in parallel", Evidence.STATED))
            at = told
        elif marked > at:
            label = members[at][1].head.group
            reason = f"all are in group [P:{label}]" if label else "they are marked [P] in one run"
            steps.append(parallel([index for index, _ in members[at:marked]], reason, label=label))
            at = marked
        else:
            steps.append(Leaf(members[at][0]))
            at += 1
    return serial(steps, _LISTED)


def _mark(item: Item) -> tuple[int, str | None] | None:
    """What the tasks of one run of `[P]` share: their section and group."""
    return (id(item.section), item.head.group) if item.head.parallel else None


def _marked_until(members: list[tuple[int, Item]], start: int) -> int:
    """The end of the run of `[P]` that begins at `start`; `start` where there is none."""
    mark = _mark(members[start][1])
    end = start
    while mark is not None and end < len(members) and _mark(members[end][1]) == mark:
        end += 1
    return end


def _told_until(members: list[tuple[int, Item]], start: int, said: Sequence[frozenset[int]]) -> int:
    """The end of the longest stretch from `start` that one of the sets in `said` holds."""
    longest = start
    for group in said:
        end = start
        while end < len(members) and members[end][0] in group:
            end += 1
        longest = max(longest, end)
    return longest


def _cuts_marks(members: list[tuple[int, Item]], end: int) -> bool:
    """Whether a run of `[P]` goes on across `end`."""
    mark = _mark(members[end - 1][1])
    return mark is not None and end < len(members) and _mark(members[end][1]) == mark
