"""Remedies as edits of plans written in YAML or JSON, by the places that their tasks remember."""

from __future__ import annotations

from planlint.diagnostics import Edit
from planlint.diagnostics.remedy import AddDependency, Remedy, RemoveDependency, RespellPath
from planlint.model import Plan, Task
from planlint.readers.editing import add_field, append_item, remove_item, requoted


def data_edits(plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
    """The edits of `remedy` for a task that is a mapping with `id` and a `depends_on` list; None where it cannot be."""
    if isinstance(remedy, AddDependency):
        return _added(plan.tasks[remedy.waiting], plan.tasks[remedy.needed])
    if isinstance(remedy, RemoveDependency):
        return _removed(plan.tasks[remedy.task], remedy.positions)
    if isinstance(remedy, RespellPath):
        scopes = getattr(plan.tasks[remedy.task], remedy.field)
        place = scopes[remedy.position].origin
        plain = place.text.strip("\"'")
        return (requoted(place, remedy.path),) if plain == scopes[remedy.position].path else None
    return None


def _added(waiting: Task, needed: Task) -> tuple[Edit, ...] | None:
    if not waiting.id or not needed.id or _together(waiting, needed):
        return None
    as_json = waiting.origin.text.startswith("{") and waiting.origin.source.path.endswith((".json", ".jsonc"))
    listing = waiting.places.get("depends_on")
    if listing is not None and listing.end > listing.start and not listing.text.endswith(":"):
        edit = append_item(listing, needed.id, as_json=as_json)
    else:
        place = waiting.places.get("id")
        edit = add_field(place, "depends_on", needed.id) if place is not None and listing is None else None
    return (edit,) if edit is not None else None


def _together(one: Task, other: Task) -> bool:
    """Whether waves or phases put the two at the same time, which a dependency would only contradict."""
    grouped = one.wave is not None or one.phase is not None
    return grouped and (one.wave, one.phase) == (other.wave, other.phase)


def _removed(task: Task, positions: tuple[int, ...]) -> tuple[Edit, ...] | None:
    listing = task.places.get("depends_on")
    if listing is None:
        return None
    items = [dependency.origin for dependency in task.depends_on]
    inside = all(listing.start <= item.start and item.end <= listing.end for item in items)
    if not inside or len({item.start for item in items}) != len(items):
        return None  # ranges and packed lists: one place stands for several tasks
    edits: list[Edit] = []
    for position in sorted(positions):
        edit = remove_item(listing, items, position)
        if edit is None or (edits and edit.origin.start < edits[-1].origin.end):
            return None
        edits.append(edit)
    return tuple(edits)
