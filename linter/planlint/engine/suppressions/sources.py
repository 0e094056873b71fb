"""Which texts of a run hold suppression markers: a substring check, so that runs without markers pay for no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planlint.source import Source
from planlint.source.load import SourceError

if TYPE_CHECKING:
    from planlint.diagnostics import Diagnostic
    from planlint.engine.run import Run

MARK = "planlint:"
"""What every marker begins with."""


def marked_sources(found: Iterable[Diagnostic], run: Run) -> dict[str, Source]:
    """Path to text, for all files of plans and of findings in which `planlint:` occurs."""
    sources: dict[str, Source] = {}
    for path in run.loading.files:
        try:
            sources[path] = run.workspace.source(path)
        except SourceError:
            continue
    for finding in found:
        sources.setdefault(finding.path, finding.origin.source)
        for related in finding.related:
            sources.setdefault(related.origin.source.path, related.origin.source)
    return {path: sources[path] for path in sorted(sources) if MARK in sources[path].text}
