"""Text with positions: the one place that knows lines, columns, encodings and size limits."""

from planlint.source.text import Origin, Position, Source, Span

__all__ = ["Origin", "Position", "Source", "Span"]
