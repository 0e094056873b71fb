"""The running text of blocks, and which files the bare names in it mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from planlint.dialects.prompts import Resolve
from planlint.dialects.prose import BareNames, find_paths
from planlint.readers.markdown.blocks import Block, Paragraph, Section
from planlint.readers.markdown.running_text import running_text
from planlint.readers.prose import Prose

NamesOf = Callable[[int], Resolve]
"""For a task by its position, what its bare names mean."""


def bare_names(texts: list[list[Prose]]) -> NamesOf:
    """For each task by its position: which path a bare name in its text means.

    The plan's own full paths come first. A name that they leave open is taken as it stands, at the root, by a task
    that names no directory at all: two such tasks that both say `index.ts` mean one file.
    """
    mentions = [[found for prose in proses for found in find_paths(prose)] for proses in texts]
    known = BareNames.of(dict(enumerate(mentions)))
    bare = [all(found.bare_name for found in row) for row in mentions]

    def of(index: int) -> Resolve:
        def resolve(name: str) -> str | None:
            return known.find(name, index) or (name if bare[index] and "/" not in name else None)

        return resolve

    return of


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
