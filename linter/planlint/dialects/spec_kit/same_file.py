""" "In the same file, add ...": a task that names its file by pointing at the task before it."""

from __future__ import annotations

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.model import Mode, Scope
from planlint.readers.prose import Prose
from planlint.source.regex import regex

_SAME_FILE = regex(r"[\s*_]*(?:in|to|within)\s+(?P<file>(?:the|that)\s+same\s+file)\b")


def add_same_file(task: TaskDraft, title: Prose, before: TaskDraft | None) -> None:
    """Let `task` write the file of the one listed before it, if its title begins so and that one writes exactly one."""
    pointed = _SAME_FILE.match(title.text.lower())
    if pointed is None or before is None or task.writes:
        return
    paths = {scope.path for scope in before.writes}
    if len(paths) != 1 or before.writes[0].mode is Mode.DELETE:
        return
    place = title.origin(pointed.start("file"), pointed.end("file"))
    task.writes.append(Scope(paths.pop(), Mode.MODIFY, place, Evidence.INFERRED))
