"""Remedies as edits of plans written in YAML, JSON or front matter, by the places that their tasks remember."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from planlint.diagnostics import Edit, Evidence
from planlint.diagnostics.remedy import AddDependency, DropParallelMark, Remedy, RemoveDependency, RespellPath
from planlint.model import Plan, Task
from planlint.readers.editing import (
    add_field,
    append_items,
    put_value,
    remove_item,
    requoted,
    spelled,
    spelled_like,
)
from planlint.readers.front_matter import front_matter_span
from planlint.source import Origin

_KEY = re.compile(r"(?P<quote>[\"']?)(?P<name>[\w-]+)(?P=quote)[ ]*:\s*\Z")
_LONGEST_KEY = 200
"""Characters before a value in which its key ends, blanks and line ends between them included."""
_LOOKED_AT = 200
"""Tasks that are looked at for how a plan writes dependencies: one that has lists of them has them from the start, and
in a plan of thousands every finding asks."""
_ON = frozenset({"true", "True", "TRUE", "yes", "Yes"})
_BESIDE = ("id", "title", "kind", "wave", "agent", "verify")
"""Fields beside which a missing one is added, the first that stands on one line."""


class Words(NamedTuple):
    """How a format writes what a plan holds no example of."""

    key: str = "depends_on"
    """The list of dependencies."""
    reference: str | None = None
    """A reference to another task, for its quotes; None: quoted where YAML needs it."""


_OWN_WORDS = Words()
"""Those of planlint's own format."""


def data_edits(plan: Plan, remedy: Remedy, words: Words = _OWN_WORDS) -> tuple[Edit, ...] | None:
    """The edits of `remedy` for tasks that are mappings with a list of ids; None where the text cannot say it."""
    if isinstance(remedy, AddDependency):
        return _added(plan, plan.tasks[remedy.waiting], plan.tasks[remedy.needed], words)
    if isinstance(remedy, RemoveDependency):
        return _removed(plan.tasks[remedy.task], remedy.positions)
    if isinstance(remedy, DropParallelMark):
        mark = plan.tasks[remedy.task].places.get("parallel")
        return (Edit(mark, "false"),) if mark is not None and mark.text in _ON else None
    if isinstance(remedy, RespellPath):
        scopes = getattr(plan.tasks[remedy.task], remedy.field)
        place = scopes[remedy.position].origin
        plain = place.text.strip("\"'")
        return (requoted(place, remedy.path),) if plain == scopes[remedy.position].path else None
    return None


def waiting_edit(plan: Plan, waiting: Task, needed: Sequence[Task], words: Words = _OWN_WORDS) -> Edit | None:
    """Make `waiting` list all of `needed`; None where its list, or the lack of one, leaves no place for that."""
    if not waiting.id or not all(task.id for task in needed):
        return None
    as_json = is_json(waiting)
    items = [_reference(plan, task, words, as_json=as_json) for task in needed]
    listing = waiting.places.get("depends_on")
    if listing is None:
        name = _key_in_use(plan) or words.key
        return added_field(waiting, name, f"[{', '.join(items)}]")
    if listing.text.endswith(":") or not _is_data(listing):
        return None
    inside = [item.origin for item in waiting.depends_on if listing.start <= item.origin.start < listing.end]
    if not inside and not listing.text.startswith(("[", "-", "{")):
        return put_value(listing, f"[{', '.join(items)}]")  # `depends_on:`, `depends_on: none`
    if listing.text.startswith(("[", "-")):
        mappings = any(_KEY.search(listing.source.text, listing.start, item.start) for item in inside)
        return None if mappings else append_items(listing, items)
    return append_items(listing, items) if [(item.start, item.end) for item in inside] == [listing[1:]] else None


def added_field(task: Task, name: str, value: str) -> Edit | None:
    """A new field of a task that is a mapping, or a page with front matter."""
    for field in _BESIDE:
        place = task.places.get(field)
        if place is None or place.end == place.start or not _is_data(place):
            continue
        if place.source is task.origin.source and task.origin.start <= place.start and place.end <= task.origin.end:
            edit = add_field(place, name, value)
            if edit is not None:
                return edit
    return None


def is_json(task: Task) -> bool:
    """Whether the task is an object of a JSON file."""
    return task.origin.text.startswith("{") and task.origin.source.path.endswith((".json", ".jsonc"))


def _is_data(place: Origin) -> bool:
    """Whether `place` is in YAML or JSON: in Markdown, only the front matter is."""
    if not place.source.path.endswith((".md", ".mdx", ".markdown")):
        return True
    span = front_matter_span(place.source)
    return span is not None and span[0] <= place.start and place.end <= span[1]


def _added(plan: Plan, waiting: Task, needed: Task, words: Words) -> tuple[Edit, ...] | None:
    later: tuple[Edit, ...] = ()
    if (waiting.wave is not None or waiting.phase is not None) and _group(waiting) == _group(needed):
        moved = _into_next_wave(plan, waiting)
        if moved is None:
            return None
        later = (moved,)
    edit = waiting_edit(plan, waiting, [needed], words)
    return (edit, *later) if edit is not None else None


def _group(task: Task) -> tuple[str | None, str | None]:
    """What puts tasks at the same time, so that a dependency alone would only contradict it."""
    return (task.wave, task.phase)


def _into_next_wave(plan: Plan, task: Task) -> Edit | None:
    """Give `task` the number of the next wave; None where the wave is no number of its own or others would follow."""
    place = task.places.get("wave")
    number = place.text.strip("\"'") if place is not None else ""
    if place is None or not number.isdecimal() or number != task.wave or place.source is not task.origin.source:
        return None
    if not task.origin.start <= place.start < task.origin.end:
        return None
    later = int(number) + 1
    for other in plan.tasks:
        waits = any(dependency.task == task.id for dependency in other.depends_on)
        if waits and not (other.wave is not None and other.wave.isdecimal() and int(other.wave) > later):
            return None
    return Edit(place, place.text.replace(number, str(later)))


def _key_in_use(plan: Plan) -> str | None:
    """What the plan itself calls its lists of dependencies."""
    for task in plan.tasks[:_LOOKED_AT]:
        place = task.places.get("depends_on")
        if place is not None and _is_data(place):
            key = _KEY.search(place.source.text, max(0, place.start - _LONGEST_KEY), place.start)
            if key is not None:
                return key["name"]
    return None


def _reference(plan: Plan, needed: Task, words: Words, *, as_json: bool) -> str:
    """The id of `needed` as the plan spells its references, else as the task spells its id, else as the format does."""
    for task in plan.tasks[:_LOOKED_AT]:
        for item in task.depends_on:
            written = item.origin.text
            if item.evidence is Evidence.DECLARED and written.strip("\"'") == item.task and _is_data(item.origin):
                return spelled_like(needed.id, written, as_json=as_json)
    place = needed.places.get("id")
    if place is not None and place.text.strip("\"'") == needed.id:
        return place.text
    if words.reference is not None:
        return spelled_like(needed.id, words.reference, as_json=as_json)
    return spelled(needed.id, as_json=as_json)


def _removed(task: Task, positions: tuple[int, ...]) -> tuple[Edit, ...] | None:
    listing = task.places.get("depends_on")
    if listing is None or not _is_data(listing):
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
