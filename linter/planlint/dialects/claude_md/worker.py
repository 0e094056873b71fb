"""What a list item or a section says about its worker: name, kind, files, fields, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.fields import Field, field_of
from planlint.dialects.claude_md.found import FoundTask
from planlint.dialects.claude_md.prompt_fences import is_prompt
from planlint.dialects.claude_md.prompt_text import read_prompt
from planlint.dialects.claude_md.scopes import declare, read_cell
from planlint.dialects.claude_md.texts import block_proses
from planlint.dialects.claude_md.third_person import as_told
from planlint.dialects.claude_md.vocabulary import runs_first, runs_last
from planlint.dialects.claude_md.worker_fields import FILE_FIELDS, set_field, set_files
from planlint.dialects.claude_md.workers import WorkerLabel, is_lead
from planlint.dialects.draft import TaskDraft
from planlint.dialects.file_lists import lines_of
from planlint.dialects.path_lists import only_paths
from planlint.dialects.plan_words.looking import builds
from planlint.dialects.prompts import Resolve, keep, read_brief, scope_of
from planlint.dialects.prose import find_paths
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
    given = _TAKES.match(prose.text)
    files = prose.slice(given.end(), len(prose.text)) if given is not None else None
    if files is not None and only_paths(files):
        declare(task.draft, read_cell(files, resolve=resolve), Evidence.STATED)
        return
    quiet = task.draft.kind in (Kind.REVIEW, Kind.RESEARCH)
    read_brief(task.draft, as_told(prose), default=None if quiet else Mode.WRITE, resolve=resolve)
    _leave_out(task.draft, prose)


_TAKES = re.compile(
    r"\W{0,3}(?:(?:is |are )?(?:responsible for|in charge of)|takes?|gets?|does|has|handles?|covers?|owns?"
    r"|(?:works?|stays?|is) (?:only )?(?:on|in|inside))[ \t]+",
    re.IGNORECASE,
)
"""What makes files a worker's that are named right behind it."""
_EXCEPT = re.compile(
    r"\b(?:except(?: for)?|excluding|but not|apart from|other than)[ \t]+(?:the )?[`(]*\Z", re.IGNORECASE
)


_MAY_READ = re.compile(r"\b(?:may|can) (?:only |also )?read[ \t]+(?:the )?[`(]*\Z", re.IGNORECASE)


_NEAR = 80
"""Characters before a file in which such words stand."""


def _leave_out(draft: TaskDraft, prose: Prose) -> None:
    """Files that are no part of what a worker owns: "`api/` except `api/openapi.yaml`", "may read `a.json`"."""
    for mention in find_paths(prose):
        near = max(0, mention.start - _NEAR)
        except_it = _EXCEPT.search(prose.text, near, mention.start) is not None
        if except_it or _MAY_READ.search(prose.text, near, mention.start) is not None:
            draft.writes = [scope for scope in draft.writes if scope.origin != mention.origin]
            scope = scope_of(mention, Mode.WRITE if except_it else Mode.READ, Evidence.STATED)
            keep(draft.off_limits if except_it else draft.reads, scope)


def read_told(task: FoundTask, prose: Prose, resolve: Resolve) -> None:
    """The text behind a worker's name, fields in it heeded: "Store. Files: `src/store/`. Depends on: W1"."""
    parts = list(_parts(prose))
    if len(parts) == 1 and _field_of(prose) is None:
        read_text(task, prose, resolve)
        return
    for part in parts:
        _labelled(task, part, resolve)


def gives_files(proses: Iterable[Prose]) -> bool:
    """Whether texts are files, say whose they are, or tell to make or change some; a mere mention gives nothing."""
    for prose in proses:
        told = TaskDraft("", prose.whole)
        read_brief(told, as_told(prose), default=None)
        if told.writes or only_paths(prose):
            return True
    return False


def assigns(blocks: list[Block]) -> bool:
    """Whether labels in `blocks` say both who does something and which files it is about."""
    fields = {_field_of(part) for prose in block_proses(blocks) for part in _parts(prose)}
    return not fields.isdisjoint((Field.AGENT, Field.PERSON)) and not fields.isdisjoint((Field.OWNS, Field.FILES))


def _field_of(prose: Prose) -> Field | None:
    match = _LABEL.match(prose.text)
    return field_of(match.group(1)) if match is not None else None


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


_BETWEEN = re.compile(r"(?:[.;|·,]|[ \t][—–])[ \t]+(?=[A-Z][\w /-]{1,30}?[*_`]{0,3}:[*_]{0,3}[ \t])")
"""Between fields on one line."""


def _parts(prose: Prose) -> Iterator[Prose]:
    """A text cut before each label of a field, and before a line that is a sentence behind one."""
    text, start, labelled = prose.text, 0, False
    for line in lines_of(prose):
        begins = _field_of(line) is not None
        at = text.index(line.text, start)
        if at > start and (begins or (labelled and line.text[:1].isupper() and not only_paths(line))):
            yield _cut(prose, start, at)
            start = at
            labelled = begins
        labelled = labelled or begins
        for between in _BETWEEN.finditer(text, at, at + len(line.text)):
            if _field_of(prose.slice(between.end(), at + len(line.text))) is not None:
                yield _cut(prose, start, between.start())
                start, labelled = between.end(), True
    yield prose.slice(start, len(text))


def _cut(prose: Prose, start: int, end: int) -> Prose:
    return prose.slice(start, start + len(prose.text[start:end].rstrip()))


def _read_item(task: FoundTask, item: ListItem, field: Field | None, resolve: Resolve) -> None:
    if field in FILE_FIELDS:
        set_files(task, field, item.prose, resolve)
        read_blocks(task, item.children, resolve, item.prose.text)
        return
    if field is Field.DEPENDS:
        task.needs.append(item.prose)
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
