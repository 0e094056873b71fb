"""Which lines a suppression comment speaks for: its own, or where it stands alone, the ones below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from planlint.readers.comments import Comment
from planlint.source import Origin, Source

if TYPE_CHECKING:
    from planlint.readers.document import Syntax
    from planlint.readers.markdown.blocks import Block


class Coverage:
    """Answers for one file.

    In Markdown a line stands for the whole list item, paragraph or code block that it belongs to: a wrapped item has
    one comment, and inside a code block there can be none.
    """

    def __init__(self, source: Source, syntax: Syntax) -> None:
        self._source = source
        self._markdown = syntax == "markdown"
        self._blocks: dict[int, range] = dict(_block_lines(source)) if self._markdown else {}

    def lines(self, comment: Comment) -> range:
        """The 1-based lines that `comment` speaks for; empty when nothing follows it."""
        first, last = comment.origin.begin.line, comment.origin.finish.line
        if not comment.alone:
            return _union(range(first, last + 1), self._blocks.get(first))
        line = self._following[min(last + 1, len(self._following) - 1)]
        if line == 0:
            return range(0)
        block = self._blocks.get(line)
        return range(line, block.stop if block is not None else line + 1)

    @cached_property
    def _following(self) -> list[int]:
        """For each line the first line from it on that is more than a comment; 0 for none.

        One pass for the file: looking from each comment on its own would be quadratic in a file of comments.
        """
        count = len(self._source.line_starts)
        following = [0] * (count + 2)
        for line in range(count, 0, -1):
            passed_over = self._passed_over(self._source.line(line).strip())
            following[line] = following[line + 1] if passed_over else line
        return following

    def _passed_over(self, text: str) -> bool:
        """Whether a stripped line is blank or only a comment, so that a comment above it speaks for what follows."""
        if not text:
            return True
        if self._markdown:
            return text.startswith("<!--") and text.endswith("-->") and text.count("-->") == 1
        return text.startswith(("#", "//"))


def _union(lines: range, block: range | None) -> range:
    return lines if block is None else range(min(lines.start, block.start), max(lines.stop, block.stop))


def _block_lines(source: Source) -> Iterator[tuple[int, range]]:
    """Line and the lines of the text block that it belongs to."""
    from planlint.readers.front_matter import front_matter_span
    from planlint.readers.markdown.reader import parse_blocks

    front = front_matter_span(source)
    for place in _texts(parse_blocks(source, front[2] if front is not None else 0).blocks):
        if place.end > place.start:
            lines = range(place.begin.line, source.position(place.end - 1).line + 1)
            for line in lines:
                yield line, lines


def _texts(blocks: Iterable[Block]) -> Iterator[Origin]:
    """Where paragraphs, the texts of list items, and code blocks stand, nested ones included."""
    from planlint.readers.markdown.blocks import Fence, List, Paragraph, Quote

    stack = list(blocks)[::-1]
    while stack:
        block = stack.pop()
        if isinstance(block, Fence):
            yield block.origin
        elif isinstance(block, Paragraph):
            yield block.prose.whole
        elif isinstance(block, List):
            for item in block.items:
                yield item.prose.whole
            stack += [child for item in reversed(block.items) for child in reversed(item.children)]
        elif isinstance(block, Quote):
            stack += reversed(block.children)
