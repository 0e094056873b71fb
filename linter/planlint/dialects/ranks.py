"""An order of tasks that keeps every dependency and otherwise the order of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush


def dependency_order(count: int, edges: Iterable[tuple[int, int]], first: Sequence[int] | None = None) -> list[int]:
    """`count` items sorted so that for each edge `(a, b)` item `a` comes before item `b`.

    Items that nothing orders keep the order of their numbers, or of `first[item]` where that is given. Items in a
    cycle come last, as they stood. Linear but for the heap.
    """
    keys = list(range(count)) if first is None else list(first)
    successors: list[list[int]] = [[] for _ in range(count)]
    waiting = [0] * count
    for before, after in edges:
        if before != after:
            successors[before].append(after)
            waiting[after] += 1
    ready = [(keys[item], item) for item in range(count) if not waiting[item]]
    heapify(ready)
    order: list[int] = []
    while ready:
        _, item = heappop(ready)
        order.append(item)
        for successor in successors[item]:
            waiting[successor] -= 1
            if not waiting[successor]:
                heappush(ready, (keys[successor], successor))
    order += sorted((item for item in range(count) if waiting[item]), key=lambda item: (keys[item], item))
    return order
