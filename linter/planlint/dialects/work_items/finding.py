"""Find the work items of a Markdown document, and the texts and blocks that belong to each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planlint.dialects.calls import presents_wrong
from planlint.dialects.file_lists import lines_of
from planlint.dialects.prose import effects_of
from planlint.dialects.prose.verbs import english_verbs
from planlint.dialects.work_items.vocabulary import GROUPS, SPLIT, TOGETHER, Head, label_of, read_head
from planlint.readers.markdown.blocks import Block, Heading, List, MarkdownTree, Paragraph, Section, Table
from planlint.readers.prose import Prose
from planlint.source import Origin

_FILE_LABELS = frozenset({"creates", "modifies", "deletes", "writes"})
_TASK_COLUMN = re.compile(
    r"(?:(?:task|item|unit|u|work item|stream|work ?stream|step|worktree|agent|worker|lane|track|package|pr|"
    r"任务|タスク)[ -]?(?:id|#|no\.?)?|id|#)",
    re.IGNORECASE,
)
_TITLE_COLUMN = re.compile(r"title|name|what|description|summary|goal|work|标题|描述|内容", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[\W_]{0,6}(\w+)")
_CELL_ID = re.compile(r"[\s*`_]*(?:[A-Za-z]{1,12}[ -]?)?\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?(?![\w/])[\s*`_:.)]*")
_TELLING = _FILE_LABELS | {
    "depends_on",
    "branch",
    "worktree",
    "agent",
    "agent_type",
    "parallel",
    "wave",
    "deliverables",
}


@dataclass(slots=True)
class Item:
    """One item as it stands in the file."""

    head: Head
    prose: Prose
    """The heading or line that begins it."""
    origin: Origin
    section: Section
    """The innermost section around it (its own, where it is a heading)."""
    blocks: list[Block] = field(default_factory=list)
    """What stands below its first line."""
    rest: Prose | None = None
    """What follows its bold title on the same line."""
    group: Section | None = None
    """The wave or phase around it."""
    labels: set[str] = field(default_factory=set)
    """The fields that it has labels for."""
    is_heading: bool = True
    cells: dict[str, Prose] = field(default_factory=dict)
    """Field to cell, where the item is the row of a table."""

    @property
    def home(self) -> Section:
        """The section whose items it is one of."""
        if not self.is_heading or self.section.parent is None:
            return self.section
        return self.section.parent


def find_items(tree: MarkdownTree) -> list[Item]:
    """All items in the order of the file; examples of how not to do it, fences and quotes are left out."""
    found = [item for item in _visit(tree.top, None, numbered=False) if item.head.word]
    inner = [item for item in found if item.head.word not in GROUPS]
    if len(inner) < 2:
        numbered = [item for item in _visit(tree.top, None, numbered=True) if not item.head.word]
        told = [
            item
            for item in numbered
            if {"depends_on", "id"} & item.labels and (_TELLING - {"depends_on"}) & item.labels
        ]
        if len(told) > 1 and 2 * len(told) >= len(numbered):
            return told
        rows = [item for section in tree.top.walk() for item in _rows(section)]
        # A table with several rows for a task lists files, not tasks.
        if len(rows) > 1 and len({item.head.id for item in rows}) == len(rows):
            return rows
        plain = [item for section in tree.top.walk() for item in _plain_lines(section)] if not found else []
        if len(plain) > 1 and len({id(item.home) for item in plain}) == 1:
            return plain
    # A phase that holds items groups them; one without is an item.
    holders = {id(item.group) for item in inner if item.group is not None}
    holders |= {id(section) for item in inner for section in item.section.ancestors}
    chosen = [item for item in found if item.head.word not in GROUPS or id(item.section) not in holders]
    if inner and any(item.head.word in GROUPS for item in chosen):
        return [item for item in chosen if item.head.word not in GROUPS]
    outer = {id(item.section) for item in chosen if item.is_heading}
    return [item for item in chosen if not outer & _above(item)]


def _above(item: Item) -> set[int]:
    """The sections strictly around an item's own line."""
    around = {id(section) for section in item.section.ancestors}
    return around if item.is_heading else {*around, id(item.section)}


def _visit(section: Section, group: Section | None, *, numbered: bool) -> Iterator[Item]:
    if section.heading is not None and presents_wrong(section.title):
        return
    head = read_head(section.title, numbered=numbered) if section.heading is not None else None
    if head is not None and section.heading is not None:
        heading = section.heading
        blocks = list(section.all_blocks())
        end = max((block.end for block in blocks), default=heading.end)
        origin = heading.source.origin(heading.start, max(end, heading.end))
        item = Item(head, heading.prose, _trimmed(origin), section, blocks, group=group)
        item.labels = set(_labels(blocks))
        yield item
        if head.word in GROUPS:
            group = section
    if head is None or head.word in GROUPS:
        yield from _lines(section, group)
    for child in section.sections:
        yield from _visit(child, group, numbered=numbered)


def _trimmed(origin: Origin) -> Origin:
    return origin.narrow(0, len(origin.text.rstrip()))


def _lines(section: Section, group: Section | None) -> Iterator[Item]:
    """Items that are bold lines in paragraphs or bullets."""
    current: Item | None = None
    for block in section.blocks:
        begun = list(_begun(block, section, group))
        if begun:
            if current is not None:
                yield current
            yield from begun[:-1]
            current = begun[-1] if isinstance(block, Paragraph) else None
            if current is None:
                yield begun[-1]
        elif current is not None:
            current.blocks.append(block)
            current.labels |= set(_labels([block]))
            current.origin = _trimmed(current.origin.source.origin(current.origin.start, block.end))
    if current is not None:
        yield current


def _begun(block: Block, section: Section, group: Section | None) -> Iterator[Item]:
    if isinstance(block, Paragraph):
        start = 0
        for line in block.prose.text.split("\n"):
            item = _bold_item(block.prose.slice(start, start + len(line)), section, group)
            if item is not None:
                yield item
            start += len(line) + 1
    elif isinstance(block, List):
        for entry in block.items:
            item = _bold_item(entry.prose, section, group)
            if item is not None:
                item.blocks = list(entry.children)
                item.origin = entry.origin
                item.labels |= set(_labels(entry.children))
                yield item


def _plain_lines(section: Section) -> Iterator[Item]:
    """Bullets that begin with a word for a worker or an item and a colon: "- Agent 1: build the parser"."""
    if section.heading is not None and (presents_wrong(section.title) or read_head(section.title) is not None):
        return
    for block in section.blocks:
        for entry in block.items if isinstance(block, List) else ():
            prose = entry.prose
            line = prose.text.split("\n")[0]
            head = read_head(line)
            if head is None or head.word not in TOGETHER | SPLIT or line[head.end : head.end + 1] not in (":", "："):
                continue
            item = Item(head, prose, entry.origin, section, list(entry.children), is_heading=False)
            item.rest = prose.slice(head.end + 1, len(prose.text))
            item.labels = {*_labels_in(item.rest), *_labels(entry.children)}
            yield item


def _bold_item(prose: Prose, section: Section, group: Section | None) -> Item | None:
    mark = next((mark for mark in prose.marks if mark.kind == "strong" and not prose.text[: mark.start].strip()), None)
    if mark is None:
        return None
    head = read_head(prose.text[mark.start : mark.end].rstrip(": "))
    if head is None or head.word in GROUPS:
        return None
    rest = prose.slice(mark.end, len(prose.text))
    if rest.text.lstrip().startswith(("→", "->", "=>", "⇒")):
        return None
    if not head.title:
        head = head._replace(title=" ".join(rest.text.split("\n")[0].strip(' :：–—-"“”').split())[:160])
    head = head._replace(start=head.start + mark.start, end=head.end + mark.start)
    item = Item(head, prose, prose.whole, section, [], rest, group, is_heading=False)
    item.labels = set(_labels_in(rest))
    return item


def _labels(blocks: list[Block]) -> Iterator[str]:
    """The fields that the blocks of an item have labels for."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _labels_in(block.prose)
        elif isinstance(block, List):
            for entry in block.items:
                yield from _labels_in(entry.prose)
                yield from _labels([child for child in entry.children if isinstance(child, List)])
        elif isinstance(block, Heading):
            name = label_of(block.title)
            if name is not None:
                yield name


def _labels_in(prose: Prose) -> Iterator[str]:
    for line in prose.text.split("\n"):
        label, colon, _ = line.strip(" (").partition(":")
        name = label_of(label) if colon or "：" in line else None
        if name is not None:
            yield name


def _rows(section: Section) -> Iterator[Item]:
    """The rows of tables that have a column of tasks, one of files, and one that says who waits for whom."""
    for table in section.blocks:
        if not isinstance(table, Table):
            continue
        columns: dict[str, int] = {}
        for index, cell in enumerate(table.header):
            header = cell.text.strip()
            name = (
                "id"
                if _TASK_COLUMN.fullmatch(header)
                else "title"
                if _TITLE_COLUMN.fullmatch(header)
                else label_of(header)
            )
            if name is not None:
                columns.setdefault(name, index)
        if (
            "id" not in columns
            or not columns.keys() & _FILE_LABELS
            or not columns.keys() & {"depends_on", "wave", "parallel"}
        ):
            continue
        for row in table.rows:
            cells = {
                name: row[index] for name, index in columns.items() if index < len(row) and row[index].text.strip()
            }
            if "id" in cells:
                yield _row(cells, section)


def _row(cells: dict[str, Prose], section: Section) -> Item:
    named = cells["id"]
    match = _CELL_ID.match(named.text)
    end = match.end() if match is not None else len(named.text)
    written = named.text[:end].strip(" *_`:.")
    start = named.text.find(written)
    head = read_head(named.text) or Head(
        "row", written, written, " ".join(named.text[end:].split()), start, start + len(written)
    )
    title = cells.pop("title", None)
    if title is not None and not head.title:
        head = head._replace(title=" ".join(title.text.split()))
    last = max(cells.values(), key=lambda cell: cell.end)
    origin = named.source.origin(named.start, max(last.end, named.end))
    return Item(head, named, origin, section, labels=set(cells), is_heading=False, cells=cells)


def has_files(items: list[Item]) -> int:
    """How many items have a label of files."""
    return sum(1 for item in items if item.labels & _FILE_LABELS)


def acting(items: list[Item]) -> int:
    """How many items have a line that begins with a verb of writing and the file it writes: "Create `a.ts`"."""
    return sum(1 for item in items if any(_writes(line) for line in _own_lines(item)))


def tells_to_build(items: list[Item]) -> int:
    """How many items say in their title that something is to be made or changed: "Build the backend"."""
    from planlint.dialects.claude_md.vocabulary import builds

    return sum(1 for item in items if builds(item.head.title))


def _own_lines(item: Item) -> Iterator[Prose]:
    if item.rest is not None:
        yield item.rest
    for block in item.blocks:
        if isinstance(block, Paragraph):
            yield from lines_of(block.prose)
        elif isinstance(block, List):
            for entry in block.items:
                yield entry.prose


def _writes(line: Prose) -> bool:
    word = _FIRST_WORD.match(line.text)
    if word is None or not any(sign in line.text for sign in "./"):
        return False
    role = english_verbs().get(word[1].lower())
    if word[1].isascii() and (role is None or not role.writes):
        return False
    return bool(effects_of(line, default=None).writes)


def telling(items: list[Item]) -> int:
    """How many items have any label that tells of delegated work."""
    return sum(1 for item in items if item.labels & _TELLING)
