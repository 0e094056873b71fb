"""What a list item or a section says about its worker: name, kind, files, fields, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.claude_md.fields import Field, field_of
from planlint.dialects.claude_md.found import FoundTask
from planlint.dialects.claude_md.prompt_fences import is_prompt
from planlint.dialects.claude_md.prompt_text import read_prompt
from planlint.dialects.claude_md.scopes import declare, read_cell
from planlint.dialects.claude_md.vocabulary import WorkerLabel, is_lead, runs_first, runs_last
from planlint.dialects.claude_md.worker_fields import FILE_FIELDS, set_field, set_files
from planlint.dialects.file_lists import lines_of
from planlint.dialects.path_lists import only_paths
from planlint.dialects.plan_words.looking import builds
from planlint.dialects.prompts import Resolve, read_brief
from planlint.dialects.prose.kind_words import kind_word
from planlint.model import Agent, Isolation, Kind, Mode, Resource
from planlint.readers.markdown.blocks import Block, Fence, List, ListItem, Paragraph, Quote
from planlint.readers.prose import Prose

_LABEL = re.compile(r"\W*([\w /'-]{2,40}?)[*_`]{0,3}[:：][*_]{0,3}[ \t]*")


def name_task(task: FoundTask, label: WorkerLabel | None, text: str, prose: Prose) -> None:
    """Id and title from a label; a worker's name becomes its agent's."""
    draft = task.draft
    draft.places["title"] = prose.whole
    task.texts.append(prose)
    if label is None:
        draft.title = text
        return
    draft.agent = Agent(name=label.id, origin=prose.whole)
    task.lead = is_lead(label.id)
    if label.numbered:
        draft.id, draft.title = label.id, label.title
        draft.places["id"] = prose.whole
        place = label.title.strip("`")
        if place.startswith("../") and " " not in place:
            draft.isolation = Isolation.WORKTREE
            draft.resources.append(Resource(kind="worktree", name=place, origin=prose.whole))
    else:
        draft.title = f"{label.id}: {label.title}" if label.title else label.id


def describe(task: FoundTask, label: str, about: str, setting: str) -> None:
    """Brief, kind and place in the order. Where nothing is built, the `setting` ("for code review, ...") tells."""
    task.draft.brief = about.strip()
    kind = kind_word(label, about)
    if kind == "build" and not builds(about):
        kind = kind_word("", setting) if not builds(setting) else kind
    task.draft.kind = Kind(kind)
    task.first, task.last = runs_first(about), runs_last(about)


def read_text(task: FoundTask, prose: Prose, resolve: Resolve) -> None:
    """Running text of a task: its sentences, or a labelled field."""
    if not prose.text.strip():
        return
    task.texts.append(prose)
    quiet = task.draft.kind in (Kind.REVIEW, Kind.RESEARCH)
    read_brief(task.draft, prose, default=None if quiet else Mode.WRITE, resolve=resolve)


def read_blocks(task: FoundTask, blocks: list[Block], resolve: Resolve, above: str = "") -> None:
    """Everything below a worker's name: labelled bullets, bullets that are paths, sentences, its prompt in a fence.

    `above` is the text that the blocks stand below.
    """
    field: Field | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            above = block.prose.text
            for part in _parts(block.prose):
                field = _labelled(task, part, resolve)
        elif isinstance(block, List):
            for item in block.items:
                _read_item(task, item, field, resolve)
        elif isinstance(block, Quote):
            read_blocks(task, block.children, resolve)
        elif isinstance(block, Fence) and is_prompt(block, f"{task.draft.title}\n{above}"):
            task.draft.brief += "\n" + block.text.strip()
            read_prompt(task, block.prose, resolve)
        elif isinstance(block, Fence) and block.language in ("", "text", "txt"):
            task.draft.brief += "\n" + block.text.strip()


def _parts(prose: Prose) -> Iterator[Prose]:
    """A paragraph cut before each line that begins with the label of a field, or that is a sentence behind one."""
    text, start, labelled = prose.text, 0, False
    for line in lines_of(prose):
        match = _LABEL.match(line.text)
        begins = match is not None and field_of(match.group(1)) is not None
        at = text.index(line.text, start)
        if at > start and (begins or (labelled and line.text[:1].isupper() and not only_paths(line))):
            yield prose.slice(start, at).slice(0, len(text[start:at].rstrip()))
            start = at
            labelled = begins
        labelled = labelled or begins
    yield prose.slice(start, len(text))


def _read_item(task: FoundTask, item: ListItem, field: Field | None, resolve: Resolve) -> None:
    if field in FILE_FIELDS:
        set_files(task, field, item.prose, resolve)
        read_blocks(task, item.children, resolve, item.prose.text)
        return
    found = _labelled(task, item.prose, resolve)
    if found in FILE_FIELDS:
        for child in item.items():
            set_files(task, found, child.prose, resolve)
    else:
        read_blocks(task, item.children, resolve, item.prose.text)


def _labelled(task: FoundTask, prose: Prose, resolve: Resolve) -> Field | None:
    """`Owns: src/api/`, `Branch: codex/a`; a bullet that is nothing but paths; else running text.

    The answer is the field whose value follows below when the label stands alone.
    """
    text = prose.text
    match = _LABEL.match(text)
    field = field_of(match.group(1)) if match is not None else None
    if match is None or field is None:
        if only_paths(prose):
            declare(task.draft, read_cell(prose, resolve=resolve))
        else:
            read_text(task, prose, resolve)
        return None
    value = prose.slice(match.end(), len(text))
    if field is Field.FILES and value.text.startswith("../"):
        field = Field.WORKTREE  # `Path: ../app-a` of a lane
    if field in FILE_FIELDS:
        set_files(task, field, value, resolve)
    elif value.text.strip():
        set_field(task, field, value)
    return field if not value.text.strip() else None
