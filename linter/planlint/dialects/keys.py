"""The keys of mappings as people spell them: folded to one spelling, and known by synonyms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

LONGEST_KEY = 60
"""Keys longer than this are neither compared with known ones nor shown in full."""


def fold(word: str) -> str:
    """A key or word without letter case and separators: `blockedBy`, `Blocked-By`, `blocked_by` are all `blockedby`."""
    return word.lower().replace("_", "").replace("-", "").replace(" ", "")


class Vocabulary:
    """The keys that one kind of mapping knows: its own names, synonyms of them, and hints about others.

    `synonyms` maps an own name to further words for it, `hints` a word to a sentence on what to write instead.
    """

    def __init__(
        self, names: Iterable[str], synonyms: Mapping[str, Iterable[str]] = {}, hints: Mapping[str, str] = {}
    ) -> None:
        self.names = tuple(names)
        self.synonyms = {name: tuple(words) for name, words in synonyms.items()}
        self._hints = {fold(word): text for word, text in hints.items()}
        self._folded = {fold(word): name for name, words in self.synonyms.items() for word in words}
        self._folded |= {fold(name): name for name in self.names}

    def canonical(self, key: str) -> str | None:
        """The own name that `key` stands for, None for an unknown one."""
        return self._folded.get(fold(key)) if len(key) <= LONGEST_KEY else None

    def suggest(self, key: str) -> str | None:
        """What to write instead of the unknown `key`, as a clause; None without an idea."""
        from difflib import get_close_matches

        if len(key) > LONGEST_KEY:
            return None
        word = fold(key)
        if word in self._hints:
            return self._hints[word]
        close = get_close_matches(word, self._folded, n=1, cutoff=0.75)
        return f"did you mean `{self._folded[close[0]]}`?" if close else None
