"""Pages of a project that people name without their ending: "update the README"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.prose.mentions import PathContext, PathMention
from planlint.dialects.prose.path_words import mention_of
from planlint.dialects.prose.shape import Shape
from planlint.readers.prose import Prose
from planlint.source import Span
from planlint.source.regex import regex

PAGES = regex(r"(?:README|CHANGELOG)(?:/(?:README|CHANGELOG))?\.?")
"""The names of such pages, two of them with a slash between."""

_PAGE_BEFORE = regex(
    r"\b(?:updat(?:e|ing)|extend|edit|amend|revise|rewrite|write|create|refresh|in|to|into|в|en|dans|im|em)"
    r"[ \t]+(?:the[ \t]+)?"
    r"(?:(?:root|main|project|top-level)[ \t]+)?(?:README[ \t]*(?:,|and|&|\+|or)[ \t]*(?:the[ \t]+)?)?\Z",
    re.IGNORECASE,
)

_PAGE_BEHIND = regex(
    r"[ \t]*(?:\Z|\n|[,.;:()（）、，。—–-]|\b(?:with|to|for|and|section|about|so|including|accordingly|in)\b)"
)
""" "Update README with ...": the file is meant; in "README generation" and "README badges" it is not."""


def find_pages(prose: Prose, start: int, word: str, within: Span, context: PathContext) -> Iterator[PathMention]:
    """The pages that `word`, which stands at `start` in the stretch `within`, names as files."""
    text = prose.text
    if not _PAGE_BEFORE.search(text, max(within.start, start - 60), start):
        return
    if not _PAGE_BEHIND.match(text, start + len(word.rstrip(".")), within.end):
        return
    at = start
    for name in word.rstrip(".").split("/"):
        page = mention_of(prose, at, name, Shape(name, bare=True), context, in_code=False, in_command=False)
        yield page.replace(path=f"{name}.md")
        at += len(name) + 1
