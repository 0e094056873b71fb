"""The running text of blocks: what a reader reads, without the structure around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planlint.readers.markdown.blocks import Block, List, ListItem, Paragraph, Quote, Table
from planlint.readers.prose import Prose


def running_text(blocks: Iterable[Block], *, tables: bool = True, quotes: bool = False) -> Iterator[Prose]:
    """The texts of paragraphs, list items and table cells in order; code, quotes and headings are left out.

    Without `tables` the cells of tables are left out too; with `quotes` the texts inside of quotes count.
    """
    stack = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
        elif isinstance(block, Paragraph):
            yield block.prose
        elif isinstance(block, ListItem):
            yield block.prose
            stack.append(iter(block.children))
        elif isinstance(block, List):
            stack.append(iter(block.items))
        elif isinstance(block, Table) and tables:
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Quote) and quotes:
            stack.append(iter(block.children))
