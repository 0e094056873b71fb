"""The block tree of a Markdown document, by CommonMark rules (pyromark), with exact places."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.readers.prose import Prose
from planlint.source import Origin, Source


class Block:
    """A block at a place: `[start, end)` in code points, markers and trailing line end included."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def origin(self) -> Origin:
        """Where the block stands, trailing blank characters left out."""
        text = self.source.text
        end = self.end
        while end > self.start and text[end - 1] in " \t\r\n":
            end -= 1
        return Origin(self.source, self.start, end)


class Heading(Block):
    """`## Title`; `level` 1-6."""

    __slots__ = ("level", "prose")

    def __init__(self, source: Source, start: int, end: int, level: int, prose: Prose) -> None:
        super().__init__(source, start, end)
        self.level = level
        self.prose = prose

    @property
    def title(self) -> str:
        """The visible text, blank space folded."""
        return " ".join(self.prose.text.split())


class Paragraph(Block):
    """Running text."""

    __slots__ = ("prose",)

    def __init__(self, source: Source, start: int, end: int, prose: Prose) -> None:
        super().__init__(source, start, end)
        self.prose = prose


class Fence(Block):
    """A fenced (or indented, `fenced` False) code block. `info` is the whole info string, `text` the content.

    `body` is the content's place; `content_offset(i)` maps an offset in `text` to the source (indentation inside lists
    is taken off the text, so both do not run in step).
    """

    __slots__ = ("body_start", "fenced", "info", "prose")

    def __init__(self, source: Source, start: int, end: int, info: str, fenced: bool, prose: Prose) -> None:
        super().__init__(source, start, end)
        self.info = info
        self.fenced = fenced
        self.prose = prose
        self.body_start = prose.start

    @property
    def language(self) -> str:
        """The first word of the info string in lower case, without braces; empty where there is none."""
        words = self.info.replace("{", " ").replace("}", " ").split()
        return words[0].lower().lstrip(".") if words else ""

    @property
    def text(self) -> str:
        """The content, container indentation taken off."""
        return self.prose.text

    @property
    def body(self) -> Origin:
        """Where the content stands."""
        return self.prose.whole


class HtmlComment(Block):
    """`<!-- text -->` standing as a block or inside one. `text` is what is between the marks."""

    __slots__ = ("text",)

    def __init__(self, source: Source, start: int, end: int, text: str) -> None:
        super().__init__(source, start, end)
        self.text = text


class HtmlBlock(Block):
    """Raw HTML (or GSD-like tags) that is not a comment."""

    __slots__ = ()


class Rule(Block):
    """A thematic break."""

    __slots__ = ()


class ListItem(Block):
    """One item. `checked` is None for a plain item, else the tick's state; `state` is the character in the brackets.

    `state` also knows the marks that are no CommonMark task (`[~]`, `[-]`, `[!]`), which people use for "in progress".
    `prose` is the item's own text: its first paragraph (wrapped lines included), checkbox taken off. `children` are all
    further blocks, nested lists included. `marker` is `-`, `*`, `+` or the number (`3.` gives `3`).
    """

    __slots__ = ("checked", "children", "depth", "marker", "prose", "state")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        *,
        marker: str,
        state: str | None,
        checked: bool | None,
        depth: int,
        prose: Prose,
        children: list[Block],
    ) -> None:
        super().__init__(source, start, end)
        self.marker = marker
        self.state = state
        self.checked = checked
        self.depth = depth
        self.prose = prose
        self.children = children

    def items(self) -> Iterator[ListItem]:
        """The items nested directly below."""
        for child in self.children:
            if isinstance(child, List):
                yield from child.items


class List(Block):
    """A list; `ordered` lists start at `first`. `depth` of its items is 0 at the top."""

    __slots__ = ("first", "items", "ordered")

    def __init__(self, source: Source, start: int, end: int, ordered: bool, first: int, items: list[ListItem]) -> None:
        super().__init__(source, start, end)
        self.ordered = ordered
        self.first = first
        self.items = items


class Table(Block):
    """A GFM table; every cell is `Prose` (an empty cell has its place too)."""

    __slots__ = ("header", "rows")

    def __init__(self, source: Source, start: int, end: int, header: list[Prose], rows: list[list[Prose]]) -> None:
        super().__init__(source, start, end)
        self.header = header
        self.rows = rows


class Quote(Block):
    """A block quote."""

    __slots__ = ("children",)

    def __init__(self, source: Source, start: int, end: int, children: list[Block]) -> None:
        super().__init__(source, start, end)
        self.children = children


class Section:
    """A heading with all that stands under it up to the next heading of its level or above.

    The document's own top is a section without a heading (`heading` None, `level` 0).
    """

    __slots__ = ("blocks", "heading", "level", "parent", "sections")

    def __init__(self, heading: Heading | None, level: int, parent: Section | None) -> None:
        self.heading = heading
        self.level = level
        self.parent = parent
        self.blocks: list[Block] = []
        """Blocks directly here, before the first sub-heading."""
        self.sections: list[Section] = []

    @property
    def title(self) -> str:
        """The heading's text; empty at the top of a document."""
        return self.heading.title if self.heading else ""

    def walk(self) -> Iterator[Section]:
        """This section and all below, in document order."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def all_blocks(self) -> Iterator[Block]:
        """All blocks here and below in document order, headings included, containers not entered."""
        for section in self.walk():
            if section.heading is not None and section is not self:
                yield section.heading
            yield from section.blocks

    @property
    def ancestors(self) -> list[Section]:
        """The sections around this one, nearest first, without the top."""
        found: list[Section] = []
        section = self.parent
        while section is not None and section.heading is not None:
            found.append(section)
            section = section.parent
        return found


class MarkdownTree:
    """All of a Markdown document: the top `Section`, top-level `blocks` in order, and every HTML comment."""

    __slots__ = ("blocks", "comments", "source", "top")

    def __init__(self, source: Source, blocks: list[Block], comments: list[HtmlComment]) -> None:
        self.source = source
        self.blocks = blocks
        self.comments = comments
        self.top = _sections(blocks)

    @property
    def title(self) -> str:
        """The first heading; empty where there is none."""
        return next((section.title for section in self.top.walk() if section.heading is not None), "")

    def items(self) -> Iterator[ListItem]:
        """Every list item of the document in order, nested ones after their parent; not those inside fences."""
        yield from _items(self.blocks)

    def fences(self) -> Iterator[Fence]:
        """Every code block in order, those inside lists and quotes included."""
        yield from _fences(self.blocks)


def _sections(blocks: list[Block]) -> Section:
    top = Section(None, 0, None)
    current = top
    for block in blocks:
        if isinstance(block, Heading):
            while current.level >= block.level and current.parent is not None:
                current = current.parent
            section = Section(block, block.level, current)
            current.sections.append(section)
            current = section
        else:
            current.blocks.append(block)
    return top


def _items(blocks: list[Block]) -> Iterator[ListItem]:
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                yield item
                yield from _items(item.children)
        elif isinstance(block, Quote):
            yield from _items(block.children)


def _fences(blocks: list[Block]) -> Iterator[Fence]:
    for block in blocks:
        if isinstance(block, Fence):
            yield block
        elif isinstance(block, List):
            for item in block.items:
                yield from _fences(item.children)
        elif isinstance(block, Quote):
            yield from _fences(block.children)
