"""Which files a task of a delegation section is given: by fields, and in cells and lists that are about ownership."""

from __future__ import annotations

import re
from itertools import zip_longest

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.found import FoundTask
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prompts import Resolve, keep, scope_of
from planlint.dialects.prose import PathMention, find_paths
from planlint.model import Mode
from planlint.readers.prose import Prose

_OWNS = re.compile(
    r"\b(?:owns?|exclusive(?:ly)?|ownership|responsible for|(?:works?|stays?) (?:only )?(?:in|inside|within)"
    r"|(?:everything|anything|all files) (?:below|under|in|inside|within)"
    r"|only (?:touch|edit|modif|change|write|work)\w*"
    r"|(?:touch|edit|modif|write"
    r"|work)\w* only)\b",
    re.IGNORECASE,
)
_AGENT_FILE = re.compile(
    r"(?:^|/)(?:agents?|workers?)/|(?:^|/)(?:agent|worker|coordinator|orchestrator|supervisor)s?\.\w{1,4}$|agent\.md$"
    r"|\.agent\.|(?:^|/)steps/[^/]+\.md$|^\.[a-z]+/?$|^\.(?:claude|cursor|codex|gemini|opencode)/"
)
"""Where agents are kept, and the pages that tell them what to do step by step."""


_OPENS = re.compile(r"[`*_ \t]{0,4}\(")


def read_cell(prose: Prose, *, resolve: Resolve | None = None) -> list[PathMention]:
    """The files that a cell or a labelled bullet lists: those in backticks or with a slash; prose words are none."""
    found: list[PathMention] = []
    mentions = find_paths(prose)
    remark = 0
    """The end of the remark in brackets behind a file; what it names is not listed: "`a.py` (read-only `b.json`)"."""
    for mention, following in zip_longest(mentions, mentions[1:]):
        if mention.start < remark:
            continue
        opened = _OPENS.match(prose.text, mention.end)
        if opened is not None and following is not None:
            closing = prose.text.find(")", opened.end())
            remark = closing if closing >= 0 else remark
            if following.start < remark:
                mention = mention.replace(annotation=None)
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


_DEFINITION = re.compile(r"(?:^|/)prompts?/|\.(?:md|ya?ml|toml|json|txt|prompt)$")


def _defines(task: FoundTask) -> bool:
    """Whether the only file of a task is named like its worker and tells what that is: `researcher.md`."""
    draft = task.draft
    if len(draft.writes) != 1 or _DEFINITION.search(draft.writes[0].path) is None:
        return False
    stem = draft.writes[0].path.rpartition("/")[2].partition(".")[0]
    names = (draft.agent.name or "", draft.title, draft.id)
    return any(re.sub(r"\W|_", "", name).lower() == re.sub(r"\W|_", "", stem).lower() for name in names)


def is_catalogue(tasks: list[FoundTask]) -> bool:
    """Whether the files are those that make the agents: `.claude/agents/x.md`, `src/workers/mail.py`, `.cursor/`.

    Such a list describes agents; it divides no work among them.
    """
    paths = [scope.path for task in tasks for scope in task.draft.writes]
    if len(paths) > 1 and all(_defines(task) for task in tasks):
        return True
    return sum(1 for path in paths if _AGENT_FILE.search(path)) * 2 > len(paths) > 0
