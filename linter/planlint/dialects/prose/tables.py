"""Tables of words, written as text so that they stay readable."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of `text`, which blanks separate."""
    return frozenset(text.split())
