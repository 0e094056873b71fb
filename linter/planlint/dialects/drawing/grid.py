"""A drawing as a grid of characters: which pieces of text its lines join, and which way the arrows point."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planlint.dialects.drawing.boxes import boxes_in, holding
from planlint.dialects.drawing.strokes import stroke_rows, strokes_through

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

_ARROW = re.compile(r"[-─━]{1,40}>|={1,40}>|<-{1,40}")
_BRANCH = re.compile(r"(?<=[ \t])[|+`\\](?=-{1,40}(?:>|[ \t]))|^[|+`\\](?=-{1,40}(?:>|[ \t]))")
_DASHES = re.compile(r"(?<=[├└])-{1,40}(?=[ \t])")
_UPRIGHT = re.compile(r"[ \t|vV+]*[|vV][ \t|vV+]*\Z")

_SIGNS = ("->", "=>", "<-", "─>", "v", "V", "/", "╱")
"""What else may be an arrow, or lead down."""

_BOX = "\ufffc"
"""Stands for every character of a box and what is in it."""

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
    if len(text) > MAX_CELLS or not any(sign in text for sign in (*_POINTS, *_SIGNS)):
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
        self._boxed: dict[tuple[int, int], list[Run]] = {}
        """What stands in the box that a place belongs to."""
        self._reached: set[int] = set()
        """The rows in which arrows end."""
        at = 0
        signs: list[list[str]] = []
        for line in text.split("\n"):
            cells: list[_Cell] = []
            row: list[str] = []
            for index, sign in enumerate(_plain(line)):
                # wide characters take two columns
                width = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
                cells += [_Cell(sign, at + index)] * width
                row += [line[index]] * width
            self._rows.append(cells)
            signs.append(row)
            at += len(line) + 1
        self._close_boxes(signs)
        self._strokes = stroke_rows([[cell.sign for cell in row] for row in self._rows])
        self._slanted = {row for first, last in self._strokes for row in range(first, last + 1)}

    def _close_boxes(self, signs: list[list[str]]) -> None:
        """Make each box one piece of text; one around others, or around arrows, is only a frame."""
        boxes = boxes_in(signs)
        frames = holding(boxes)
        for at, box in enumerate(boxes):
            inside = list(box.inside())
            if at in frames or any(self._sign(place) in _POINTS for place in inside):
                self._replace(box.border(), " ")
                continue
            runs = []
            for row, left, right in box.rows():
                cells = self._rows[row][left + 1 : right] if box.top < row < box.bottom else []
                filled = [cell.offset for cell in cells if not cell.sign.isspace()]
                if filled:
                    runs.append(Run(filled[0], filled[-1] + 1))
            for place in (*inside, *box.border()):
                self._boxed[place] = runs
            self._replace([*inside, *box.border()], _BOX)

    def _replace(self, places: Iterable[tuple[int, int]], sign: str) -> None:
        for row, column in places:
            self._rows[row][column] = self._rows[row][column]._replace(sign=sign)

    def joints(self) -> list[Joint]:
        found: list[Joint] = []
        for row, cells in enumerate(self._rows):
            for column, cell in enumerate(cells):
                if (row, column) not in self._seen and (cell.sign in _LINES or cell.sign in _POINTS):
                    joint = self._follow(row, column)
                    if joint.sources and joint.targets:
                        found.append(joint)
        return [*found, *self._slanting()]

    def _slanting(self) -> Iterator[Joint]:
        """What lines join that slant, or that are out of line with what they come from."""
        signs = [[cell.sign for cell in row] for row in self._rows]
        for first, last in self._strokes:
            if last + 1 in self._reached:
                continue
            for above, below in strokes_through(signs, first, last):
                sources, targets = self._near(first - 1, above), self._near(last + 1, below)
                if sources and targets:
                    yield Joint(tuple(sources), tuple(targets))

    def _near(self, row: int, column: int) -> list[Run]:
        """The piece of text in a row that is nearest to a column."""
        for slip in range(MAX_GAP + 1):
            for at in (column - slip, column + slip):
                if (at >= 0 and self._sign((row, at)) == _BOX) or self._is_text(row, at):
                    return self._runs((row, at))
        return []

    def _follow(self, row: int, column: int) -> Joint:
        """All that hangs together with the line at one place."""
        sources: dict[Run, None] = {}
        targets: dict[Run, None] = {}
        rows: set[int] = set()
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
                if beside[0] in self._slanted:
                    continue
                if side == point:
                    rows.add(beside[0])
                (targets if side == point else sources).update(dict.fromkeys(self._runs(beside)))
        if sources and targets:
            self._reached |= rows
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
        if side in (_UP, _DOWN):
            for slip in (-1, 1):
                beside = (place[0] + side[0], place[1] + slip)
                sign = self._sign(beside)
                if _OPPOSITE[side] in _LINES.get(sign, ()) or _POINTS.get(sign) == side:
                    return beside  # drawn a column out of line
        return None

    @staticmethod
    def _meets(sign: str, side: tuple[int, int]) -> bool:
        """Whether the line reached by going to `side` is open there; an arrow hangs on whatever is behind it."""
        if sign in _LINES:
            return _OPPOSITE[side] in _LINES[sign] or side in (_LEFT, _RIGHT)
        return _POINTS[sign] in (side, _OPPOSITE[side])

    def _runs(self, place: tuple[int, int]) -> list[Run]:
        """The piece of text around a place: up to two blanks in a row, or a line; all of a box."""
        if place in self._boxed:
            return self._boxed[place]
        row, column = place
        first = last = column
        while self._is_text(row, first - 1):
            first -= 1
        while self._is_text(row, last + 1):
            last += 1
        start, end = self._rows[row][first].offset, self._rows[row][last].offset + 1
        text = self._text[start:end]
        return [Run(start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip())))]

    def _is_text(self, row: int, column: int) -> bool:
        sign = self._sign((row, column))
        if sign in _LINES or sign in _POINTS or sign == _BOX:
            return False
        if not sign.isspace():
            return True
        before, after = self._sign((row, column - 1)), self._sign((row, column + 1))
        return not before.isspace() and not after.isspace()
