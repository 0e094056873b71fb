"""The text of a YAML, TOML or JSON string as `Prose`: each character with its place, backticks turned into marks."""

from __future__ import annotations

import re
from bisect import bisect_right

from planlint.readers.prose import Mark, Prose
from planlint.readers.scalar_places import anchors_of
from planlint.readers.tree import Scalar
from planlint.source import Source

_TICKS = re.compile(r"`+")
_FENCE = re.compile(r"^[ \t]*(`{3,})([^`\n]*)$", re.MULTILINE)
_BREAK = re.compile(r"\n[ \t]*\n")


def prose_of_scalar(scalar: Scalar) -> Prose:
    """The scalar's text without backticks; what they enclosed carries a `code` mark.

    Code spans follow CommonMark: a run of backticks closes at the next run of equal length in the same paragraph, and
    one that never closes stays as it is. The lines of a fence fall away, what it encloses is one code mark. Other
    markup (`**`, links) stays as written: in a data file it is as often a glob as emphasis.
    """
    return marked(scalar.source, scalar.start, scalar.end, scalar.text, anchors_of(scalar))


def marked(source: Source, start: int, end: int, text: str, anchors: list[tuple[int, int]]) -> Prose:
    """`text` as `prose_of_scalar` gives it; `anchors` are those of `Prose`, for the text with its backticks."""
    if "`" not in text:
        return Prose(source, start, end, text, anchors)
    cuts = _cuts(text)
    pieces: list[str] = []
    marks: list[Mark] = []
    moved: list[tuple[int, int]] = []
    length = at = 0
    starts = [anchor[0] for anchor in anchors]

    def keep(first: int, last: int) -> None:
        nonlocal length
        if last <= first:
            return
        index = bisect_right(starts, first) - 1
        moved.append((length, anchors[index][1] + first - anchors[index][0]))
        following = anchors[index + 1 : bisect_right(starts, last - 1)]
        moved.extend((length + offset - first, place) for offset, place in following)
        pieces.append(text[first:last])
        length += last - first

    for opening, code_start, code_end, closing in cuts:
        keep(at, opening)
        begin = length
        keep(code_start, code_end)
        if length > begin:
            marks.append(Mark("code", begin, length))
        at = closing
    keep(at, len(text))
    return Prose(source, start, end, "".join(pieces), moved, tuple(marks))


_Cut = tuple[int, int, int, int]
"""Offsets of one piece of code: where its opening begins and ends, and where its closing begins and ends."""


def _cuts(text: str) -> list[_Cut]:
    """All code of `text`, in order and without overlap."""
    cuts: list[_Cut] = []
    at = 0
    for fence in _fences(text):
        cuts += _spans(text, at, fence[0])
        cuts.append(fence)
        at = fence[3]
    return cuts + _spans(text, at, len(text))


def _fences(text: str) -> list[_Cut]:
    """Fenced blocks; one that never closes is none."""
    fences: list[_Cut] = []
    opening: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opening is None:
            opening = match
        elif not match.group(2).strip() and len(match.group(1)) >= len(opening.group(1)):
            content = min(opening.end() + 1, match.start())
            fences.append((opening.start(), content, max(content, match.start() - 1), match.end()))
            opening = None
    return fences


def _spans(text: str, start: int, end: int) -> list[_Cut]:
    """Code spans of `text[start:end]`, paragraph by paragraph."""
    spans: list[_Cut] = []
    breaks = [match.end() for match in _BREAK.finditer(text, start, end)]
    for paragraph_start, paragraph_end in zip([start, *breaks], [*breaks, end], strict=True):
        runs = [(match.start(), match.end()) for match in _TICKS.finditer(text, paragraph_start, paragraph_end)]
        # The next run of equal length, found from the back so that this stays linear.
        partner: list[int | None] = [None] * len(runs)
        latest: dict[int, int] = {}
        for index in range(len(runs) - 1, -1, -1):
            size = runs[index][1] - runs[index][0]
            partner[index] = latest.get(size)
            latest[size] = index
        index = 0
        while index < len(runs):
            other = partner[index]
            if other is None:
                index += 1
                continue
            spans.append(_trimmed(text, runs[index], runs[other]))
            index = other + 1
    return spans


def _trimmed(text: str, opening: tuple[int, int], closing: tuple[int, int]) -> _Cut:
    """A span without the one space that CommonMark takes from both sides of its code."""
    start, end = opening[1], closing[0]
    code = text[start:end]
    if code.strip() and code[0] in " \n" and code[-1] in " \n":
        start, end = start + 1, end - 1
    return opening[0], start, end, closing[1]
