"""Which plans of a phase run together: rounds one after another, inside a round waves one after another.

Until May 2026 GSD started the plans of one declared `wave` together. Since then it goes by `depends_on` alone: plans
on the same level of the dependency graph run together, and the number only warns. Both are in use, so what either of
them would start together is left unordered here; what only the newer one would is an inferred group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.model import Schedule, parallel, serial
from planlint.source import Origin

SAME_WAVE = "same wave"
_BY_DEPENDENCIES = "no dependency orders them, and newer GSD goes by dependencies instead of wave numbers"
_NO_WAVE = "no wave is declared and no dependency orders them"
_WAVES = "waves run one after another"
_ROUNDS = "plans already executed come first, and gap closure after the plans numbered before it"
_SWITCHED_OFF = "the project's settings switch parallel execution off"


class Slot(NamedTuple):
    """What decides when a plan runs."""

    task: int
    """`Task.index`."""
    wave: str | None
    wave_origin: Origin | None
    done: bool
    gap_closure: bool


def schedule(slots: Sequence[Slot], needs: Mapping[int, set[int]], *, parallel_plans: bool = True) -> Schedule | None:
    """The order of a phase; None without any plan. `slots`: by number; `needs`: a plan to those it waits for."""
    if not slots:
        return None
    if not parallel_plans:
        return serial([slot.task for slot in slots], _SWITCHED_OFF)
    rounds: dict[tuple[bool, int], list[Slot]] = {}
    turn = 0
    for slot in slots:
        if slot.gap_closure != bool(turn % 2):
            turn += 1  # plans are numbered as they are written: one behind a gap closure was planned after it
        rounds.setdefault((not slot.done, turn), []).append(slot)
    return serial([_round(rounds[key], needs) for key in sorted(rounds)], _ROUNDS)


def _round(slots: list[Slot], needs: Mapping[int, set[int]]) -> Schedule:
    waves: dict[str, list[Slot]] = {}
    floating: list[Schedule | int] = []
    for slot in slots:
        if slot.wave is None:
            floating.append(slot.task)
        else:
            waves.setdefault(slot.wave, []).append(slot)
    order = sorted(waves, key=_wave_key)
    ordered = _waves([waves[wave] for wave in order], levels([slot.task for slot in slots], needs))
    if ordered is not None:
        floating.insert(0, ordered)
    return parallel(floating, _NO_WAVE, Evidence.INFERRED)


def _waves(waves: list[list[Slot]], level: Mapping[int, int]) -> Schedule | None:
    """Waves in sequence, but for plans that their dependencies alone would put beside an earlier wave."""
    if not waves:
        return None
    early: dict[int, int] = {}
    """Index of such a plan to the first of the waves that it may run beside."""
    first_of_level: dict[int, int] = {}
    for number, wave in enumerate(waves):
        for slot in wave:
            at = level.get(slot.task)
            if at is not None and first_of_level.setdefault(at, number) < number:
                early[slot.task] = first_of_level[at]
    blocks: list[Schedule | int] = []
    start = 0
    while start < len(waves):
        end = _block_end(waves, start, early)
        blocks.append(_block(waves[start : end + 1], early))
        start = end + 1
    return serial(blocks, _WAVES)


def _block_end(waves: list[list[Slot]], start: int, early: Mapping[int, int]) -> int:
    """The last wave that a plan may leave towards the waves from `start` on."""
    end = start
    for number in range(start + 1, len(waves)):
        if any(early.get(slot.task, number) <= end for slot in waves[number]):
            end = number
    return end


def _block(waves: list[list[Slot]], early: Mapping[int, int]) -> Schedule:
    if len(waves) == 1:
        return _wave(waves[0])
    stay = [[slot for slot in wave if slot.task not in early] for wave in waves]
    leave = [slot for wave in waves for slot in wave if slot.task in early]
    # The first wave has nobody to leave it, so `stay` is never empty.
    kept = serial([_wave(wave) for wave in stay if wave], _WAVES)
    return parallel([kept, *(slot.task for slot in leave)], _BY_DEPENDENCIES, Evidence.INFERRED)


def _wave(slots: list[Slot]) -> Schedule:
    return parallel(
        [slot.task for slot in slots], SAME_WAVE, origin=slots[0].wave_origin, label=f"wave {slots[0].wave}"
    )


def levels(indexes: Sequence[int], needs: Mapping[int, set[int]]) -> dict[int, int]:
    """Index to its level in the dependency graph, 0 for plans that wait for nothing; none for plans of a cycle."""
    inside = set(indexes)
    open_needs = {index: {need for need in needs.get(index, ()) if need in inside} for index in indexes}
    waiting: dict[int, list[int]] = {}
    for index, missing in open_needs.items():
        for need in missing:
            waiting.setdefault(need, []).append(index)
    level = {index: 0 for index in indexes if not open_needs[index]}
    queue = list(level)
    for index in queue:
        for other in waiting.get(index, ()):
            open_needs[other].discard(index)
            if not open_needs[other]:
                level[other] = level[index] + 1
                queue.append(other)
    return level


def _wave_key(wave: str) -> tuple[int, float, str]:
    return (1, 0.0, wave) if wave.isalpha() else (0, float(wave), "")
