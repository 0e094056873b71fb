"""Edits that take a suppression comment away, or one rule out of it, and touch nothing else."""

from __future__ import annotations

from planlint.diagnostics import Edit
from planlint.engine.suppressions.markers import Marker
from planlint.source import Origin

_BLANK = " \t"


def removal(marker: Marker) -> Edit:
    """Take the marker away: with its line where nothing else stands there, else with the blanks around it."""
    origin, comment = marker.origin, marker.comment.origin
    source = origin.source
    text, start, end = source.text, origin.start, origin.end
    if end < comment.end:
        # Another comment follows on the same line and stays where it was.
        while end < comment.end and text[end] in _BLANK:
            end += 1
        return Edit(source.origin(start, end), "")
    if marker.comment.alone:
        start = source.line_starts[origin.begin.line - 1]
        last = origin.finish.line
        end = source.line_starts[last] if last < len(source.line_starts) else len(text)
        return Edit(source.origin(start, end), "")
    before = start
    while before > 0 and text[before - 1] in _BLANK:
        before -= 1
    if before == 0 or text[before - 1] in "\r\n":
        # The comment leads its line: the indentation belongs to what follows.
        while end < len(text) and text[end] in _BLANK:
            end += 1
        return Edit(source.origin(start, end), "")
    if end < len(text) and text[end] not in "\r\n" and before < start:
        before = start - 1 if text[end] in _BLANK else start
    return Edit(source.origin(before, end), "")


def shorter(marker: Marker, unused: set[Origin]) -> Edit:
    """Leave only the words that are not in `unused`."""
    kept = ", ".join(word.text for word in marker.words if word not in unused)
    source = marker.origin.source
    return Edit(source.origin(marker.words[0].start, marker.words[-1].end), kept)
