"""Where ccpm keeps things: `.claude/epics/<epic>/` with `epic.md`, `NNN.md` for each task, `NNN-analysis.md` beside it.

Task files begin as `001.md` and are renamed to the number of their GitHub issue when the epic is synced. Forks of ccpm
add words to the number (`001-basket.md`); other files with a number in front, such as notes, have no marks on top.
"""

from __future__ import annotations

import posixpath
import re

from planlint.dialects.base import Workspace

TASK = re.compile(r"(\d{1,9})(?P<words>[-_](?!analysis\.md)[\w.-]{1,120})?\.md\Z")
ANALYSIS = re.compile(r"(\d{1,9})-analysis\.md\Z")
EPIC = "epic.md"

_MARKED = re.compile(r"---\n(?:(?!---).*\n){0,60}?(?:depends_on|parallel|conflicts_with)[ \t]*:")
"""Front matter with one of the marks that only tasks have."""


def stem_of(path: str) -> str:
    """The id of a task file: its name without the ending, leading zeros kept; empty for other files."""
    match = TASK.fullmatch(posixpath.basename(path))
    return match.group(1) if match else ""


def task_files(directory: str, workspace: Workspace) -> list[str]:
    """The task files of an epic, by number."""
    found: list[tuple[int, str]] = []
    for name in workspace.names(directory):
        match = TASK.fullmatch(name)
        path = posixpath.join(directory, name)
        if match is not None and (match["words"] is None or _MARKED.match(workspace.text(path) or "") is not None):
            found.append((int(match[1]), path))
    return [path for _, path in sorted(found)]


def is_padded(task_id: str) -> bool:
    """Whether an id has leading zeros, as those from before the sync do."""
    return len(task_id) > 1 and task_id.startswith("0") and task_id.isdigit()
