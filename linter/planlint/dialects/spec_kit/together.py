"""What a sentence of the plan lets run at the same time: "T015-T018 can run in parallel", "Phases 4 and 5 ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from planlint.dialects.prose import IdGrammar
from planlint.dialects.prose.id_runs import id_runs
from planlint.dialects.prose.wording import sentences
from planlint.dialects.spec_kit.grammar import PHASE
from planlint.dialects.spec_kit.items import Item
from planlint.readers.prose import Prose
from planlint.source.regex import regex

_STAFFED = regex(r"if staffed|if (?:team )?capacity|developers?\b|team\b|different people", re.IGNORECASE)
"""The template's general remark: it claims nothing about this plan."""

_LEAD = regex(
    r"[\s*_>+-]*(?:(?!(?:after|once|until|before|when|with|depends|blocks|needs|requires|then|not)\b)"
    r"[A-Za-z][\w-]*[ \t]+){0,4}[*_`]*",
    re.IGNORECASE,
)
"""What may stand before the ids: a list marker, and a few words that only name them ("Model tasks T015-T018")."""

_MAY = regex(
    r"[*_`]*[ \t]*(?:\([^()\n]{0,100}\)[ \t]*)?[:：]?[*_ \t]*(?:all[ \t]+|both[ \t]+)?(?:can|may)[ \t]+"
    r"(?:all[ \t]+|both[ \t]+|also[ \t]+)?(?:be[ \t]+)?"
    r"(?:run|done|executed|proceed|start|started|built|developed|implemented|worked[ \t]+on)[ \t]+"
    r"(?:in[ \t]+parallel|concurrently|simultaneously|at[ \t]+the[ \t]+same[ \t]+time|together)\b"
    r"(?![ \t]+(?:with|to)[ \t]+(?!each\b|one\b))",
    re.IGNORECASE,
)

_PHASE_WORD = re.compile(r"Phases?\s+((?:\d{1,3}(?:\s*(?:,|and|&|/|-|–|to)\s*(?:Phases?\s+)?)?){2,12})", re.IGNORECASE)

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
            runs = id_runs(text, grammar)
            if not runs or runs[0].group or _STAFFED.search(text):
                continue
            first = runs[0]
            if _LEAD.fullmatch(text, 0, first.start) is None or _MAY.match(text, first.end) is None:
                continue
            named = {positions[name] for name in first.ids if name in positions}
            if len(named) > 1 and len(_RANGE.findall(text, first.start, first.end)) <= 1:
                found.append(frozenset(named))
    return tuple(found)


def phases_together(statements: Iterable[Prose], titles: Sequence[str]) -> list[frozenset[int]]:
    """Sets of phase positions that a sentence of the plan names as parallel ("Phases 3 and 4 can run in parallel").

    The template's general remark (stories can be parallel "if staffed") claims nothing about this plan and is left out.
    """
    numbers: dict[str, int] = {}
    for position, title in enumerate(titles):
        found = PHASE.match(title)
        if found:
            numbers.setdefault(found.group(1), position)
    together: list[frozenset[int]] = []
    for prose in statements:
        for sentence in re.split(r"(?<=[.;。])\s|\n", prose.text):
            if "parallel" not in sentence.lower() or _STAFFED.search(sentence):
                continue
            if re.search(r"\bnot\b|n't|cannot|never", sentence):
                continue
            for match in _PHASE_WORD.finditer(sentence):
                named = _numbers(match.group(1), numbers)
                if len(named) > 1:
                    together.append(frozenset(named))
    return together


def _numbers(text: str, numbers: dict[str, int]) -> list[int]:
    found: list[int] = []
    parts = re.findall(r"\d{1,3}|-|–|to", text)
    for place, part in enumerate(parts):
        if part in ("-", "–", "to") and found and place + 1 < len(parts) and parts[place + 1] in numbers:
            found.extend(range(found[-1] + 1, numbers[parts[place + 1]]))
        elif part in numbers:
            found.append(numbers[part])
    return found
