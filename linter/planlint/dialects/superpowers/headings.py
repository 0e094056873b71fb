"""Find the tasks of a plan: headings such as `### Task 3: Write the parser`, and everything below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planlint.readers.markdown.blocks import (
    Block,
    Fence,
    List,
    ListItem,
    MarkdownTree,
    Paragraph,
    Quote,
    Section,
    Table,
)
from planlint.readers.prose import Prose
from planlint.source import Origin

_TICKS = "✅☑✔\N{VARIATION SELECTOR-16}"
"""Signs that a task is done, as they stand in headings."""

_TASK = re.compile(
    r"\W*(?:Task|Tarea|Tâche|Aufgabe|任务|任務|タスク|작업)[ \t]*#?"
    r"(?:(\d{1,4}[a-z]?(?:\.\d{1,3})*|[A-Z]{1,2}\d{1,3}[a-z]?)(?=[\s:：.)—–-]|\Z)|([A-Z])(?=\s*[:：—–]))"
    rf"[.)]?\s*(?:[{_TICKS}]\s*)*(?:[:：]|[—–-]+)?\s*",
    re.IGNORECASE,
)
"""`Task 3:`, `Task 12b —`, `Task A1:`, `Task D:`. A letter alone needs a sign behind it: "Task A list" is text."""

DONE_MARKS = (*"✅☑✔", "[x]", "[X]")

TASK_ID = re.compile(r"\b(?:\d{1,4}[a-z]?(?:\.\d{1,3})*|[A-Z]{1,2}\d{1,3}[a-z]?|[A-Z])\b")
"""One id behind the word "Task" in running text."""

TASK_LIST = re.compile(
    r"\b[Tt]asks?[ \t]+(?:\d{1,4}[a-z]?(?:\.\d{1,3})*|[A-Z]{1,2}\d{1,3}[a-z]?|[A-Z]\b)"
    r"(?:[ \t]*(?:,|&|\+|/|-|–|and|to|through)[ \t]*(?:and[ \t]+)?(?:[Tt]ask[ \t]+)?"
    r"(?:\d{1,4}[a-z]?(?:\.\d{1,3})*|[A-Z]{1,2}\d{1,3}[a-z]?)\b){0,30}",
)
"""Tasks named together: "Task 3", "Tasks 2, 4 and 5", "Task 1.1 and Task 1.2"."""


@dataclass(slots=True)
class TaskSection:
    """One task as it stands in the file."""

    id: str
    id_origin: Origin
    title: Prose
    heading: Origin
    origin: Origin
    """From the heading to the end of the last block."""
    section: Section
    blocks: list[Block]
    """All blocks below the heading, those under sub-headings included."""
    done: bool
    listed: bool = False
    """A box of a list: its title says what is to be done."""


def find_tasks(tree: MarkdownTree) -> list[TaskSection]:
    """All task headings in the order of the file; a heading inside of a fence is text that the plan quotes."""
    return list(_below(tree.top))


def _below(top: Section) -> Iterator[TaskSection]:
    for section in top.walk():
        found = task_of_section(section)
        if found is not None:
            yield found


_LISTED = re.compile(
    r"\W*(?:Task[ \t]+(\d{1,3}[a-z]?)|(T\d{1,3}[a-z]?))\b[.)\]`*:：]*[ \t]*(?:[—–-]+[ \t]+)?", re.IGNORECASE
)
"""The id that a box begins with: "- [ ] T3 Undo", "- [ ] **Task 3:** Undo"."""


def listed_tasks(tree: MarkdownTree) -> list[TaskSection]:
    """The boxes with ids of a plan that lists its tasks instead of giving each a heading; the first of each id."""
    found: dict[str, TaskSection] = {}
    for section in tree.top.walk():
        for block in section.blocks:
            for item in block.items if isinstance(block, List) else ():
                match = _LISTED.match(item.prose.text) if item.state is not None else None
                if match is not None:
                    found.setdefault(match[1] or match[2], _listed(section, item, match))
    return list(found.values())


def _listed(section: Section, item: ListItem, match: re.Match[str]) -> TaskSection:
    prose = item.prose
    end = prose.text.find("\n", match.end())
    title = prose.slice(match.end(), end if end >= 0 else len(prose.text))
    rest = prose.slice(end + 1, len(prose.text)) if end >= 0 else None
    blocks: list[Block] = [Paragraph(prose.source, rest.start, item.end, rest)] if rest is not None else []
    group = 1 if match[1] else 2
    return TaskSection(
        match[group],
        prose.origin(*match.span(group)),
        title,
        prose.whole,
        _trimmed(Origin(prose.source, item.start, item.end)),
        section,
        [*blocks, *item.children],
        item.checked is True,
        listed=True,
    )


def is_task(section: Section) -> bool:
    """Whether the heading of a section begins as that of a task."""
    return section.heading is not None and _TASK.match(section.heading.prose.text) is not None


def task_of_section(section: Section) -> TaskSection | None:
    """The task that a section is; None for any other heading."""
    heading = section.heading
    if heading is None:
        return None
    match = _TASK.match(heading.prose.text)
    if match is None:
        return None
    group = 1 if match.group(1) else 2
    name = match.group(group)
    if group == 2 and not name.isupper():
        return None
    prose = heading.prose
    title = prose.slice(match.end(), len(prose.text.rstrip(f" {_TICKS}")))
    blocks: list[Block] = []
    _collect(section, blocks)
    end = max((block.end for block in blocks), default=heading.end)
    done = any(mark in heading.title for mark in DONE_MARKS) or ticked(blocks)
    origin = Origin(heading.source, heading.start, max(end, heading.end))
    return TaskSection(
        name, prose.origin(*match.span(group)), title, prose.whole, _trimmed(origin), section, blocks, done
    )


def parts_around(tree: MarkdownTree, tasks: Sequence[TaskSection]) -> Iterator[Section]:
    """The sections outside of the tasks, in order."""
    inside = {id(part) for task in tasks for part in task.section.walk()}
    return (part for part in tree.top.walk() if id(part) not in inside)


def _collect(section: Section, blocks: list[Block]) -> None:
    """The blocks of a section and of its sub-headings that are no tasks themselves."""
    stack = [section]
    while stack:
        current = stack.pop()
        if current is not section:
            if is_task(current):
                continue
            if current.heading is not None:
                blocks.append(current.heading)
        blocks.extend(current.blocks)
        stack.extend(reversed(current.sections))


def _trimmed(origin: Origin) -> Origin:
    text = origin.source.text
    end = origin.end
    while end > origin.start and text[end - 1].isspace():
        end -= 1
    return Origin(origin.source, origin.start, end)


def ticked(blocks: list[Block]) -> bool:
    """Whether there are steps to tick and all of them are."""
    boxes = [item for item in items_in(blocks) if item.state is not None]
    return bool(boxes) and all(item.checked for item in boxes)


def items_in(blocks: list[Block]) -> Iterator[ListItem]:
    """Every list item in `blocks`, nested ones after their parent."""
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                yield item
                yield from items_in(item.children)


def texts_in(blocks: list[Block]) -> Iterator[tuple[Block, Prose]]:
    """All running text in `blocks` with the block it stands in: paragraphs, list items, table cells; no code."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block, block.prose
        elif isinstance(block, List):
            for item in block.items:
                yield item, item.prose
                yield from texts_in(item.children)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield block, cell


def flat(blocks: list[Block]) -> Iterator[Block]:
    """Blocks in reading order, list items and what they hold included; quotes are passed over."""
    for block in blocks:
        if isinstance(block, Quote):
            continue
        if isinstance(block, List):
            for item in block.items:
                yield item
                yield from flat(item.children)
        else:
            yield block


def code_after(blocks: list[Block], at: int) -> Fence | None:
    """The fence right behind the block at `at`."""
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    return following if isinstance(following, Fence) else None
