"""PL408 worker-mismatch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import listed, named

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_TASKS = regex(rf"\b(?:create|add|make|write)\s+(?P<n>{_NUMBER})\s+(?:[\w-]+\s+)?tasks\b", re.IGNORECASE)
_WORKERS = regex(
    rf"\b(?:launch|start|spawn|open|run)\s+(?P<n>{_NUMBER})\s+(?:[\w-]+\s+){{0,2}}?(?:workers?|agents|sub-?agents|sessions|instances)\b",
    re.IGNORECASE,
)
_ONE_EACH = regex(
    r"\b(?:each|every)\s+(?:worker|agent|session|instance)\s+(?:\w+\s+){1,3}?(?:exactly\s+)?(?:one|1|a\s+single)\s+task\b"
    r"|\bone\s+task\s+(?:per|for\s+each)\s+(?:worker|agent|session)\b|\b1\s+worker\s*=\s*1\s+task\b",
    re.IGNORECASE,
)


class WorkerMismatch(Rule):
    """The number of workers and the tasks given to them do not fit: a task that nobody is assigned, an idle worker.

    ## Why

    Where every worker gets one task, the fifth task of three workers is never done, and nobody notices: all workers
    report success.

    ## Example

    ```yaml
    plan: endpoints
    workers: 3
    tasks:
      - {id: users, title: Test the user endpoint, creates: [tests/users.test.ts]}
      - {id: items, title: Test the item endpoint, creates: [tests/items.test.ts]}
      - {id: orders, title: Test the order endpoint, creates: [tests/orders.test.ts]}
      - {id: bills, title: Test the bill endpoint, creates: [tests/bills.test.ts]}
      - {id: reports, title: Test the report endpoint, creates: [tests/reports.test.ts]}
    ```

    ## Use instead

    ```yaml
    plan: endpoints
    workers: 3
    tasks:
      - {id: users, title: Test the user endpoint, agent: {name: a}, creates: [tests/users.test.ts]}
      - {id: items, title: Test the item endpoint, agent: {name: a}, creates: [tests/items.test.ts]}
      - {id: orders, title: Test the order endpoint, agent: {name: b}, creates: [tests/orders.test.ts]}
      - {id: bills, title: Test the bill endpoint, agent: {name: b}, creates: [tests/bills.test.ts]}
      - {id: reports, title: Test the report endpoint, agent: {name: c}, creates: [tests/reports.test.ts]}
    ```

    ## Silent on

    Plans that neither say how many workers they start nor name them; reviews, integration and coordination, which the
    main session often does itself; tasks that are too few to be a pattern.
    """

    code = "PL408"
    name = "worker-mismatch"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.TASKS,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """At most one finding about the number of workers, and one about tasks without a worker."""
        plan = facts.plan
        if plan.incomplete or plan.pattern:
            return
        tasks = [task for task in facts.tasks if task.kind in (Kind.BUILD, Kind.RESEARCH)]
        assigned = [task for task in tasks if task.agent.name]
        if plan.workers is not None:
            message = _mismatch(facts, plan.workers, tasks, assigned)
            if message is not None:
                yield self.finding(
                    message,
                    plan.at("workers"),
                    why="where each worker does one task, what is left over is never done, and all report success",
                    help="name the worker of each task, or start as many workers as tasks may run at once",
                    severity=self.severity,
                )
        for task in facts.told.select(facts.tasks, "tasks"):
            told = _told(task)
            if told is not None:
                yield self.finding(
                    f"`{task.label}` is to start {_counted(told[1])} for {told[0]} tasks, one task each",
                    task.place_of("brief", told[2]),
                    why="where each worker does one task, what is left over is never done, and all report success",
                    help="start as many workers as tasks, or let each take the next free task until none is left",
                    tasks=[task],
                    severity=self.severity,
                )
        workers = {task.agent.name for task in assigned}
        without = [task for task in tasks if _nobody(task)] if len(workers) > 1 else []
        if without and len(assigned) >= max(3, 2 * len(without)):
            yield self.finding(
                f"nobody is assigned to {named(without)}, while the other tasks name their workers",
                without[0].name_origin,
                why="a worker that looks for its own tasks leaves these alone",
                help=f"name a worker: {listed(sorted(name for name in workers if name))}",
                related=[(task.name_origin, "nobody is assigned") for task in without[1:6]],
                tasks=without,
                severity=self.severity,
            )


def _mismatch(facts: Facts, workers: int, tasks: list[Task], assigned: list[Task]) -> str | None:
    """What is wrong with the number of workers that the plan starts; None when it fits."""
    names = sorted({task.agent.name for task in assigned if task.agent.name})
    if names:
        if len(names) > workers:
            return f"the plan starts {_counted(workers)}, but its tasks name {len(names)}: {listed(names)}"
        return None
    width = facts.costs.max_width
    if workers < width and facts.costs.delegated:
        open_tasks = [task for task in tasks if _nobody(task)]
        some = 0 < len(open_tasks) < len(tasks)
        who = f"nobody is assigned to {named(open_tasks)}" if some else "no task says who does it"
        return f"{_counted(workers)} for {width} tasks that may run at the same time, and {who}"
    if 1 < len(tasks) < workers and not any(task.done for task in facts.plan.work):
        return f"{_counted(workers)} for {len(tasks)} tasks: some of them have nothing to do"
    return None


def _told(task: Task) -> tuple[int, int, str] | None:
    """Tasks, fewer workers, and the words, where a brief says so and that each worker does one of them."""
    if _ONE_EACH.search(task.brief) is None:
        return None
    tasks, workers = _TASKS.search(task.brief), _WORKERS.search(task.brief)
    if tasks is None or workers is None:
        return None
    many, few = _number(tasks["n"]), _number(workers["n"])
    return (many, few, workers.group()) if many > few > 0 else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _nobody(task: Task) -> bool:
    agent = task.agent
    return not (agent.name or agent.type or agent.background or task.isolation)


def _counted(workers: int) -> str:
    return "1 worker" if workers == 1 else f"{workers} workers"
