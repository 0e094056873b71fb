"""Which phases a sentence of the plan lets run at the same time: "Phases 4 and 5 ...", "US2 in parallel with US1"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from planlint.dialects.prose.wording import sentences
from planlint.dialects.spec_kit.grammar import TASK_ID
from planlint.dialects.spec_kit.parallel_words import BESIDE, CONDITIONAL, EACH_OTHER, MAY, NEGATED, WITH
from planlint.readers.prose import Prose
from planlint.source.regex import regex

LONGEST = 2_000
"""Characters of the longest sentence that is looked at."""

_REMARK = r"(?:[*_]*[ \t]*[(（][^()（）\n]{1,60}[)）])?"
_NUMBER = rf"\d{{1,3}}(?:\.\d{{1,2}})?(?!\.?\d){_REMARK}"
_JOINED = r"[*_]*[ \t]*(?:,[ \t]*(?:and|&)\b|[,、，/&+~–—-]|\band\b|\bto\b|\bthrough\b|[和與与及])[ \t]*[*_]*"
_WORD = r"(?:Phases?|User[ \t]+Stor(?:y|ies)|Stor(?:y|ies)|US|階段|阶段|フェーズ)"

_GROUPS = regex(
    rf"\b(?P<word>{_WORD})[ \t]*-?(?P<list>{_NUMBER}(?:{_JOINED}(?:{_WORD}[ \t]*-?)?{_NUMBER}){{0,12}})", re.IGNORECASE
)
"""Phases or stories that stand next to each other: "Phases 3-5", "US1, US2 and US3", "US3 (Phase 5) and US4"."""

_NAMED = regex(
    rf"(?P<remark>[(（][^()（）\n]*[)）])|(?P<word>{_WORD})|(?P<number>\d{{1,3}}(?:\.\d{{1,2}})?)"
    r"|(?P<range>[~–—-]|\bto\b|\bthrough\b)",
    re.IGNORECASE,
)
"""What such a list is made of."""

_FRONT = regex(r"[\s*_>+-]*(?:\d{1,2}[.)][ \t]+)?[*_]*\Z")
"""What stands before the subject of a list entry."""

_OWN = regex(r"(?:'s|’s|的)")
"""Behind a story: not the story is meant, but a part of it."""

_BETWEEN = regex(r"[*_]*\)?[ \t]*(?:\([^()\n]{0,100}\)[ \t]*)?[:：]?[*_ \t]*(?:all[ \t]+|both[ \t]+)?\Z")

_NO_SUBJECT = regex(
    r"(?:\A|[,;:：，；—–(（.-]|\band\b|\bbut\b)[\s*_]*(?:and[ \t]+|but[ \t]+)?"
    r"(?:(?:they|it|both|these|all|which)[ \t]+)?(?:all[ \t]+|both[ \t]+)?\Z"
)
"""Right before "can run in parallel": the clause has no subject of its own, so that of the sentence is meant."""


class _Groups(NamedTuple):
    """Phases named next to each other, as positions, and where they stand in the text."""

    start: int
    end: int
    positions: tuple[int, ...]


def phases_together(statements: Iterable[Prose], positions: Mapping[str, int]) -> set[tuple[int, int]]:
    """Pairs of phase positions, the earlier first, that a sentence of the plan names as parallel.

    `positions` is that of each phase by name (see `phase_positions`). What is only possible "if staffed" claims nothing
    about this plan.
    """
    together: set[tuple[int, int]] = set()
    for prose in statements:
        if MAY.search(prose.text) is None and BESIDE.search(prose.text) is None:
            continue
        for sentence in sentences(prose):
            text = prose.text[sentence.start : sentence.end]
            if len(text) > LONGEST or CONDITIONAL.search(text) or NEGATED.search(text):
                continue
            for one, other in _said(text, list(_groups(text, positions))):
                if one != other:
                    together.add((min(one, other), max(one, other)))
    return together


def _said(text: str, groups: Sequence[_Groups]) -> Iterator[tuple[int, int]]:
    """Pairs of positions that `text`, one sentence with these `groups` in it, lets run at the same time."""
    if not groups:
        return
    for may in MAY.finditer(text):
        subject = _subject(text, may.start(), groups)
        if subject is None:
            continue
        other = WITH.match(text, may.end())
        if other is None or EACH_OTHER.match(text, other.end()):
            yield from combinations(subject.positions, 2)
        else:
            yield from product(subject.positions, _at(groups, other.end()))
    for beside in BESIDE.finditer(text):
        start, end = beside.span(beside.lastgroup or 0)
        if _FRONT.match(text, 0, groups[0].start):
            named = (group for group in groups if start <= group.start < end)
            yield from product(groups[0].positions, (position for group in named for position in group.positions))


def _subject(text: str, verb: int, groups: Sequence[_Groups]) -> _Groups | None:
    """The groups that the words at `verb` speak of: those right before it, or those at the front of the sentence."""
    before = [group for group in groups if group.end <= verb]
    if not before:
        return None
    if _BETWEEN.fullmatch(text, before[-1].end, verb):
        return before[-1]
    first = before[0]
    if _FRONT.match(text, 0, first.start) is None:
        return None
    return first if _NO_SUBJECT.search(text, first.end, verb) else None


def _at(groups: Sequence[_Groups], start: int) -> tuple[int, ...]:
    return next((group.positions for group in groups if group.start == start), ())


def _groups(text: str, positions: Mapping[str, int]) -> Iterator[_Groups]:
    for found in _GROUPS.finditer(text):
        if _OWN.match(text, found.end()) or TASK_ID.match(text, found.end()):
            yield _Groups(found.start(), found.end(), ())
            continue
        yield _Groups(found.start(), found.end(), tuple(dict.fromkeys(_numbered(found, positions))))


def _numbered(found: re.Match[str], positions: Mapping[str, int]) -> Iterator[int]:
    """The positions of what a match of `_GROUPS` lists, ranges included."""
    kind = _kind(found["word"])
    last: int | None = None
    ranged = False
    for part in _NAMED.finditer(found["list"]):
        if part["word"]:
            kind = _kind(part["word"])
        elif part["range"]:
            ranged = True
        elif part["number"]:
            position = positions.get(f"{kind}{part['number']}")
            if position is not None and ranged and last is not None:
                yield from range(last + 1, position)
            if position is not None:
                yield position
            last, ranged = position, False


def _kind(word: str) -> str:
    return "PHASE " if word.lower().startswith(("phase", "階段", "阶段", "フェーズ")) else "US"
