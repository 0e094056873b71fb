"""The style with one file per task: `docs/plans/<name>/tasks/01-foo.md`."""

from __future__ import annotations

import re

from planlint.dialects.labels import split_labels
from planlint.dialects.superpowers.fields import LABELS
from planlint.dialects.superpowers.headings import TaskSection, find_tasks, ticked
from planlint.readers.document import Document
from planlint.readers.markdown.blocks import Block, List, Paragraph
from planlint.readers.prose import Prose

FILE_NAME = re.compile(r"(?:^|/)plans/[^/]+/tasks/(\d{1,3})[-_][^/]*\.md\Z")


def is_task_file(document: Document) -> bool:
    """Whether the file is one task of a directory of them: by its name, a Files section, and what it depends on."""
    if document.markdown is None or FILE_NAME.search(document.path) is None:
        return False
    if find_tasks(document.markdown)[1:]:
        return False
    titles = {section.title.strip(" :").lower() for section in document.markdown.top.walk()}
    return "files" in titles or _depends(document)


def _depends(document: Document) -> bool:
    tree = document.markdown
    paragraphs = tree.blocks[:15] if tree is not None else []
    return any(
        label.name in ("depends", "files")
        for block in paragraphs
        if isinstance(block, Paragraph)
        for label in split_labels(block.prose, LABELS)[1]
    )


def sections_of_file(document: Document) -> list[TaskSection]:
    """The task that a file is. Its id is the number in its heading or else in its name."""
    tree = document.markdown
    name = FILE_NAME.search(document.path)
    if tree is None or name is None:
        return []
    source = document.source
    inner = find_tasks(tree)
    heading = next((section.heading for section in tree.top.walk() if section.heading is not None), None)
    whole = source.origin(0, len(source.text.rstrip()))
    blocks: list[Block] = [block for block in tree.blocks if block is not heading]
    if inner and inner[0].section.heading is heading:
        found = inner[0]
        found.blocks, found.origin, found.done = blocks, whole, found.done or ticked(_lists(blocks))
        return [found]
    title = heading.prose if heading is not None else Prose(source, 0, 0, "", [])
    place = title.whole if heading is not None else source.origin(0, 0)
    return [TaskSection(name.group(1), place, title, place, whole, tree.top, blocks, ticked(_lists(blocks)))]


def _lists(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if isinstance(block, List)]
