"""`RenderContext`: what a reporter may know besides the report."""

from __future__ import annotations

from planlint.records import Record, record


@record
class RenderContext(Record):
    """How a report is to be shown. Machine-readable formats ignore width and colour."""

    width: int = 100
    """Columns to fill; the terminal's, or 100 where there is none."""
    color: bool = False
    show_skipped: bool = False
    statistics: bool = False
    quiet: bool = False
    """Findings only, no closing line."""
