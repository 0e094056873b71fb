"""`TreeBuilder`: from the parser's flat events to the block tree, without recursion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from planlint.readers.markdown.blocks import (
    Block,
    Fence,
    Heading,
    HtmlComment,
    List,
    ListItem,
    MarkdownTree,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from planlint.readers.markdown.html import comments_in, split_html
from planlint.readers.markdown.inline import ProseBuilder
from planlint.readers.prose import Prose
from planlint.source import Source

MAX_DEPTH: Final = 100
"""Containers (quotes, lists, items) inside each other that are kept apart; what is nested deeper joins the deepest one.

The walkers in `blocks` recurse once for each level, so the bound is theirs. Real plans stay below 20.
"""

_STATES: Final = frozenset(" xX~-!>/")
"""Characters read as the state of an item when they stand alone in brackets at its start."""

_MARKER = re.compile(r"([-+*])|(\d{1,9})[.)]")

_MARKS: Final = {"Emphasis": "emphasis", "Strong": "strong", "Strikethrough": "strike"}


class _Frame:
    """An open container. `children` is shared with the frame below where nesting is too deep to be kept."""

    __slots__ = ("children", "end", "first", "items", "kind", "prose", "start", "state")

    def __init__(self, kind: str, start: int, end: int, children: list[Block]) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.children = children
        self.items: list[ListItem] = []
        self.first: int | None = None
        self.prose: Prose | None = None
        self.state: str | None = None


class TreeBuilder:
    """Builds the blocks of one source from events; `offsets` turns the parser's byte offsets into code points."""

    def __init__(self, source: Source, start: int, offsets: Sequence[int]) -> None:
        self._source = source
        self._offsets = offsets
        self._frames = [_Frame("document", start, len(source.text), [])]
        self._comments: list[HtmlComment] = []
        self._run: ProseBuilder | None = None
        """The open run of inline content; in a tight list item it stands there without a paragraph around it."""
        self._lists = 0
        self._level = 1
        self._info: str | None = None
        self._table: Table | None = None
        self._cells: list[Prose] = []
        self._row_end = 0

    def tree(self) -> MarkdownTree:
        """The finished tree; call it once, after `feed`."""
        self._flush()
        return MarkdownTree(self._source, self._frames[0].children, self._comments)

    def feed(self, events: Iterable[tuple[Any, Any]]) -> None:
        """Takes the events of pyromark: a name, or a mapping from one name to its value, each with its byte range."""
        offsets = self._offsets
        for event, place in events:
            start, end = offsets[place["start"]], offsets[place["end"]]
            if isinstance(event, str):
                if event == "Rule":
                    self._flush()
                    self._add(Rule(self._source, self._indented(start, end), end))
                else:
                    self._inline().add_break(start, end)
                continue
            ((name, value),) = event.items()
            if name == "Text":
                (self._run or self._inline()).add_text(value, start, end)
            elif name == "Start":
                if isinstance(value, str):
                    self._start(value, None, start, end)
                else:
                    ((tag, detail),) = value.items()
                    self._start(tag, detail, start, end)
            elif name == "End":
                self._end(value if isinstance(value, str) else next(iter(value)), start, end)
            elif name == "Code":
                self._inline().add_code(value, start, end)
            elif name == "InlineHtml":
                self._inline_html(value, start, end)
            elif name == "TaskListMarker":
                if self._frames[-1].kind == "Item":
                    self._frames[-1].state = self._source.text[start + 1 : start + 2]
            elif name != "Html":
                self._inline().add_text(str(value), start, end)

    def _inline(self) -> ProseBuilder:
        if self._run is None:
            self._run = ProseBuilder(self._source)
        return self._run

    def _inline_html(self, value: str, start: int, end: int) -> None:
        run = self._inline()
        if value.startswith("<!--"):
            self._comments += comments_in(self._source, start, end)
            run.touch(start, end)
        else:
            run.add_html(value, start, end)

    def _start(self, tag: str, detail: Any, start: int, end: int) -> None:
        if tag in _MARKS:
            self._inline().open(_MARKS[tag], start, end)
        elif tag == "Link":
            self._inline().open("link", start, end, detail["dest_url"])
        elif tag == "Image":
            self._inline().open("", start, end)
        elif tag == "TableCell":
            self._run = ProseBuilder(self._source)
        elif tag in ("TableRow", "TableHead"):
            self._cells = []
            self._row_end = self._trimmed(start, end)
        else:
            self._flush()
            self._start_block(tag, detail, start, end)

    def _start_block(self, tag: str, detail: Any, start: int, end: int) -> None:
        if tag in ("List", "Item", "BlockQuote"):
            parent = self._frames[-1]
            if parent.kind == "flat" or (len(self._frames) >= MAX_DEPTH and tag != "Item"):
                self._frames.append(_Frame("flat", start, end, parent.children))
                return
            frame = _Frame(tag, self._indented(start, end), end, [])
            self._frames.append(frame)
            if tag == "List":
                self._lists += 1
                frame.first = detail
        elif tag == "Table":
            self._table = Table(self._source, self._indented(start, end), end, [], [])
        else:
            self._run = ProseBuilder(self._source)
            if tag == "CodeBlock":
                self._info = detail["Fenced"] if isinstance(detail, dict) else None
            elif tag == "Heading":
                self._level = int(detail["level"][1])

    def _end(self, tag: str, start: int, end: int) -> None:
        if tag in _MARKS or tag in ("Link", "Image"):
            self._inline().close()
        elif tag in ("List", "Item", "BlockQuote"):
            self._flush()
            self._end_container()
        elif tag == "TableCell":
            self._cells.append(self._take(min(start, self._row_end), min(end, self._row_end)))
        elif tag == "TableHead" and self._table is not None:
            self._table.header = self._cells
        elif tag == "TableRow" and self._table is not None:
            self._table.rows.append(self._cells)
        elif tag == "Table" and self._table is not None:
            self._add(self._table)
            self._table = None
        elif tag == "CodeBlock":
            self._end_code(start, end)
        elif tag == "HtmlBlock":
            self._run = None
            blocks, comments = split_html(self._source, start, end)
            self._frames[-1].children += blocks
            self._comments += comments
        elif tag == "Heading":
            last = self._trimmed(start, end)
            start = self._indented(start, end)
            self._add(Heading(self._source, start, end, self._level, self._take(last, last)))
        else:
            last = self._trimmed(start, end)
            self._add_paragraph(self._take(last, last), self._indented(start, end), end)

    def _end_container(self) -> None:
        frame = self._frames.pop()
        if frame.kind == "List":
            self._lists -= 1
            self._add(
                List(self._source, frame.start, frame.end, frame.first is not None, frame.first or 0, frame.items)
            )
        elif frame.kind == "Item":
            self._frames[-1].items.append(self._item(frame))
        elif frame.kind == "BlockQuote":
            self._add(Quote(self._source, frame.start, frame.end, frame.children))

    def _item(self, frame: _Frame) -> ListItem:
        source = self._source
        match = _MARKER.match(source.text, frame.start, frame.end)
        state, prose = frame.state, frame.prose
        if state is None and prose is not None:
            state, prose = _take_state(prose)
        if prose is None:
            at = self._trimmed(frame.start, frame.children[0].start if frame.children else frame.end)
            prose = Prose(source, at, at, "", [])
        return ListItem(
            source,
            frame.start,
            frame.end,
            marker=(match[1] or match[2]) if match else "-",
            state=state,
            checked=None if state is None else state in "xX",
            depth=self._lists - 1,
            prose=prose,
            children=frame.children,
        )

    def _end_code(self, start: int, end: int) -> None:
        text = self._source.text
        if self._info is not None:
            start = self._indented(start, end)
        newline = text.find("\n", start, end)
        body = newline + 1 if newline >= 0 else end
        prose = self._take(body, body)
        if end < self._frames[-1].end and text[end] in "\r\n":
            end += 2 if text.startswith("\r\n", end) else 1
        self._add(Fence(self._source, start, end, self._info or "", self._info is not None, prose))

    def _take(self, start: int, end: int) -> Prose:
        prose = self._inline().prose(start, end)
        self._run = None
        return prose

    def _flush(self) -> None:
        """Ends a run of text that stands in a tight item without a paragraph."""
        run, self._run = self._run, None
        if run is not None and run.start >= 0:
            prose = run.prose(run.start, run.end)
            self._add_paragraph(prose, prose.start, prose.end)

    def _add_paragraph(self, prose: Prose, start: int, end: int) -> None:
        frame = self._frames[-1]
        if frame.kind == "Item" and frame.prose is None and not frame.children:
            frame.prose = prose
        else:
            frame.children.append(Paragraph(self._source, start, end, prose))

    def _add(self, block: Block) -> None:
        self._frames[-1].children.append(block)

    def _indented(self, start: int, end: int) -> int:
        """Where a block's first mark stands: the parser begins some blocks at their line."""
        text = self._source.text
        while start < end and text[start] in " \t":
            start += 1
        return start

    def _trimmed(self, start: int, end: int) -> int:
        text = self._source.text
        while end > start and text[end - 1] in " \t\r\n":
            end -= 1
        return end


def _take_state(prose: Prose) -> tuple[str | None, Prose]:
    """The state in brackets at the start of an item where CommonMark sees no task, and the text after it.

    These are marks such as `[~]`, and `[ ]*` for an optional task, whose asterisk stays in the text.
    """
    text = prose.text
    if len(text) < 3 or text[0] != "[" or text[2] != "]" or text[1] not in _STATES:
        return None, prose
    written, at = prose.source.text, prose.start
    after = written[at + 3 : at + 4]
    escaped = at > 0 and written[at - 1] == "\\"
    if escaped or not written.startswith(text[:3], at) or (after and after not in " \t\r\n*"):
        return None, prose
    skip = 3
    while skip < len(text) and text[skip] in " \t\n":
        skip += 1
    rest = prose.slice(skip, len(text))
    rest.end = prose.end
    return text[1], rest
