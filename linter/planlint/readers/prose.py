"""`Prose`: running text with exact places, whatever syntax it came from.

Sentences of a plan stand in Markdown paragraphs, list items, table cells, YAML block scalars and JSON strings. `Prose`
gives them one shape: clean text, the ranges of it that were code spans, and a map back to the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from planlint.readers.tree import Scalar
from planlint.source import Origin, Source


class Mark(NamedTuple):
    """A marked range of `Prose.text`: inline code, a link's text (with `target`), bold, emphasis or struck-out text."""

    kind: str
    """`code`, `link`, `strong`, `emphasis` or `strike`."""
    start: int
    end: int
    target: str | None = None


class Prose:
    """Text whose every character knows its place.

    `text` is what a reader sees: no backticks, asterisks or link targets; soft line breaks are `\\n`. `anchors` is a
    sorted list of `(offset in text, offset in source)`: between two anchors both run in step.
    """

    __slots__ = ("_source_offsets", "_text_offsets", "end", "marks", "source", "start", "text")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        text: str,
        anchors: list[tuple[int, int]],
        marks: tuple[Mark, ...] = (),
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.text = text
        self.marks = marks
        self._text_offsets = [anchor[0] for anchor in anchors] or [0]
        self._source_offsets = [anchor[1] for anchor in anchors] or [start]

    def __repr__(self) -> str:
        return f"Prose({self.text!r})"

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    @property
    def whole(self) -> Origin:
        """Where all of it stands in the source."""
        return Origin(self.source, self.start, self.end)

    def offset(self, at: int) -> int:
        """The source offset of the character at `at` in `text`."""
        index = max(0, bisect_right(self._text_offsets, at) - 1)
        return self._source_offsets[index] + (at - self._text_offsets[index])

    def origin(self, start: int, end: int) -> Origin:
        """Where `text[start:end]` stands."""
        if end <= start:
            at = min(self.offset(start), self.end)
            return Origin(self.source, at, at)
        return Origin(self.source, self.offset(start), min(self.offset(end - 1) + 1, max(self.end, self.start)))

    def codes(self) -> list[Mark]:
        """The code spans, in order."""
        return [mark for mark in self.marks if mark.kind == "code"]

    def slice(self, start: int, end: int) -> Prose:
        """The part `text[start:end]` as prose of its own; marks are cut to it."""
        anchors = [(0, self.offset(start))]
        for text_offset, source_offset in zip(self._text_offsets, self._source_offsets, strict=True):
            if start < text_offset < end:
                anchors.append((text_offset - start, source_offset))
        marks = tuple(
            Mark(mark.kind, max(mark.start, start) - start, min(mark.end, end) - start, mark.target)
            for mark in self.marks
            if mark.start < end and mark.end > start
        )
        origin = self.origin(start, end)
        return Prose(self.source, origin.start, origin.end, self.text[start:end], anchors, marks)

    def replaced(self, edits: Sequence[tuple[int, int, str]]) -> Prose:
        """The text with sorted, disjoint ranges of it replaced by words that the source does not have, or by nothing.

        The rest knows its place as before. Linear but for the marks, each of which looks for its place.
        """
        pieces: list[str] = []
        anchors: list[tuple[int, int]] = []
        shifts: list[int] = []
        """How far the text behind each edit moves."""
        at = index = length = 0
        for start, end, new in [*edits, (len(self.text), len(self.text), "")]:
            anchors.append((length, self.offset(at)))
            while index < len(self._text_offsets) and self._text_offsets[index] < end:
                if at < self._text_offsets[index] < start:
                    anchors.append((length + self._text_offsets[index] - at, self._source_offsets[index]))
                index += 1
            length += start - at
            if new:
                anchors.append((length, self.offset(start)))
                length += len(new)
            pieces += [self.text[at:start], new]
            at = end
            shifts.append(length - end)
        ends = [end for _, end, _ in edits]

        def moved(offset: int) -> int:
            before = bisect_right(ends, offset)
            return offset + (shifts[before - 1] if before else 0)

        marks = tuple(Mark(mark.kind, moved(mark.start), moved(mark.end), mark.target) for mark in self.marks)
        return Prose(self.source, self.start, self.end, "".join(pieces), anchors, marks)

    @classmethod
    def of_scalar(cls, scalar: Scalar) -> Prose:
        """The text of a YAML or JSON string; backticked parts become code marks as in Markdown.

        Offsets are exact for plain, quoted-without-escapes and block scalars, whose lines are found again one after
        the other inside the scalar's own span; where an escape makes that impossible, a line answers with its start.
        """
        from planlint.readers.scalar_text import prose_of_scalar

        return prose_of_scalar(scalar)
