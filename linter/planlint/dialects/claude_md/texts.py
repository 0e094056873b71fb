"""The running text of blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planlint.readers.markdown.blocks import Block, Paragraph, Section
from planlint.readers.markdown.running_text import running_text
from planlint.readers.prose import Prose


def block_proses(blocks: Iterable[Block]) -> Iterator[Prose]:
    """The running text of blocks in order, lists and quotes entered; tables are read by themselves."""
    return running_text(blocks, tables=False, quotes=True)


def paragraph_text(section: Section) -> str:
    """The paragraphs right under a heading."""
    return "\n".join(block.prose.text for block in section.blocks if isinstance(block, Paragraph))


def chapter_of(section: Section) -> Section:
    """The section of level 2 or above (or right below the top) that `section` stands in: its rules bind all of it."""
    while section.level > 2 and section.parent is not None and section.parent.heading is not None:
        if section.parent.level == 1:
            break
        section = section.parent
    return section


def section_texts(section: Section) -> Iterator[Prose]:
    """The heading and the running text right under it."""
    if section.heading is not None:
        yield section.heading.prose
    yield from block_proses(section.blocks)
