"""What carries a name in front: list items (`**Tests**: create them`) and bold lines that stand for small headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.claude_md.vocabulary import coded_worker, worker_label
from planlint.readers.markdown.blocks import Block, Fence, List, ListItem, Paragraph, Table
from planlint.readers.prose import Prose
from planlint.source import Origin

_SEPARATOR = re.compile(r"\s*(?:\([^()]{1,80}\)\s*)?(?::|—|–| -(?= )|->|→)\s*")
_BRACKET = re.compile(r"\s*\([^()]{1,80}\)")
_LABEL_END = re.compile(r"[:：]|\s[—–-]\s|\s->\s|→")


class Item:
    """A text cut into its label and the rest, with the blocks below it."""

    __slots__ = ("bold", "children", "label", "label_prose", "marker", "origin", "rest")

    def __init__(self, prose: Prose, children: list[Block], origin: Origin, marker: str | None = None) -> None:
        self.children = children
        self.origin = origin
        self.marker = marker
        text = prose.text
        self.bold = False
        end = rest = 0
        strong = next((mark for mark in prose.marks if mark.kind == "strong" and not text[: mark.start].strip()), None)
        code = next((mark for mark in prose.marks if mark.kind == "code" and not text[: mark.start].strip()), None)
        if strong is not None:
            self.bold = True
            end = strong.end
            after = _SEPARATOR.match(text, end)
            bracket = _BRACKET.match(text, end)
            rest = after.end() if after is not None else end
            if bracket is not None:
                end = bracket.end()
        else:
            start = code.end if code is not None else 0
            found = _LABEL_END.search(text, start, start + 60)
            if found is not None:
                end, rest = found.start(), found.end()
            elif worker_label(text) is not None:
                end = rest = len(text)
            elif code is not None and (not text[code.end :].strip() or text[code.end :].lstrip().startswith("(")):
                end = rest = code.end
        self.label_prose = prose.slice(0, end)
        self.label = " ".join(text[:end].split()).strip(" :：.—–-")
        self.rest = prose.slice(min(rest, len(text)), len(text))

    @classmethod
    def of(cls, item: ListItem, *, ordered: bool) -> Item:
        """The item of a list; the number of an `ordered` one is its marker."""
        return cls(item.prose, item.children, item.origin, item.marker if ordered else None)


def bold_items(blocks: list[Block]) -> Iterator[list[Item]]:
    """Runs of bold lines with what stands below each: `**Agent 1 — API:**` and a list, a fence or nothing.

    A text below that ends with a colon leads to something else, and so does one behind a list or a fence: there the run
    ends.
    """
    run: list[Item] = []
    closed = False
    for block in blocks:
        lines = list(_bold_lines(block)) if isinstance(block, Paragraph) else []
        if lines and not run and not _names_worker(Item(lines[0], [], lines[0].whole)):
            lines = []  # a remark in bold leads to the names below, or to none
        if lines:
            run += [Item(line, [], line.whole) for line in lines]
            closed = False
            continue
        if isinstance(block, Paragraph) and (closed or block.prose.text.rstrip().endswith((":", "："))):
            yield run
            run = []
        elif run and not closed:
            last = run[-1]
            last.children.append(block)
            last.origin = block.source.origin(last.origin.start, block.origin.end)
            closed = isinstance(block, List | Fence | Table)
    yield run


def _names_worker(item: Item) -> bool:
    return worker_label(item.label, delegating=True) is not None or coded_worker(item.label_prose) is not None


def _bold_lines(paragraph: Paragraph) -> Iterator[Prose]:
    """The lines of a paragraph, where each of them begins in bold; nothing where the first does not."""
    prose = paragraph.prose
    text = prose.text
    starts = [mark.start for mark in prose.marks if mark.kind == "strong" and _begins_line(text, mark.start)]
    if not starts or text[: starts[0]].strip():
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield prose.slice(start, start + len(text[start:end].rstrip()))


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()
