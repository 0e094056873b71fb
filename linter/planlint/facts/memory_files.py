"""What one memory file costs: its tokens as agents get it, and those of its sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from planlint.facts.tokens import estimate
from planlint.model import ContextFile
from planlint.source import Origin, Source

if TYPE_CHECKING:
    from planlint.readers.markdown.blocks import MarkdownTree, Section


class SectionCost(NamedTuple):
    """One part of a memory file: a heading of level 1 or 2 with what stands under it, deeper headings included."""

    title: str
    """The heading's text; empty for what stands above the first heading."""
    origin: Origin
    tokens: int


class MemoryFile(NamedTuple):
    """One file that agents inherit. `tokens` counts what is handed over: block HTML comments are off where stripped."""

    path: str
    source: Source
    tokens: int
    lines: int
    characters: int
    sections: tuple[SectionCost, ...]
    hops: int
    """How many imports lead to it; 0 for a file of the chain itself."""
    imported_at: Origin | None
    """The import that pulled it in; None for a file of the chain itself."""
    declared: ContextFile | None
    """The plan's own entry for it, if that is why it is loaded."""


def measure(
    source: Source,
    tree: MarkdownTree,
    strips_comments: bool,
    hops: int,
    imported_at: Origin | None,
    declared: ContextFile | None,
    most_bytes: int | None = None,
) -> MemoryFile:
    """What `source` costs, as a whole and by section.

    Comments are off where the runtime strips them, and so is what lies past `most_bytes`, where it cuts the file off.
    """
    from planlint.readers.markdown.blocks import HtmlComment

    comments = [b for b in tree.blocks if isinstance(b, HtmlComment)] if strips_comments else []
    spans = sorted((comment.start, comment.end) for comment in comments)
    end = len(source.text)
    if most_bytes is not None:
        end = len(source.text.encode("utf-8", "replace")[:most_bytes].decode("utf-8", "ignore"))
    text = _without(source.text, 0, end, spans)
    return MemoryFile(
        source.path,
        source,
        estimate(text),
        text.count("\n") + bool(text and not text.endswith("\n")),
        len(text),
        tuple(_sections(source, tree, spans, end)),
        hops,
        imported_at,
        declared,
    )


def _sections(source: Source, tree: MarkdownTree, comments: list[tuple[int, int]], last: int) -> Iterator[SectionCost]:
    """The file up to `last`, cut at its headings of level 1 and 2."""
    cuts: list[tuple[int, Section | None]] = [(0, None)]
    cuts += [
        (section.heading.start, section)
        for section in tree.top.walk()
        if section.heading is not None and section.level <= 2 and section.heading.start < last
    ]
    for number, (start, part) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else last
        tokens = estimate(_without(source.text, start, end, comments))
        if tokens and source.text[start:end].strip():
            origin = part.heading.origin if part is not None and part.heading is not None else source.origin(start, end)
            yield SectionCost(part.title if part is not None else "", origin, tokens)


def _without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """`text[start:end]` with the sorted, disjoint `spans` left out."""
    kept = []
    for first, last in spans:
        if first >= end or last <= start:
            continue
        kept.append(text[start:first])
        start = last
    kept.append(text[start:end])
    return "".join(kept)
