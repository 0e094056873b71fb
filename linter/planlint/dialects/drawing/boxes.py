"""Boxes in a drawing: the text inside of each is one thing, whatever the border is drawn with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_CORNERS = "┌╔╭┏+"
_ACROSS = frozenset("─━═╌┄-=┬┴┼╦╩╤╧┯┷▼▲↓↑vV+")
_DOWN = frozenset("│┃║|├┤┼+╠╣┠┨")
_HEADS = frozenset("◄►←→▶◀")
"""Arrows that may stand in place of the border that they point at."""
_RIGHT_TOP = frozenset("┐╗╮┓+")
_LEFT_BOTTOM = frozenset("└╚╰┗+")
_RIGHT_BOTTOM = frozenset("┘╝╯┛+")
_WIDEST, _TALLEST = 200, 60
"""Columns and rows of the largest box; what is larger is a frame or no box."""
_SLIP = 2
"""Columns by which a right border may be out of line: text of another width is easily drawn so."""


class Box(NamedTuple):
    """A box: its first row, and the columns of its border in each row."""

    top: int
    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def bottom(self) -> int:
        """Its last row."""
        return self.top + len(self.right) - 1

    def rows(self) -> Iterator[tuple[int, int, int]]:
        """Each row with the columns of the border in it."""
        return zip(range(self.top, self.bottom + 1), self.left, self.right, strict=True)

    def border(self) -> Iterator[tuple[int, int]]:
        """The places of the border."""
        for row, left, right in self.rows():
            yield from ((row, column) for column in range(left, right + 1) if self._is_border(row, column, left, right))

    def inside(self) -> Iterator[tuple[int, int]]:
        """The places within the border."""
        for row, left, right in self.rows():
            yield from ((row, column) for column in range(left, right) if not self._is_border(row, column, left, right))

    def _is_border(self, row: int, column: int, left: int, right: int) -> bool:
        return row in (self.top, self.bottom) or column in (left, right)


def boxes_in(rows: Sequence[Sequence[str]]) -> list[Box]:
    """The boxes of a drawing in order of their first rows; `rows` are its characters by column."""
    found = []
    for row, signs in enumerate(rows):
        for column, sign in enumerate(signs):
            if sign in _CORNERS:
                box = _box_at(rows, row, column)
                if box is not None:
                    found.append(box)
    return found


def holding(boxes: Sequence[Box]) -> set[int]:
    """The positions of those of `boxes`, in order of their first rows, in which another one stands."""
    found = set()
    tops = [box.top for box in boxes]
    for at, outer in enumerate(boxes):
        for other in range(bisect_left(tops, outer.top), bisect_left(tops, outer.bottom)):
            inner = boxes[other]
            below = other != at and inner.bottom <= outer.bottom
            if below and min(outer.left) <= min(inner.left) and max(inner.right) <= max(outer.right):
                found.add(at)
                break
    return found


def _box_at(rows: Sequence[Sequence[str]], top: int, left: int) -> Box | None:
    """The box whose upper left corner is at a place."""
    across = left + 1
    signs = rows[top]
    widest = min(len(signs), left + _WIDEST)
    while across < widest and signs[across] in _ACROSS and signs[across] not in _RIGHT_TOP - {"+"}:
        if signs[across] == "+" and _goes_down(rows, top, across):
            break
        across += 1
    if across >= len(signs) or signs[across] not in _RIGHT_TOP or across - left < 3:
        return None
    lefts, rights = [left], [across]
    for row in range(top + 1, min(len(rows), top + _TALLEST)):
        if row > top + 1:
            begin, end = _near(rows[row], left, _LEFT_BOTTOM, 1), _near(rows[row], across, _RIGHT_BOTTOM, _SLIP)
            if begin is not None and end is not None and all(sign in _ACROSS for sign in rows[row][begin + 1 : end]):
                return Box(top, (*lefts, begin), (*rights, end))
        begin, end = _near(rows[row], left, _DOWN, 1), _near(rows[row], across, _DOWN, _SLIP)
        if begin is None or end is None or begin >= end:
            return None
        lefts.append(begin)
        rights.append(end)
    return None


def _goes_down(rows: Sequence[Sequence[str]], row: int, column: int) -> bool:
    return row + 1 < len(rows) and _near(rows[row + 1], column, _DOWN, 0) is not None


def _near(signs: Sequence[str], column: int, wanted: frozenset[str], slip: int) -> int | None:
    """The column nearest to `column`, at most `slip` away, with one of the `wanted` signs."""
    for off in range(slip + 1):
        for at in (column - off, column + off):
            if 0 <= at < len(signs) and (signs[at] in wanted or (off == 0 and wanted is _DOWN and signs[at] in _HEADS)):
                return at
    return None
