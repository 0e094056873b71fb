"""Roles in lists and under headings: "1. **Component**: ...", "- **Agent 1 (Backend)**: ...", `### agent2-rag`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.found import FoundGroup, FoundTask
from planlint.dialects.claude_md.scopes import (
    Resolve,
    declare,
    is_catalogue,
    read_brief,
    read_cell,
    says_ownership,
    scope_of,
)
from planlint.dialects.claude_md.vocabulary import (
    Field,
    WorkerLabel,
    builds,
    field_of,
    kind_word,
    runs_first,
    runs_last,
    worker_label,
)
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prose import BareNames, find_paths
from planlint.dialects.prose.verbs import english_verbs
from planlint.model import Agent, Isolation, Kind, Mode, Resource
from planlint.readers.markdown.blocks import Block, Fence, List, ListItem, Paragraph, Quote, Section
from planlint.readers.prose import Prose

NamesOf = Callable[[int], Resolve]
"""For a task by its position, what its bare names mean."""

_SEPARATOR = re.compile(r"\s*(?:\([^()]{1,80}\)\s*)?(?::|—|–| -(?= )|->|→)\s*")
_LABEL_END = re.compile(r"[:：]|\s[—–-]\s|\s->\s|→")


class Item:
    """A list item cut into its label and the rest: `**Tests**: create test files`."""

    __slots__ = ("block", "bold", "label", "label_prose", "rest")

    def __init__(self, block: ListItem) -> None:
        self.block = block
        prose = block.prose
        text = prose.text
        self.bold = False
        end = rest = 0
        strong = next((mark for mark in prose.marks if mark.kind == "strong" and not text[: mark.start].strip()), None)
        code = next((mark for mark in prose.marks if mark.kind == "code" and not text[: mark.start].strip()), None)
        if strong is not None:
            self.bold = True
            end = strong.end
            after = _SEPARATOR.match(text, end)
            bracket = re.compile(r"\s*\([^()]{1,80}\)").match(text, end)
            rest = after.end() if after is not None else end
            if bracket is not None:
                end = bracket.end()
        else:
            start = code.end if code is not None else 0
            found = _LABEL_END.search(text, start, start + 60)
            if found is not None:
                end, rest = found.start(), found.end()
            elif worker_label(text) is not None:
                end = rest = len(text)
        self.label_prose = prose.slice(0, end)
        self.label = " ".join(text[:end].split()).strip(" :：.—–-")
        self.rest = prose.slice(min(rest, len(text)), len(text))


def read_list(block: List, *, delegating: bool, count: int | None, setting: str = "") -> FoundGroup | None:
    """The tasks of a list whose items are workers or roles; None for steps, rules and anything else.

    Items named as workers (`**Agent 1**`, `Backend agent`) need files or a text that delegates. Items with other names
    (`**Component**`) need a text that delegates right before them; with steps among them (names that begin with a verb)
    they are a procedure. `count` is the number of agents that the text says to start, `setting` the text around.
    """
    items = [Item(item) for item in block.items]
    if len(items) < 2 or len(items) > 60:
        return None
    labels = [worker_label(item.label) if item.label else None for item in items]
    workers = sum(1 for label in labels if label is not None)
    if workers >= 2 and workers * 2 > len(items):
        if not _divides_work(items, labels) and not (delegating and _is_told(items)):
            return None
        group = _group(block, items, labels, "a list of workers", setting)
        return None if is_catalogue(group.tasks) else group
    if not delegating or (not block.ordered and count is None):
        return None
    labelled = [item for item in items if item.label and len(item.label) <= 50 and item.rest.text.strip()]
    if len(labelled) < len(items) or any(not _is_role(item.label) for item in items):
        return None
    matches = count is not None and count in (len(items), len(items) - 1)
    if not matches and not (block.ordered and count is None and _gives_files(items)):
        return None
    return _group(block, items, labels, "a list of roles", setting)


def _is_role(label: str) -> bool:
    """Whether a label names a part of the work and not a step of a procedure ("Read the spec")."""
    words = re.findall(r"[\w'-]+", label.lower())
    if not words or field_of(label) in (Field.OFF_LIMITS, Field.WAVE, Field.PARALLEL):
        return False
    if re.match(
        r"(?:step|phase|wave|stage|always|never|if|when|before|after|no|do|don't|must|only|rule|limit|max|note)\b",
        label,
        re.IGNORECASE,
    ):
        return False
    if words[0] not in english_verbs():
        return True
    # "Tests" and "Review and validation" are parts of the work, "Test the parser" is a step.
    return words[0] in _ROLE_NOUNS and (
        len(words) == 1 or words[1] in ("and", "or", "agent", "engineer", "expert", "specialist")
    )


_ROLE_NOUNS = frozenset(
    [
        "test",
        "tests",
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
    return (
        sum(1 for item in items if any(not found.in_command for prose in _proses(item) for found in find_paths(prose)))
        >= 2
    )


def _divides_work(items: list[Item], labels: list[WorkerLabel | None]) -> bool:
    """Whether a list of workers divides files by itself: numbered ones with files, ownership words, or lanes."""
    if _gives_lanes(items):
        return True
    numbered = sum(1 for label in labels if label is not None and label.numbered)
    owning = sum(1 for item in items if any(says_ownership(prose.text) for prose in _proses(item)))
    return _gives_files(items) and (numbered * 2 > len(items) or owning >= 2)


def _gives_lanes(items: list[Item]) -> bool:
    """Whether at least two items have a branch or a worktree of their own."""
    lanes = 0
    for item in items:
        labels = [prose.text.partition(":")[0] for prose in block_proses(item.block.children)]
        lanes += any(field_of(label) in (Field.BRANCH, Field.WORKTREE) for label in labels)
    return lanes >= 2


def _is_told(items: list[Item]) -> bool:
    """Whether every worker is told something to do; a bare list of names is none."""
    return all(item.rest.text.strip() or item.block.children for item in items)


def _proses(item: Item) -> Iterator[Prose]:
    yield item.rest
    yield from block_proses(item.block.children)


def block_proses(blocks: list[Block]) -> Iterator[Prose]:
    """The running text of blocks in order, lists entered, fences left out."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.prose
        elif isinstance(block, List):
            for item in block.items:
                yield item.prose
                yield from block_proses(item.children)
        elif isinstance(block, Quote):
            yield from block_proses(block.children)


def _group(block: List, items: list[Item], labels: list[WorkerLabel | None], shape: str, setting: str) -> FoundGroup:
    names = bare_names([list(_proses(item)) for item in items])
    tasks = []
    for index, (item, label) in enumerate(zip(items, labels, strict=True)):
        task = FoundTask(TaskDraft("", item.block.origin))
        name_task(task, label, item.label, item.label_prose)
        if block.ordered:
            task.number = item.block.marker
        resolve = names(index)
        about = " ".join(prose.text for prose in (item.label_prose, *_proses(item)))
        _describe(task, item.label, about, setting)
        _read_text(task, item.rest, resolve)
        _read_blocks(task, item.block.children, resolve)
        tasks.append(task)
    return FoundGroup(tasks, block.origin, shape)


def bare_names(texts: list[list[Prose]]) -> NamesOf:
    """For each task by its position: which path a bare name in its text means.

    The plan's own full paths come first. A name that they leave open is taken as it stands, at the root, by a task
    that names no directory at all: two such tasks that both say `index.ts` mean one file.
    """
    mentions = [[found for prose in proses for found in find_paths(prose)] for proses in texts]
    known = BareNames.of(dict(enumerate(mentions)))
    bare = [all(found.bare_name for found in row) for row in mentions]

    def of(index: int) -> Resolve:
        def resolve(name: str) -> str | None:
            return known.find(name, index) or (name if bare[index] and "/" not in name else None)

        return resolve

    return of


def name_task(task: FoundTask, label: WorkerLabel | None, text: str, prose: Prose) -> None:
    """Id and title from a label; a worker's name becomes its agent's."""
    draft = task.draft
    draft.places["title"] = prose.whole
    if label is None:
        draft.title = text
        return
    draft.agent = Agent(name=label.id, origin=prose.whole)
    if label.numbered:
        draft.id, draft.title = label.id, label.title
        draft.places["id"] = prose.whole
    else:
        draft.title = f"{label.id}: {label.title}" if label.title else label.id


def _describe(task: FoundTask, label: str, about: str, setting: str) -> None:
    """Brief, kind and place in the order. Where nothing is built, the `setting` ("for code review, ...") tells."""
    task.draft.brief = about.strip()
    kind = kind_word(label, about)
    if kind == "build" and not builds(about):
        kind = kind_word("", setting) if not builds(setting) else kind
    task.draft.kind = Kind(kind)
    task.first, task.last = runs_first(about), runs_last(about)


def _read_text(task: FoundTask, prose: Prose, resolve: Resolve) -> None:
    """Running text of a task: its sentences, or a labelled field."""
    if not prose.text.strip():
        return
    task.texts.append(prose)
    quiet = task.draft.kind in (Kind.REVIEW, Kind.RESEARCH)
    read_brief(task.draft, prose, default=None if quiet else Mode.WRITE, resolve=resolve)


def _read_blocks(task: FoundTask, blocks: list[Block], resolve: Resolve) -> None:
    """Everything below a worker's name: labelled bullets, bullets that are paths, sentences."""
    field: Field | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            field = _labelled(task, block.prose, resolve)
        elif isinstance(block, List):
            for item in block.items:
                _read_item(task, item, field, resolve)
        elif isinstance(block, Quote):
            _read_blocks(task, block.children, resolve)
        elif isinstance(block, Fence) and block.language in ("", "text", "txt"):
            task.draft.brief += "\n" + block.text.strip()


def _read_item(task: FoundTask, item: ListItem, field: Field | None, resolve: Resolve) -> None:
    if field in _FILE_FIELDS:
        _set_files(task, field, item.prose, resolve)
        _read_blocks(task, item.children, resolve)
        return
    found = _labelled(task, item.prose, resolve)
    if found in _FILE_FIELDS:
        for child in item.items():
            _set_files(task, found, child.prose, resolve)
    else:
        _read_blocks(task, item.children, resolve)


_FILE_FIELDS = (Field.OWNS, Field.FILES, Field.OFF_LIMITS, Field.READS)


def _labelled(task: FoundTask, prose: Prose, resolve: Resolve) -> Field | None:
    """`Owns: src/api/`, `Branch: codex/a`; a bullet that is nothing but paths; else running text.

    The answer is the field whose value follows below when the label stands alone.
    """
    text = prose.text
    match = re.match(r"\W*([\w /'-]{2,40}?)[*_`]{0,3}[:：][*_]{0,3}[ \t]*", text)
    field = field_of(match.group(1)) if match is not None else None
    if match is None or field is None:
        if _only_paths(prose):
            declare(task.draft, read_cell(prose, resolve=resolve))
        else:
            _read_text(task, prose, resolve)
        return None
    value = prose.slice(match.end(), len(text))
    if field is Field.FILES and value.text.startswith("../"):
        field = Field.WORKTREE  # `Path: ../app-a` of a lane
    if field in _FILE_FIELDS:
        _set_files(task, field, value, resolve)
    elif value.text.strip():
        _set(task, field, value)
    return field if not value.text.strip() else None


def _only_paths(prose: Prose) -> bool:
    """Whether a bullet names files and says no more about them than a remark behind a dash or in brackets."""
    mentions = find_paths(prose)
    if not mentions or mentions[0].in_command:
        return False
    rest = prose.text
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.end :]
    rest = re.split(r"\s[—–-]+\s|\(|:\s", rest, maxsplit=1)[0]
    return not re.search(r"[^\W\d_]{2,}", re.sub(r"\b(?:and|or|plus)\b", "", rest))


def _set_files(task: FoundTask, field: Field | None, prose: Prose, resolve: Resolve) -> None:
    mentions = read_cell(prose, resolve=resolve)
    draft = task.draft
    if field is Field.OFF_LIMITS:
        draft.off_limits += [scope_of(found, Mode.WRITE, Evidence.DECLARED) for found in mentions]
    elif field is Field.READS:
        draft.reads += [scope_of(found, Mode.READ, Evidence.DECLARED) for found in mentions]
    else:
        declare(draft, mentions, Evidence.DECLARED if field is Field.OWNS else Evidence.STATED)
        draft.places.setdefault("writes", prose.whole)


def _set(task: FoundTask, field: Field, value: Prose) -> None:
    draft = task.draft
    text = " ".join(value.text.split())
    if field is Field.VERIFY:
        draft.verify = text
        draft.places["verify"] = value.whole
    elif field is Field.RETURNS:
        draft.returns = text
        draft.places["returns"] = value.whole
    elif field is Field.DEPENDS:
        task.needs.append(value)
    elif field is Field.BRANCH:
        draft.isolation = draft.isolation or Isolation.BRANCH
        draft.resources.append(Resource(kind="branch", name=text, origin=value.whole))
    elif field is Field.WORKTREE:
        draft.isolation = Isolation.WORKTREE
        draft.resources.append(Resource(kind="worktree", name=text, origin=value.whole))
    elif field is Field.WAVE:
        task.wave = draft.wave = text
    elif field is Field.TYPE and " " not in text:
        draft.agent = draft.agent.replace(type=text)
    elif field is Field.MODEL:
        draft.agent = draft.agent.replace(model=text)
    else:
        task.texts.append(value)


def worker_headings(sections: list[Section]) -> list[Section]:
    """The sections whose headings name workers."""
    return [section for section in sections if worker_label(section.title) is not None]


def read_worker_sections(sections: list[Section], *, delegating: bool) -> FoundGroup | None:
    """The tasks of sibling headings that each name a worker (`### Agent 1: API`, `### agent2-rag`).

    Without a text around that delegates, at least two must list files and nothing but files, or say what they own.
    """
    named = [(section, worker_label(section.title)) for section in sections]
    workers = [(section, label) for section, label in named if label is not None]
    if len(workers) < 2:
        return None
    texts = [list(block_proses(_own(section))) for section, _ in workers]
    names = bare_names(texts)
    tasks = []
    for index, (section, label) in enumerate(workers):
        heading = section.heading
        if heading is None:
            continue
        blocks = _own(section)
        end = max([heading.end, *(block.end for block in blocks)])
        task = FoundTask(TaskDraft("", heading.source.origin(heading.start, end)))
        name_task(task, label, section.title, heading.prose)
        about = "\n".join([section.title, *(prose.text for prose in texts[index])])
        _describe(task, section.title, about, "")
        _read_blocks(task, blocks, names(index))
        tasks.append(task)
    declared = [task for task in tasks if any(scope.evidence is Evidence.DECLARED for scope in task.draft.writes)]
    if not delegating and len(declared) < 2:
        return None
    if not any(task.draft.writes or task.draft.resources for task in tasks) or is_catalogue(tasks):
        return None
    first, last = tasks[0].draft.origin, tasks[-1].draft.origin
    return FoundGroup(tasks, first.source.origin(first.start, last.end), "a heading for each worker")


def _own(section: Section) -> list[Block]:
    """The blocks of a section and of those below it, headings left out."""
    return [block for one in section.walk() for block in one.blocks]
