"""The most tasks that can run at the same moment: a maximum antichain of happens-before, by Dilworth's theorem."""

from __future__ import annotations

from planlint.facts.graph import bit_set, members, reachability
from planlint.facts.order import Order

EXACT_LIMIT = 1000
"""Up to this many tasks the width is exact; above, it is that of the widest stage, a lower bound."""


def widest(order: Order, tasks: list[int]) -> list[int]:
    """A largest set out of `tasks` that may all run at once, ascending.

    Exact up to `EXACT_LIMIT` tasks: a maximum matching over the order's pairs, then König's cover. Tasks that never run
    together though nothing orders them (one worker, a declared exclusion) count as done in listed order.
    """
    if len(tasks) > EXACT_LIMIT:
        chosen = set(tasks)
        stages = [[task for task in stage if task in chosen] for stage in order.stages]
        return max(stages, key=len, default=[])
    below = _below_masks(order, tasks)
    return _uncovered(tasks, below, _matching(tasks, below))


def _below_masks(order: Order, tasks: list[int]) -> dict[int, int]:
    """For each of `tasks` the bit set of those that happen after it, exclusions made into an order."""
    listed = bit_set(tasks)
    below: dict[int, int] = {}
    kept_apart: dict[int, int] = {}
    for task in tasks:
        before, after = order.ancestors[task], order.descendants[task]
        # Members of a cycle are only kept apart.
        before, after = before & ~after & listed, after & ~before & listed
        below[task] = after
        apart = listed & ~(order.concurrent_mask(task) | before | after | 1 << task)
        if apart:
            kept_apart[task] = apart
    if not kept_apart:
        return below
    level = {task: number for number, stage in enumerate(order.stages) for task in stage}
    rank = {task: (level.get(task, 0), task) for task in tasks}
    position = {task: number for number, task in enumerate(tasks)}
    successors = [
        [position[other] for other in members(below[task])]
        + [position[other] for other in members(kept_apart.get(task, 0)) if rank[task] < rank[other]]
        for task in tasks
    ]
    reached = reachability(successors, len(tasks))[1]
    return {
        task: bit_set(tasks[other] for other in members(mask & ~(1 << number)))
        for number, (task, mask) in enumerate(zip(tasks, reached, strict=True))
    }


def _matching(tasks: list[int], edges: dict[int, int]) -> dict[int, int]:
    """Kuhn's maximum bipartite matching on bit sets: matched right task to its left partner."""
    partner: dict[int, int] = {}
    chosen: dict[int, int] = {}  # the same, by left task
    unmatched = bit_set(tasks)
    for start in tasks:
        came_from: dict[int, int] = {}
        seen = 0
        queue = [start]
        for left in queue:
            fresh = edges[left] & ~seen
            hit = fresh & unmatched
            if hit:
                lowest = hit & -hit
                unmatched ^= lowest
                free: int | None = lowest.bit_length() - 1
                came_from[lowest.bit_length() - 1] = left
                while free is not None:
                    left = came_from[free]
                    partner[free] = left
                    chosen[left], free = free, chosen.get(left)
                break
            seen |= fresh
            for right in members(fresh):
                came_from[right] = left
                queue.append(partner[right])
    return partner


def _uncovered(tasks: list[int], edges: dict[int, int], partner: dict[int, int]) -> list[int]:
    """Tasks with neither copy in the minimum vertex cover: a maximum antichain."""
    matched = set(partner.values())
    queue = [task for task in tasks if task not in matched]
    reached_left = set(queue)
    reached_right = 0
    for left in queue:
        fresh = edges[left] & ~reached_right
        reached_right |= fresh
        for right in members(fresh):
            other = partner.get(right)
            if other is not None and other not in reached_left:
                reached_left.add(other)
                queue.append(other)
    return [task for task in tasks if task in reached_left and not reached_right >> task & 1]
