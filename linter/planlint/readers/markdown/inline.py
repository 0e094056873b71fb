"""`ProseBuilder`: collects the visible text of one block while the parser walks through its inline content."""

from __future__ import annotations

import re

from planlint.readers.prose import Mark, Prose
from planlint.source import Source

_CONTAINER_PREFIX = " \t>"
"""What may stand before a continuation line: the indentation of lists and the marks of quotes."""

_PREFIX_LIMIT = 512
"""Longest container prefix that is searched for, so that a line of 50,000 `>` stays cheap."""

_STARS = re.compile(r"(?<=[^\s/]/)\*{1,2}[./]")
"""The stars of a pattern, which Markdown takes for emphasis that the next pattern ends."""


class ProseBuilder:
    """Text, anchors and marks of one run of inline content.

    Every `add_*` method takes the source range `[start, end)` in code points that the piece was written in. Pieces come
    in document order. `start` and `end` become the range of the prose: from the first piece to the last.
    """

    __slots__ = ("_anchors", "_marks", "_open", "_parts", "_shift", "_size", "_text", "end", "source", "start")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.start = -1
        self.end = -1
        self._text = source.text
        self._parts: list[str] = []
        self._size = 0
        self._anchors: list[tuple[int, int]] = []
        self._shift: int | None = None
        self._marks: list[Mark] = []
        self._open: list[tuple[str, int, str | None, range | None]] = []

    def touch(self, start: int, end: int) -> None:
        """Widens the range to a piece that gives no text: the marks around bold text, a comment."""
        if self.start < 0:
            self.start = start
        if end > self.end:
            self.end = end

    def add_text(self, value: str, start: int, end: int) -> None:
        """Adds `value`. It differs from the source where an entity was resolved or a tab became spaces."""
        if self.start < 0:
            self.start = start
        if end > self.end:
            self.end = end
        if len(value) == end - start:
            # Equal but for a lone surrogate, which the parser cannot be given.
            self._append(self._text[start:end], start)
        elif start == end:
            # Spaces that stand for the rest of a tab: they all point at it.
            tab = start - 1 if start > 0 and self._text[start - 1] == "\t" else start
            for character in value:
                self._append(character, tab)
        else:
            self._append(value, start)

    def add_code(self, value: str, start: int, end: int) -> None:
        """Adds a code span; the backticks and the spaces that only pad them are no part of `value`."""
        self.touch(start, end)
        text = self._text
        inner, last = start, end
        while inner < last and text[inner] == "`":
            inner += 1
        last -= inner - start
        begin = self._size
        if text[inner:last] == value:
            self._append(value, inner)
        elif text[inner + 1 : last - 1] == value:
            self._append(value, inner + 1)
        else:
            if last - inner > 2 and text[inner] in " \r\n" and text[last - 1] in " \r\n":
                # Of a padding `\r\n` one half is taken off as well: each half has become a space.
                inner, last = inner + 1, last - 1
            self._align(value, inner, last)
        self._marks.append(Mark("code", begin, self._size))

    def add_html(self, value: str, start: int, end: int) -> None:
        """Adds inline HTML literally: plans write `Vec<u64>` and `<string>` without backticks."""
        self.touch(start, end)
        if self._text[start:end] == value:
            self._append(value, start)
        else:
            self._align(value, start, end)

    def add_break(self, start: int, end: int) -> None:
        r"""Adds a soft or hard line break as `\n`, placed at the line end itself."""
        self.touch(start, end)
        at = start
        while at < end - 1 and self._text[at] not in "\r\n":
            at += 1
        self._append("\n", at)

    def open(self, kind: str, start: int, end: int, target: str | None = None) -> None:
        """Begins a mark; `[start, end)` is the whole marked source with its delimiters.

        Underscores and stars inside of a path (`src/__init__.py`, `src/*.ts`) stay text, although Markdown takes them
        for a mark.
        """
        width = 2 if kind == "strong" else 1
        if kind in ("strong", "emphasis") and self._is_in_path(start, end):
            if self.start < 0:
                self.start = start
            self._append(self._text[start : start + width], start)
            self._open.append(("", self._size, None, range(end - width, end)))
            return
        self.touch(start, end)
        self._open.append((kind, self._size, target, None))

    def close(self) -> None:
        """Ends the innermost mark."""
        if self._open:
            kind, begin, target, literal = self._open.pop()
            if literal is not None:
                self._append(self._text[literal.start : literal.stop], literal.start)
                self.end = max(self.end, literal.stop)
            if kind:
                self._marks.append(Mark(kind, begin, self._size, target))

    def prose(self, start: int, end: int) -> Prose:
        """What was collected. `[start, end)` is its place where no piece came."""
        if self.start >= 0:
            start, end = self.start, self.end
        marks = self._marks
        if len(marks) > 1:
            marks.reverse()  # of two with the same range the one that ended last is the outer one
            marks.sort(key=lambda mark: (mark.start, -mark.end))
        return Prose(self.source, start, end, "".join(self._parts), self._anchors, tuple(marks))

    def _is_in_path(self, start: int, end: int) -> bool:
        """Whether marked source is only a piece of a path or of two: `a/__x__/b`, `__x__.py`, `src/*.ts, lib/*.ts`."""
        text = self._text
        if text.startswith("*", start):
            return _STARS.match(text, start) is not None
        if not text.startswith("_", start):
            return False
        if start > 0 and text[start - 1] in "/\\" and start > 1 and not text[start - 2].isspace():
            return True
        return text[end : end + 1] in ("/", ".") and text[end + 1 : end + 2].isalnum()

    def _append(self, value: str, at: int) -> None:
        if not value:
            return
        shift = at - self._size
        if shift != self._shift:
            self._anchors.append((self._size, at))
            self._shift = shift
        self._parts.append(value)
        self._size += len(value)

    def _align(self, value: str, start: int, end: int) -> None:
        """Adds `value`, written as `source[start:end]` with container prefixes, line ends or `\\|` changed on the way.

        Walks both once. A character that has no counterpart in `value` is skipped.
        """
        text = self._text
        at = start
        run = 0
        index = 0
        while index < len(value):
            if at >= end:
                break
            written = text[at]
            if written in "\r\n" and value[index] in " \n":
                self._append(value[run:index], at - (index - run))
                width = 2 if text.startswith("\r\n", at) else 1
                # In a code span both characters of a line end have become spaces.
                taken = 2 if width == 2 and value.startswith("  ", index) else 1
                self._append(value[index : index + taken], at)
                at += width
                index += taken
                run = index
                at = self._after_prefix(value, index, at, end)
            elif written == value[index]:
                at += 1
                index += 1
            else:
                self._append(value[run:index], at - (index - run))
                run = index
                at += 1
        self._append(value[run:index], at - (index - run))
        if index < len(value):
            self._append(value[index:], max(start, end - 1))

    def _after_prefix(self, value: str, index: int, at: int, end: int) -> int:
        """Where the content of a continuation line begins: the least that must be cut off to find it in `value`."""
        text = self.source.text
        line_end = at
        while line_end < end and text[line_end] not in "\r\n":
            line_end += 1
        first = at
        for candidate in range(at, min(line_end, at + _PREFIX_LIMIT) + 1):
            if value.startswith(text[candidate:line_end], index):
                return candidate
            if candidate >= line_end or text[candidate] not in _CONTAINER_PREFIX:
                break
        return first
