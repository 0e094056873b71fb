"""Fan-outs of unknown size: those that the format shows, and those that a brief asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planlint.model import FanOut
from planlint.source.regex import regex

if TYPE_CHECKING:
    from planlint.facts.facts import Facts

_WORDS = ("agent", "worker", "teammate", "代理", "智能体", "エージェント")
_ITS_OWN = regex(
    r"(?:the\s+|each\s+)?(?:remaining\s+|independent\s+|ready\s+)?(?:tasks?|steps?|waves?|phases?|stages?)\b",
    re.IGNORECASE,
)
"""What a plan itself lists, so that its own length bounds it."""


def fan_outs_of(facts: Facts) -> tuple[FanOut, ...]:
    """All fan-outs of the plan, in plan order for each source."""
    plan = facts.plan
    if plan.fan_outs or not facts.mentions(*_WORDS):
        return plan.fan_outs
    return tuple(_told(facts))


def _told(facts: Facts) -> Iterator[FanOut]:
    from planlint.dialects.prose import find_fan_outs

    for task in facts.tasks:
        lower = task.brief.lower()
        if not any(word in lower for word in _WORDS):
            continue
        for phrase in find_fan_outs(task.brief):
            if not phrase.closed and not _ITS_OWN.match(phrase.over):
                yield FanOut(
                    over=phrase.over,
                    origin=task.place_of("brief", task.brief[phrase.start : phrase.end]),
                    bound=phrase.bound,
                    batched=phrase.batched,
                )
