"""Lists of steps, the form in which whole paths are matched: segments, and `**` for any number of them."""

from __future__ import annotations

from planlint.paths.segment import Segment, match_segment

Item = Segment | None
"""A step: a segment, or `None` for `**`."""


def match_items(items: tuple[Item, ...], names: tuple[str, ...]) -> bool:
    """Whether the steps match all names of a path. Only the last `**` is ever reconsidered, so at worst each step meets
    each name once.
    """
    at = step = 0
    deep, resume = -1, 0
    while at < len(names):
        current = items[step] if step < len(items) else ""
        if current is None:
            deep, resume = step, at
            step += 1
        elif current and match_segment(current, names[at]):
            step += 1
            at += 1
        elif deep >= 0:
            resume += 1
            step, at = deep + 1, resume
        else:
            return False
    return all(rest is None for rest in items[step:])
