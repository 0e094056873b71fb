"""PL607 placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.model import Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint.source.regex import regex
from planlint_rules.brief._text import without_code

_THING = (
    r"(?:your[ _-])?(?:new[ _-])?(?:feature|component|module|service|entity|model|class|function|endpoint|resource|"
    r"project|story|table|package)(?:[ _-](?:name|title|description))?[1-9]?"
)
_ORDER = r"(?:your|insert|describe|fill|brief description|short description|list of)[ _-][^\]>}\n]{1,60}"
_BRACKETED = regex(
    rf"\[(?:{_THING}|{_ORDER}|title|name|description|goal)\](?![(\[:])|<{_ORDER}>|\{{\{{\s*(?:{_THING}|{_ORDER})\s*\}}\}}",
    re.IGNORECASE,
)
_WHOLE = regex(
    r"(?:TODO|TBD|TBA|FIXME|XXX|\?{2,}|\.{3}|…|to be (?:determined|decided|defined|written|filled in)|lorem ipsum.*|"
    r"fill (?:this |me )?in)[.:!]?",
    re.IGNORECASE,
)
_GAP = regex(r"<[A-Za-z][\w -]{1,60}>|\[[a-z][\w -]{2,60}\]")
"""A whole field that is one bracketed phrase: `<test command>`."""
_OPEN = regex(
    r"(?:^|[:(=\[]|\b(?:is|are))[ \t]*\**(?P<mark>TBD|TBA)\b(?=\s*(?:[.,;)\]:]|$|-|\u2013|\u2014))"
    r"|(?:^[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?|(?<=[.;!?] ))\**(?P<todo>TODO)\b\**[ \t]*(?::|$)"
    r"|(?<=[.;!?] )(?P<fix>FIXME)\b(?![ \t]+(?:comments?|markers?|tags?|notes?|s)\b)"
    r"|(?<![\w-])(?!(?:as|mark|marked|marks|says?|with|or|and|an?|the|no|any|all|every|remaining|without|of|replace|left)\b)"
    r"[A-Za-z]{3,30} (?P<gap>TBD|TBA)(?=[.;)]|$)"
    r"|^(?![^\n]*\b(?:status|state|column|label|badge|tag|heading)\b)[^\n:]{2,60}:[ \t]*"
    r"\**(?P<label>TODO|FIXME|\?{3})\**[ \t]*$",
    re.MULTILINE,
)
_SAMPLE_PATH = regex(
    r"(?:^|/)(?:exact/)?path/to/|^exact/path"
    r"|(?:^|[/_.-])your[_-](?:file|module|component|feature|project|app|service|name)\b"
    r"|<[A-Za-z][\w -]*>|\.\.\./|/\.\.\.$|\{\{\s*\w+\s*\}\}"
    # `[slug].tsx` is a route of a web framework; in other languages a name in brackets is a gap.
    r"|\[(?:#+-)?[A-Z_]*(?:FEATURE|FILE|NAME|MODULE|SERVICE|COMPONENT)[A-Z_]*\]|\[#+-[\w-]+\]"
    r"|\[[A-Za-z][\w -]*\]\.(?:py|go|rs|java|kt|rb|cs|swift|c|h|cpp|hpp|scala|ex|dart)\b"
)
_SAMPLE_TARGET = regex(
    r"\b(?:create|modify|edit|update|extend|implement|build|delete)s?\b[^.;:()\n]{0,80}?[ `]"
    r"(?P<path>(?:\./)?(?:exact/)?path/to/[\w./-]*\w)",
    re.IGNORECASE,
)
"""A sample path where a sentence says what to change; elsewhere ("run it with path/to/file") it is an example."""
_ABOUT_MARKS = regex(r"\b(?:placeholders?|TODOs|TBDs|templates?|boilerplate|scaffold\w*|snippets?)\b", re.IGNORECASE)


_PATH_MARKS = ("path/to", "your", "<", "...", "{{", "[")
_TEXT_MARKS = ("[", "<", "{{", "TBD", "TBA", "TODO", "FIXME", "???")
"""One of these stands in everything that the patterns for paths and for parts of a text match."""
_SAMPLE_MARK = "path/to/"
_FIELD_MARKS = ("XXX", "??", "...", "…", "to be ", "lorem ipsum", "fill ")
"""One of these or of `_TEXT_MARKS` stands in everything that the patterns for a whole field match."""


class _Found(NamedTuple):
    """A placeholder, the field that holds it, and where."""

    text: str
    field: str
    origin: Origin
    evidence: Evidence


class Placeholder(Rule):
    """A placeholder was left in: TODO, TBD, `[feature]`, `<name>`, `path/to/file.py`.

    ## Why

    An agent does not stop at a gap. It fills it with something likely, and the result looks as if somebody had decided.

    ## Example

    ```yaml
    plan: export
    tasks:
      - id: csv
        title: Export [feature name]
        creates: [exact/path/to/file.py]
        brief: |
          Write the export.
          Field separator: TBD
    ```

    ## Use instead

    ```yaml
    plan: export
    tasks:
      - id: csv
        title: Export of invoices
        creates: [src/export/invoices.py]
        brief: |
          Write the export.
          Field separator: semicolon
    ```

    ## Silent on

    Templates and standing patterns; TODO as the subject of the work ("remove TODO comments", `todo.md`); code in fences
    and code spans, with its generics, tags and routes (`Vec<T>`, `<div>`, `[id].tsx`); links; marks such as `[P]`.
    """

    code = "PL607"
    name = "placeholder"
    tier = Tier.CORE
    severity = Severity.WARNING

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task, at its first placeholder."""
        if facts.plan.pattern:
            return
        marks = {mark.lower() for mark in (*_TEXT_MARKS, *_FIELD_MARKS, _SAMPLE_MARK)}
        telling = facts.told.tasks(*marks) | facts.paths.tasks(*_PATH_MARKS)
        for task in facts.tasks if telling else ():
            found = next(_placeholders(task), None) if task.index in telling else None
            if found is not None:
                shown = " ".join(found.text.split())
                yield self.finding(
                    f"`{task.label}` still holds the placeholder `{shown}`",
                    found.origin,
                    why="an agent fills the gap with something likely, and nobody notices that it was open",
                    help="write what is meant, or take the line out",
                    tasks=[task],
                    names=[shown],
                    severity=self.severity,
                    evidence=found.evidence,
                )


def _placeholders(task: Task) -> Iterator[_Found]:
    for field in ("title", "verify", "returns", "brief"):
        value = getattr(task, field) or ""
        if _WHOLE.fullmatch(value.strip()):
            yield _Found(value.strip(), field, task.at(field), Evidence.DECLARED)
    for field in ("verify", "returns", "brief"):
        value = (getattr(task, field) or "").strip()
        if _GAP.fullmatch(value):
            yield _Found(value, field, task.at(field), Evidence.DECLARED)
    for field in ("writes", "reads"):
        for position, scope in enumerate(getattr(task, field)):
            if not any(mark in scope.path for mark in _PATH_MARKS):
                continue
            if scope.evidence is not Evidence.INFERRED and _SAMPLE_PATH.search(scope.path):
                yield _Found(scope.path, field, task.at(field, position), scope.evidence)
    for field in ("title", "brief"):
        text = getattr(task, field) or ""
        sample = _SAMPLE_TARGET.search(text) if _SAMPLE_MARK in text else None
        if sample is not None:
            yield _Found(sample["path"], field, task.place_of(field, sample["path"]), Evidence.STATED)
    for field in ("title", "brief", "verify", "returns"):
        text = getattr(task, field) or ""
        if not any(mark in text for mark in _TEXT_MARKS):
            continue
        text = without_code(text)
        match = _first(_BRACKETED, text)
        if match is not None and not _is_code(task, match.group()):
            yield _Found(match.group(), field, task.place_of(field, match.group()), Evidence.STATED)
        opened = _first(_OPEN, text)
        if opened is not None:
            mark = next(opened[key] for key in ("mark", "todo", "label", "fix", "gap") if opened[key])
            yield _Found(mark, field, task.place_of(field, opened.group().strip()), Evidence.STATED)


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that is a gap, not an example in a paragraph about templates and the like."""
    for match in pattern.finditer(text):
        start, end = text.rfind("\n\n", 0, match.start()), text.find("\n\n", match.end())
        if _ABOUT_MARKS.search(text, max(start, 0), end if end >= 0 else len(text)) is None:
            return match
    return None


def _is_code(task: Task, phrase: str) -> bool:
    """Whether the file has `phrase` in code only, whose marks a field of plain text no longer shows."""
    written = task.origin.text
    return phrase in written and phrase not in without_code(written)
