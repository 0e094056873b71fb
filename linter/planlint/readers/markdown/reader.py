"""`read_markdown`: drives the CommonMark parser and hands its events to the block builder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.diagnostics import Problem
from planlint.readers.document import Document
from planlint.readers.markdown.blocks import MarkdownTree
from planlint.readers.markdown.builder import TreeBuilder
from planlint.readers.markdown.nested import shielded
from planlint.readers.markdown.offsets import code_point_offsets
from planlint.readers.markdown.tags import untagged
from planlint.source import Source

if TYPE_CHECKING:
    import pyromark


def read_markdown(source: Source) -> Document:
    """Reads `source` as Markdown: CommonMark with GFM tables, task lists and strike-through.

    Two things are read otherwise: a fence that quotes a document holds the code blocks of that document (see `nested`),
    and tags around the parts of a prompt leave what they hold Markdown (see `tags`).

    Front matter is read by its own reader and is not part of the blocks. Any text is valid Markdown, so the only
    problems are those of the front matter, and PL002 should the parser itself fail.
    """
    from planlint.readers.front_matter import split_front_matter

    front_matter, body_start, problems = split_front_matter(source)
    tree, failure = _parse(source, body_start)
    if failure is not None:
        problems = [*problems, failure]
    return Document(source, "markdown", markdown=tree, front_matter=front_matter, problems=problems)


def parse_blocks(source: Source, start: int = 0) -> MarkdownTree:
    """The blocks of `source` from offset `start` on, front matter not looked for; empty should the parser fail."""
    return _parse(source, start)[0]


def _options() -> pyromark.Options:
    import pyromark

    options = pyromark.Options
    return options.ENABLE_TABLES | options.ENABLE_TASKLISTS | options.ENABLE_STRIKETHROUGH


def _parse(source: Source, start: int) -> tuple[MarkdownTree, Problem | None]:
    import pyromark

    body = untagged(shielded(source.text[start:]))
    try:
        body.encode("utf-8")
    except UnicodeEncodeError:
        # A lone surrogate cannot be handed to Rust; one "?" for each keeps every offset.
        body = body.encode("utf-8", "replace").decode("utf-8")
    builder = TreeBuilder(source, start, code_point_offsets(body, start))
    try:
        builder.feed(pyromark.events_with_range(body, options=_options()))
    except BaseException as error:
        # A panic in the Rust parser arrives as a BaseException of a class that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        problem = Problem(
            "PL002", "the Markdown parser failed on this file", source.origin(start, len(source.text)), fatal=True
        )
        return MarkdownTree(source, [], []), problem
    return builder.tree(), None
