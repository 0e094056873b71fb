"""The most tasks that can run at the same moment: a maximum antichain of happens-before, by Dilworth's theorem."""

from __future__ import annotations

from planlint.facts.graph import members, reachability
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
    above = _below_masks(order, tasks)
    match_of = _matching(above)
    return [tasks[number] for number in _uncovered(above, match_of)]


def _below_masks(order: Order, tasks: list[int]) -> list[int]:
    """For each position in `tasks` the bit set of positions that happen after it, exclusions made into an order."""
    position = {task: number for number, task in enumerate(tasks)}
    listed = 0
    for task in tasks:
        listed |= 1 << task
    rank: dict[int, tuple[int, int]] = {}
    successors: list[list[int]] = [[] for _ in tasks]
    for task in tasks:
        before, after = order.ancestors[task], order.descendants[task]
        before, after = before & ~after & listed, after & ~before & listed  # members of a cycle are only kept apart
        apart = listed & ~(order.concurrent_mask(task) | before | after | 1 << task)
        for other in members(after):
            successors[position[task]].append(position[other])
        if apart and not rank:  # only now, for it looks at all tasks of the plan
            level = {task: number for number, stage in enumerate(order.stages) for task in stage}
            rank = {task: (level.get(task, 0), task) for task in tasks}
        for other in members(apart):
            if rank[task] < rank[other]:
                successors[position[task]].append(position[other])
    return [mask & ~(1 << number) for number, mask in enumerate(reachability(successors, len(tasks))[1])]


def _matching(edges: list[int]) -> list[int]:
    """Kuhn's maximum bipartite matching on bit sets: for each right node its left partner, or -1."""
    partner = [-1] * len(edges)
    chosen = [-1] * len(edges)  # the same, by left node
    for start in range(len(edges)):
        came_from: dict[int, int] = {}
        seen = 0
        queue = [start]
        free = -1
        for left in queue:
            fresh = edges[left] & ~seen
            seen |= fresh
            for right in members(fresh):
                came_from[right] = left
                if partner[right] < 0:
                    free = right
                    break
                queue.append(partner[right])
            if free >= 0:
                break
        while free >= 0:
            left = came_from[free]
            partner[free] = left
            chosen[left], free = free, chosen[left]
    return partner


def _uncovered(edges: list[int], partner: list[int]) -> list[int]:
    """Positions with neither copy in the minimum vertex cover: a maximum antichain."""
    matched = {left for left in partner if left >= 0}
    reached_left = {left for left in range(len(edges)) if left not in matched}
    reached_right = 0
    queue = list(reached_left)
    for left in queue:
        fresh = edges[left] & ~reached_right
        reached_right |= fresh
        for right in members(fresh):
            other = partner[right]
            if other >= 0 and other not in reached_left:
                reached_left.add(other)
                queue.append(other)
    return [node for node in range(len(edges)) if node in reached_left and not reached_right >> node & 1]
