"""JSON Lines: one value on each line."""

from __future__ import annotations

from planlint.diagnostics import Problem
from planlint.readers.collector import collector_paused
from planlint.readers.conflict_markers import conflict_marker
from planlint.readers.document import Document
from planlint.readers.duplicates import DuplicateKeys
from planlint.readers.limits import MAX_REPORTED_LINES, RefusedError
from planlint.readers.tree import Node
from planlint.source import Source


def read_lines(source: Source) -> Document:
    """A root for each line that is JSON. Blank lines are skipped.

    Each broken line is a PL002 that is not fatal, up to `MAX_REPORTED_LINES`, and one problem counts the rest.
    """
    from planlint.readers.json import accept
    from planlint.readers.json.scanner import scan

    roots: list[Node] = []
    broken: list[Problem] = []
    duplicates = DuplicateKeys()
    with collector_paused():
        for start, end in _line_ranges(source):
            text = source.text[start:end]
            if not text.strip(" \t\r\n"):
                continue
            try:
                accept(source, text, start)
                roots.append(scan(source, text, start, duplicates))
            except RefusedError as refused:
                broken.append(refused.problem._replace(fatal=False))
    if broken:
        conflict = conflict_marker(source)
        if conflict is not None:
            return Document(source, "jsonl", problems=[conflict])
    rest = broken[MAX_REPORTED_LINES:]
    problems = broken[:MAX_REPORTED_LINES]
    if rest:
        problems.append(Problem("PL002", f"{len(rest):,} more lines are not valid JSON", rest[0].origin))
    return Document(source, "jsonl", roots=roots, problems=problems + duplicates.problems())


def _line_ranges(source: Source) -> list[tuple[int, int]]:
    """Start and end of each line, line end included."""
    starts = source.line_starts
    return list(zip(starts, [*starts[1:], len(source.text)], strict=True))
