"""From an item to a task draft."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planlint.dialects.checklist.headings import number_of
from planlint.dialects.checklist.items import CheckItem
from planlint.dialects.draft import TaskDraft
from planlint.dialects.plan_words.looking import begins_with_check
from planlint.model import Kind

_PLACEHOLDER = re.compile(r"\{\{[^{}]{1,60}\}\}|<[A-Z][A-Z _-]{2,40}>|\[[A-Z][A-Z _-]{2,40}\]")


def is_template(items: Sequence[CheckItem]) -> bool:
    """Whether the list is a form to fill in: most titles hold a placeholder such as `{{TASK}}`."""
    return 2 * sum(_PLACEHOLDER.search(item.title.text) is not None for item in items) > len(items)


def task_of(item: CheckItem) -> TaskDraft:
    """The draft of `item`: id, title, brief, marks and state; no effects yet."""
    task = TaskDraft(item.id, item.origin)
    task.title = " ".join(item.title.text.split())
    if item.id_origin is not None:
        task.places["id"] = item.id_origin
    if item.title.text:
        task.places["title"] = item.title.whole
    if item.parallel is not None:
        task.parallel = True
        task.places["parallel"] = item.parallel
    fields = (f"{label.written}: {label.value.text.strip()}" for label in item.labels)
    task.brief = "\n".join([item.title.text, *(detail.text for detail in item.details), *fields])
    task.done = item.done
    task.optional = item.optional
    heading = item.section.heading
    task.phase = heading.title if heading is not None and heading.level > 1 else None
    return task


def set_kind(task: TaskDraft) -> None:
    """Mark a task that changes nothing and begins with a checking word as a review."""
    if not task.writes and begins_with_check(task.title):
        task.kind = Kind.REVIEW


def set_parents(tasks: Sequence[TaskDraft], items: Sequence[CheckItem]) -> None:
    """Tie `1.1` to the `1` before it, nested or not, and boxes without numbers to the box they are nested in.

    Whatever holds others is a container, except where it tells itself what to do and all that it holds is optional:
    then the work is its own, and the optional tasks follow it. `items` are those of `tasks`, in order.
    Below a heading `2.5`, the box `2.5.1` belongs to that, not to a box `2.5` of another group.
    """
    latest: dict[str, int] = {}
    places = {id(item): position for position, item in enumerate(items)}
    for task, item in zip(tasks, items, strict=True):
        stem = task.id
        while "." in stem and task.parent is None:
            stem = stem.rpartition(".")[0]
            holder = latest.get(stem)
            if holder is not None and items[holder].section is not item.section and number_of(item.section) == stem:
                break
            task.parent = holder
        if not task.id and item.inside is not None:
            task.parent = places.get(id(item.inside))
        if task.id:
            latest[task.id] = task.index
    inside: dict[int, list[TaskDraft]] = {}
    for task in tasks:
        if task.parent is not None:
            inside.setdefault(task.parent, []).append(task)
    for index, children in inside.items():
        if items[index].details and all(child.optional for child in children):
            for child in children:
                child.parent = None
        else:
            tasks[index].container = True
