"""The groups of an invented plan: waves, phases, sets, and the two lists of what runs together and what takes turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from planlint.dialects.invented.vocabulary import IN_TURN, MEMBERS, STAGES, TOGETHER, WORKERS
from planlint.dialects.keys import fold
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Origin


@dataclass(slots=True)
class Stage:
    """A wave, phase or group: holds items itself, or names them by id."""

    word: str
    """What sort of group it is: `wave`, `batch`, `phase`, `story`, `group` or `set`; see `_kind`."""
    name: str
    origin: Origin
    node: Node
    ids: list[Scalar] = field(default_factory=list)
    held: bool = False
    """Whether items stand inside of it."""
    strategy: str | None = None
    """`parallel` or `sequential`, where the word above the group says so: `parallel_tasks`."""


def stages_in(holder: Mapping) -> Iterator[Stage]:
    """The groups that stand in `holder`."""
    for key, value in holder.values.items():
        word = fold(key)
        if word not in STAGES and not (word == "steps" and _hold_items(value)):
            continue
        kind = _kind(word, value)
        if isinstance(value, Sequence):
            for number, node in enumerate(value.items, start=1):
                yield _stage(kind, _stage_name(node) or str(number), node, node.origin)
        elif isinstance(value, Mapping):
            for name, node in value.values.items():
                yield _stage(kind, name, node, value.keys[name].origin)


def _hold_items(value: Node) -> bool:
    """Whether each step of a list holds tasks of its own, so that the steps are phases."""
    steps = value.items if isinstance(value, Sequence) else []
    return len(steps) > 1 and all(_stage("", "", step, step.origin).held for step in steps)


def runs_in(holder: Mapping) -> list[Stage]:
    """The lists of a plan cut in two, in the order of the file: what runs together, and what is done in turn."""
    found = []
    for key, value in holder.values.items():
        word = fold(key)
        if isinstance(value, Sequence) and word in TOGETHER | IN_TURN:
            stage = _stage("phase", key, value, holder.keys[key].origin)
            stage.strategy = "parallel" if word in TOGETHER else "sequential"
            found.append(stage)
    return found if len({stage.strategy for stage in found}) == 2 else []


def blocks_in(holder: Mapping) -> list[Stage]:
    """The entries of a list one after another, where some of them are blocks that run together: `- parallel: [...]`."""
    for key, value in holder.values.items():
        if fold(key) not in MEMBERS or not isinstance(value, Sequence):
            continue
        keys = set().union(*[node.entries for node in value.items if isinstance(node, Mapping)])
        if TOGETHER.isdisjoint(map(fold, keys)):
            continue
        blocks = [_block(node) for node in value.items]
        if not any(block is not None for block in blocks):
            continue
        found = []
        for number, (node, inner) in enumerate(zip(value.items, blocks, strict=True), start=1):
            alone = Sequence(node.source, node.start, node.end, [node])
            stage = _stage("phase", _stage_name(node) or str(number), inner or alone, node.origin)
            stage.strategy = "parallel" if inner is not None else "sequential"
            found.append(stage)
        return found
    return []


def _block(node: Node) -> Sequence | None:
    """What runs together in an entry that is nothing but a block of it, with a name at most."""
    if not isinstance(node, Mapping):
        return None
    inner = [value for key, value in node.values.items() if fold(key) in TOGETHER and isinstance(value, Sequence)]
    rest = {fold(key) for key in node} - TOGETHER
    return inner[0] if len(inner) == 1 and rest <= {"name", "title", "id", "description", "phase", "stage"} else None


def _kind(word: str, value: Node) -> str:
    """What a group is: `wave` and `phase` follow each other, a `group` runs together, a `set` says neither.

    A `batch` is a wave, or a phase where its own tasks wait for each other.
    A `story` is a set that may as well be a list for one agent: only dependencies tell that it is not.
    """
    if word in ("phases", "stages", "milestones", "sprints", "iterations", "steps"):
        return "phase"
    if word in ("stories", "epics", "features"):
        return "story"
    if word in ("batches", "rounds"):
        return "batch"
    if word in ("waves", "executionorder"):
        return "wave"
    if word == "parallelgroups":
        return "wave" if isinstance(value, Sequence) else "group"
    return "set"


def _stage_name(node: Node) -> str:
    if isinstance(node, Mapping):
        for key in ("id", "wave", "phase", "group", "group_id", "wave_id", "number", "name", "title"):
            value = node.get(key)
            if isinstance(value, Scalar) and value.value is not None:
                return value.text.strip()
    return ""


def _stage(word: str, name: str, node: Node, origin: Origin) -> Stage:
    stage = Stage(word, name, origin, node)
    if isinstance(node, Sequence):
        stage.ids = [item for item in node.items if isinstance(item, Scalar) and item.value is not None]
        stage.held = any(isinstance(item, Mapping) for item in node.items)
    elif isinstance(node, Mapping):
        for key, value in node.values.items():
            if fold(key) in MEMBERS | WORKERS or fold(key) in ("wpids", "achievements", "taskids", "members", "groups"):
                if isinstance(value, Sequence):
                    stage.ids += [item for item in value.items if isinstance(item, Scalar) and item.value is not None]
                    stage.held = stage.held or any(isinstance(item, Mapping) for item in value.items)
                elif isinstance(value, Mapping):
                    stage.held = True
    return stage
