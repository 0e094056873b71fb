"""What a plan says outside of its tasks that nobody may change: "Global Constraints", "- Do not modify: `x.ts`"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.file_lists import entries_in, lines_of
from planlint.dialects.prose import BareNames, PathContext, PathMention, ProseContext, effects_of
from planlint.dialects.prose.bans import flatly_forbidden
from planlint.dialects.superpowers.headings import TaskSection, parts_around
from planlint.model import Constraint, Mode, Scope
from planlint.readers.markdown.blocks import MarkdownTree
from planlint.readers.markdown.running_text import running_text
from planlint.readers.prose import Prose

_SAYS_NO = re.compile(
    r"\b(?:not|never|no (?:changes?|edits?|modifications?)|unchanged|untouched|off[- ]limits)\b|n['’]t\b|"
    r"不要|禁止|不得|変更しない",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:until|unless|except|beyond|outside|other than|apart from|besides|before|after|yet|without|"
    r"only (?:if|when|after)|in (?:this )?(?:task|phase|step)s?|by hand|manually|directly)\b|除非|未经|除了",
    re.IGNORECASE,
)
"""The file may be changed after all: later, by another task, or in part."""


def limits_of(
    trees: Sequence[MarkdownTree],
    sections: Sequence[TaskSection],
    tasks: Sequence[TaskDraft],
    context: PathContext,
    mentions: Mapping[int, Sequence[PathMention]],
) -> tuple[Constraint, ...]:
    """The files that the text around the tasks keeps everybody away from.

    What a task writes all the same counts only where the sentence is about the whole file and says no more. `mentions`
    are all paths of the plan.
    """
    written = {scope.path for task in tasks for scope in task.writes}
    names = BareNames.of(mentions)
    found: dict[str, Constraint] = {}
    for line in _lines_around(trees, sections):
        for scope in _forbidden(line, context, names.find):
            short = any(path.endswith(f"/{scope.path}") for path in found)
            if not short and (scope.path not in written or flatly_forbidden(scope)):
                note = " ".join(line.text.split())[:200]
                limit = Constraint(kind="off-limits", scope=scope, origin=scope.origin, note=note)
                found.setdefault(scope.path, limit)
    return tuple(found.values())


def _lines_around(trees: Sequence[MarkdownTree], sections: Sequence[TaskSection]) -> Iterator[Prose]:
    """The lines outside of the tasks that deny something."""
    for tree in trees:
        for part in parts_around(tree, sections):
            for prose in running_text(part.blocks, tables=False):
                if _SAYS_NO.search(prose.text):
                    yield from lines_of(prose)


def _forbidden(line: Prose, context: PathContext, resolve: Callable[[str], str | None]) -> Iterator[Scope]:
    listed = [entry for entry in entries_in(line, context) if entry.forbidden]
    for entry in listed:
        path = resolve(entry.path) if entry.bare else entry.path
        if path is not None:
            yield Scope(path=path, mode=Mode.WRITE, origin=entry.origin, evidence=Evidence.STATED)
    if not listed and _SAYS_NO.search(line.text) and not _CONDITION.search(line.text):
        yield from effects_of(line, default=None, context=ProseContext(paths=context, resolve=resolve)).off_limits
