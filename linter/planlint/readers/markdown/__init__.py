"""Markdown by CommonMark rules, with exact places."""

from planlint.readers.markdown.reader import read_markdown

__all__ = ["read_markdown"]
