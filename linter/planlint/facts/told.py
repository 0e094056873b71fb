"""`Told`: what agents are told, as one text, so that a rare word is looked for once and not in every brief.

Most rules about wording look for phrases that most briefs do not have. Each of them asks here first which tasks can
have one: `facts.told.tasks("discuss", "as in")`. Fragments are in lower case and may be a part of a longer word, so the
answer is only where to look; what is there, the rule's own pattern decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from planlint.model import Task


class Told:
    """Titles, briefs, checks and results of `tasks`, and further texts of no task, without letter case."""

    def __init__(self, tasks: Sequence[Task], others: Iterable[str] = ()) -> None:
        self._tasks = tasks
        self._texts = [
            "\n".join([text for text in (task.title, task.brief, task.verify, task.returns) if text]).lower()
            for task in tasks
        ]
        self._texts += [text.lower() for text in others]
        self._known: dict[str, frozenset[int]] = {}

    def mentions(self, *fragments: str) -> bool:
        """Whether any of `fragments` stands anywhere."""
        return any(self._occurs(fragment) for fragment in fragments)

    def tasks(self, *fragments: str) -> frozenset[int]:
        """`Task.index` of the tasks in whose texts any of `fragments` stands."""
        found = [self._with(fragment) for fragment in fragments if self._occurs(fragment)]
        return frozenset().union(*found)

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def _starts(self) -> list[int]:
        """Where the text of each task begins in `_text`; then where the other texts do, if there are any."""
        starts, at = [], 0
        for text in self._texts:
            starts.append(at)
            at += len(text) + 1
        return starts

    @cached_property
    def _words(self) -> str:
        """Each distinct word once: far shorter than the text of a large plan, which says the same words all over."""
        words: set[str] = set()
        for text in self._texts:
            words.update(text.split())
        return "\n".join(words)

    def _occurs(self, fragment: str) -> bool:
        parts = fragment.split()
        if any(part not in self._words for part in parts):
            return False
        return parts == [fragment] or fragment in self._text

    def _with(self, fragment: str) -> frozenset[int]:
        known = self._known.get(fragment)
        if known is None:
            text, starts, tasks = self._text, self._starts, self._tasks
            found = []
            at = text.find(fragment)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                if number >= len(tasks):
                    break
                found.append(tasks[number].index)
                number += 1
                at = text.find(fragment, starts[number]) if number < len(starts) else -1
            known = self._known[fragment] = frozenset(found)
        return known
