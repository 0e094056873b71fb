"""Patterns of files that are too much to compare are refused where they stand."""

from __future__ import annotations

from planlint.diagnostics import Problem
from planlint.paths import Pattern, PatternError
from planlint.source import Origin

SURELY_SHORT = 64
"""A pattern of no more characters has at most 64 segments and stars, as `Pattern` allows; braces may multiply them."""


def refuse(path: str, origin: Origin) -> Problem | None:
    """A complaint about a pattern that is too much to compare, None for all others."""
    try:
        Pattern.parse(path)
    except PatternError as error:
        return Problem(
            "PL003",
            str(error),
            origin,
            help="name a directory above, or cut it into several patterns",
            why="the files of this pattern cannot be compared with those of other tasks",
        )
    return None
