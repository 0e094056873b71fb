"""`Source`, the text of one input, and the three ways to point into it: `Span`, `Origin`, `Position`."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\n|\r")
_NEWLINE = re.compile(r"\n")
"""The same where there is no other, at twice the speed."""


class Span(NamedTuple):
    """A half-open range `[start, end)` of 0-based code-point offsets into one `Source.text`."""

    start: int
    end: int


class Position(NamedTuple):
    """A place for people: 1-based `line` and `column` (in code points), with the 0-based `offset` it came from."""

    line: int
    column: int
    offset: int


class Source:
    """One input, decoded: its path as shown to the user and its text.

    `path` is relative to the project root with `/`, or `-` for standard input. `text` holds code points exactly as
    written, line ends included; a byte-order mark is taken off and remembered in `bom`, so offset 0 is the first
    character a reader sees. `encoding` is what writing the text back must use (`utf-8` or one of the UTF-16 forms).
    """

    __slots__ = ("__dict__", "bom", "encoding", "path", "text")

    def __init__(self, path: str, text: str, *, encoding: str = "utf-8", bom: bool = False) -> None:
        self.path = path
        self.text = text
        self.encoding = encoding
        self.bom = bom

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.text)} characters)"

    @cached_property
    def line_starts(self) -> list[int]:
        r"""Offsets at which lines begin. Lines end at `\n`, `\r\n` or a lone `\r`, as editors count them.

        Unicode separators (U+0085, U+2028) do not end a line: no editor shows them as one.
        """
        ends = _LINE_END if "\r" in self.text else _NEWLINE
        return [0, *[match.end() for match in ends.finditer(self.text)]]

    def position(self, offset: int) -> Position:
        """The line and column of `offset`; offsets past the end answer with the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1, offset)

    def line(self, number: int) -> str:
        """The text of 1-based line `number` without its line end; empty outside of the text."""
        if not 1 <= number <= len(self.line_starts):
            return ""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def line_span(self, number: int) -> Span:
        """The span of 1-based line `number` without its line end."""
        start = self.line_starts[number - 1]
        return Span(start, start + len(self.line(number)))

    def origin(self, start: int, end: int) -> Origin:
        """An `Origin` in this source."""
        return Origin(self, start, end)


class Origin(NamedTuple):
    """Where a value stood: a half-open range of code-point offsets in one source."""

    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The range without its source."""
        return Span(self.start, self.end)

    @property
    def text(self) -> str:
        """The characters as written."""
        return self.source.text[self.start : self.end]

    @property
    def begin(self) -> Position:
        """Line and column of the first character."""
        return self.source.position(self.start)

    @property
    def finish(self) -> Position:
        """Line and column just after the last character."""
        return self.source.position(self.end)

    def narrow(self, start: int, end: int) -> Origin:
        """The sub-range `[start, end)` counted from this origin's own start, cut at its end."""
        return Origin(self.source, min(self.start + start, self.end), min(self.start + end, self.end))

    def __repr__(self) -> str:
        at = self.begin
        return f"Origin({self.source.path}:{at.line}:{at.column})"
