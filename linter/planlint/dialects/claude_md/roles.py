"""Roles in lists: "1. **Component**: ...", "- **Agent 1 (Backend)**: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.fields import Field, field_of
from planlint.dialects.claude_md.found import Around, FoundGroup, FoundTask
from planlint.dialects.claude_md.labelled import SINGLE_LETTER, Item
from planlint.dialects.claude_md.prompt_fences import prompts_in
from planlint.dialects.claude_md.scopes import declare, is_catalogue, read_cell, says_ownership
from planlint.dialects.claude_md.texts import block_proses
from planlint.dialects.claude_md.vocabulary import runs_last
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
from planlint.dialects.prose import find_paths
from planlint.dialects.prose.order_words import stated_order
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import english_verbs
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
        kept = [not _is_remark(item) for item in items]
        items, labels = [*compress(items, kept)], [*compress(labels, kept)]
        return _workers(items, labels, origin, "a list of workers", around)
    if all(item.label for item in items) and sum(1 for item in items if assigns(_blocks_of(item))) > 1:
        group = _group(items, labels, origin, "a list that says who does what", around.text)
        group.divides = True
        return None if is_catalogue(group.tasks) else group
    delegating = delegating or _wait_for_each_other(items)
    if not delegating:
        return None
    if all(item.label and only_paths(item.label_prose) for item in items):
        return _by_place(items, origin, around)
    # A few agents more or fewer than items that have files is a slip in the number; far off, it counts something else.
    near = count is None or count <= 2 * len(items)
    parts = all(_is_role(item.label, started=True) and gives_files(_proses(item)) for item in items)
    if (around.told or not around.inherited) and near and parts:
        group = _group(items, labels, origin, "a list of roles", around.text)
        return None if is_catalogue(group.tasks) else group
    if not ordered and count is None and not around.launching:
        return None
    labelled = [item for item in items if _is_labelled(item, launching=around.launching)]
    if around.launching and not any(item.label for item in items):
        told = _are_told(items) or _are_counted(items, count)
        return _group(items, labels, origin, "a list of tasks", around.text) if told else None
    if len(labelled) < len(items) or any(not _is_role(item.label, started=around.launching) for item in items):
        return None
    matches = count in (len(items), len(items) - 1) if count is not None else around.launching
    if not matches and not (((near and around.launching) or (ordered and count is None)) and _gives_files(items)):
        return None
    return _group(items, labels, origin, "a list of roles", around.text)


def _is_labelled(item: Item, *, launching: bool) -> bool:
    """Whether an item has a name and says something of it; agents that are started need a name in code only."""
    named = launching and any(mark.kind == "code" for mark in item.label_prose.marks)
    return bool(item.label) and len(item.label) <= 50 and (named or bool(item.rest.text.strip()))


_ONE = re.compile(r"(?:one|another|a (?:second|third|fourth)|the (?:other|last))\b", re.IGNORECASE)


def _are_counted(items: list[Item], count: int | None) -> bool:
    """Whether the items count the agents that are started: "One to build ...", "One for the tests"."""
    return count in (None, len(items)) and all(_ONE.match(item.rest.text) for item in items)


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
    told = sum(1 for item in items if not item.rest.text.strip() or _begins_with_verb(item.rest.text))
    if told * 2 <= len(items) and not around.launching:
        return None
    tasks = []
    names = bare_names([list(_proses(item)) for item in items])
    for index, item in enumerate(items):
        task = FoundTask(TaskDraft("", item.origin), number=item.marker)
        name_task(task, None, item.label, item.label_prose)
        describe(task, "", " ".join(prose.text for prose in (item.label_prose, *_proses(item))), "")
        declare(task.draft, read_cell(item.label_prose), Evidence.STATED)
        read_text(task, item.rest, names(index))
        read_blocks(task, item.children, names(index))
        tasks.append(task)
    return None if is_catalogue(tasks) else FoundGroup(tasks, origin, "a list of places, one worker for each")


def _begins_with_verb(text: str) -> bool:
    word = re.match(r"\W*([\w'-]+)", text)
    return word is not None and word[1].lower() in english_verbs()


def _is_remark(item: Item) -> bool:
    """Whether an item among named workers names none itself and gives no file: a rule for all of them."""
    return not (item.label or item.children or _names_file(item) or runs_last(item.rest.text))


def _workers(
    items: list[Item], labels: list[WorkerLabel | None], origin: Origin, shape: str, around: Around
) -> FoundGroup | None:
    """The tasks of items named as workers, where the work is divided among them or given to them."""
    if sum(1 for item, label in zip(items, labels, strict=True) if _is_kind(item, label)) * 2 >= len(items):
        return None
    if not _divides_work(items, labels) and not (around.delegating and _is_told(items)):
        return None
    group = _group(items, labels, origin, shape, around.text)
    return None if is_catalogue(group.tasks) else group


def _is_kind(item: Item, label: WorkerLabel | None) -> bool:
    """Whether an item tells what a kind of agent is: "**Plugin agents** are prefixed with ..."."""
    counted = label is not None and label.numbered
    return not counted and re.match(r"\s*(?:are|have)\b", item.rest.text) is not None


def _are_told(items: list[Item]) -> bool:
    """Whether sentences each begin with what is to be done, and most give a file."""
    first = [re.findall(r"[\w'-]+", item.rest.text[:80].lower())[:1] for item in items]
    return all(word and word[0] in english_verbs() and word[0] not in _OF_THE_LEAD for word in first) and sum(
        1 for item in items if _names_file(item)
    ) * 2 > len(items)


def _is_role(label: str, *, started: bool = False) -> bool:
    """Whether a label names a part of the work and not a step of a procedure ("Read the spec").

    Where the text tells to start those that are named (`started`), only what the lead itself does is a step.
    """
    named = re.findall(r"[\w'-]+|&|/", label.lower())
    if not named or field_of(label) in (Field.OFF_LIMITS, Field.WAVE, Field.PARALLEL):
        return False
    if re.match(
        r"(?:step|phase|wave|stage|always|never|if|when|before|after|no|do|don't|must|only|rule|limit|max|note)\b",
        label,
        re.IGNORECASE,
    ):
        return False
    if named[0] not in english_verbs():
        return True
    if started:
        return named[0] not in _OF_THE_LEAD
    # "Tests" and "Review and validation" are parts of the work, "Test the parser" is a step.
    return named[0] in _ROLE_NOUNS and (
        len(named) == 1 or named[1] in ("and", "or", "&", "/", "agent", "engineer", "expert", "specialist")
    )


_OF_THE_LEAD = words(
    "launch spawn start dispatch deploy invoke run use call wait collect gather merge combine aggregate synthesize "
    "synthesise summarize summarise monitor poll track present report return show ask confirm read load parse identify "
    "determine decide choose select pick split break assign give pass send set store save keep continue repeat stop "
    "ensure make let limit avoid include provide"
)
"""What the one who starts the agents does before and after it."""

_ROLE_NOUNS = frozenset(
    [
        "test",
        "tests",
        "tester",
        "style",
        "styles",
        "hook",
        "hooks",
        "type",
        "types",
        "integration",
        "document",
        "documents",
        "documentation",
        "design",
        "support",
        "review",
        "index",
        "mock",
        "seed",
        "check",
        "report",
        "reports",
        "schema",
        "access",
        "log",
        "query",
        "format",
        "research",
        "audit",
    ]
)


def _gives_files(items: list[Item]) -> bool:
    """Whether at least two items name a path."""
    return sum(1 for item in items if _names_file(item)) >= 2


def _wait_for_each_other(items: list[Item]) -> bool:
    """Whether some item waits for one that another item names."""
    labels = [re.escape(item.label) for item in items if 2 <= len(item.label) <= 40]
    if len(labels) < len(items):
        return False
    waits = re.compile(
        rf"\b(?:waits? for|depends on|blocked by|needs|after|once)\b[^.;\n]{{0,60}}?\b(?:{'|'.join(labels)})\b",
        re.IGNORECASE,
    )
    return any(waits.search(prose.text) is not None for item in items for prose in _proses(item))


def _blocks_of(item: Item) -> list[Block]:
    """What stands behind and below a name, as blocks."""
    rest = item.rest
    return [Paragraph(rest.source, rest.start, rest.end, rest), *item.children]


def _names_file(item: Item) -> bool:
    return any(not found.in_command for prose in _proses(item) for found in find_paths(prose))


def _divides_work(items: list[Item], labels: list[WorkerLabel | None]) -> bool:
    """Whether a list of workers divides work by itself: numbered ones with files, ownership words, lanes, prompts."""
    if _gives_lanes(items) or sum(1 for item in items if any(prompts_in(item.children, item.label))) >= 2:
        return True
    if all(_names_only_paths(item) for item in items) or sum(1 for item in items if _has_file_field(item)) >= 2:
        return True
    numbered = sum(1 for label in labels if label is not None and label.numbered)
    owning = sum(1 for item in items if any(says_ownership(prose.text) for prose in _proses(item)))
    return _gives_files(items) and (numbered * 2 > len(items) or owning >= 2)


def _names_only_paths(item: Item) -> bool:
    """Whether a worker's text is nothing but files."""
    texts = [prose for prose in _proses(item) if prose.text.strip(" ()firstlaFL*_")]
    return bool(texts) and all(only_paths(prose) for prose in texts)


def _has_file_field(item: Item) -> bool:
    """Whether a label below a worker's name gives it files: "scope: `src/search/`"."""
    return any(
        _field_before_colon(prose) in (Field.OWNS, Field.FILES) and any(not one.in_command for one in find_paths(prose))
        for prose in block_proses(item.children)
    )


def _field_before_colon(prose: Prose) -> Field | None:
    return field_of(re.split("[:：]", prose.text, maxsplit=1)[0])


def _gives_lanes(items: list[Item]) -> bool:
    """Whether at least two items have a branch or a worktree of their own."""
    lanes = 0
    for item in items:
        fields = [_field_before_colon(prose) for prose in block_proses(item.children)]
        lanes += any(field in (Field.BRANCH, Field.WORKTREE) for field in fields)
    return lanes >= 2


def _is_told(items: list[Item]) -> bool:
    """Whether every worker is told something to do; a bare list of names is none."""
    return all(item.rest.text.strip() or item.children for item in items)


def _proses(item: Item) -> Iterator[Prose]:
    yield item.rest
    yield from block_proses(item.children)
    yield from prompts_in(item.children, item.label)


def _group(items: list[Item], labels: list[WorkerLabel | None], origin: Origin, shape: str, setting: str) -> FoundGroup:
    names = bare_names([list(_proses(item)) for item in items])
    tasks = []
    alike = len({item.label for item in items}) == 1
    for index, (item, label) in enumerate(zip(items, labels, strict=True)):
        task = FoundTask(TaskDraft("", item.origin), number=item.marker)
        if alike and label is not None and not label.numbered:
            label = label._replace(title=item.rest.text.partition("\n")[0].strip()[:_LONGEST_TITLE])
        title = item.label or item.rest.text.partition("\n")[0].strip()[:_LONGEST_TITLE]
        name_task(task, label, title, item.label_prose if item.label else item.rest)
        task.lead = task.lead or is_lead(item.label)
        resolve = names(index)
        about = " ".join(prose.text for prose in (item.label_prose, *_proses(item)))
        describe(task, item.label, about, setting)
        read_told(task, item.rest, resolve)
        if not item.label:
            _take_place(task, item.rest)
        read_blocks(task, item.children, resolve)
        tasks.append(task)
    owning = sum(1 for item in items if any(says_ownership(prose.text) for prose in _proses(item)))
    counted = [task for task, label in zip(tasks, labels, strict=True) if label is not None and label.numbered]
    given = sum(1 for task in counted if task.draft.writes)
    return FoundGroup(tasks, origin, shape, divides=owning > 1 or given > 1)
