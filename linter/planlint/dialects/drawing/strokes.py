"""Slanting and crooked lines between two rows of text: `/ \\`, `|`, `v`, each under what it comes from, roughly."""

from __future__ import annotations

from collections.abc import Sequence

_SHIFT = {"/": -1, "╱": -1, "\\": 1, "╲": 1, "|": 0, "│": 0, "v": 0, "V": 0, "▼": 0, "↓": 0}
_SLANTS = frozenset("/╱\\╲")
_HEADS = frozenset("vV▼↓")
_NEAR = 2
"""Columns by which one stroke may miss the next."""
_TALLEST = 12
"""Rows of strokes that are followed; nobody draws longer lines between two rows of text."""


def stroke_rows(rows: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """The runs of rows, first and last, that hold strokes only, with a slant or a head among them."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for row in range(len(rows) + 1):
        signs = {sign for sign in rows[row] if not sign.isspace()} if row < len(rows) else set()
        if signs and signs <= _SHIFT.keys():
            start = row if start is None else start
            continue
        if start is not None and row - start <= _TALLEST:
            drawn = {sign for line in rows[start:row] for sign in line}
            if not _HEADS.isdisjoint(drawn) or not _SLANTS.isdisjoint(drawn):
                found.append((start, row - 1))
        start = None
    return found


def strokes_through(rows: Sequence[Sequence[str]], first: int, last: int) -> list[tuple[int, int]]:
    """The lines through the rows from `first` to `last`: the column above each, and the one below it."""
    begun = [(column - _SHIFT[sign], column) for column, sign in _signs(rows[first])]
    for row in range(first, last):
        further: dict[tuple[int, int], None] = {}
        for top, column in begun:
            at = column + _SHIFT[rows[row][column]]
            for other in range(max(0, at - _NEAR), min(at + _NEAR + 1, len(rows[row + 1]))):
                if rows[row + 1][other] in _SHIFT:
                    further[top, other] = None
        begun = list(further)
    return [(top, column + _SHIFT[rows[last][column]]) for top, column in begun]


def _signs(row: Sequence[str]) -> list[tuple[int, str]]:
    return [(column, sign) for column, sign in enumerate(row) if sign in _SHIFT]
