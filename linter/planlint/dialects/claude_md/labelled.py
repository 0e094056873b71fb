"""What carries a name in front: list items (`**Tests**: create them`) and bold lines that stand for small headings."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from planlint.dialects.claude_md.workers import acting_worker, coded_worker, several_workers, worker_label
from planlint.readers.markdown.blocks import Block, Fence, List, ListItem, Paragraph, Table
from planlint.readers.prose import Prose
from planlint.source import Origin

_SEPARATOR = re.compile(r"\s*(?:\([^()]{1,80}\)\s*)?(?::|—|–|─+| -(?= )|->|→)\s*")
_BRACKET = re.compile(r"\s*\([^()]{1,80}\)")
_WORKER_WORD = re.compile(r"[ \t]+(?:sub-?agent|agent|worker|lane|teammate|session)\b(?=\s*(?:[:：(—–→]|->|-[ \t]|\Z))")
"""Behind a name in bold: "**north** agent → `src/north/`"."""
_QUOTES = re.compile(r"[\"“”]")
_LABEL_END = re.compile(r"[:：]|\s(?:[—–-]|─+)\s|\s->\s|→")
_LABEL_WITHIN = 90
"""Characters in which the end of a label is looked for."""
_TYPED = re.compile(
    r"\s*\((?:(?:sub-?)?agent[_ ]type|type|agent)[ \t]*[:=][ \t]*[\"'`]?(?P<type>[\w:-]{2,60})[\"'`]?\)", re.IGNORECASE
)
"""The agent's type behind a name: `reviewer (subagent_type: "code-reviewer")`."""


_TURN = re.compile(
    r"\W{0,3}(?P<name>(?:one|another(?: one)?|(?:the|a) (?:first|second|third|fourth|last|other)(?: one)?)"
    r"(?: (?:sub-?agent|agent|worker|session))? (?:for|on)\b[^,:;—–\n]{2,50})[,:;—–]\s*",
    re.IGNORECASE,
)
"""How a worker without a name is told from the others: "one for German, ..."."""


def _label_end(text: str, start: int) -> re.Match[str] | None:
    """The first separator behind a label that stands in no bracket."""
    for found in _LABEL_END.finditer(text, start, start + _LABEL_WITHIN):
        label = text[start : found.start()]
        if label.count("(") == label.count(")"):
            return found
    return None


class Item:
    """A text cut into its label and the rest, with the blocks below it."""

    __slots__ = ("agent_type", "bold", "children", "label", "label_prose", "marker", "origin", "rest")

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
            kind = _WORKER_WORD.match(text, strong.end)
            end = kind.end() if kind is not None else strong.end
            after = _SEPARATOR.match(text, end)
            bracket = _BRACKET.match(text, end)
            rest = after.end() if after is not None else end
            if bracket is not None:
                end = bracket.end()
        else:
            start = code.end if code is not None else 0
            found = _label_end(text, start)
            acting = acting_worker(text) if code is None else None
            turn = _TURN.match(text) if code is None else None
            if acting is not None:
                end = rest = acting[1]
            elif turn is not None:
                end, rest = turn.end("name"), turn.end()
            elif found is not None:
                end, rest = found.start(), found.end()
            elif worker_label(text) is not None:
                end = rest = len(text)
            elif code is None and worker_label(text.partition(",")[0]) is not None:
                end = text.index(",")
                rest = end + 1
            elif code is not None and (not text[code.end :].strip() or text[code.end :].lstrip().startswith("(")):
                end = rest = code.end
        typed = _TYPED.search(text, 0, end)
        self.agent_type = typed["type"] if typed is not None else None
        """The type of its agent, where the label gives it."""
        if typed is not None:
            end = typed.start()
        self.label_prose = prose.slice(0, end)
        self.label = _QUOTES.sub("", " ".join(text[:end].split())).strip(" :：.—–-")
        self.rest = prose.slice(min(rest, len(text)), len(text))

    @classmethod
    def of(cls, item: ListItem, *, ordered: bool) -> Item:
        """The item of a list; the number of an `ordered` one is its marker."""
        return cls(item.prose, item.children, item.origin, item.marker if ordered else None)

    def each(self) -> list[Item]:
        """One item for each worker that the label names: "Agents 1 + 2" are two with the same text."""
        items = []
        for label in several_workers(self.label):
            item = copy.copy(self)
            item.label = label
            items.append(item)
        return items or [self]


_MARKER = re.compile(
    r"[ \t]*(?:\(?(?P<letter>[A-Za-z]|\d{1,2})\)[ \t]+|(?P<sign>[^\w\s\x00-\x7f][^\w\s]*)[ \t]+)(?=[^\W_])"
    r"|(?=[A-Z]{1,4}-?\d{1,3}(?:[.:)]|[ \t]+[—–-])[ \t])"
)
"""What people put before the lines of a list that Markdown takes for a paragraph: `a)`, `(1)`, an emoji, an id."""


def marked_items(paragraph: Paragraph) -> list[Item]:
    """The lines of a paragraph that is a list to its author: each begins with a letter in brackets or a sign.

    A line without such a mark goes on with the one before it. Fewer than two make no list.
    """
    prose = paragraph.prose
    text = prose.text
    starts = [match for match in _MARKER.finditer(text) if _begins_line(text, match.start())]
    if len(starts) < 2 or starts[0].start() > 0:
        return []
    ends = [*(match.start() for match in starts[1:]), len(text)]
    items = []
    for match, end in zip(starts, ends, strict=True):
        line = prose.slice(match.end(), match.start() + len(text[match.start() : end].rstrip()))
        items.append(Item(line, [], line.whole, match.group("letter")))
    return items


def bold_items(blocks: list[Block]) -> Iterator[list[Item]]:
    """Runs of bold lines with what stands below each: `**Agent 1 — API:**` and a list, a fence or nothing.

    A text below that ends with a colon leads to something else, and so does one behind a list or a fence: there the run
    ends.
    """
    run: list[Item] = []
    closed = False
    for block in blocks:
        lines = list(_bold_lines(block)) if isinstance(block, Paragraph) else []
        if lines and not _names_worker(Item(lines[0], [], lines[0].whole)) and (not run or _are_all_workers(run)):
            lines = []  # a remark in bold leads to the names below, or to none
        if lines:
            items = [Item(line, [], line.whole) for line in lines]
            run += items
            # Lines that each say what their worker does are a list of their own; what follows is about all of them.
            closed = len(items) > 1 and all(item.rest.text.strip() for item in items)
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


SINGLE_LETTER = re.compile(r"[A-H]")
"""All that is left of a worker's name where the text around says that there are agents: "**A** owns `src/ui/`"."""


def _are_all_workers(run: list[Item]) -> bool:
    return all(_names_worker(item) for item in run)


def _names_worker(item: Item) -> bool:
    named = worker_label(item.label, delegating=True) is not None or coded_worker(item.label_prose) is not None
    named = named or bool(several_workers(item.label))
    return named or SINGLE_LETTER.fullmatch(item.label) is not None


_NAMED_LINE = re.compile(r"^[ \t]*(?P<name>[^\n:：—–─]{3,50}?)(?:[:：]|[ \t]+[—–─-]{1,3}[ \t])", re.MULTILINE)


def _bold_lines(paragraph: Paragraph) -> Iterator[Prose]:
    """The lines of a paragraph that begin in bold, or else with a numbered worker: "Worker A: speed up `sort.ex`".

    Nothing where the first line does not.
    """
    prose = paragraph.prose
    text = prose.text
    starts = [mark.start for mark in prose.marks if mark.kind == "strong" and _begins_line(text, mark.start)]
    if not starts:
        starts = [match.start() for match in _NAMED_LINE.finditer(text) if _is_numbered(match.group("name"))]
    if not starts or text[: starts[0]].strip():
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield prose.slice(start, start + len(text[start:end].rstrip()))


def _is_numbered(name: str) -> bool:
    label = worker_label(name)
    return (label is not None and label.numbered) or bool(several_workers(name))


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()
