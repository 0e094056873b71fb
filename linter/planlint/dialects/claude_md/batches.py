"""Batches that pseudo-code, JSON or YAML lists: `batches = [{ tasks: [Task1, Task2], blockedBy: [] }, ...]`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planlint.dialects.calls import scan_group
from planlint.readers.markdown.blocks import Fence
from planlint.readers.prose import Prose
from planlint.source import Origin

_HEAD = re.compile(
    r"^[ \t]*(?:const[ \t]+|let[ \t]+|var[ \t]+)?[\"']?(?:batches|waves)[\"']?[ \t]*[:=][ \t]*", re.MULTILINE
)
_INLINE_HEAD = re.compile(r"[{,][ \t]*[\"'](?:batches|waves)[\"'][ \t]*:[ \t]*")
_KEY = re.compile(
    r"[\"']?\b(?:(?P<tasks>tasks|task_ids|items)|(?P<after>blocked_?[bB]y|depends_?[oO]n|dependencies|after))[\"']?"
    r"[ \t]*[:=][ \t]*\n?(?P<value>[ \t]*)"
)
_ENTRY = re.compile(r"^(?P<indent>[ \t]*)-[ \t]+", re.MULTILINE)
_NAME = re.compile(r"[\"']?(?P<name>[\w.#-]{1,60}(?:[ \t][\w.#-]{1,40}){0,5})[\"']?")
_NUMBER = re.compile(r"(?:.*?[^\d.])?(\d{1,4})\Z", re.DOTALL)
_MOST = 200
"""Batches that are read; nobody writes more by hand."""


@dataclass(slots=True)
class Named:
    """A task or a batch as a list names it."""

    name: str
    origin: Origin


@dataclass(slots=True)
class Batch:
    """One batch: what it holds and what it waits for, both as written; `start` and `end` in the source."""

    start: int
    end: int
    tasks: list[Named] = field(default_factory=list)
    after: list[Named] = field(default_factory=list)


def read_batches(fence: Fence) -> list[Batch]:
    """The batches that a fence lists; empty where it lists none, or where nothing in them orders anything."""
    prose = fence.prose
    text = prose.text
    if "tasks" not in text and "items" not in text and "task_ids" not in text:
        return []
    head = _HEAD.search(text) or _INLINE_HEAD.search(text)
    if head is None:
        return []
    bracketed = text[head.end() : head.end() + 1] == "["
    parts = _bracketed(text, head.end()) if bracketed else _listed(text, head.end())
    batches = [_batch(prose, start, end) for start, end in parts[:_MOST]]
    full = [batch for batch in batches if batch.tasks]
    return full if len(full) >= 2 and any(_says_order(text, start, end) for start, end in parts[:_MOST]) else []


def number_of(name: str) -> int | None:
    """The number that a name ends with: 4 of `Task4`, `task-4`, `T004` and `4`."""
    match = _NUMBER.fullmatch(name)
    return int(match.group(1)) if match is not None else None


def _bracketed(text: str, at: int) -> list[tuple[int, int]]:
    """The ranges of the objects in the list that opens at `at`."""
    group = scan_group(text, at, len(text))
    opened: int | None = None
    found = []
    for token in group.tokens:
        if token.kind == "{" and token.depth == 1:
            opened = token.start
        elif token.kind == "}" and token.depth == 1 and opened is not None:
            found.append((opened, token.end))
            opened = None
    return found


def _listed(text: str, at: int) -> list[tuple[int, int]]:
    """The ranges of the entries of the YAML list below `at`."""
    first = _ENTRY.search(text, at)
    if first is None or text[at : first.start()].strip():
        return []
    indent = len(first.group("indent"))
    starts = []
    end = len(text)
    for line in re.finditer(r"^[ \t]*(?=\S)", text[first.start() :], re.MULTILINE):
        begin = first.start() + line.start()
        depth = len(line.group())
        is_entry = text.startswith("-", begin + depth)
        if depth < indent or (depth == indent and not is_entry):
            end = begin
            break
        if depth == indent:
            starts.append(begin)
    return list(zip(starts, [*starts[1:], end], strict=True))


def _says_order(text: str, start: int, end: int) -> bool:
    return any(match.group("after") is not None for match in _KEY.finditer(text, start, end))


def _batch(prose: Prose, start: int, end: int) -> Batch:
    whole = prose.origin(start, end)
    batch = Batch(whole.start, whole.end)
    at = start
    while (key := _KEY.search(prose.text, at, end)) is not None:
        names, at = _names(prose, key.end(), end)
        if key.group("tasks") is not None:
            batch.tasks = batch.tasks or names
        else:
            batch.after = batch.after or names
    return batch


def _names(prose: Prose, at: int, end: int) -> tuple[list[Named], int]:
    """The names of a list in brackets, of the dashes below, or of one line; and where it ends.

    What stands in further brackets (`Task({...})`) is no name.
    """
    text = prose.text
    if text.startswith("[", at):
        group = scan_group(text, at, end)
        starts = [at + 1, *(token.end for token in group.tokens if token.kind == "," and token.depth == 1)]
        stops = [*(token.start for token in group.tokens if token.kind == "," and token.depth == 1), group.end - 1]
        pieces = list(zip(starts, stops, strict=True))
        stop = group.end
    else:
        pieces, stop = [], at
        for entry in re.finditer(r"[ \t]*-[ \t]+([^\n]*)\n?", text[at:end]):
            if at + entry.start() != stop:
                break
            pieces.append((at + entry.start(1), at + entry.end(1)))
            stop = at + entry.end()
        if not pieces:
            stop = text.find("\n", at, end) if text.find("\n", at, end) >= 0 else end
            pieces = [(at, stop)]
    found = []
    for start, until in pieces:
        piece = text[start:until].strip(" \t\n,")
        match = _NAME.fullmatch(piece)
        if match is not None:
            begin = text.index(match.group("name"), start)
            found.append(Named(match.group("name"), prose.origin(begin, begin + len(match.group("name")))))
    return found, max(stop, at)
