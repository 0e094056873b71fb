"""Launches as items of a list that are nothing but fields: "- name: basket", "files: ...", "prompt: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.claude_md.fields import Field, field_of
from planlint.dialects.claude_md.found import FoundGroup, FoundTask
from planlint.dialects.claude_md.prompt_text import read_prompt
from planlint.dialects.claude_md.texts import block_proses
from planlint.dialects.claude_md.worker import describe
from planlint.dialects.claude_md.worker_fields import read_field
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prompts import bare_names
from planlint.model import Agent
from planlint.readers.markdown.blocks import List, ListItem
from planlint.readers.prose import Prose

_ENTRY = re.compile(r"^[ \t]*(?P<name>[A-Za-z][\w-]{1,20}(?: [a-z]{2,12})?)[ \t]*:[ \t]*[|>]?-?[ \t]*", re.MULTILINE)
_NAMES = ("name", "agent", "description", "title", "id")
_PROMPTS = ("prompt", "task", "instructions")
_TYPES = ("subagent_type", "type", "agent_type", "role")
_KNOWN = frozenset((*_NAMES, *_PROMPTS, *_TYPES, "model", "background", "run_in_background", "isolation"))
"""Names that begin a field; any other "word:" in a prompt is a part of it."""


def read_field_items(block: List) -> FoundGroup | None:
    """The tasks of a list of which every item says by fields who is told what; None for any other list."""
    rows = [dict(_fields(item)) for item in block.items]
    if len(rows) < 2 or not all(_first(row, _PROMPTS) and _first(row, (*_NAMES, *_TYPES)) for row in rows):
        return None
    prompts = [_first(row, _PROMPTS) for row in rows]
    names = bare_names([[prompt] if prompt is not None else [] for prompt in prompts])
    tasks = []
    for index, (item, row) in enumerate(zip(block.items, rows, strict=True)):
        task = FoundTask(TaskDraft("", item.origin), number=item.marker if block.ordered else None)
        prompt, kind = prompts[index], _first(row, _TYPES)
        name = _first(row, _NAMES) or kind
        if prompt is None or name is None:
            continue
        task.draft.title = name.text.strip("\"'` ")
        task.draft.places["title"] = name.whole
        task.draft.agent = Agent(type=kind.text.strip("\"'` ") if kind is not None else None, origin=name.whole)
        describe(task, task.draft.title, prompt.text, "")
        task.draft.places["brief"] = prompt.whole
        read_prompt(task, prompt, names(index))
        for label, value in row.items():
            if label not in _KNOWN:
                read_field(task, label, value, names(index))
        tasks.append(task)
    return FoundGroup(tasks, block.origin, "a list of calls")


def _first(row: dict[str, Prose], labels: tuple[str, ...]) -> Prose | None:
    return next((row[label] for label in labels if label in row), None)


def _fields(item: ListItem) -> Iterator[tuple[str, Prose]]:
    """The fields of an item, which must begin with one, each up to the next."""
    for prose in (item.prose, *block_proses(item.children)):
        entries = [match for match in _ENTRY.finditer(prose.text) if _is_label(match.group("name"))]
        if not entries or prose.text[: entries[0].start()].strip():
            return
        ends = [match.start() for match in entries[1:]] + [len(prose.text)]
        for match, end in zip(entries, ends, strict=True):
            value = prose.slice(match.end(), end)
            yield _plain(match.group("name")), value.slice(0, len(value.text.rstrip()))


def _is_label(name: str) -> bool:
    return _plain(name) in _KNOWN or field_of(name) in (
        Field.OWNS,
        Field.FILES,
        Field.OFF_LIMITS,
        Field.READS,
        Field.DEPENDS,
        Field.VERIFY,
        Field.RETURNS,
        Field.BRANCH,
        Field.WORKTREE,
    )


def _plain(name: str) -> str:
    return name.lower().replace(" ", "_")
