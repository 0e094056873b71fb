"""The edges that a schedule tree stands for: a small graph with barriers where crowds meet crowds."""

from __future__ import annotations

from itertools import pairwise

from planlint.model import Leaf, Parallel, Schedule


def connect(schedule: Schedule, successors: list[list[int]]) -> None:
    """Add the edges of `schedule` to `successors`, with barrier nodes where crowds meet crowds."""
    # Post-order without recursion: each visited node leaves (entries, exits) on the result stack.
    results: list[tuple[list[int], list[int]]] = []
    work: list[tuple[Schedule, bool]] = [(schedule, False)]
    while work:
        node, ready = work.pop()
        if isinstance(node, Leaf):
            results.append(([node.task], [node.task]))
        elif not ready:
            work.append((node, True))
            work.extend((child, False) for child in reversed(node.children))
        elif node.children:
            parts = results[-len(node.children) :]
            del results[-len(node.children) :]
            if isinstance(node, Parallel):
                entries = [entry for part in parts for entry in part[0]]
                exits = [exit_ for part in parts for exit_ in part[1]]
            else:
                parts = [part for part in parts if part[0]]
                for earlier, later in pairwise(parts):
                    _link(earlier[1], later[0], successors)
                entries, exits = (parts[0][0], parts[-1][1]) if parts else ([], [])
            results.append((entries, exits))
        else:
            results.append(([], []))


def _link(exits: list[int], entries: list[int], successors: list[list[int]]) -> None:
    if len(exits) * len(entries) <= len(exits) + len(entries) + 1:
        for exit_ in exits:
            successors[exit_].extend(entries)
        return
    barrier = len(successors)
    successors.append(list(entries))
    for exit_ in exits:
        successors[exit_].append(barrier)
