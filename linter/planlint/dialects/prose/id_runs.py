"""`id_runs`: ids of tasks that stand next to each other, joined by commas, "and" or a range sign."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from planlint.dialects.prose.reference_words import BACK, BETWEEN
from planlint.source.regex import regex

RANGE_LIMIT = 500
"""The longest range that is expanded; real plans have at most a few hundred tasks."""


@dataclass(frozen=True, slots=True)
class IdGrammar:
    """How a dialect writes the ids of tasks.

    `pattern` is the dialect's own regular expression for one id, linear and without look-behind on user text;
    `normalise` maps what is written to the plan's spelling; `known` are the plan's ids in order, for ranges.
    """

    pattern: re.Pattern[str]
    normalise: Callable[[str], str] = str
    known: Sequence[str] = ()
    order: dict[str, int] = field(init=False, repr=False, compare=False)
    """Position of each known id; made once, so keep one grammar for all texts of a plan."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", {name: index for index, name in reversed(list(enumerate(self.known)))})


class Run(NamedTuple):
    """Ids next to each other, joined by commas, "and" or a range sign."""

    start: int
    end: int
    ids: list[str]
    ranged: bool
    group: bool
    seam: _Seam | None = None


class _Seam(NamedTuple):
    """Where a comma or semicolon with "and" joins a run's last part: a new clause may begin there."""

    leading: int
    """How many ids stand before it."""
    before: int
    after: int


_GROUP = regex(
    r"\b(?:Phases?|User Stor(?:y|ies)|Waves?|Milestones?|Stages?|Streams?|Groups?)[ "
    r"\t]+(?:\d{1,4}(?:\.\d{1,4}){0,3}|[A-Z]\b)"
    r"|\bUS\d{1,3}\b|階段[ \t]?\d{1,3}|阶段[ \t]?\d{1,3}"
)

_JOIN = regex(
    r"[\s*_`]*(?:,|、|，|&|\+|/|and\b|or\b|plus\b|und\b|y\b|et\b|和|及|與|与)?(?:[\s*_`]*(?:and|&|or)\b)?[\s*_`]*"
)

_CLAUSE_JOIN = regex(r"[\s*_`]*[,，;]\s*and\b[\s*_`]*", re.IGNORECASE)

_RANGE = regex(r"[\s*_`]*(?:-|–|—|\.\.\.?|~|～|…|\bto\b|\bthrough\b|\bthru\b|至|到)[\s*_`]*")

_TAIL = regex(r"[ \t]?[-–][ \t]?(\d{1,6})\b(?![.\d])")


def id_runs(text: str, grammar: IdGrammar) -> list[Run]:
    """The runs of `text` in order, those of phases and stories among them."""
    tokens = [
        (match.start(), match.end(), grammar.normalise(match.group()), False)
        for match in grammar.pattern.finditer(text)
    ]
    if grammar.pattern is not _GROUP:
        tokens.extend((match.start(), match.end(), match.group(), True) for match in _GROUP.finditer(text))
        tokens.sort()
    order = grammar.order
    runs: list[Run] = []
    for start, end, name, group in tokens:
        if start == end or (runs and start < runs[-1].end):
            continue
        if runs and runs[-1].group == group and start - runs[-1].end <= 16:
            last = runs[-1]
            if not group and _RANGE.fullmatch(text, last.end, start):
                inner = _expanded(last.ids[-1], name, order, grammar.known)
                last.ids[-1:] = inner
                runs[-1] = Run(last.start, end, last.ids, True, group, last.seam)
                continue
            gap = text[last.end : start]
            if gap.strip(" \t*_`") and _JOIN.fullmatch(gap):
                seam = _Seam(len(last.ids), last.end, start) if _CLAUSE_JOIN.fullmatch(gap) else last.seam
                last.ids.append(name)
                runs[-1] = Run(last.start, end, last.ids, last.ranged, group, seam)
                continue
        tail = None if group else _TAIL.match(text, end)
        if tail is not None and name.rstrip("0123456789") != name:
            until = name.rstrip("0123456789") + tail.group(1)
            inner = _expanded(name, until, order, grammar.known)
            if len(inner) > 2 or until in order:
                runs.append(Run(start, tail.end(), list(inner), True, group))
                continue
        runs.append(Run(start, end, [name], False, group))
    return list(_split_at_clauses(text, runs))


_REST = r"[\s*_`]*(?:\([^()]{0,60}\)[\s*_`]*)?"
_DOES = "is|was|has|does|runs|starts|stands|goes|comes|stays|remains|works|needs|touches"
_DO = "are|were|have|do|run|start|stand|go|come|stay|remain|work|need|touch"
_MAY = "can|could|may|might|must|should|will"
_ONE_DOES = re.compile(rf"{_REST}(?:{_DOES}|{_MAY})\b", re.IGNORECASE)
_MANY_DO = re.compile(rf"{_REST}(?:{_DO}|{_MAY})\b", re.IGNORECASE)
"""Verbs behind ids of which these are the subject; "once T1, and T2 are done" goes on over both."""


def _split_at_clauses(text: str, runs: list[Run]) -> Iterator[Run]:
    """ "T3 depends on T2, and T5 depends on T4": T5 is the subject of a clause of its own, not one more object.

    A run is cut at its seam when it is the object of one verb and a second verb follows it, though that may tie it to
    nothing ("and T5 is on its own").
    """
    for position, run in enumerate(runs):
        following = runs[position + 1] if position + 1 < len(runs) else None
        seam = run.seam
        if seam is None:
            yield run
            continue
        tied = following is not None and _is_tied(text, run.end, following.start)
        many = len(run.ids) - seam.leading > 1
        if not (tied or (_MANY_DO if many else _ONE_DOES).match(text, run.end)):
            yield run
        elif position and _is_tied(text, runs[position - 1].end, run.start):
            yield Run(run.start, seam.before, run.ids[: seam.leading], run.ranged, run.group)
            yield Run(seam.after, run.end, run.ids[seam.leading :], run.ranged, run.group)
        else:
            yield run


def _is_tied(text: str, start: int, end: int) -> bool:
    return end - start <= BACK and any(pattern.fullmatch(text, start, end) for _, pattern in BETWEEN)


def _expanded(first: str, last: str, order: dict[str, int], known: Sequence[str]) -> tuple[str, ...]:
    """All ids from `first` to `last`: by the plan's own order, else by number; both ends alone where neither works."""
    low, high = order.get(first), order.get(last)
    if low is not None and high is not None and low <= high:
        return tuple(known[low : high + 1])
    stem = first.rstrip("0123456789")
    if last.rstrip("0123456789") == stem and first != stem and last != stem:
        start, end = first[len(stem) :], last[len(stem) :]
        if len(start) < 8 and len(end) < 8 and 0 <= int(end) - int(start) <= RANGE_LIMIT:
            return tuple(f"{stem}{number:0{len(start)}d}" for number in range(int(start), int(end) + 1))
    return (first, last)
