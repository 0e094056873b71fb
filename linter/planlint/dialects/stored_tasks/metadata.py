"""The files of a stored task: in `metadata`, or in a fence `json:metadata` inside its description.

The format itself has no field for files; plans written with the superpowers skills put them there.
"""

from __future__ import annotations

import json
import re
from typing import Any

from planlint.dialects.draft import TaskDraft
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Scalar, Sequence

_FENCE = re.compile(r"^[ \t]*```json:metadata[ \t]*\n(?P<body>.*?)^[ \t]*```[ \t]*$", re.MULTILINE | re.DOTALL)
_MOST = 20_000
"""Characters of a fence that are parsed."""


def add_files(task: TaskDraft, files: Node | None) -> None:
    """A list of the files that the task writes."""
    for item in files.items if isinstance(files, Sequence) else ():
        if isinstance(item, Scalar) and isinstance(item.value, str) and item.text.strip():
            task.scope_known = True
            task.write(item.text.strip(), item.origin.narrow(1, len(item.origin.text) - 1))


def add_metadata(task: TaskDraft, node: Node | None) -> None:
    """What the mapping `metadata` says: `files` are written, `verifyCommand` checks the work."""
    if not isinstance(node, Mapping):
        return
    add_files(task, node.get("files"))
    command = node.get("verifyCommand", "acceptanceCriteria")
    if command is not None:
        task.verify = str(command.plain)
        task.places["verify"] = command.origin


def split_description(scalar: Scalar) -> tuple[list[Prose], list[tuple[dict[str, Any], Scalar]]]:
    """The texts outside of metadata fences, and what the fences hold; a fence that is no JSON object is passed over."""
    whole = Prose.of_scalar(scalar)
    found: list[tuple[dict[str, Any], Scalar]] = []
    for match in _FENCE.finditer(scalar.text):
        try:
            value = json.loads(match["body"][:_MOST])
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append((value, scalar))
    if not found:
        return [whole], []
    parts: list[Prose] = []
    at = 0
    for mark in whole.codes():
        if whole.text[mark.start : mark.start + 1] == "{" and '"' in whole.text[mark.start : mark.end]:
            parts.append(whole.slice(at, mark.start))
            at = mark.end
    parts.append(whole.slice(at, len(whole.text)))
    return [part for part in parts if part], found


def add_fence(task: TaskDraft, value: dict[str, Any], scalar: Scalar) -> None:
    """What a fence says; each path is found again in the scalar as it is written there."""
    written = scalar.origin.text
    at = 0
    files = value.get("files")
    for path in files if isinstance(files, list) else ():
        if isinstance(path, str) and path.strip():
            place = written.find(path, at)
            origin = scalar.origin if place < 0 else scalar.origin.narrow(place, place + len(path))
            at = max(at, place + 1)
            task.scope_known = True
            task.write(path.strip(), origin)
    command = value.get("verifyCommand") or value.get("acceptanceCriteria")
    if command and task.verify is None:
        task.verify = str(command)
        task.places.setdefault("verify", scalar.origin)
