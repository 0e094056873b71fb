"""Roles in lists: "1. **Component**: ...", "- **Agent 1 (Backend)**: ..."."""

from __future__ import annotations

import re
from itertools import compress

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.found import Around, FoundGroup, FoundTask
from planlint.dialects.claude_md.item_signs import (
    are_counted,
    are_told,
    begins_with_verb,
    divides_work,
    is_kind,
    is_labelled,
    is_remark,
    is_role,
    is_told,
    proses,
    several_give_files,
    wait_for_each_other,
)
from planlint.dialects.claude_md.labelled import SINGLE_LETTER, Item
from planlint.dialects.claude_md.scopes import declare, is_catalogue, read_cell, says_ownership
from planlint.dialects.claude_md.worker import (
    assigns,
    describe,
    gives_files,
    name_task,
    read_blocks,
    read_text,
    read_told,
)
from planlint.dialects.claude_md.workers import WorkerLabel, coded_worker, is_lead, mentioned_worker, worker_label
from planlint.dialects.draft import TaskDraft
from planlint.dialects.path_lists import only_paths
from planlint.dialects.prompts import bare_names
from planlint.dialects.prose.order_words import stated_order
from planlint.model import Kind
from planlint.readers.markdown.blocks import Block, List, Paragraph
from planlint.readers.prose import Prose
from planlint.source import Origin

_LONGEST_TITLE = 80
"""Characters of a sentence that stands for the name of a task without one."""


def read_list(block: List, around: Around) -> FoundGroup | None:
    """The tasks of a list whose items are workers or roles; None for steps, rules and anything else."""
    items = [Item.of(item, ordered=block.ordered) for item in block.items]
    return read_items(items, block.origin, around, ordered=block.ordered)


def read_items(items: list[Item], origin: Origin, around: Around, *, ordered: bool) -> FoundGroup | None:
    """The tasks of items, however they were found.

    Items named as workers (`**Agent 1**`, `Backend agent`) need files or a text that delegates. Items with other names
    (`**Component**`) need a text that delegates right before them, and files each or a number of agents that fits; with
    steps among them (names that begin with a verb) they are a procedure. Where that text tells to start those that the
    list names, they may be named by what they do ("Write tests"), or be sentences without a name, each with a file.
    """
    items = [one for item in items for one in item.each()]
    fewest = 1 if around.waved else 2
    if len(items) < fewest or len(items) > 60:
        return None
    delegating, count = around.delegating, around.count
    labels = [_label_of(item, delegating=delegating) if item.label else None for item in items]
    mentioned = [mentioned_worker(item.label) for item in items]
    if all(mentioned) and stated_order(around.text) == "parallel":
        return _group(items, mentioned, origin, "a list of agents", around.text)
    workers = sum(1 for label in labels if label is not None)
    if workers >= fewest and workers * 2 > len(items):
        kept = [not is_remark(item) for item in items]
        items, labels = [*compress(items, kept)], [*compress(labels, kept)]
        return _workers(items, labels, origin, "a list of workers", around)
    if all(item.label for item in items) and sum(1 for item in items if assigns(_blocks_of(item))) > 1:
        group = _group(items, labels, origin, "a list that says who does what", around.text)
        group.divides = True
        return None if is_catalogue(group.tasks) else group
    delegating = delegating or wait_for_each_other(items)
    if not delegating:
        return None
    if all(item.label and only_paths(item.label_prose) for item in items):
        return _by_place(items, origin, around)
    # A few agents more or fewer than items that have files is a slip in the number; far off, it counts something else.
    near = count is None or count <= 2 * len(items)
    parts = all(is_role(item.label, started=True) and gives_files(proses(item)) for item in items)
    if (around.told or not around.inherited) and near and parts:
        group = _group(items, labels, origin, "a list of roles", around.text)
        return None if is_catalogue(group.tasks) else group
    if not ordered and count is None and not around.launching:
        return None
    labelled = [item for item in items if is_labelled(item, launching=around.launching)]
    if around.launching and not any(item.label for item in items):
        told = are_told(items) or are_counted(items, count)
        return _group(items, labels, origin, "a list of tasks", around.text) if told else None
    if len(labelled) < len(items) or any(not is_role(item.label, started=around.launching) for item in items):
        return None
    matches = count in (len(items), len(items) - 1) if count is not None else around.launching
    if not matches and not (((near and around.launching) or (ordered and count is None)) and several_give_files(items)):
        return None
    return _group(items, labels, origin, "a list of roles", around.text)


_IN_BRACKETS = re.compile(r"\(([^()\n]{2,120})\)[.\s]*\Z")


def _take_place(task: FoundTask, prose: Prose) -> None:
    """Brackets at the end of an item hold the place where it works: "One to build the routes (src/api/)"."""
    found = _IN_BRACKETS.search(prose.text)
    place = prose.slice(*found.span(1)) if found is not None and task.draft.kind is Kind.BUILD else None
    if place is None or not only_paths(place):
        return
    mentions = read_cell(place)
    paths = {mention.path for mention in mentions}
    task.draft.reads = [scope for scope in task.draft.reads if scope.path not in paths]
    declare(task.draft, mentions, Evidence.STATED)


def _label_of(item: Item, *, delegating: bool) -> WorkerLabel | None:
    label = worker_label(item.label, delegating=delegating) or coded_worker(item.label_prose)
    if label is None and delegating and SINGLE_LETTER.fullmatch(item.label):
        return WorkerLabel(item.label, "", numbered=True)
    return label


def read_bold_items(items: list[Item], around: Around) -> FoundGroup | None:
    """The tasks of bold lines that each name a worker: `**Agent 1 — API:**` with a list or a fence below."""
    items = [one for item in items for one in item.each()]
    labels = [_label_of(item, delegating=around.delegating) for item in items]
    if len(items) < 2 or not all(labels):
        return None
    first, last = items[0].origin, items[-1].origin
    origin = first.source.origin(first.start, last.end)
    return _workers(items, labels, origin, "a bold line for each worker", around)


def _by_place(items: list[Item], origin: Origin, around: Around) -> FoundGroup | None:
    """The tasks of items that begin with a place, one worker for each: "- `packages/core`: rename the types".

    A list that says what its files are ("`plan.py` - models") gives no work, nor do pages for agents to read.
    """
    told = sum(1 for item in items if not item.rest.text.strip() or begins_with_verb(item.rest.text))
    if told * 2 <= len(items) and not around.launching:
        return None
    tasks = []
    names = bare_names([list(proses(item)) for item in items])
    for index, item in enumerate(items):
        task = FoundTask(TaskDraft("", item.origin), number=item.marker)
        name_task(task, None, item.label, item.label_prose)
        describe(task, "", " ".join(prose.text for prose in (item.label_prose, *proses(item))), "")
        declare(task.draft, read_cell(item.label_prose), Evidence.STATED)
        read_text(task, item.rest, names(index))
        read_blocks(task, item.children, names(index))
        tasks.append(task)
    return None if is_catalogue(tasks) else FoundGroup(tasks, origin, "a list of places, one worker for each")


def _workers(
    items: list[Item], labels: list[WorkerLabel | None], origin: Origin, shape: str, around: Around
) -> FoundGroup | None:
    """The tasks of items named as workers, where the work is divided among them or given to them."""
    if sum(1 for item, label in zip(items, labels, strict=True) if is_kind(item, label)) * 2 >= len(items):
        return None
    if not divides_work(items, labels) and not (around.delegating and is_told(items)):
        return None
    group = _group(items, labels, origin, shape, around.text)
    return None if is_catalogue(group.tasks) else group


def _blocks_of(item: Item) -> list[Block]:
    """What stands behind and below a name, as blocks."""
    rest = item.rest
    return [Paragraph(rest.source, rest.start, rest.end, rest), *item.children]


def _group(items: list[Item], labels: list[WorkerLabel | None], origin: Origin, shape: str, setting: str) -> FoundGroup:
    names = bare_names([list(proses(item)) for item in items])
    tasks = []
    alike = len({item.label for item in items}) == 1
    for index, (item, label) in enumerate(zip(items, labels, strict=True)):
        task = FoundTask(TaskDraft("", item.origin), number=item.marker)
        if alike and label is not None and not label.numbered:
            label = label._replace(title=item.rest.text.partition("\n")[0].strip()[:_LONGEST_TITLE])
        title = item.label or item.rest.text.partition("\n")[0].strip()[:_LONGEST_TITLE]
        name_task(task, label, title, item.label_prose if item.label else item.rest)
        task.lead = task.lead or is_lead(item.label)
        if item.agent_type is not None:
            task.draft.agent = task.draft.agent.replace(type=item.agent_type, origin=item.label_prose.whole)
        resolve = names(index)
        about = " ".join(prose.text for prose in (item.label_prose, *proses(item)))
        describe(task, item.label, about, setting)
        read_told(task, item.rest, resolve)
        if not item.label:
            _take_place(task, item.rest)
        read_blocks(task, item.children, resolve)
        tasks.append(task)
    owning = sum(1 for item in items if any(says_ownership(prose.text) for prose in proses(item)))
    counted = [task for task, label in zip(tasks, labels, strict=True) if label is not None and label.numbered]
    given = sum(1 for task in counted if task.draft.writes)
    return FoundGroup(tasks, origin, shape, divides=owning > 1 or given > 1)
