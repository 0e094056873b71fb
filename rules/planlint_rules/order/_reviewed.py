"""What a review that names no files is about, by the words of its title."""

from __future__ import annotations

from planlint.facts.words import name_parts, words
from planlint.model import Task

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


def builders_named(review: Task, builders: list[Task]) -> list[Task]:
    """Those of `builders` whose work a review names, as `Review the cart service` does for `Build the cart service`."""
    looked_at = set(name_parts(subject_text(review))) - _REVIEWING
    return [task for task in builders if looked_at.issubset(name_parts(task.title))] if looked_at else []
