"""Which tasks never run beside each other although nothing orders them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planlint.facts.references import Resolved
from planlint.model import Task


def exclusive_sets(tasks: Sequence[Task], declared: Iterable[Resolved]) -> list[int]:
    """For each task the bit set of the tasks that never run beside it without being ordered.

    They are of one worker, declare a conflict (`declared`), or one of the two is marked to run alone.
    """
    exclusive = [0] * len(tasks)
    named = [(task.index, name) for task in tasks if (name := task.agent.name)]
    workers: dict[str, int] = {}
    for index, name in named:
        workers[name] = workers.get(name, 0) | 1 << index
    for index, name in named:
        exclusive[index] |= workers[name]
    alone = [task.index for task in tasks if task.parallel is False]
    everyone = (1 << len(exclusive)) - 1
    for index in alone:
        exclusive[index] = everyone
    marked = sum(1 << index for index in alone)
    if marked:
        exclusive = [others | marked for others in exclusive]
    for pair in declared:
        exclusive[pair.needed] |= 1 << pair.waiting
        exclusive[pair.waiting] |= 1 << pair.needed
    return exclusive
