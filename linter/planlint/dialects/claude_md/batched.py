"""From listed batches to groups of tasks and what they wait for."""

from __future__ import annotations

import re

from planlint.dialects.claude_md.batches import Batch, Named, number_of
from planlint.dialects.claude_md.found import Edge, FoundGroup, FoundPlan, FoundTask
from planlint.dialects.draft import TaskDraft

_ONE_BY_ONE = re.compile(
    r"\bfor\b[^\n]{0,40}\b(?:of|in)\s+(?:self\.)?(?:batches|waves)\b|\b(?:batches|waves)\.forEach\b"
    r"|\b(?:batch|wave)(?:es|s)? (?:are |is )?(?:run |runs |execute[ds]? )?"
    r"(?:one after (?:another|the other)|sequential|in (?:order|sequence))"
    r"|\bbefore (?:starting )?the next (?:batch|wave)\b",
    re.IGNORECASE,
)
_OF_BATCH = re.compile(r"(?:batch|wave)[ _#-]?(\d{1,4})\Z", re.IGNORECASE)


def place_batches(plan: FoundPlan, batches: list[Batch], text: str) -> None:
    """Make each batch a group of `plan`; `text` is the code and the prose around it.

    A name that keeps what a call gives back, and a call inside of a batch, stand for the task that is launched there.
    Where a loop goes over the batches they run one after another, else as `blockedBy` says.
    """
    launched = _Launched(plan)
    serial = _ONE_BY_ONE.search(text) is not None
    groups = []
    for number, batch in enumerate(batches, start=1):
        tasks = launched.inside(batch)
        tasks += [launched.named(name.name) or _new(name) for name in batch.tasks]
        if not tasks:
            return
        first = tasks[0].draft.origin.source
        group = FoundGroup(tasks, first.origin(batch.start, batch.end), "a list of batches", order="parallel")
        group.label = f"batch {number}" if serial else None
        groups.append(group)
    plan.groups = [group for group in plan.groups if launched.keep_others(group)] + groups
    members = [group.tasks for group in groups]
    means = _Meaning(batches, members)
    for batch, tasks in zip(batches, members, strict=True):
        for name in batch.after:
            targets = means.of(name.name)
            found: list[FoundTask | None] = [*targets] or [None]
            plan.edges += [Edge(task, target, name) for task in tasks for target in found]


def _new(name: Named) -> FoundTask:
    draft = TaskDraft(name.name, name.origin, title="" if _is_plain(name.name) else name.name)
    draft.places["id"] = name.origin
    return FoundTask(draft)


def _is_plain(name: str) -> bool:
    return " " not in name


class _Launched:
    """The tasks that the plan's scripts launch, until a batch takes them."""

    def __init__(self, plan: FoundPlan) -> None:
        self._tasks = [task for task in plan.tasks if task.launch is not None]
        self._names: dict[str, FoundTask] = {}
        for task in self._tasks:
            number, step = task.launch or (0, 0)
            launch = plan.scripts[number].script.steps[step].launch
            if launch is not None and launch.handle is not None:
                self._names.setdefault(launch.handle, task)
        self._taken: set[int] = set()

    def inside(self, batch: Batch) -> list[FoundTask]:
        """What is launched between the brackets of `batch`."""
        found = [task for task in self._tasks if batch.start <= task.draft.origin.start < batch.end]
        self._taken.update(id(task) for task in found)
        return found

    def named(self, name: str) -> FoundTask | None:
        """The task whose launch is kept under `name`; each is given once."""
        task = self._names.pop(name, None)
        if task is not None:
            self._taken.add(id(task))
        return task

    def keep_others(self, group: FoundGroup) -> bool:
        """Take what the batches have out of `group`; whether anything is left."""
        group.tasks = [task for task in group.tasks if id(task) not in self._taken]
        return bool(group.tasks)


class _Meaning:
    """What the numbers and names in `blockedBy` mean: tasks where tasks have such numbers, else batches from 1 on."""

    def __init__(self, batches: list[Batch], members: list[list[FoundTask]]) -> None:
        self._members = members
        self._names: dict[str, FoundTask] = {}
        self._numbers: dict[int, FoundTask] = {}
        for batch, tasks in zip(batches, members, strict=True):
            for name, task in zip(batch.tasks, tasks[len(tasks) - len(batch.tasks) :], strict=True):
                self._names.setdefault(name.name.casefold(), task)
                number = number_of(name.name)
                if number is not None:
                    self._numbers.setdefault(number, task)
        numbers = {int(name.name) for batch in batches for name in batch.after if name.name.isdigit()}
        self._by_task = bool(self._numbers) and numbers <= self._numbers.keys()

    def of(self, name: str) -> list[FoundTask]:
        """The tasks that `name` stands for; empty where there is nothing of that name."""
        task = self._names.get(name.casefold())
        if task is not None:
            return [task]
        if name.isdigit() and self._by_task:
            return [self._numbers[int(name)]]
        of_batch = _OF_BATCH.fullmatch(name)
        number = int(of_batch.group(1)) if of_batch is not None else int(name) if name.isdigit() else 0
        return self._members[number - 1] if 1 <= number <= len(self._members) else []
