"""A section as a plan that has no tasks yet, and the order that its texts state."""

from __future__ import annotations

from planlint.dialects.claude_md.found import FoundPlan
from planlint.dialects.claude_md.texts import section_texts
from planlint.dialects.prose.order_words import stated_order
from planlint.readers.markdown.blocks import Section


def empty_plan(section: Section, *, whole: bool = True) -> FoundPlan:
    """An empty plan for a section; with `whole`, the sections below are part of it."""
    heading = section.heading
    blocks = section.blocks
    source = heading.source if heading is not None else blocks[0].source if blocks else None
    if source is None:
        first = next(iter(section.all_blocks()))
        source = first.source
    start = heading.start if heading is not None else (blocks[0].start if blocks else 0)
    parts = list(section.walk()) if whole else [section]
    end = max([*(block.end for one in parts for block in one.blocks), heading.end if heading is not None else start])
    texts = [prose for one in parts for prose in section_texts(one)]
    title_origin = heading.prose.whole if heading is not None else None
    return FoundPlan(section, source.origin(start, end), title_origin, texts=texts)


def order_of(*texts: str) -> str | None:
    """The order that texts state together, the nearest first: the first that says something decides."""
    for text in texts:
        order = stated_order(text)
        if order is not None:
            return order
    return None
