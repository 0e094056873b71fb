"""The order of an invented plan: its groups, waves and phases, its strategy, else what its product's rules say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from planlint.diagnostics import Evidence
from planlint.dialects.invented.finding import Found
from planlint.dialects.invented.items import Read
from planlint.dialects.invented.stages import Stage
from planlint.dialects.invented.strategy import strategy_of, strategy_of_plan
from planlint.dialects.invented.vocabulary import SIDE_BY_SIDE, scalars
from planlint.dialects.keys import fold
from planlint.dialects.plan_words.waves import build_schedule
from planlint.model import Schedule, parallel, serial
from planlint.readers.tree import Mapping, Scalar

_NEEDS = frozenset({"requires", "dependson", "after", "dependencies", "needs", "waitsfor"})
_MOST_EDGES = 20_000
"""More edges between groups than this are not spelled out; the groups then run in listed order."""


class Ordered:
    """What orders the tasks apart from their own dependencies. `concurrent`: whether anything runs at the same time."""

    def __init__(self, schedule: Schedule | None, *, concurrent: bool = True, waves: bool = False) -> None:
        self.schedule = schedule
        self.concurrent = concurrent
        self.waves = waves


def order_of(found: Found, reads: Sequence[Read], together: Sequence[tuple[int, int]]) -> Ordered:
    """The order of the tasks in `reads`, which are the items of `found`, all references resolved."""
    profile = found.profile
    if profile is not None and profile.order == "backlog":
        return Ordered(None, concurrent=False)
    strategy = strategy_of_plan(found.root)
    if strategy == "sequential":
        return Ordered(
            serial(range(len(reads)), "the plan says that its tasks run one after another"), concurrent=False
        )
    members = members_of(found.stages, reads)
    if any(members):
        return _staged(found.stages, members, reads, declared=profile is not None)
    if together:
        return Ordered(_pairwise(together, len(reads)))
    for read in reads:
        if read.task.agent.background and read.task.parallel is None and not read.task.depends_on:
            read.task.parallel = True
    tasks = tuple(read.task.freeze() for read in reads)
    grouped = any(task.wave or task.phase for task in tasks) or any(task.parallel is not None for task in tasks)
    if grouped or profile is not None:
        schedule = build_schedule(tasks, chapters=_wait_inside_phases(reads))
        return Ordered(schedule, waves=any(task.wave for task in tasks))
    if any(task.depends_on or task.blocks for task in tasks) or "depends_on" in found.fields:
        return Ordered(None)
    if len({read.document for read in reads}) > 1:
        # Files beside each other are no list: where each has a branch, nothing orders them, else nobody knows.
        return Ordered(None, concurrent=bool({"branch", "worktree"} & found.fields))
    if fold(found.list_key) in SIDE_BY_SIDE:
        return Ordered(parallel(range(len(reads)), f"each of the `{found.list_key}` works for itself", Evidence.STATED))
    if strategy == "parallel":
        return Ordered(
            parallel(range(len(reads)), "the plan says that its tasks run at the same time", Evidence.STATED)
        )
    return Ordered(serial(range(len(reads)), "tasks are done in listed order", Evidence.INFERRED), concurrent=False)


def _wait_inside_phases(reads: Sequence[Read]) -> bool:
    """Whether a task waits for another one of its own phase."""
    phases = {read.task.id: read.task.phase for read in reads if read.task.phase is not None}
    return any(
        phases.get(dependency.task) == read.task.phase
        for read in reads
        if read.task.phase is not None
        for dependency in read.task.depends_on
    )


def members_of(stages: Sequence[Stage], reads: Sequence[Read]) -> list[list[int]]:
    """The tasks of each group: those it names, those inside it, those that name it; a task is in one group only."""
    ids = {read.task.id: read.task.index for read in reversed(reads) if read.task.id}
    placed: dict[int, list[tuple[int, int]]] = {}
    naming: dict[str, list[int]] = {}
    for read in reads:
        placed.setdefault(id(read.node.source), []).append((read.node.start, read.task.index))
        if read.group is not None:
            naming.setdefault(read.group, []).append(read.task.index)
    for places in placed.values():
        places.sort()
    taken: set[int] = set()
    members: list[list[int]] = []
    for stage in stages:
        own = [ids[scalar.text.strip()] for scalar in stage.ids if scalar.text.strip() in ids]
        if stage.held or not own:
            places = placed.get(id(stage.node.source), [])
            low, high = bisect_left(places, (stage.node.start, -1)), bisect_left(places, (stage.node.end, -1))
            own += [index for _, index in places[low:high]]
        own += naming.get(stage.name, [])
        kept = [index for index in dict.fromkeys(own) if index not in taken]
        taken.update(kept)
        members.append(kept)
    return members


def _staged(stages: Sequence[Stage], members: list[list[int]], reads: Sequence[Read], *, declared: bool) -> Ordered:
    inner: list[Schedule] = []
    word = stages[0].word
    if word == "batch":
        word = "phase" if any(_wait_for_each_other(own, reads) for own in members) else "wave"
        stages = [replace(stage, word=word) for stage in stages]
    for stage, own in zip(stages, members, strict=True):
        if not own:
            continue
        for index in own:
            task = reads[index].task
            if word == "wave":
                task.wave = task.wave or stage.name
            elif word == "phase":
                task.phase = task.phase or stage.name
            task.places.setdefault(word, stage.origin)
        inner.append(_inner(stage, own, reads))
    free = sorted(set(range(len(reads))).difference(*members))
    needs = _needs(stages)
    edges = sum(len(own) * len(members[at]) for own, wanted in zip(members, needs, strict=True) for at, _, _ in wanted)
    if any(needs) and edges <= _MOST_EDGES:
        _add_edges(members, needs, reads)
        whole = parallel(inner, f"no dependency orders these {word}s")
    elif word in ("group", "set") or (word == "story" and any(read.task.depends_on for read in reads)):
        # What is inside of a named group runs together, and only dependencies order the groups.
        whole = parallel(inner, "no dependency orders them", Evidence.DECLARED if declared else Evidence.INFERRED)
    else:
        whole = serial(inner, f"{word}s run one after another")
    if free:
        whole = parallel([whole, *free], "nothing orders them", Evidence.INFERRED)
    return Ordered(whole, waves=word == "wave")


def _wait_for_each_other(own: list[int], reads: Sequence[Read]) -> bool:
    ids = {reads[index].task.id for index in own}
    return any(dependency.task in ids for index in own for dependency in reads[index].task.depends_on)


def _inner(stage: Stage, own: list[int], reads: Sequence[Read]) -> Schedule:
    strategy = stage.strategy or strategy_of(stage.node)
    label = stage.name if stage.name.lower().startswith(stage.word) else f"{stage.word} {stage.name}"
    if strategy == "sequential":
        return serial(own, f"{label} is sequential")
    if stage.word == "set":
        return parallel(own, "no dependency orders them")
    if strategy == "parallel" or stage.word in ("wave", "group"):
        return parallel(own, f"same {stage.word}", origin=stage.origin, label=label)
    if any(reads[index].task.depends_on for index in own):
        return parallel(own, "nothing orders them", Evidence.INFERRED, origin=stage.origin, label=label)
    return serial(own, "tasks are done in listed order", Evidence.INFERRED)


def _needs(stages: Sequence[Stage]) -> list[list[tuple[int, str, Scalar]]]:
    """For each group the groups it waits for, with the words that say so; `blocks` counts from the other side."""
    names = {stage.name: at for at, stage in reversed(list(enumerate(stages)))}
    needs: list[list[tuple[int, str, Scalar]]] = [[] for _ in stages]
    for at, stage in enumerate(stages):
        if not isinstance(stage.node, Mapping):
            continue
        for key, value in stage.node.values.items():
            for scalar in scalars(value) if fold(key) in _NEEDS or fold(key) == "blocks" else ():
                other = names.get(scalar.text.strip())
                if other is None or other == at:
                    continue
                waiting, needed = (other, at) if fold(key) == "blocks" else (at, other)
                needs[waiting].append((needed, scalar.text.strip(), scalar))
    return needs


def _add_edges(members: list[list[int]], needs: list[list[tuple[int, str, Scalar]]], reads: Sequence[Read]) -> None:
    for own, wanted in zip(members, needs, strict=True):
        for at, written, scalar in wanted:
            for index in own:
                for needed in members[at]:
                    other = reads[needed].task
                    reads[index].task.depend(other.id or other.title, scalar.origin, written=written, target=needed)


def _pairwise(together: Sequence[tuple[int, int]], count: int) -> Schedule:
    """Tasks that all name each other as parallel run together; else, only dependencies order them."""
    beside: list[set[int]] = [set() for _ in range(count)]
    for first, second in together:
        beside[first].add(second)
        beside[second].add(first)
    inner: list[Schedule | int] = []
    taken: set[int] = set()
    for index in range(count):
        own = {index, *beside[index]}
        if index in taken:
            continue
        if len(own) > 1 and not own & taken and all(own <= beside[other] | {other} for other in own):
            inner.append(parallel(sorted(own), "they are said to be parallelizable with each other"))
            taken |= own
        else:
            inner.append(index)
    return parallel(inner, "nothing orders them", Evidence.INFERRED)
