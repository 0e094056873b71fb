"""Sections without a word or id for an item that name their files: "## Login page" and "**Files:** ..." below it."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.dialects.work_items.finding import item_of, shows_wrong
from planlint.dialects.work_items.item import Item
from planlint.dialects.work_items.signs import ticks
from planlint.dialects.work_items.vocabulary import FILE_LABELS, GROUPS, Head, label_of, read_head
from planlint.readers.markdown.blocks import MarkdownTree, Section


def headed_items(tree: MarkdownTree) -> list[Item]:
    """The innermost sections that have a label of files, or a heading below them that is one, or numbers and boxes."""
    return [item for section in tree.top.sections for item in _visit(section, None)]


def _visit(section: Section, group: Section | None) -> Iterator[Item]:
    if section.heading is None or shows_wrong(section) or label_of(section.title) is not None:
        return
    head = read_head(section.title)
    if head is not None and head.word in GROUPS:
        group = section
    inner = [item for child in section.sections for item in _visit(child, group)]
    if inner:
        yield from inner
        return
    title = " ".join(section.title.split())
    named = read_head(section.title, numbered=True) or Head("", "", "", title, 0, 0)
    item = item_of(named._replace(word=""), section, section.heading, None if group is section else group)
    if item.labels & FILE_LABELS or (named.id and ticks([item])):
        yield item
