"""Move a file that several tasks write to one task that joins their work, in plans that list tasks as mappings."""

from __future__ import annotations

import json
import re

from planlint.diagnostics import Edit
from planlint.diagnostics.remedy import MoveToIntegration
from planlint.dialects.remedies.data import added_field, is_json, waiting_edit
from planlint.model import Plan, Task
from planlint.readers.editing import append_items, line_end, remove_field, remove_item, spelled

_DASH = re.compile(r"[ ]*-[ ]+\Z")
_LISTS = ("creates", "modifies", "writes", "deletes")
_NAME = "integrate"


def integration_edits(plan: Plan, remedy: MoveToIntegration) -> tuple[Edit, ...] | None:
    """All edits of `remedy`, in words of planlint's own format; None where the text cannot say it."""
    edits = [_given_up(plan.tasks[index], position) for index, position in remedy.writes]
    if remedy.into is None:
        edits.append(_new_task(plan, remedy))
    else:
        joining = plan.tasks[remedy.into]
        if remedy.after:
            edits.append(waiting_edit(plan, joining, [plan.tasks[index] for index in remedy.after]))
        if all(scope.path != remedy.path for scope in joining.writes):
            edits.append(_taken(joining, remedy))
    return tuple(edit for edit in edits if edit is not None) if None not in edits else None


def _given_up(task: Task, position: int) -> Edit | None:
    """Take item `position` of `writes` out of the list that it stands in; a list of one goes with its key."""
    place = task.writes[position].origin
    for name in _LISTS:
        listing = task.places.get(name)
        if listing is not None and listing.start <= place.start and place.end <= listing.end:
            items = [scope.origin for scope in task.writes if listing.start <= scope.origin.start < listing.end]
            if len(items) == 1 and not is_json(task):
                return remove_field(listing) or remove_item(listing, items, 0)
            return remove_item(listing, items, items.index(place))
    return None


def _taken(joining: Task, remedy: MoveToIntegration) -> Edit | None:
    """Add the path to what an existing task writes."""
    name = "creates" if remedy.creates else "modifies"
    item = spelled(remedy.path, as_json=is_json(joining))
    listing = joining.places.get(name)
    if listing is None:
        return added_field(joining, name, f"[{item}]")
    return append_items(listing, [item]) if listing.text.startswith(("[", "-")) else None


def _new_task(plan: Plan, remedy: MoveToIntegration) -> Edit | None:
    """A task behind the last one, indented as that is."""
    last = max(plan.tasks, key=lambda task: task.origin.end)
    source = last.origin.source
    wave = _next_wave(plan)
    if source is not plan.origin.source or wave == 0 or any(task.phase is not None for task in plan.tasks):
        return None
    waited = [plan.tasks[index] for index in remedy.after]
    names = [task.label for task in waited]
    fields: dict[str, str | int | list[str]] = {
        "id": _free_id(plan),
        "title": f"Bring what {', '.join(names[:-1])} and {names[-1]} need into {remedy.path}",
        "creates" if remedy.creates else "modifies": [remedy.path],
        "depends_on": [task.id for task in waited],
        "kind": _NAME,
    }
    if wave is not None:
        fields["wave"] = wave
    if not all(task.id for task in waited):
        return None
    line_start = source.line_starts[last.origin.begin.line - 1]
    before = source.text[line_start : last.origin.start]
    newline = line_end(source, last.origin.start)
    if is_json(last):
        at = last.origin.end
        return Edit(source.origin(at, at), "," + _as_json(fields, last.origin.text, before, newline))
    if not _DASH.match(before) or last.origin.text.startswith("{"):
        return None
    end = source.line_span(source.position(last.origin.start + len(last.origin.text.rstrip())).line).end
    lines = [f"{name}: {_as_yaml(value)}" for name, value in fields.items()]
    text = before + f"{newline}{' ' * len(before)}".join(lines)
    return Edit(source.origin(end, end), newline + text)


def _as_yaml(value: str | int | list[str]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(spelled, value))}]"
    return spelled(value) if isinstance(value, str) else str(value)


def _as_json(fields: dict[str, str | int | list[str]], model: str, before: str, newline: str) -> str:
    """An object laid out as `model` is, which has `before` on its line before it."""
    written = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    lines = model.splitlines()
    if len(lines) == 1:
        lead = " " if before.strip() else f"{newline}{before}"
        return f"{lead}{{{', '.join(written)}}}"
    outer = lines[-1][: len(lines[-1]) - len(lines[-1].lstrip())]
    inner = lines[1][: len(lines[1]) - len(lines[1].lstrip())]
    lead = " " if before.strip() else f"{newline}{outer}"
    body = f",{newline}{inner}".join(written)
    return f"{lead}{{{newline}{inner}{body}{newline}{outer}}}"


def _free_id(plan: Plan) -> str:
    taken = {task.id for task in plan.tasks}
    number = 1
    while (name := _NAME if number == 1 else f"{_NAME}-{number}") in taken:
        number += 1
    return name


def _next_wave(plan: Plan) -> int | None:
    """The number behind the last wave; None for a plan without waves, 0 where they are no numbers."""
    waves = {task.wave for task in plan.tasks}
    if waves == {None}:
        return None
    if not all(wave is not None and wave.isdecimal() for wave in waves):
        return 0
    return max(int(wave) for wave in waves if wave is not None) + 1
