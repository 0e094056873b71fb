"""Where ccpm keeps things: `.claude/epics/<epic>/` with `epic.md`, `NNN.md` for each task, `NNN-analysis.md` beside it.

Task files begin as `001.md` and are renamed to the number of their GitHub issue when the epic is synced.
"""

from __future__ import annotations

import posixpath
import re

from planlint.dialects.base import Workspace

TASK = re.compile(r"(\d{1,9})\.md\Z")
ANALYSIS = re.compile(r"(\d{1,9})-analysis\.md\Z")
EPIC = "epic.md"


def stem_of(path: str) -> str:
    """The id of a task file: its name without the ending, leading zeros kept; empty for other files."""
    match = TASK.fullmatch(posixpath.basename(path))
    return match.group(1) if match else ""


def task_files(directory: str, workspace: Workspace) -> list[str]:
    """The task files of an epic, by number."""
    names = [name for name in workspace.names(directory) if TASK.fullmatch(name)]
    names.sort(key=lambda name: (int(name[:-3]), name))
    return [posixpath.join(directory, name) for name in names]


def is_padded(task_id: str) -> bool:
    """Whether an id has leading zeros, as those from before the sync do."""
    return len(task_id) > 1 and task_id.startswith("0") and task_id.isdigit()
