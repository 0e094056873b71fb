"""Whether a text asks for something or rules it out: "do not add a dependency" adds none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.source.regex import regex

_DENIAL = regex(r"\b(?:not|never|no|without|avoid|missing|lacks?|instead of)\b|n['’]t\b", re.IGNORECASE)
"""Words that rule out what follows right behind them."""
_REACH = 60
"""Characters before a place in which such a word may stand."""
_BREAK = regex(r"[.,;:\n]")
"""Where a clause ends, and with it the reach of the word."""
_DENIED = regex(
    r"\b(?:not|never|cannot|no|without|avoid|instead of|rather than|unable|forbidden|unless|if you could)\b|n['’]t\b"
    r"|❌|🚫|⛔",
    re.IGNORECASE,
)
"""Words that rule out a whole sentence, or make it a case that does not hold."""
_SENTENCE = 120
"""How far back a sentence is looked at."""


def denied(text: str, at: int, words: int = 5) -> bool:
    """Whether the clause that ends at offset `at` rules out what stands there, with at most `words` words between."""
    _, *behind = _DENIAL.split(text[max(0, at - _REACH) : at])
    return bool(behind) and _BREAK.search(behind[-1]) is None and len(behind[-1].split()) <= words


def affirmed(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Where `pattern` matches and nothing in the sentence up to the end of the match denies it."""
    for match in pattern.finditer(text):
        first = max(0, match.start() - _SENTENCE)
        start = max(text.rfind(mark, first, match.start()) for mark in ("\n", ". ", "; "))
        if _DENIED.search(text, max(start + 1, first), match.end()) is None:
            yield match
