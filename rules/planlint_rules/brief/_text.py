"""What the rules about briefs share: whose brief counts, and its text without code."""

from __future__ import annotations

import re

from planlint.model import Task
from planlint.rulekit import Facts
from planlint.source.regex import regex
from planlint_rules._numbers import delegated

_FENCE = regex(r"^[ \t]*(?:```|~~~).*?(?:^[ \t]*(?:```|~~~)[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CODE = regex(r"`[^`\n]*`")


def fresh_briefs(facts: Facts) -> list[Task]:
    """The tasks whose text an agent without any other context gets: delegated, no forks."""
    found = []
    for task in delegated(facts):
        agent = facts.agents.of(task)
        if agent is None or not agent.inherits_conversation:
            found.append(task)
    return found


def without_code(text: str) -> str:
    """`text` with fenced blocks and code spans blanked; offsets and line breaks stay."""
    if "`" not in text and "~~~" not in text:
        return text
    return _CODE.sub(_blank, _FENCE.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())
