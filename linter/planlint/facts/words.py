"""Word lists, and the words that names and titles are made of."""

from __future__ import annotations

from functools import lru_cache

from planlint.source.regex import regex


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as running text."""
    return frozenset(text.split())


_PART = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def written_parts(text: str) -> list[str]:
    """The same words as `name_parts`, as they are written but for the case: `settings` stays `settings`."""
    return [part.lower() for part in _PART.findall(text)]


def name_parts(text: str) -> list[str]:
    """The words in a name or sentence in lower case: `UserSettingsForm`, `user-settings` and `user settings` alike.

    A plural `s` goes (`settings` is `setting`), so that both spellings of one subject compare equal.
    """
    return [part for piece in text.split() for part in _parts_of(piece)]


@lru_cache(maxsize=50_000)
def _parts_of(piece: str) -> tuple[str, ...]:
    """The parts of a piece of text without white space, which no part crosses; texts repeat theirs all over."""
    return tuple(singular(part) for part in written_parts(piece))


def singular(word: str) -> str:
    """`word` without a plural ending, as far as spelling tells: `policies`, `settings`, `boxes`; not `status`."""
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("xes", "shes", "ches", "sses")):
        return word[:-2]
    return word.removesuffix("s")
