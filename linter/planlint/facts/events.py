"""Events that one task publishes while a concurrent one consumes them, as the sentences of their briefs name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planlint.model import Task
from planlint.source.regex import regex

if TYPE_CHECKING:
    from planlint.facts.facts import Facts

_NAME = (
    r"(?:`(?P<{0}t>[\w.:/-]{{3,80}})`|(?P<{0}d>[a-z][a-z0-9]*(?:[.:_-][a-z0-9]+){{1,5}})"
    r"|(?P<{0}c>(?:[A-Z][a-z0-9]+){{2,6}}))"
)
"""`order.placed`, `order-placed`, `OrderPlaced`, or anything in backticks."""
_KIND = r"(?:event|message|topic|queue)s?"


def _said(verbs: str) -> re.Pattern[str]:
    before, after = _NAME.format("a"), _NAME.format("b")
    return regex(
        rf"\b(?i:{verbs})\b[^.\n]{{0,40}}?[ ](?:{before}[ ](?i:{_KIND})\b|(?i:{_KIND})[ ]{after}(?![\w-]))",
    )


_PUBLISHES = _said(r"publish(?:es)?|emits?|dispatch(?:es)?|produces?|raises?|fires?|broadcasts?|sends?")
_CONSUMES = _said(r"consumes?|subscribes?|listens?|handles?|reacts?|process(?:es)?|receives?")


MAX_PAIRS = 400
"""Most pairs of an event's publishers and consumers: what more of them share is a bus, known to the whole project."""


class Handover(NamedTuple):
    """`publisher` and `consumer`, tasks by index, meet in the event `name`."""

    name: str
    publisher: int
    consumer: int


def handovers(facts: Facts) -> list[Handover]:
    """Concurrent publishers and consumers of one event, each pair once, in plan order."""
    if not facts.mentions("event", "message", "topic", "queue"):
        return []
    published: dict[str, list[Task]] = {}
    consumed: dict[str, list[Task]] = {}
    for task in facts.tasks:
        if facts.order.concurrent_mask(task.index):
            for found, pattern in ((published, _PUBLISHES), (consumed, _CONSUMES)):
                for match in pattern.finditer(task.brief):
                    name = next(value for value in match.groupdict().values() if value)
                    known = found.setdefault(name, [])
                    if not known or known[-1] is not task:
                        known.append(task)
    return [
        Handover(name, maker.index, user.index)
        for name, makers in published.items()
        if len(makers) * len(consumed.get(name, ())) <= MAX_PAIRS
        for maker in makers
        for user in consumed.get(name, ())
        if maker is not user and facts.order.concurrent(maker.index, user.index)
    ]
