"""The "Task Dependency Graph" of Kiro: a fenced JSON object that puts the leaf tasks into waves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from planlint.diagnostics import Problem
from planlint.readers.markdown.blocks import Fence, MarkdownTree
from planlint.source import Origin

_LOOK = re.compile(r'"waves"\s*:')
_TOKEN = re.compile(r'"([^"\\\n]{0,100})"|(\d[\d.]{0,20})')
_NESTED = "wave", "id", "number", "index"


@dataclass(slots=True)
class Wave:
    """One wave: its number as written, the tasks in it, and where each stands."""

    name: str
    origin: Origin
    tasks: list[tuple[str, Origin]] = field(default_factory=list)


@dataclass(slots=True)
class WaveGraph:
    """All waves in the order of the file."""

    waves: list[Wave] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def has_waves(tree: MarkdownTree) -> bool:
    """Whether the document holds a fenced object with a key `waves`."""
    return any(_is_graph(fence) for fence in tree.fences())


def read_waves(tree: MarkdownTree) -> WaveGraph | None:
    """The waves of the first fence that holds them; None without one. A broken object is a problem, not a crash."""
    for fence in tree.fences():
        if _is_graph(fence):
            return _read(fence)
    return None


def _is_graph(fence: Fence) -> bool:
    return fence.language in ("", "json", "jsonc") and _LOOK.search(fence.text) is not None


def _read(fence: Fence) -> WaveGraph:
    graph = WaveGraph()
    try:
        # Numbers stay as written: 1.10 is not 1.1.
        data = json.loads(fence.text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        at = error.pos if isinstance(error, json.JSONDecodeError) else 0
        origin = fence.prose.origin(at, min(at + 1, len(fence.text))) if at < len(fence.text) else fence.body
        graph.problems.append(
            Problem(
                "PL002",
                "the task dependency graph is not valid JSON, so its waves are not known",
                origin,
                help="Kiro runs the waves of this object; without it the tasks run in listed order",
            )
        )
        return graph
    places = _Places(fence)
    waves = data.get("waves") if isinstance(data, dict) else None
    if not isinstance(waves, list):
        graph.problems.append(Problem("PL003", "`waves` must be a list", fence.body))
        return graph
    for position, entry in enumerate(waves):
        name, tasks = _entry(entry, position)
        if tasks is None:
            graph.problems.append(
                Problem("PL003", f"wave {position + 1} of the task dependency graph has no list of tasks", fence.body)
            )
            continue
        wave = Wave(name, fence.body)
        for task in tasks:
            if isinstance(task, dict):
                task = task.get("id", task.get("task"))
            if isinstance(task, str):
                wave.tasks.append((task.strip(), places.next(task)))
        if wave.tasks:
            wave.origin = wave.tasks[0][1]
        graph.waves.append(wave)
    return graph


def _entry(entry: object, position: int) -> tuple[str, list[Any] | None]:
    """Name and tasks of one wave: an object with `id` (from 0) or `wave` (from 1), or just a list."""
    if isinstance(entry, list):
        return str(position), entry
    if isinstance(entry, dict):
        name = next((str(entry[key]) for key in _NESTED if isinstance(entry.get(key), str)), str(position))
        tasks = entry.get("tasks")
        return name, tasks if isinstance(tasks, list) else None
    return str(position), None


class _Places:
    """Finds the strings of a JSON text again, in order: the parser gives values, not places."""

    def __init__(self, fence: Fence) -> None:
        self._fence = fence
        self._tokens = self._scan()

    def next(self, text: str) -> Origin:
        """Where `text` stands next; the whole object when it cannot be found (it was written with escapes)."""
        for value, start, end in self._tokens:
            if value == text:
                return self._fence.prose.origin(start, end)
        self._tokens = iter(())
        return self._fence.body

    def _scan(self) -> Iterator[tuple[str, int, int]]:
        for match in _TOKEN.finditer(self._fence.text):
            group = 1 if match.group(1) is not None else 2
            yield match.group(group), match.start(group), match.end(group)


def placement(graph: WaveGraph, leaves: Mapping[str, list[int]]) -> list[list[int]]:
    """Task indexes by wave. `leaves` maps each id of the list to the leaf tasks it stands for.

    An id that the list lacks and one that stands in two waves are reported in `graph.problems`; the first place counts.
    """
    placed: dict[int, Wave] = {}
    waves: list[list[int]] = []
    for wave in graph.waves:
        members: list[int] = []
        for name, origin in wave.tasks:
            if name not in leaves:
                graph.problems.append(
                    Problem("PL003", f"wave {wave.name} names task `{name}`, which is not in the list", origin)
                )
                continue
            for task in leaves[name]:
                if task in placed:
                    if placed[task] is not wave:
                        message = f"task `{name}` stands in wave {placed[task].name} and again in wave {wave.name}"
                        graph.problems.append(Problem("PL003", message, origin))
                    continue
                placed[task] = wave
                members.append(task)
        waves.append(members)
    return waves
