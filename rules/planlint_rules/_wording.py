"""Phrases that rules of several families share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planlint.model import Task

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


def clause(text: str) -> str:
    """`text` as the part of a sentence: no full stop at its end."""
    return text.strip().rstrip(".;")
