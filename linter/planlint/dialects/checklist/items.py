"""Find the items of a checkbox list: number, marks, labels and the text below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from planlint.dialects.labels import Label, split_labels
from planlint.readers.markdown.blocks import Block, List, ListItem, MarkdownTree, Paragraph, Section
from planlint.readers.prose import Prose
from planlint.source import Origin

_BOX = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\[[ xX~-]\]", re.MULTILINE)
_ESCAPED_BOX = re.compile(r"\[([ xX~-])\]\*(?=\s)")
"""`- [ ]\\* 1.2`: formatters escape the asterisk, which takes the box from CommonMark."""

_HEAD = re.compile(
    r"(?:\[[ xX~-]\])?(\*?)\s*(?:(?:Task|タスク|任务|任務)\s+)?\[?"
    r"(\d{1,4}(?:\.\d{1,4}){1,3}(?:\.[A-Z]\b|[a-z]\d{0,2}\b)?|\d{1,4}\.[A-Z]\b|\d{1,4}(?=\*?[.):：]|\.?\s+\(P\)))"
    r"(?=[\s*(.):：—–\]]|\Z)\]?[.):：]?(\*?)\s*(\(P\)(?=\s|\Z))?\s*"
)
"""An asterisk before or after the number, the number, `(P)`. A number of one part needs a sign behind it: "3 tests" is
text. `1.C` is the checkpoint of group 1."""

_CRITERIA = re.compile(
    r"[\s*_]*(?:(?:acceptance|success|completion|exit|done|verification)(?: criteria| tests?| checks?| conditions?)?"
    r"|definition of done|done when|dod|验收(?:标准|条件)?|驗收標準|完成标准"
    r"|受け入れ(?:基準|条件)|完了条件|완료 조건|인수 조건)[\s*_]*[:：][\s*_]*\Z",
    re.IGNORECASE,
)
"""A line above boxes that tell when the work that a heading describes is done."""

_LETTERED = re.compile(r"[*_]{0,2}([A-Z]{1,4}-?\d{1,4}(?:\.\d{1,4}){0,2})(?:[*_]{0,2}[.):：]|\s)[*_]{0,2}\s*")
"""`P1.2:`, `T3 `, `TASK-01:` in front of every box of a list whose author numbers with letters."""

_LAST_MARK = re.compile(r"\s\((P)\)\s*\Z")


class ItemHead(NamedTuple):
    """The front of an item. All numbers are offsets in the item's prose."""

    id: str
    id_start: int
    id_end: int
    text_start: int
    optional: bool
    parallel: tuple[int, int] | None


@dataclass(slots=True)
class CheckItem:
    """One checkbox with all that stands below it."""

    id: str
    """As written; empty for a box without a number."""
    id_origin: Origin | None
    title: Prose
    """The words of the line, without number, marks and labels."""
    origin: Origin
    state: str
    """The character in the brackets."""
    section: Section
    optional: bool = False
    parallel: Origin | None = None
    """Where `(P)` stands."""
    inside: CheckItem | None = None
    """The item that this one is nested in."""
    criterion: bool = False
    """In a list of what must hold when the work is done, so no work itself."""
    labels: list[Label] = field(default_factory=list)
    details: list[Prose] = field(default_factory=list)
    """Further paragraphs and bullets below the line, labels taken out."""
    listed: list[tuple[Prose | None, Prose]] = field(default_factory=list)
    """The bullets below the line, each with the bullet or paragraph that it stands below; None for the line itself."""

    @property
    def done(self) -> bool:
        """Ticked, or struck out, which people do to what they dropped."""
        return self.state in "xX" or any(
            mark.kind == "strike" and mark.start == 0 and mark.end >= len(self.title.text.rstrip())
            for mark in self.title.marks
        )

    def label(self, name: str) -> Label | None:
        """The first label called `name`."""
        return next((label for label in self.labels if label.name == name), None)


def read_head(prose: Prose) -> ItemHead | None:
    """The number and marks at the front of `prose`; None where it begins with no number."""
    head = _HEAD.match(prose.text)
    if head is None:
        return None
    parallel = head.span(4) if head.group(4) else None
    if parallel is None and (last := _LAST_MARK.search(prose.text)):
        parallel = (last.start(1) - 1, last.end(1) + 1)
    optional = bool(head.group(1) or head.group(3))
    return ItemHead(head.group(2), head.start(2), head.end(2), head.end(), optional, parallel)


def has_boxes(text: str) -> bool:
    """Whether any line of `text` is a list item with a box; a first look, before Markdown is read."""
    return _BOX.search(text) is not None


def find_check_items(tree: MarkdownTree, names: Mapping[str, str]) -> list[CheckItem]:
    """All checkboxes in the order of the file, not those in fences and quotes; `names` are the labels to take out.

    A box without a number below a numbered one is a step of that one, not an item.
    """
    found: list[CheckItem] = []
    for section in tree.top.walk():
        above: Block | None = None
        for block in section.blocks:
            if isinstance(block, List):
                first = len(found)
                _from_list(block, section, None, names, found)
                if isinstance(above, Paragraph) and _CRITERIA.match(above.prose.text.rpartition("\n")[2]):
                    for item in found[first:]:
                        item.criterion = not item.id
            above = block
    _take_lettered(found)
    return found


def _take_lettered(items: list[CheckItem]) -> None:
    """Take the ids that begin with letters off the titles, where nothing is numbered and most boxes have one.

    In any other list "S3: upload" is a title.
    """
    heads = [_LETTERED.match(item.title.text) for item in items]
    if any(item.id for item in items) or 2 * sum(head is not None for head in heads) <= len(items):
        return
    for item, head in zip(items, heads, strict=True):
        if head is not None:
            item.id, item.id_origin = head.group(1), item.title.origin(*head.span(1))
            item.title = _stripped(item.title, head.end(), len(item.title.text))


def box_of(item: ListItem) -> str | None:
    """The state in the item's brackets, the escaped form of an optional item included."""
    if item.state is not None:
        return item.state
    escaped = _ESCAPED_BOX.match(item.prose.text)
    return escaped.group(1) if escaped else None


def _from_list(
    block: List, section: Section, inside: CheckItem | None, names: Mapping[str, str], found: list[CheckItem]
) -> None:
    for item in block.items:
        state = box_of(item)
        if state is None:
            for child in item.children:
                if isinstance(child, List):
                    _from_list(child, section, inside, names, found)
            continue
        made = _made(item, state, section, inside, names)
        found.append(made)
        _below(item.children, made, names, found)


def _made(
    item: ListItem, state: str, section: Section, inside: CheckItem | None, names: Mapping[str, str]
) -> CheckItem:
    text, labels = split_labels(item.prose, names)
    head = read_head(text)
    made = CheckItem("", None, text, item.origin, state, section, inside=inside, labels=labels)
    if head is None:
        if item.marker.isdigit():
            made.id = item.marker
        start = len(text.text) - len(text.text.lstrip("*[] xX~-")) if item.state is None else 0
        made.title = _stripped(text, start, len(text.text))
        return made
    made.id, made.id_origin = head.id, text.origin(head.id_start, head.id_end)
    made.optional = head.optional
    end = len(text.text)
    if head.parallel is not None:
        made.parallel = text.origin(*head.parallel)
        if head.parallel[0] > head.text_start:
            end = head.parallel[0]
    made.title = _stripped(text, head.text_start, end)
    return made


def _stripped(prose: Prose, start: int, end: int) -> Prose:
    while start < end and prose.text[start] in " \t\n:：—–-":
        start += 1
    while end > start and prose.text[end - 1].isspace():
        end -= 1
    return prose.slice(start, end)


def _below(
    blocks: list[Block],
    made: CheckItem,
    names: Mapping[str, str],
    found: list[CheckItem],
    above: Prose | None = None,
) -> None:
    """Sort what stands below an item: labels, details, and items of their own. `above`: the bullet around `blocks`."""
    for block in blocks:
        if isinstance(block, Paragraph):
            _take(block.prose, made, names)
            above = block.prose
        elif isinstance(block, List):
            for item in block.items:
                state = box_of(item)
                if state is not None and (read_head(item.prose) is not None or not made.id):
                    inner = _made(item, state, made.section, made, names)
                    found.append(inner)
                    _below(item.children, inner, names, found)
                else:
                    _take(item.prose, made, names)
                    made.listed.append((above, item.prose))
                    _below(item.children, made, names, found, item.prose)


def _take(prose: Prose, made: CheckItem, names: Mapping[str, str]) -> None:
    text, labels = split_labels(prose, names)
    made.labels.extend(labels)
    if text.text.strip():
        made.details.append(text)
