"""Where the files of a mission stand.

`kitty-specs/<mission>/` holds `tasks.md` (the overview), `wps.yaml` (the manifest of newer missions), `lanes.json` (the
computed lanes) and one page for each work package in `tasks/`; older missions sorted the pages into folders by state.
"""

from __future__ import annotations

import posixpath
import re

from planlint.dialects.base import Workspace
from planlint.source.regex import regex

PAGE = regex(r"(?P<code>WP\d{1,4}[a-z]?)(?![a-z\d])[^/]*\.md\Z", re.IGNORECASE)
"""The file name of a work package's page."""

STATE_FOLDERS = ("planned", "doing", "for_review", "done")
"""Folders below `tasks/` in missions before version 0.9."""

OVERVIEW, MANIFEST, LANES, EVENTS = "tasks.md", "wps.yaml", "lanes.json", "status.events.jsonl"


def mission_directory(path: str) -> str:
    """The directory of the mission that the file at `path` belongs to."""
    directory = posixpath.dirname(path)
    if posixpath.basename(directory) in STATE_FOLDERS and PAGE.match(posixpath.basename(path)):
        directory = posixpath.dirname(directory)
    return posixpath.dirname(directory) if posixpath.basename(directory) == "tasks" else directory


def mission_files(directory: str, workspace: Workspace) -> tuple[str, ...]:
    """All files of the mission in reading order: overview, manifest, lanes, then the pages by name."""
    names = workspace.names(directory)
    top = [posixpath.join(directory, name) for name in (OVERVIEW, MANIFEST, LANES) if name in names]
    return (*top, *pages(directory, workspace))


def pages(directory: str, workspace: Workspace) -> list[str]:
    """The pages of the mission's work packages, by file name."""
    tasks = posixpath.join(directory, "tasks")
    names = workspace.names(tasks)
    found = [posixpath.join(tasks, name) for name in names if PAGE.match(name)]
    for folder in STATE_FOLDERS:
        if f"{folder}/" in names:
            inside = posixpath.join(tasks, folder)
            found += [posixpath.join(inside, name) for name in workspace.names(inside) if PAGE.match(name)]
    return sorted(found, key=posixpath.basename)


def code_of(path: str) -> str:
    """The name of the work package that a page is about, from its file name; empty where it has none."""
    match = PAGE.match(posixpath.basename(path))
    return match["code"].upper() if match else ""


def state_folder(path: str) -> str:
    """The folder that says in which state the work package is; empty for newer missions."""
    folder = posixpath.basename(posixpath.dirname(path))
    return folder if folder in STATE_FOLDERS else ""
