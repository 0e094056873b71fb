"""Phrases that rules of several families share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planlint.model import Task


def named(tasks: Sequence[Task]) -> str:
    """The labels of `tasks` as a list for people, cut after five."""
    return listed([task.label for task in tasks])


def listed(names: Iterable[str]) -> str:
    """Names as a list for people, cut after five: `` `a`, `b` and `c` ``."""
    shown = [f"`{name}`" for name in names]
    if len(shown) > 5:
        return f"{', '.join(shown[:5])} and {len(shown) - 5} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def clause(text: str) -> str:
    """`text` as the part of a sentence: no full stop at its end."""
    return text.strip().rstrip(".;")
