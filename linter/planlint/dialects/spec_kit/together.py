"""Which tasks a sentence of the plan lets run at the same time: "T015-T018 can run in parallel"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from planlint.dialects.prose import IdGrammar
from planlint.dialects.prose.id_runs import id_runs
from planlint.dialects.prose.wording import sentences
from planlint.dialects.spec_kit.items import Item
from planlint.dialects.spec_kit.parallel_words import CONDITIONAL, EACH_OTHER, MAY, PEOPLE, WITH
from planlint.readers.prose import Prose
from planlint.source.regex import regex

_LEAD = regex(
    r"[\s*_>+-]*(?:[^.;:：\n]{1,60}[:：][*_ \t]*)?"
    r"(?:(?!(?:after|once|until|before|when|with|depends|blocks|needs|requires|then|not)\b)"
    r"(?:[A-Za-z][\w-]*|\d{1,2})[ \t]+){0,4}[*_`(]*",
    re.IGNORECASE,
)
"""What may stand before the ids: a list marker, a label, and a few words that only name them ("Model tasks T015")."""

_BETWEEN = regex(
    r"[*_`]*\)?[ \t]*(?:\([^()\n]{0,100}\)[ \t]*)?[:：]?[*_ \t]*"
    r"(?:(?:are|use|touch|edit|have|live in)[ \t]+(?:[a-z]+[ \t]+){0,3}files[ \t]*(?:[\u2014\u2013,;-]|and|so)+[ \t]*"
    r"(?:they[ \t]+)?)?"
    r"(?:all[ \t]+|both[ \t]+)?"
)
"""What may stand between the ids and the words that let them run, and why: "are different files - can"."""

_RANGE = regex(r"[-–—~…]|\.\.|\bto\b|\bthrough\b")


def tasks_together(
    items: Sequence[Item], statements: Iterable[Prose], grammar: IdGrammar
) -> tuple[frozenset[int], ...]:
    """Sets of positions in `items` that a sentence names as tasks which may run in parallel with each other.

    Only lists that stand on their own count. Two ranges may be two chains, and "T024 in parallel with T022/T023" says
    nothing of T022 and T023.
    """
    positions: dict[str, int] = {}
    for position, item in enumerate(items):
        positions.setdefault(item.head.id, position)
    found = []
    for prose in statements:
        if grammar.pattern.search(prose.text) is None:
            continue
        for sentence in sentences(prose):
            text = prose.text[sentence.start : sentence.end]
            runs = [run for run in id_runs(text, grammar) if not run.group]
            if not runs or CONDITIONAL.search(text) or PEOPLE.search(text):
                continue
            first = runs[0]
            if _LEAD.fullmatch(text, 0, first.start) is None or not _may(text, first.end):
                continue
            named = {positions[name] for name in first.ids if name in positions}
            if len(named) > 1 and len(_RANGE.findall(text, first.start, first.end)) <= 1:
                found.append(frozenset(named))
    return tuple(found)


def _may(text: str, start: int) -> bool:
    """Whether what ends at `start` is said to run in parallel, and with nothing but itself."""
    between = _BETWEEN.match(text, start)
    said = MAY.match(text, between.end() if between else start)
    if said is None:
        return False
    other = WITH.match(text, said.end())
    return other is None or EACH_OTHER.match(text, other.end()) is not None
