"""Find the work items of a Markdown document, and the texts and blocks that belong to each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planlint.dialects.calls import label_of as label_of_example
from planlint.dialects.calls import presents_wrong
from planlint.dialects.work_items.item import Item
from planlint.dialects.work_items.lines import is_form
from planlint.dialects.work_items.signs import acting, has_files, is_counted, schedules, ticks
from planlint.dialects.work_items.tables import table_rows
from planlint.dialects.work_items.vocabulary import (
    CODE,
    FILE_LABELS,
    GROUPS,
    HOLDERS,
    IN_BRACKETS,
    OWNS,
    SPLIT,
    TELLING,
    TOGETHER,
    Head,
    label_of,
    read_head,
)
from planlint.readers.markdown.blocks import Block, Fence, Heading, List, MarkdownTree, Paragraph, Section
from planlint.readers.prose import Prose
from planlint.source import Origin


def find_items(tree: MarkdownTree) -> list[Item]:
    """All items in the order of the file; examples of how not to do it, fences and quotes are left out."""
    around = _title(tree)
    found = _without_codes([item for item in _visit(tree.top, None, around, numbered=False) if item.head.word])
    inner = [item for item in found if item.head.word not in GROUPS]
    if len(inner) < 2:
        numbered = [item for item in _visit(tree.top, None, around, numbered=True) if not item.head.word]
        told = [
            item for item in numbered if {"depends_on", "id"} & item.labels and (TELLING - {"depends_on"}) & item.labels
        ]
        if len(told) > 1 and 2 * len(told) >= len(numbered):
            return told
        counted = [item for item in numbered if is_counted(item)]
        if len(counted) > 1 and 2 * max(has_files(counted), acting(counted), ticks(counted)) >= len(counted):
            return _with_bare_groups(counted, found)
        boxes = [item for section in tree.top.walk() for item in _boxes(section)]
        if len(boxes) > 1 and 2 * schedules(boxes) >= len(boxes):
            return boxes
        rows = table_rows(tree)
        if rows:
            return rows
        plain = [item for section in tree.top.walk() for item in _plain_lines(section)] if not found else []
        if len(plain) > 1 and len({id(item.home) for item in plain}) == 1:
            return plain
    # A phase or part that holds items groups them; one without is an item.
    holders = {id(item.group) for item in inner if item.group is not None}
    holders |= {id(section) for item in inner for section in item.section.ancestors}
    chosen = [item for item in found if item.head.word not in HOLDERS or id(item.section) not in holders]
    if inner and any(item.head.word in GROUPS for item in chosen):
        chosen = [item for item in chosen if item.head.word not in GROUPS]
    chosen = _without_parents(chosen)
    outer = {id(item.section) for item in chosen if item.is_heading}
    return [item for item in chosen if not outer & _above(item)]


def _without_parents(items: list[Item]) -> list[Item]:
    """Items without those whose numbers go on in the items inside of them: "Work item 1.1" above "Task 1.1.1"."""
    parents: set[int] = set()
    by_section = {id(item.section): item for item in items if item.is_heading}
    for item in items:
        for section in item.section.ancestors if item.is_heading else ():
            parent = by_section.get(id(section))
            if (
                parent is not None
                and item.head.id.startswith(f"{parent.head.id}.")
                and (has_files([item]) or acting([item]))
            ):
                parents.add(id(parent))
    return [item for item in items if id(item) not in parents]


def _without_codes(found: list[Item]) -> list[Item]:
    """Items without those of nothing but an id, unless most of these name files or what they wait for."""
    codes = [item for item in found if item.head.word == CODE]
    told = sum(1 for item in codes if item.labels & {*FILE_LABELS, "depends_on"})
    return found if told > 1 and 2 * told >= len(codes) else [item for item in found if item.head.word != CODE]


def _title(tree: MarkdownTree) -> Section | None:
    """The section of the heading above all else, which names the document and begins no item."""
    sections = tree.top.sections
    return sections[0] if len(sections) == 1 and sections[0].sections else None


def _with_bare_groups(items: list[Item], found: list[Item]) -> list[Item]:
    """Items, and in their order the phases that hold none of them but name files themselves."""
    holders = {id(item.group) for item in items}
    words = {item.head.word for item in found if id(item.section) in holders}
    bare = [
        item
        for item in found
        if item.head.word in words and id(item.section) not in holders and (has_files([item]) or acting([item]))
    ]
    return sorted([*items, *bare], key=lambda item: item.origin.start)


def _above(item: Item) -> set[int]:
    """The sections strictly around an item's own line."""
    around = {id(section) for section in item.section.ancestors}
    return around if item.is_heading else {*around, id(item.section)}


def _visit(section: Section, group: Section | None, title: Section | None, *, numbered: bool) -> Iterator[Item]:
    if shows_wrong(section):
        return
    is_head = section.heading is not None and section is not title
    head = read_head(section.title, numbered=numbered) if is_head else None
    if head is not None and section.heading is not None:
        yield item_of(head, section, section.heading, group)
        if head.word in HOLDERS:
            group = section
    if head is None or head.word in GROUPS:
        yield from _lines(section, group)
    for child in section.sections:
        yield from _visit(child, group, title, numbered=numbered)


def item_of(head: Head, section: Section, heading: Heading, group: Section | None) -> Item:
    """The item that a heading begins: all of its section."""
    blocks = list(section.all_blocks())
    end = max((block.end for block in blocks), default=heading.end)
    origin = heading.source.origin(heading.start, max(end, heading.end))
    item = Item(head, heading.prose, _trimmed(origin), section, blocks, group=group)
    item.labels = set(_labels(blocks))
    return item


def shows_wrong(section: Section) -> bool:
    """Whether a heading shows how not to do it; an item may well be about mistakes ("Task 3: Fix common pitfalls")."""
    if section.heading is None:
        return False
    title = section.title
    named = read_head(title, numbered=title.rstrip().endswith("❌"))  # "1.2 Tokens never expire ❌" is yet to be done
    return bool(label_of_example(title) if named is not None else presents_wrong(title))


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
        prose = block.prose
        ranges = _line_ranges(prose.text)
        starts = [start for start, end in ranges if _bold_item(prose.slice(start, end), section, group) is not None]
        for start, end in pairwise([*starts, len(prose.text)]):
            # The lines below a bold one go on with it.
            item = _bold_item(prose.slice(start, end), section, group)
            if item is not None:
                yield item
    elif isinstance(block, List):
        for entry in block.items:
            item = _bold_item(entry.prose, section, group)
            if item is not None:
                item.blocks = list(entry.children)
                item.origin = entry.origin
                item.done = entry.checked is True
                item.labels |= set(_labels(entry.children))
                yield item


def _plain_lines(section: Section) -> Iterator[Item]:
    """Bullets that begin with a word for a worker or an item and a colon: "- Agent 1: build the parser"."""
    if shows_wrong(section) or (section.heading is not None and read_head(section.title) is not None):
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


def _boxes(section: Section) -> Iterator[Item]:
    """Numbered checkboxes with blocks below them: "- [ ] 3. Cache the answers" and its labels."""
    if shows_wrong(section):
        return
    for block in section.blocks:
        for entry in block.items if isinstance(block, List) else ():
            head = read_head(entry.prose.text.split("\n")[0], numbered=True) if entry.state is not None else None
            if head is None or head.word or not entry.children:
                continue
            item = Item(head, entry.prose, entry.origin, section, list(entry.children), is_heading=False)
            item.labels = set(_labels(entry.children))
            item.done = entry.checked is True
            yield item


def _line_ranges(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


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
        elif isinstance(block, Fence) and is_form(block):
            yield from _labels_in(block.prose)


def _labels_in(prose: Prose) -> Iterator[str]:
    place = IN_BRACKETS.search(prose.text)
    if place is not None:
        yield place[1].lower()
    for line in prose.text.split("\n"):
        if OWNS.match(line) is not None:
            yield "writes"
            continue
        for colon in (":", "："):
            label, found, _ = line.strip(" (").partition(colon)
            name = label_of(label) if found else None
            if name is not None:
                yield name
                break
