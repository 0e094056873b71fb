"""Which files a task of a delegation section is given: by fields, by ownership, by what its sentences do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.found import FoundTask
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prose import PathMention, ProseContext, effects_of, find_paths
from planlint.model import Mode, Scope
from planlint.readers.prose import Prose

_OWNING = re.compile(
    r"\b(?:owns?|owned|owning|ownership|responsible for|territory|in charge of|confined to|limited to|restricted to"
    r"|stays? (?:in|within|inside)|"
    r"(?:only|exclusively) (?:touch|edit|work|modify|change|write|create)\w*|(?:touch|edit|work|modify|change"
    r"|write)\w* only|works? (?:only )?(?:in|on|inside|within)|"
    r"(?:your|exclusive|allowed|assigned|target) (?:files?|scope|paths?|director(?:y|ies))|files? (?:to"
    r"|you) (?:may )?(?:create|modify|edit|change|touch|write|own)\w*|"
    r"^[-*\s]*(?:files?|scope|owns|writes?|creates?|modifies|edits))\b[^.\n;]{0,200}\Z",
    re.IGNORECASE | re.MULTILINE,
)
_DENIED = re.compile(
    r"\b(?:does not|doesn'?t|do not|don'?t|must not|may not|never|cannot|not)\s+(?:own|touch|edit|modify|change"
    r"|write)\b[^.\n]{0,200}\Z|\b(?:off[- ]limits|forbidden|hands off)\b[^.\n]{0,120}\Z",
    re.IGNORECASE,
)
_READING = re.compile(
    r"\b(?:read[- ]only|read|reads|reference|references|see|context|per|review|reviews|audit|inspect|from|against"
    r"|follow|following|using)\b[^.\n;]{0,60}\Z",
    re.IGNORECASE,
)
_OWNS = re.compile(
    r"\b(?:owns?|exclusive(?:ly)?|ownership|only (?:touch|edit|modif|change|write|work)\w*|(?:touch|edit|modif|write"
    r"|work)\w* only)\b",
    re.IGNORECASE,
)
_AGENT_FILE = re.compile(
    r"(?:^|/)agents?/|agent\.md$|\.agent\.|^\.[a-z]+/?$|^\.(?:claude|cursor|codex|gemini|opencode)/"
)
_BACK = 240
"""How far before a path the words may stand that decide about it."""

Resolve = Callable[[str], str | None]
"""Which path a bare name means, see `BareNames.find`."""


def read_brief(task: TaskDraft, prose: Prose, *, default: Mode | None, resolve: Resolve | None = None) -> None:
    """Add the files that the running text `prose` gives to `task`.

    Verbs decide first; what they leave open is the task's own where ownership words stand before it ("You own
    src/api/", "Files: ..."), and untouched otherwise.
    """
    effects = effects_of(prose, default=default, context=ProseContext(resolve=resolve))
    for scope in effects.writes:
        _keep(task.writes, _narrower_evidence(scope, default))
    for scope in effects.reads:
        _keep(task.reads, scope)
    for scope in effects.off_limits:
        _keep(task.off_limits, scope)
    for mention in effects.unknown:
        _owned(task, prose, mention)


def _narrower_evidence(scope: Scope, default: Mode | None) -> Scope:
    """A path that merely stands where work products stand is as good as told; see `effects_of`."""
    if default is not None and scope.evidence is Evidence.INFERRED and not scope.weak:
        return scope.replace(evidence=Evidence.STATED)
    return scope


def _owned(task: TaskDraft, prose: Prose, mention: PathMention) -> None:
    """A path that no verb governs: the task's own, off limits, or nothing."""
    if not mention.resolved or mention.in_command:
        return
    before = prose.text[max(0, mention.start - _BACK) : mention.start]
    line = before[before.rfind("\n") + 1 :]
    sentence = _last_sentence(line)
    if _DENIED.search(sentence):
        _keep(task.off_limits, scope_of(mention, Mode.WRITE, Evidence.STATED))
    elif _OWNING.search(sentence) and not _READING.search(sentence):
        _keep(task.writes, scope_of(mention, Mode.WRITE, Evidence.STATED))


def _last_sentence(text: str) -> str:
    found = 0
    for match in re.finditer(r"[.;!?]\s", text):
        found = match.end()
    return text[found:]


def read_cell(prose: Prose, *, resolve: Resolve | None = None) -> list[PathMention]:
    """The files that a cell or a labelled bullet lists: those in backticks or with a slash; prose words are none."""
    found = []
    for mention in find_paths(prose):
        if mention.in_command or (not mention.in_code and "/" not in mention.path and "." not in mention.path):
            continue
        if mention.bare_name and resolve is not None:
            path = resolve(mention.path)
            if path is not None:
                found.append(_renamed(mention, path))
                continue
        found.append(mention)
    return found


def _renamed(mention: PathMention, path: str) -> PathMention:
    return replace(mention, path=path)


def scope_of(mention: PathMention, mode: Mode, evidence: Evidence) -> Scope:
    """A scope for what a mention names, the remark beside it (`(NEW)`) heeded."""
    remark = (mention.annotation or "").lower()
    if mode is Mode.WRITE:
        if "new" in remark or "create" in remark or "新" in remark:
            mode = Mode.CREATE
        elif "delete" in remark or "remove" in remark:
            mode = Mode.DELETE
        elif "modif" in remark or "update" in remark or "edit" in remark:
            mode = Mode.MODIFY
        elif "read" in remark or "reference" in remark or "unchanged" in remark:
            mode = Mode.READ
    return Scope(
        path=mention.path,
        mode=mode,
        origin=mention.origin,
        evidence=evidence,
        part=mention.part,
        note=mention.annotation,
    )


def declare(task: TaskDraft, mentions: list[PathMention], evidence: Evidence = Evidence.DECLARED) -> None:
    """Give the task the files of a list that is about what it changes."""
    for mention in mentions:
        scope = scope_of(mention, Mode.WRITE, evidence)
        _keep(task.reads if scope.mode is Mode.READ else task.writes, scope)


def _keep(scopes: list[Scope], scope: Scope) -> None:
    for known in scopes:
        if known.path == scope.path and known.mode == scope.mode and known.part == scope.part:
            return
    scopes.append(scope)


def says_ownership(text: str) -> bool:
    """Whether a text says that something is one worker's alone."""
    return _OWNS.search(text) is not None


def is_catalogue(tasks: list[FoundTask]) -> bool:
    """Whether the files are those that make the agents: `.claude/agents/x.md`, `src/agents/planner.py`, `.cursor/`.

    Such a list describes agents; it divides no work among them.
    """
    paths = [scope.path for task in tasks for scope in task.draft.writes]
    return sum(1 for path in paths if _AGENT_FILE.search(path)) * 2 > len(paths) > 0
