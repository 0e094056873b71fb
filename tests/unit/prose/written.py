"""Prose from a line of text with backticks, as the tables of these tests write it."""

from __future__ import annotations

from planlint.readers.prose import Mark, Prose
from planlint.source import Source


def written(line: str) -> Prose:
    """`line` as prose: parts in backticks become code marks; every character knows its place in `line`."""
    source = Source("plan.md", line)
    text: list[str] = []
    anchors: list[tuple[int, int]] = [(0, 0)]
    marks: list[Mark] = []
    opened: int | None = None
    length = 0
    for at, character in enumerate(line):
        if character == "`":
            if opened is None:
                opened = length
            else:
                marks.append(Mark("code", opened, length))
                opened = None
            if anchors[-1][0] == length:
                anchors.pop()
            anchors.append((length, at + 1))
        else:
            text.append(character)
            length += 1
    return Prose(source, 0, len(line), "".join(text), anchors, tuple(marks))
