"""Task lists in fences of a Markdown plan: the YAML or JSON is the list, the text around it only tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from planlint.dialects.invented.finding import Found, find_items
from planlint.dialects.invented.vocabulary import FILES
from planlint.dialects.plan_words.documents import is_about_plans, is_account, names_a_plan
from planlint.readers.document import Document, Syntax
from planlint.readers.markdown.blocks import Fence, MarkdownTree, Section
from planlint.readers.registry import read
from planlint.source import Source

_SYNTAXES: dict[str, Syntax] = {"yaml": "yaml", "yml": "yaml", "json": "json"}
_SIGN = re.compile(r"[^\r\n]")
_MOST_FENCES = 20
"""Fences that are looked at: each is read as a file of its own."""


def fenced_lists(document: Document) -> list[Found]:
    """The lists of two tasks or more, with ids and files, in the fences of a document that calls itself a plan.

    Fences below headings about examples, templates and formats show what a list looks like.
    """
    tree = document.markdown
    if tree is None or not names_a_plan(tree.title) or is_account(tree.title):
        return []
    # What stands around a fence is blanked, not cut off, so that every value keeps its place in the file.
    blank = _SIGN.sub(" ", document.source.text)
    found = (_list_in(fence, blank) for fence in islice(_fences(tree), _MOST_FENCES))
    return [one for one in found if one is not None]


def _fences(tree: MarkdownTree) -> Iterator[Fence]:
    for section in tree.top.walk():
        if not any(is_about_plans(heading) for heading in _headings(section)):
            yield from (block for block in section.blocks if isinstance(block, Fence) and block.language in _SYNTAXES)


def _headings(section: Section) -> Iterator[str]:
    return (one.title for one in (section, *section.ancestors) if one.heading is not None)


def _list_in(fence: Fence, blank: str) -> Found | None:
    source = fence.source
    body = source.text[fence.body_start : fence.body_start + len(fence.prose.text)]
    if body != fence.prose.text:
        return None  # indented in a list
    inner = read(Source(source.path, blank[: fence.body_start] + body), _SYNTAXES[fence.language])
    found = find_items(inner.root) if inner.root is not None and not inner.problems else None
    if found is None or len(found.items) < 2 or not (found.keys and found.named and found.fields & FILES):
        return None
    return found
