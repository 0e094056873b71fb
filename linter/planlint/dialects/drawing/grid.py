"""A drawing as a grid of characters: which pieces of text its lines join, and which way the arrows point."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_LEFT, _RIGHT, _UP, _DOWN = (0, -1), (0, 1), (-1, 0), (1, 0)
_OPPOSITE = {_LEFT: _RIGHT, _RIGHT: _LEFT, _UP: _DOWN, _DOWN: _UP}
_SIDES = {
    "─━═╌┄": (_LEFT, _RIGHT),
    "│┃║╎┆": (_UP, _DOWN),
    "┌┏╔╭": (_RIGHT, _DOWN),
    "┐┓╗╮": (_LEFT, _DOWN),
    "└┗╚╰": (_UP, _RIGHT),
    "┘┛╝╯": (_UP, _LEFT),
    "├┣╠": (_UP, _DOWN, _RIGHT),
    "┤┫╣": (_UP, _DOWN, _LEFT),
    "┬┳╦": (_LEFT, _RIGHT, _DOWN),
    "┴┻╩": (_LEFT, _RIGHT, _UP),
    "┼╋╬": (_LEFT, _RIGHT, _UP, _DOWN),
}
_HEADS = {"→►▶⇒➔➜": _RIGHT, "←◄◀⇐": _LEFT, "↓▼⇓": _DOWN, "↑▲⇑": _UP}
_LINES = {sign: sides for signs, sides in _SIDES.items() for sign in signs}
_POINTS = {sign: side for signs, side in _HEADS.items() for sign in signs}

_ARROW = re.compile(r"-{1,40}>|={1,40}>|<-{1,40}")
_BRANCH = re.compile(r"(?<=[ \t])[|+`\\](?=-{1,40}(?:>|[ \t]))|^[|+`\\](?=-{1,40}(?:>|[ \t]))")
_DASHES = re.compile(r"(?<=[├└])-{1,40}(?=[ \t])")
_UPRIGHT = re.compile(r"[ \t|vV+]*[|vV][ \t|vV+]*\Z")

MAX_CELLS = 60_000
"""Largest drawing that is looked at; real ones have some thousand characters."""

MAX_GAP = 3
"""Most blanks between the end of a line and what it points at."""


class Run(NamedTuple):
    """A piece of text in a drawing: `text[start:end]` of the fence."""

    start: int
    end: int


class Joint(NamedTuple):
    """Lines that hang together: all `sources` come before all `targets`."""

    sources: tuple[Run, ...]
    targets: tuple[Run, ...]


class _Cell(NamedTuple):
    sign: str
    offset: int


def joints_of(text: str) -> list[Joint]:
    """The joints of a drawing in the order of their first character; none where the text has no arrow."""
    if len(text) > MAX_CELLS or not any(sign in text for sign in (*_POINTS, "->", "=>", "<-", "v", "V")):
        return []
    return _Drawing(text).joints()


def _plain(line: str) -> str:
    """ASCII arrows and branches as the characters that they stand for, of the same length."""
    if _UPRIGHT.match(line):
        return line.translate(str.maketrans("|vV+", "│▼▼┼"))
    line = _BRANCH.sub(lambda match: "└" if match.group() in "`\\" else "├", line)
    line = _ARROW.sub(
        lambda match: (
            "◄" + "─" * (len(match.group()) - 1) if match.group()[0] == "<" else "─" * (len(match.group()) - 1) + "►"
        ),
        line,
    )
    return _DASHES.sub(lambda match: "─" * len(match.group()), line)


class _Drawing:
    def __init__(self, text: str) -> None:
        self._text = text
        self._rows: list[list[_Cell]] = []
        self._seen: set[tuple[int, int]] = set()
        at = 0
        for line in text.split("\n"):
            cells: list[_Cell] = []
            for index, sign in enumerate(_plain(line)):
                cells.append(_Cell(sign, at + index))
                if unicodedata.east_asian_width(sign) in "WF":
                    cells.append(cells[-1])  # wide characters take two columns
            self._rows.append(cells)
            at += len(line) + 1

    def joints(self) -> list[Joint]:
        found: list[Joint] = []
        for row, cells in enumerate(self._rows):
            for column, cell in enumerate(cells):
                if (row, column) not in self._seen and (cell.sign in _LINES or cell.sign in _POINTS):
                    joint = self._follow(row, column)
                    if joint.sources and joint.targets:
                        found.append(joint)
        return found

    def _follow(self, row: int, column: int) -> Joint:
        """All that hangs together with the line at one place."""
        sources: dict[Run, None] = {}
        targets: dict[Run, None] = {}
        stack = [(row, column)]
        self._seen.add((row, column))
        while stack:
            place = stack.pop()
            sign = self._sign(place)
            point = _POINTS.get(sign)
            for side in _LINES.get(sign) or (point or _RIGHT, _OPPOSITE[point or _RIGHT]):
                beside = self._beside(place, side)
                if beside is None:
                    continue
                other = self._sign(beside)
                if other in _LINES or other in _POINTS:
                    if beside not in self._seen and self._meets(other, side):
                        self._seen.add(beside)
                        stack.append(beside)
                    continue
                run = self._run(beside)
                (targets if side == point else sources)[run] = None
        return Joint(tuple(run for run in sources if run not in targets), tuple(targets))

    def _sign(self, place: tuple[int, int]) -> str:
        row, column = place
        if not 0 <= row < len(self._rows) or not 0 <= column < len(self._rows[row]):
            return " "
        return self._rows[row][column].sign

    def _beside(self, place: tuple[int, int], side: tuple[int, int]) -> tuple[int, int] | None:
        """The next place that is not blank; sideways a few blanks may lie between."""
        gap = MAX_GAP if side in (_LEFT, _RIGHT) else 0
        for step in range(1, gap + 2):
            beside = (place[0] + side[0] * step, place[1] + side[1] * step)
            if not self._sign(beside).isspace():
                return beside
        return None

    @staticmethod
    def _meets(sign: str, side: tuple[int, int]) -> bool:
        """Whether the line reached by going to `side` is open there; an arrow hangs on whatever is behind it."""
        if sign in _LINES:
            return _OPPOSITE[side] in _LINES[sign] or side in (_LEFT, _RIGHT)
        return _POINTS[sign] in (side, _OPPOSITE[side])

    def _run(self, place: tuple[int, int]) -> Run:
        """The piece of text around a place: up to two blanks in a row, or a line."""
        row, column = place
        first = last = column
        while self._is_text(row, first - 1):
            first -= 1
        while self._is_text(row, last + 1):
            last += 1
        start, end = self._rows[row][first].offset, self._rows[row][last].offset + 1
        text = self._text[start:end]
        return Run(start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip())))

    def _is_text(self, row: int, column: int) -> bool:
        sign = self._sign((row, column))
        if sign in _LINES or sign in _POINTS:
            return False
        if not sign.isspace():
            return True
        before, after = self._sign((row, column - 1)), self._sign((row, column + 1))
        return not before.isspace() and not after.isspace()
