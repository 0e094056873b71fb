"""`TextIndex`: texts of all tasks as one, so that a rare word is looked for once and not in every task.

Most rules about wording look for phrases that most tasks do not have. Each of them asks here first which tasks can have
one: `facts.told.select(facts.tasks, "discuss", "as in")`. Fragments are in lower case and may be a part of a longer
word, so the answer is only where to look; what is there, the rule's own pattern decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from planlint.model import Task

_DIGITS = b"0123456789"
_CHUNK = 1 << 16
"""Characters that are cut into words at a time: as many as a processor's cache holds."""


class TextIndex:
    """Texts without letter case: those of the tasks in the order of `Task.index`, and `others`, which have no task."""

    def __init__(self, texts: Iterable[str], others: Iterable[str] = ()) -> None:
        parts = [text.lower() for text in texts]
        self._tasks = len(parts)
        parts += [text.lower() for text in others]
        self._text = "\n".join(parts)
        self._starts = [0, *accumulate(len(part) + 1 for part in parts)]
        self._occurring: dict[str, bool] = {}
        self._holders: dict[str, frozenset[int]] = {}

    def mentions(self, *fragments: str) -> bool:
        """Whether any of `fragments` stands anywhere."""
        return any(self._occurs(fragment) for fragment in fragments)

    def tasks(self, *fragments: str) -> frozenset[int]:
        """`Task.index` of the tasks in whose texts any of `fragments` stands."""
        found = [self._with(fragment) for fragment in fragments if self._occurs(fragment)]
        return frozenset().union(*found)

    def select(self, tasks: Iterable[Task], *fragments: str) -> list[Task]:
        """Those of `tasks` in whose texts any of `fragments` stands; costs nothing for each task where none does."""
        telling = self.tasks(*fragments)
        return [task for task in tasks if task.index in telling] if telling else []

    @cached_property
    def _vocabulary(self) -> bytes:
        """Each distinct word once, without digits: far shorter than the text of a large plan, which says the same words
        all over, and whose names are numbered."""
        text = self._text
        words: set[bytes] = set()
        start = 0
        while start < len(text):
            end = text.find("\n", start + _CHUNK)
            end = len(text) if end < 0 else end
            words.update(_without_digits(text[start:end]).split())
            start = end
        return b"\n".join(words)

    def _occurs(self, fragment: str) -> bool:
        known = self._occurring.get(fragment)
        if known is None:
            parts = _without_digits(fragment).split()
            # Words that met when a digit between them went ("`1a") are no words of the text.
            known = all(part in self._vocabulary for part in parts) and fragment in self._text
            self._occurring[fragment] = known
        return known

    def _with(self, fragment: str) -> frozenset[int]:
        known = self._holders.get(fragment)
        if known is None:
            text, starts = self._text, self._starts
            found = []
            at = text.find(fragment)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                if number >= self._tasks:
                    break
                found.append(number)
                at = text.find(fragment, starts[number + 1])
            known = self._holders[fragment] = frozenset(found)
        return known


def _without_digits(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").translate(None, _DIGITS)
