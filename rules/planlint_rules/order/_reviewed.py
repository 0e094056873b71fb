"""What a review that names no files is about, by the words of its title."""

from __future__ import annotations

from functools import cached_property

from planlint.facts.graph import bit_set
from planlint.facts.words import name_parts, words
from planlint.model import Kind, Task
from planlint.rulekit import Facts

_REVIEWING = words(
    """
    a all an and another approve audit both by carefully check code confirm critique do each ensure every final for
    functionality get implementation inspect it its job manual manually of on or our over peer qa quality result review
    reviewer run second sign step task test testing that the their through to validate validation verification verify
    with work works working correct correctly properly
    """
)
"""Words of a title that say that something is looked at, not what."""


def subject_text(review: Task) -> str:
    """Where a review says what it is about: its title, else, under a bare `Review`, the first sentence of its brief."""
    if set(name_parts(review.title)) - _REVIEWING:
        return review.title
    return review.brief.strip()[:300].partition("\n")[0].partition(". ")[0]


class Builders:
    """The tasks that build something, and the words of their titles, looked at once for all reviews of a plan."""

    def __init__(self, facts: Facts) -> None:
        writers = facts.effects.writers
        self._tasks = [task for task in facts.tasks if task.kind is Kind.BUILD and task.index in writers]
        self.all = bit_set([task.index for task in self._tasks])
        """The builders as a bit set."""
        self._masks: dict[str, int] = {}
        """The same for those that bear a word which some review looks for."""

    def named_by(self, review: Task) -> int:
        """Bit set of those whose work a review names, as `Review the cart` does for `Build the cart`."""
        looked_at = set(name_parts(subject_text(review))) - _REVIEWING
        found = self.all if looked_at else 0
        for word in looked_at:
            if word not in self._masks:
                self._masks[word] = bit_set(self._bearers.get(word, ()))
            found &= self._masks[word]
        return found

    @cached_property
    def _bearers(self) -> dict[str, list[int]]:
        """Word to the builders in whose titles it stands, by index."""
        found: dict[str, list[int]] = {}
        for task in self._tasks:
            for word in set(name_parts(task.title)):
                found.setdefault(word, []).append(task.index)
        return found
