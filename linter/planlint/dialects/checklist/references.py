"""Ids in a field that lists dependencies: `1.1, 1.3-1.5`, `Tasks 1-2 (pattern first)`, `Phase 1.2`, `none`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from planlint.dialects.prose import IdGrammar, find_references
from planlint.readers.prose import Prose
from planlint.source import Origin

NUMBER = re.compile(r"(?<![A-Za-z0-9_])\d{1,4}(?:\.\d{1,4}){0,3}(?:\.[A-Z]\b|[a-z]\d{0,2}\b)?")
"""One item number inside of running text."""

_NONE = re.compile(r"\s*(?:none\b|nothing\b|no\b|n/?a\b|なし|無し|无|無|없음|[—–-]\s*(?:\Z|\())", re.IGNORECASE)
_GLUED = "-_/#$@."


class Listed(NamedTuple):
    """One id that a field names; `written` and `origin` are those of the words it came from."""

    id: str
    written: str
    origin: Origin
    group: bool = False
    """Named as a group ("Phase 2", "Group 2"), not as an item."""


def says_none(value: Prose) -> bool:
    """Whether the field says that there is nothing to wait for."""
    return _NONE.match(value.text) is not None


def number_grammar(known: Sequence[str]) -> IdGrammar:
    """How lists of numbered items write ids; `known` are the plan's, in order, for ranges."""
    return IdGrammar(NUMBER, known=known)


def listed_ids(value: Prose, grammar: IdGrammar) -> list[Listed]:
    """The ids in `value`, ranges expanded; remarks in brackets do not count."""
    if says_none(value):
        return []
    found: list[Listed] = []
    depth = at = 0
    for reference in find_references(value, grammar):
        depth += value.text.count("(", at, reference.start) - value.text.count(")", at, reference.start)
        at = reference.start
        if reference.negated or reference.kind in ("parallel_with", "blocks"):
            continue
        if depth > 0 or (at and value.text[at - 1] in _GLUED):
            continue
        # A range runs over the plan's ids in order; of "1-3" only the groups are meant, not what they hold.
        levels = {number.count(".") for number in NUMBER.findall(reference.written)}
        for name in reference.ids:
            number = NUMBER.search(name)
            if number is not None and number.group().count(".") in levels:
                found.append(Listed(number.group(), reference.written, reference.origin, reference.group))
    return found
