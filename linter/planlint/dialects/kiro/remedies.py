"""Remedies in Kiro's and cc-sdd's words: the mark `(P)` and the line `_Depends: 1.1, 1.2_`."""

from __future__ import annotations

import re

from planlint.diagnostics import Edit, Evidence
from planlint.diagnostics.remedy import AddDependency, DropParallelMark, Remedy, RemoveDependency
from planlint.dialects.remedies import without_item, without_mark
from planlint.model import Plan, Task
from planlint.readers.editing import line_end

_FIELD = re.compile(r"^(?P<lead>[ \t]*(?:[-*+][ \t]+)?)_[^\W\d_][^_\n]*:[^\n]*$", re.MULTILINE)
"""A line with a field of a task: `  - _Requirements: 1.1_`."""


def edits_of(plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
    """The edits of `remedy`; None where the list cannot say it."""
    if isinstance(remedy, DropParallelMark):
        place = plan.tasks[remedy.task].places.get("parallel")
        return (without_mark(place),) if place is not None else None
    if isinstance(remedy, AddDependency):
        return _waiting(plan.tasks[remedy.waiting], plan.tasks[remedy.needed])
    if isinstance(remedy, RemoveDependency):
        edits = [without_item(plan.tasks[remedy.task].depends_on[position].origin) for position in remedy.positions]
        return tuple(edit for edit in edits if edit is not None) if None not in edits and len(edits) == 1 else None
    return None


def _waiting(waiting: Task, needed: Task) -> tuple[Edit, ...] | None:
    """The dependency written down; a mark that it would contradict is taken off."""
    if not (waiting.id and needed.id) or waiting.container:
        return None
    if waiting.wave is not None and waiting.wave == needed.wave:
        return None  # the graph of waves would contradict it
    edit = _added(waiting, needed)
    mark = waiting.places.get("parallel")
    if edit is None or mark is None or waiting.parent != needed.parent:
        return (edit,) if edit is not None else None
    return (without_mark(mark), edit) if needed.index < waiting.index else None


def _added(waiting: Task, needed: Task) -> Edit | None:
    listed = [item.origin for item in waiting.depends_on if item.evidence is Evidence.DECLARED]
    if listed:
        last = max(listed, key=lambda place: place.end)
        return Edit(last.source.origin(last.end, last.end), f", {needed.id}")
    fields = list(_FIELD.finditer(waiting.origin.text))
    if not fields or any("depend" in field.group().lower() for field in fields):
        return None
    last_field = fields[-1]
    source = waiting.origin.source
    at = waiting.origin.start + len(last_field.group().rstrip()) + last_field.start()
    # The first line of a task is cut at its bullet, every other one is whole.
    return Edit(source.origin(at, at), f"{line_end(source, at)}{last_field['lead']}_Depends: {needed.id}_")
