"""Lone surrogates: what a `\\ud800` escape leaves, and no encoding can write out again."""

from __future__ import annotations


def without_surrogates(text: str) -> str:
    """`text` with each lone surrogate replaced by U+FFFD, so that reporters may print it anywhere."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text
