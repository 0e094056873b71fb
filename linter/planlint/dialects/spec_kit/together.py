"""Tasks that a sentence of the plan lets run at the same time: "T015-T018 can run in parallel"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from planlint.dialects.prose import IdGrammar
from planlint.dialects.prose.id_runs import id_runs
from planlint.dialects.prose.wording import sentences
from planlint.dialects.spec_kit.items import Item
from planlint.readers.prose import Prose
from planlint.source.regex import regex

STAFFED = regex(r"if staffed|if (?:team )?capacity|developers?\b|team\b|different people", re.IGNORECASE)
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
            if not runs or runs[0].group or STAFFED.search(text):
                continue
            first = runs[0]
            if _LEAD.fullmatch(text, 0, first.start) is None or _MAY.match(text, first.end) is None:
                continue
            named = {positions[name] for name in first.ids if name in positions}
            if len(named) > 1 and len(_RANGE.findall(text, first.start, first.end)) <= 1:
                found.append(frozenset(named))
    return tuple(found)
