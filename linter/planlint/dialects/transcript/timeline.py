"""When each agent of a session ran, and the order that follows from it.

Agents of one message start together. An agent in the foreground ends before the next message begins; one in the
background runs until a notification or a wait tells of its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.model import Schedule, parallel, serial
from planlint.source import Origin

_TOGETHER = "launched in one message"
_BACKGROUND = "launched in the background, and not finished when the next was launched"
_IN_TURN = "the earlier ones were finished when the later ones were launched"
_NEVER = 1 << 60


class Run(NamedTuple):
    """One agent's time: launched by message `message` on line `start`, ended on line `end` (None: not seen)."""

    task: int
    message: int
    start: int
    end: int | None
    evidence: Evidence
    """How sure it is whether the agent ran in the background."""
    origin: Origin


def schedule(runs: Sequence[Run]) -> Schedule | None:
    """Groups of agents whose times overlap, one group after another; None without agents."""
    groups: list[list[Run]] = []
    until = -1
    for run in sorted(runs, key=lambda run: (run.start, run.task)):
        same = bool(groups) and groups[-1][-1].message == run.message
        if groups and (run.start < until or same):
            groups[-1].append(run)
        else:
            groups.append([run])
            until = -1
        until = max(until, _NEVER if run.end is None else run.end)
    return serial([_group(group) for group in groups], _IN_TURN) if groups else None


def _group(runs: list[Run]) -> Schedule:
    """Agents that overlap: those of one message together; across messages the foreground ones still take turns."""
    messages: dict[int, list[Run]] = {}
    for run in runs:
        messages.setdefault(run.message, []).append(run)
    if len(messages) == 1:
        return parallel([run.task for run in runs], _TOGETHER, origin=runs[0].origin)
    starts = sorted(min(run.start for run in sent) for sent in messages.values())
    turns: list[Schedule] = []
    floating: list[Run] = []
    for sent in messages.values():
        following = next((start for start in starts if start > sent[0].start), _NEVER)
        ended = [run for run in sent if run.end is not None and run.end <= following]
        floating += [run for run in sent if run not in ended]
        if ended:
            turns.append(parallel([run.task for run in ended], _TOGETHER, origin=ended[0].origin))
    children: list[Schedule | int] = [serial(turns, _IN_TURN)] if turns else []
    children += [run.task for run in floating]
    evidence = Evidence.weakest(Evidence.STATED, *(run.evidence for run in floating))
    sure = all(run.evidence is Evidence.DECLARED for run in floating)
    return parallel(children, _BACKGROUND, Evidence.DECLARED if sure else evidence, origin=runs[0].origin)
