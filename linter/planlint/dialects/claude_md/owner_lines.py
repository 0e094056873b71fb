"""Owners of files: `Agent 1 (storage) -> src/storage/**` in a fence, "`src/db/` belongs to the db agent" in a list."""

from __future__ import annotations

import re

from planlint.dialects.claude_md.found import FoundGroup, FoundTask
from planlint.dialects.claude_md.scopes import declare, is_catalogue, read_cell
from planlint.dialects.claude_md.vocabulary import WorkerLabel, worker_label
from planlint.dialects.claude_md.worker import name_task
from planlint.dialects.draft import TaskDraft
from planlint.dialects.file_lists import lines_of
from planlint.dialects.path_lists import only_paths
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


def read_owner_lines(fence: Fence) -> FoundGroup | None:
    """The tasks of a fence of which each line gives files to a worker; None where any line says something else."""
    if fence.language not in ("", "text", "txt"):
        return None
    lines = list(lines_of(fence.prose))
    if not 2 <= len(lines) <= _MOST:
        return None
    tasks: dict[str, FoundTask] = {}
    for line in lines:
        owned = _worker_first(line) or _files_first(line)
        if owned is None:
            return None
        label, name, files = owned
        _give(tasks, label, name, files, line)
    return _group_of(list(tasks.values()), fence.prose.whole)


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
    return FoundGroup(tasks, origin, "a list of owners")


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
