"""Git conflict markers left in a data file."""

from __future__ import annotations

from planlint.diagnostics import Problem
from planlint.source import Source
from planlint.source.regex import regex

_MARKER = regex(r"(?:(?<![^\r\n]))(?:[<>|]{7}(?:[ \t][^\r\n]*)?|={7})(?=[\r\n]|\Z)")
_LENGTH = 7


def conflict_marker(source: Source, start: int = 0, end: int | None = None) -> Problem | None:
    """A fatal PL002 at the first conflict marker of `source.text[start:end]`, or None.

    A lone `=======` is an underline more often than a conflict, so there must be a `<<<<<<<` or `>>>>>>>` too.
    """
    text = source.text
    markers = [
        match
        for match in _MARKER.finditer(text, start, len(text) if end is None else end)
        if len(set(match.group()[:_LENGTH])) == 1
    ]
    kinds = {match.group()[0] for match in markers}
    if not kinds & {"<", ">"}:
        return None
    first = markers[0]
    return Problem(
        "PL002",
        f"unresolved merge conflict: git left the marker `{first.group()[:_LENGTH]}` here",
        source.origin(first.start(), first.end()),
        help="choose one side and delete the marker lines",
        fatal=True,
        related=tuple(
            (source.origin(match.start(), match.start() + _LENGTH), "another marker") for match in markers[1:3]
        ),
    )
