"""Phrases that rules of several families share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from planlint.model import Task
from planlint.source.regex import regex

_TOPIC = regex(
    r"(?:^|[.;:\n])[ \t>*\d)-]*(?:(?:please|then|also)[ ])?(?:explain|describe|document|mention|parse|detect|forbid"
    r"|lint|mock|tests?[ ]that|check[ ]that|how[ ]to|erkläre|beschreibe)\b[^.;\n]{0,100}$"
    r"|\b(?:wraps?|wrapping|output[ ]of|implements?|simulates?|emulates?|how[ ]to[ ]run|instead[ ]of)\b"
    r"[^.;\n`]{0,30}`?$",
    re.IGNORECASE,
)

_SHOWN = 5
"""Names in a list for people."""


def named(tasks: Sequence[Task]) -> str:
    """The labels of `tasks` as a list for people, cut after five."""
    return _cut([f"`{task.label}`" for task in tasks[:_SHOWN]], len(tasks))


def listed(names: Iterable[str]) -> str:
    """Names as a list for people, cut after five: `` `a`, `b` and `c` ``."""
    all_names = [*names]
    return _cut([f"`{name}`" for name in all_names[:_SHOWN]], len(all_names))


def _cut(shown: list[str], count: int) -> str:
    """`shown`, the first of `count` names, as a list."""
    if count > len(shown):
        return f"{', '.join(shown)} and {count - len(shown)} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def short(text: str) -> str:
    """`text` on one line, cut after sixty characters."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:57]}..."


def clause(text: str) -> str:
    """`text` as the part of a sentence: no full stop at its end."""
    return text.strip().rstrip(".;")


def is_topic(text: str, at: int) -> bool:
    """Whether the command at `at` is what the sentence is about, not what its reader is to run.

    "Explain `git stash` in docs/git.md", "test that clean() calls `git clean -fd`".
    """
    return _TOPIC.search(text, max(0, at - 160), at) is not None
