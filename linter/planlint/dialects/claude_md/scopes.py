"""Which files a task of a delegation section is given: by fields, and in cells and lists that are about ownership."""

from __future__ import annotations

import re

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.found import FoundTask
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prompts import Resolve, keep, scope_of
from planlint.dialects.prose import PathMention, find_paths
from planlint.model import Mode
from planlint.readers.prose import Prose

_OWNS = re.compile(
    r"\b(?:owns?|exclusive(?:ly)?|ownership|only (?:touch|edit|modif|change|write|work)\w*|(?:touch|edit|modif|write"
    r"|work)\w* only)\b",
    re.IGNORECASE,
)
_AGENT_FILE = re.compile(
    r"(?:^|/)(?:agents?|workers?)/|agent\.md$|\.agent\.|^\.[a-z]+/?$|^\.(?:claude|cursor|codex|gemini|opencode)/"
)


def read_cell(prose: Prose, *, resolve: Resolve | None = None) -> list[PathMention]:
    """The files that a cell or a labelled bullet lists: those in backticks or with a slash; prose words are none."""
    found = []
    for mention in find_paths(prose):
        if mention.in_command or (not mention.in_code and "/" not in mention.path and "." not in mention.path):
            continue
        if mention.bare_name and resolve is not None:
            path = resolve(mention.path)
            if path is not None:
                found.append(mention.replace(path=path))
                continue
        found.append(mention)
    return found


def declare(task: TaskDraft, mentions: list[PathMention], evidence: Evidence = Evidence.DECLARED) -> None:
    """Give the task the files of a list that is about what it changes."""
    for mention in mentions:
        scope = scope_of(mention, Mode.WRITE, evidence)
        keep(task.reads if scope.mode is Mode.READ else task.writes, scope)


def says_ownership(text: str) -> bool:
    """Whether a text says that something is one worker's alone."""
    return _OWNS.search(text) is not None


def is_catalogue(tasks: list[FoundTask]) -> bool:
    """Whether the files are those that make the agents: `.claude/agents/x.md`, `src/workers/mail.py`, `.cursor/`.

    Such a list describes agents; it divides no work among them.
    """
    paths = [scope.path for task in tasks for scope in task.draft.writes]
    return sum(1 for path in paths if _AGENT_FILE.search(path)) * 2 > len(paths) > 0
