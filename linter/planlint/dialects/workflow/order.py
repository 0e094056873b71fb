"""The order of a workflow script's launches: by what stands around them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, takewhile

from planlint.diagnostics import Evidence
from planlint.dialects.workflow.launches import AgentCall
from planlint.model import Schedule, parallel, serial

TOGETHER = "parallel() starts all of its functions at once"
STAGES = "each item goes through the stages of pipeline() in order"
ITEMS = "it is run for all elements of the list at once"
TURNS = "the elements of the list take turns"
UNAWAITED = "started without `await`, so the script goes on beside it"
STATEMENTS = "the script waits for each before it goes on"

_Item = tuple[int, AgentCall]


def schedule_of(launches: list[AgentCall]) -> Schedule | None:
    """The order of `launches`, which stand as the script comes to them."""
    return _ordered(list(enumerate(launches)), 0) if launches else None


def _ordered(items: list[_Item], level: int) -> Schedule:
    """The statements of one function, `level` groups deep: one after another, what is not waited for side by side."""
    steps: list[Schedule | int] = []
    at = 0
    while at < len(items):
        index, launch = items[at]
        group = _group_at(launch, level)
        if group is not None:
            end = at + 1
            while end < len(items) and _group_at(items[end][1], level) == group:
                end += 1
            steps.append(_group(items[at:end], level))
        elif launch.waits or level > 0:
            end = at + 1
            steps.append(index)
        else:
            lot = _side_by_side(islice(items, at, None), level)
            end = at + len(lot)
            beside = _meanwhile(lot, islice(items, end, None))
            end += len(beside)
            ahead: list[Schedule | int] = [index for index, _ in lot]
            branches = [*ahead, _ordered(beside, level)] if beside else ahead
            steps.append(parallel(branches, UNAWAITED, Evidence.STATED))
        at = end
    return serial(steps, STATEMENTS)


def _side_by_side(items: Iterable[_Item], level: int) -> list[_Item]:
    """The launches at the front that go on beside each other, until the script has waited for all of them."""
    lot: list[_Item] = []
    for item in items:
        if _group_at(item[1], level) is not None or item[1].waits:
            break
        if lot and all(launch.ends_before(item[1]) for _, launch in lot):
            break
        lot.append(item)
    return lot


def _meanwhile(lot: list[_Item], following: Iterable[_Item]) -> list[_Item]:
    """What the script does, launches that it waits for included, before it waits for the first of `lot`.

    Nothing where it never says that it waits: then nobody knows how long they run.
    """
    if any(launch.wait.until is None for _, launch in lot):
        return []
    return list(takewhile(lambda item: not any(launch.ends_before(item[1]) for _, launch in lot), following))


def _group_at(launch: AgentCall, level: int) -> tuple[tuple[int, ...], int, str] | None:
    """What stands around a launch at `level`; a `pipeline()` is two: its items, and their stages."""
    if len(launch.levels) <= level:
        return None
    one = launch.levels[level]
    return one.route, one.start, one.kind


def _group(items: list[_Item], level: int) -> Schedule:
    """A construct with its branches: at once, in order, or for one element after the other."""
    first = items[0][1].levels[level]
    branches: dict[tuple[int, int], list[_Item]] = {}
    for item in items:
        branches.setdefault(_branch(item, level), []).append(item)
    if first.kind == "stages":
        # A stage may be a function that is written further down; what makes the items comes before them all.
        branches = dict(sorted(branches.items(), key=lambda one: max(one[0], (0, -1))))
    children = [_ordered(branch, level + 1) for branch in branches.values()]
    if first.kind == "parallel":
        return parallel(children, TOGETHER, origin=first.origin)
    if first.kind == "elements":
        return parallel(children, ITEMS, origin=first.origin)
    return serial(children, TURNS if first.kind == "turns" else STAGES)


def _branch(item: _Item, level: int) -> tuple[int, int]:
    """What tells the branches of a construct apart.

    What is in no branch of an array came by a variable: each such launch is a branch of its own, where nothing is known
    of what it stands in.
    """
    index, launch = item
    branch = launch.levels[level].branch
    return (0, branch) if branch != -1 else (1, index)
