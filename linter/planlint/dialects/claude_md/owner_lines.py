"""Owners of files: `Agent 1 (storage) -> src/storage/**` in a fence, "`src/db/` belongs to the db agent" in a list."""

from __future__ import annotations

import re

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.found import FoundGroup, FoundTask
from planlint.dialects.claude_md.scopes import declare, is_catalogue, read_cell, says_ownership
from planlint.dialects.claude_md.worker import name_task, read_text
from planlint.dialects.claude_md.workers import WorkerLabel, is_lead, worker_label
from planlint.dialects.draft import TaskDraft
from planlint.dialects.file_lists import lines_of
from planlint.dialects.path_lists import only_paths
from planlint.dialects.prompts import bare_names, scope_of
from planlint.model import Mode
from planlint.readers.markdown.blocks import Fence, List
from planlint.readers.prose import Prose
from planlint.source import Origin

_ARROW = re.compile(r"[ \t]*(?:->|→|=>|⇒|:|：|\bowns\b)[ \t]*")
_NAME = re.compile(r"@?[\w.-]{2,40}")
_BELONGS = re.compile(
    r"\s+(?:belongs? to|(?:is|are) owned by)\s+(?:the )?(?P<who>[\w-]{2,40}(?: [\w-]{2,40})?)", re.IGNORECASE
)
_MOST = 100
"""Lines of a fence that are read; nobody lists more owners by hand."""


def read_owner_lines(fence: Fence, *, delegating: bool) -> FoundGroup | None:
    """The tasks of a fence that gives files to workers; None where it says something else.

    Each line may be a worker and its files, which needs a text around that gives work to agents; or the lines below a
    worker's name are its files, where at least two are said to own them or the text around delegates.
    """
    if fence.language not in ("", "text", "txt"):
        return None
    lines = list(lines_of(fence.prose))
    if not 2 <= len(lines) <= _MOST:
        return None
    return (_each_line(fence, lines) if delegating else None) or _outline(fence, lines, delegating=delegating)


def _each_line(fence: Fence, lines: list[Prose]) -> FoundGroup | None:
    tasks: dict[str, FoundTask] = {}
    for line in lines:
        owned = _worker_first(line) or _files_first(line)
        if owned is None:
            return None
        label, name, files = owned
        _give(tasks, label, name, files, line)
    return _group_of(list(tasks.values()), fence.prose.whole)


def _outline(fence: Fence, lines: list[Prose], *, delegating: bool) -> FoundGroup | None:
    """A tree, or lines below names: `Agent 2 OWNS:` and `✅ src/api.py`, `❌ NO src/ui/` below it."""
    tasks: list[FoundTask] = []
    owning = 0
    names = bare_names([[line] for line in lines])
    introduced = _INTRODUCED.match(lines[0].text) is not None
    for index, line in enumerate(lines):
        drawn = _DRAWN.match(line.text)
        item = line.slice(drawn.end() if drawn is not None else 0, len(line.text))
        head = _HEAD.match(item.text)
        label = _worker_of(head.group("name")) if head is not None else None
        if introduced and head is not None and index and only_paths(item.slice(head.end(), len(item.text))):
            label = label or WorkerLabel(head.group("name"), "", numbered=False)
        if head is not None and label is not None:
            task = FoundTask(TaskDraft("", line.whole))
            name_task(task, label, label.title or label.id, item.slice(*head.span("name")))
            task.draft.brief = item.text.strip()
            owning += says_ownership(item.text)
            read_text(task, item.slice(head.end("name"), len(item.text)), names(index))
            tasks.append(task)
        elif not tasks:
            continue
        elif _DENIED.match(line.text) is not None:
            off_limits = [scope_of(found, Mode.WRITE, Evidence.DECLARED) for found in read_cell(item)]
            tasks[-1].draft.off_limits += off_limits
        elif only_paths(item):
            declare(tasks[-1].draft, read_cell(item))
            tasks[-1].draft.brief += "\n" + item.text.strip()
        elif re.search(r"\w", item.text):
            return None
    if not (delegating or introduced or owning > 1) or sum(1 for task in tasks if task.draft.writes) < 2:
        return None
    return _group_of(tasks, fence.prose.whole)


_INTRODUCED = re.compile(
    r"\W{0,4}(?:the |our )?(?:parallel )?(?:sub-?agents|agents|workers|sessions|teammates)\b", re.IGNORECASE
)
""" "Workers:", on the line above their names."""
_DRAWN = re.compile(r"[\s│├└─┬┼┌┐┘|`+•✅❌☑✓✗✘✔→►▶>'\\-]*(?:\*[ \t]+)?")
"""Lines of trees, bullets and ticks in front of a text."""
_DENIED = re.compile(r"[\s│├└─|`+•-]*(?:[❌✗✘]|(?:no|not|never|don'?t|do not)\b)", re.IGNORECASE)
_HEAD = re.compile(
    r"(?P<name>@?[\w&/.-]{2,30}(?:[ \t][\w&/.-]{1,30}){0,3}?)(?:[ \t]*\(|[ \t]*[:：]|[ \t]+(?:->|→|=>|—|–|-)[ \t]"
    r"|[ \t]{2,}|[ \t]+(?:owns?|takes|edits)\b|[ \t]*\Z)",
    re.IGNORECASE,
)


def _worker_of(name: str) -> WorkerLabel | None:
    label = worker_label(name)
    return WorkerLabel(name.strip(), "", numbered=False) if label is None and is_lead(name) else label


def read_owner_list(block: List) -> FoundGroup | None:
    """The tasks of a list with items like "`src/db/` belongs to the db agent": those of each agent together."""
    tasks: dict[str, FoundTask] = {}
    for item in block.items:
        prose = item.prose
        belongs = _BELONGS.search(prose.text)
        files = prose.slice(0, belongs.start()) if belongs is not None else prose
        label = worker_label(belongs.group("who")) if belongs is not None and only_paths(files) else None
        if belongs is not None and label is not None:
            name = prose.slice(*belongs.span("who"))
            _give(tasks, label, name, files, prose)
    return _group_of(list(tasks.values()), block.origin)


def _give(tasks: dict[str, FoundTask], label: WorkerLabel, name: Prose, files: Prose, line: Prose) -> None:
    task = tasks.get(label.id)
    if task is None:
        task = tasks[label.id] = FoundTask(TaskDraft("", line.whole))
        name_task(task, label, label.id, name)
    declare(task.draft, read_cell(files))
    task.draft.brief = f"{task.draft.brief}\n{line.text.strip()}".strip()
    task.draft.places.setdefault("writes", files.whole)
    task.draft.scope_known = True


def _group_of(tasks: list[FoundTask], origin: Origin) -> FoundGroup | None:
    if len(tasks) < 2 or is_catalogue(tasks):
        return None
    return FoundGroup(tasks, origin, "a list of owners", divides=True)


def _worker_first(line: Prose) -> tuple[WorkerLabel, Prose, Prose] | None:
    arrow = _ARROW.search(line.text)
    if arrow is None:
        return None
    name, files = line.slice(0, arrow.start()), line.slice(arrow.end(), len(line.text))
    label = worker_label(name.text)
    return (label, name, files) if label is not None and only_paths(files) else None


def _files_first(line: Prose) -> tuple[WorkerLabel, Prose, Prose] | None:
    """`src/api.py → api-agent (create)`; only an arrow leads from a file to its owner."""
    files, arrow, owner = line.text.partition("→")
    if not arrow:
        return None
    start = len(files) + 1
    match = _NAME.match(owner.strip())
    if match is None or not only_paths(line.slice(0, len(files.rstrip()))):
        return None
    rest = owner.strip()[match.end() :].strip()
    if rest and not (rest.startswith("(") and rest.endswith(")")):
        return None
    at = start + len(owner) - len(owner.lstrip())
    name = line.slice(at, at + match.end())
    return WorkerLabel(match.group().lstrip("@"), "", numbered=False), name, line.slice(0, len(files.rstrip()))
