"""Find the tasks of a `tasks.md`: ticked lines with an id, and headings that are tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planlint.dialects.plan_words.finished import is_done
from planlint.dialects.spec_kit.grammar import DONE_MARKS, PHASE, TaskHead, read_head
from planlint.readers.markdown.blocks import Block, Heading, List, ListItem, MarkdownTree, Paragraph, Quote, Section
from planlint.readers.markdown.running_text import running_text
from planlint.readers.prose import Prose
from planlint.source import Origin

_STATUS = re.compile(r"[*_]*status[*_ ]*:[*_ ]*(?:\[(?P<box>[ xX~-])\])?(?P<value>[^\n]*)", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """One task as it stands in the file."""

    head: TaskHead
    prose: Prose
    """The whole line, id and marks included."""
    origin: Origin
    done: bool
    section: Section
    """The innermost heading above it: a run of `[P]` marks does not cross headings."""
    phase: Section | None
    """The phase heading above it."""
    details: list[Prose] = field(default_factory=list)
    """Further paragraphs and bullets below the line."""

    @property
    def title(self) -> Prose:
        """The words of the line, without id and marks."""
        return self.prose.slice(self.head.text_start, len(self.prose.text))


def find_items(tree: MarkdownTree) -> list[Item]:
    """All tasks in the order of the file. Lines inside fences and quotes are not tasks.

    Bullets without a tick are tasks only in a file that ticks nothing: elsewhere they repeat tasks as examples.
    """
    ticked = _find(tree, plain=False)
    if not any(item.head.id.startswith("T") for item in ticked):
        ticked = []  # boxes of some other list
    return ticked or _find(tree, plain=True)


def _find(tree: MarkdownTree, *, plain: bool) -> list[Item]:
    found: list[Item] = []
    for section in tree.top.walk():
        phase = _phase_of(section)
        heading_item = _heading_task(section, phase)
        if heading_item is not None:
            found.append(heading_item)
            heading_item.details.extend(running_text(section.blocks, tables=False))
            heading_item.done = heading_item.done or any(map(_is_finished, heading_item.details))
            continue
        for block in section.blocks:
            if isinstance(block, List):
                found.extend(_items_of(block, section, phase, plain))
    return found


def _items_of(block: List, section: Section, phase: Section | None, plain: bool) -> Iterator[Item]:
    for item in block.items:
        head = read_head(item.prose, other=not plain) if item.state is not None or plain else None
        if head is not None and (item.state is not None or head.parallel or head.story):
            task = Item(head, item.prose, item.origin, bool(item.checked), section, phase)
            nested: list[Item] = []
            _details(item, task, nested)
            yield task
            yield from nested
        else:
            for child in item.children:
                if isinstance(child, List):
                    yield from _items_of(child, section, phase, plain)


def _details(item: ListItem, task: Item, nested: list[Item]) -> None:
    """Sort what stands below a task line: tasks of their own into `nested`, everything else into its details."""
    for child in item.children:
        if isinstance(child, Paragraph):
            task.details.append(child.prose)
        elif isinstance(child, List):
            for below in child.items:
                head = read_head(below.prose) if below.state is not None else None
                if head is not None:
                    inner = Item(head, below.prose, below.origin, bool(below.checked), task.section, task.phase)
                    nested.append(inner)
                    _details(below, inner, nested)
                else:
                    task.details.append(below.prose)
                    _details(below, task, nested)


def _heading_task(section: Section, phase: Section | None) -> Item | None:
    heading = section.heading
    if heading is None or heading.level < 2:
        return None
    head = read_head(heading.prose)
    if head is None:
        return None
    done = any(mark in heading.title for mark in DONE_MARKS)
    end = max((block.end for block in section.blocks), default=heading.end)
    origin = Origin(heading.source, heading.start, max(end, heading.end))
    return Item(head, heading.prose, origin, done, section.parent or section, phase)


def _is_finished(detail: Prose) -> bool:
    """Whether a line says that the task above it is finished: "Status: [X] Complete"."""
    status = _STATUS.match(detail.text)
    return status is not None and status["box"] != " " and (status["box"] in ("x", "X") or is_done(status["value"]))


def _phase_of(section: Section) -> Section | None:
    """The outermost heading around `section` that is a phase; plans without phases have none."""
    around = [section, *section.ancestors] if section.heading is not None else []
    for candidate in reversed(around):
        if candidate.heading is not None and PHASE.match(candidate.title):
            return candidate
    return None


def statements(tree: MarkdownTree) -> Iterator[Prose]:
    """Running text outside of tasks, fences and quotes: where plans say what depends on what."""
    for section in tree.top.walk():
        if section.heading is not None and read_head(section.heading.prose) is not None:
            continue
        yield from _statements_of(section.blocks)


def _statements_of(blocks: list[Block]) -> Iterator[Prose]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.prose
        elif isinstance(block, List):
            for item in block.items:
                if read_head(item.prose) is None or item.state is None:
                    yield item.prose
                    yield from _statements_of(item.children)
        elif isinstance(block, Heading | Quote):
            continue
