"""Words and signs that say that a task is finished."""

from __future__ import annotations

import re

_DONE = re.compile(r"✅|☑|✔|\b(?:complete|completed|done|merged|shipped|closed)\b", re.IGNORECASE)
_NOT_DONE = re.compile(r"\b(?:not|in)[ -](?:complete|done|progress|started)\b|\bto be\b|⏳|🚧", re.IGNORECASE)


def is_done(text: str) -> bool:
    """Whether a status or heading says that the item is finished."""
    return _DONE.search(text) is not None and _NOT_DONE.search(text) is None
