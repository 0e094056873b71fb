"""Words and signs that say that a task is finished."""

from __future__ import annotations

import re

_WORDS = "complete|completed|done|merged|shipped|closed"
_DONE = re.compile(rf"✅|☑|✔|(?<![\w-])(?:{_WORDS})\b", re.IGNORECASE)
_TITLE_DONE = re.compile(
    rf"✅|☑|✔|[\[(]\s*(?i:{_WORDS})(?:[^\w\s]|\s+(?:in|on|by|with|\W|\d))|(?:\A|[:—–]|\s-)\s*(?i:{_WORDS})\s*(?:\Z|[:.!—–]|-\s)|(?<![\w-])(?:{_WORDS.upper()})(?![\w-])"
)
_NOT_DONE = re.compile(
    r"\bpart(?:ly|ial(?:ly)?)\b|(?<!\d)\d{1,2} ?% (?:complete|done)"
    r"|\b(?:not|in)[ -](?:complete|done|progress|started)\b|\bto be\b|⏳|🚧",
    re.IGNORECASE,
)


def is_done(text: str) -> bool:
    """Whether a status says that the item is finished."""
    return _DONE.search(text) is not None and _NOT_DONE.search(text) is None


def is_titled_done(title: str) -> bool:
    """Whether a title marks the item as finished: "Login (done)"; not "Complete the form", "Merged cells"."""
    return _TITLE_DONE.search(title) is not None and _NOT_DONE.search(title) is None
