"""Source excerpts with a gutter, underlines and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planlint.reporters.terminal import Palette, cells, visible, wrap

if TYPE_CHECKING:
    from planlint.diagnostics import Severity
    from planlint.source import Origin, Source

_MIN_EXCERPT = 30
"""Columns of source shown at least, however narrow the terminal."""


class Label(NamedTuple):
    """A place to underline and what to say beside it."""

    origin: Origin
    text: str
    primary: bool


class _Mark(NamedTuple):
    """A label on its line: 0-based half-open range of characters. A place of several lines is cut at its first."""

    start: int
    end: int
    label: Label


def snippets(labels: list[Label], severity: Severity, width: int, paint: Palette) -> tuple[list[str], int]:
    """The lines that show `labels` (the primary one first) and the width of their gutter.

    One block for each file, in the order in which files are first named; lines in file order, `...` between far ones.
    A file without text (it could not be read) is only named.
    """
    # By path: a fact about the repository may have read the same file again.
    files: dict[str, tuple[Source, dict[int, list[_Mark]]]] = {}
    for label in labels:
        begin = label.origin.begin
        line = label.origin.source.line(begin.line)
        start = begin.column - 1
        end = min(len(line), max(start + label.origin.end - label.origin.start, start + 1))
        marks = files.setdefault(label.origin.source.path, (label.origin.source, {}))[1].setdefault(begin.line, [])
        twin = next((at for at, mark in enumerate(marks) if (mark.start, mark.end) == (start, end)), None)
        if twin is None:
            marks.append(_Mark(start, end, label))
        else:
            # One place with two things to say about it.
            old = marks[twin].label
            text = "; ".join(part for part in (old.text, label.text) if part)
            marks[twin] = _Mark(start, end, Label(old.origin, text, old.primary or label.primary))
    gutter = max(len(str(number)) for _, lines in files.values() for number in lines)
    shown: list[str] = []
    for index, (source, lines) in enumerate(files.values()):
        first = next(mark for marks in lines.values() for mark in marks)
        begin = first.label.origin.begin
        arrow = "-->" if index == 0 else ":::"
        place = visible(source.path)
        if not source.text:
            shown.append(f"{' ' * gutter}{paint.gutter(arrow)} {place}")
            continue
        shown.append(f"{' ' * gutter}{paint.gutter(arrow)} {place}:{begin.line}:{begin.column}")
        shown.append(f"{' ' * gutter} {paint.gutter('|')}")
        shown += _excerpt(source, lines, gutter, severity, width, paint)
    return shown, gutter


def _excerpt(
    source: Source, lines: dict[int, list[_Mark]], gutter: int, severity: Severity, width: int, paint: Palette
) -> list[str]:
    shown: list[str] = []
    previous: int | None = None
    room = max(_MIN_EXCERPT, width - gutter - 3)
    for number in sorted(lines):
        if previous is not None and number == previous + 2:
            text, _, _ = _window(source.line(number - 1), 0, 1, room)
            shown.append(_source_line(number - 1, text, gutter, paint))
        elif previous is not None and number > previous + 1:
            shown.append(paint.gutter("..."))
        text, low, high = "", 0, -1
        for mark in sorted(lines[number], key=lambda mark: (mark.start, mark.end)):
            if not low <= mark.start <= high:
                text, low, high = _window(source.line(number), mark.start, mark.end, room)
                shown.append(_source_line(number, text, gutter, paint))
            shown += _underline(source.line(number), mark, low, high, gutter, severity, width, paint)
        previous = number
    return shown


def _source_line(number: int, text: str, gutter: int, paint: Palette) -> str:
    return f"{paint.gutter(f'{number:>{gutter}} |')} {text}".rstrip()


def _window(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of `line` to show in `room` columns around characters `start` to `end`: text, first and last index.

    Cut ends are marked with an ellipsis. Only the neighbourhood is looked at, however long the line is.
    """
    if len(line) <= room:
        text, starts = cells(line)
        if starts[-1] <= room:
            return text, 0, len(line)
    # Room for two ellipses; a third of the window stands before the place when the line is cut there.
    low = 0
    if end >= room or cells(line[:end])[1][-1] >= room - 1:
        low, filled = start, 0
        while low and (filled := filled + cells(line[low - 1])[1][-1]) <= room // 3:
            low -= 1
    starts = cells(line[low : low + room])[1]
    budget = room - (1 if low else 0) - 1
    high = low + max(1, sum(1 for column in starts[1:] if column <= budget))
    text = cells(line[low:high])[0]
    return ("…" if low else "") + text + ("…" if high < len(line) else ""), low, high


def _underline(
    line: str, mark: _Mark, low: int, high: int, gutter: int, severity: Severity, width: int, paint: Palette
) -> list[str]:
    starts = cells(line[low:high])[1]
    begin = starts[min(mark.start - low, len(starts) - 1)]
    finish = starts[min(max(mark.end, mark.start + 1) - low, len(starts) - 1)]
    size = max(1, finish - begin)
    offset = begin + (1 if low else 0)
    sign = ("^" if mark.label.primary else "-") * size
    margin = f"{' ' * gutter} {paint.gutter('|')} "

    def colored(text: str) -> str:
        return paint.severity(severity, text) if mark.label.primary else paint.gutter(text)

    lines = [f"{margin}{' ' * offset}{colored(sign)}"]
    if mark.label.text:
        room = width - gutter - 3
        beside = offset + size + 1
        if beside + len(mark.label.text) <= room:
            lines[0] += " " + colored(visible(mark.label.text))
        else:
            # Too long to stand beside the underline: below it, as far left as it must.
            indent = min(offset, max(0, room - 40))
            lines += [f"{margin}{colored(part)}" for part in wrap(mark.label.text, " " * indent, room)]
    return lines
