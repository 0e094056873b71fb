"""PL303 duplicate-task-id."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source import Origin


class DuplicateTaskId(Rule):
    """Several tasks bear the same id.

    ## Why

    Nobody can say which one a dependency means. Runners keep the last one under the id and forget the others, or mark
    both as done when one is.

    ## Example

    ```yaml
    plan: search
    tasks:
      - id: T1
        title: Search index
        creates: [src/index.py]
      - id: T1
        title: Search endpoint
        creates: [src/search.py]
    ```

    ## Use instead

    ```yaml
    plan: search
    tasks:
      - id: T1
        title: Search index
        creates: [src/index.py]
      - id: T2
        title: Search endpoint
        creates: [src/search.py]
    ```

    ## Silent on

    Tasks without an id; ids of which all tasks are finished; templates.
    """

    code = "PL303"
    name = "duplicate-task-id"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.TASKS,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each id, at its second bearer."""
        if facts.plan.pattern or len(facts.references.by_id) == len(facts.plan.tasks):
            return
        users_of: dict[str, list[Origin]] = {}
        for edge in (*facts.references.dependencies, *facts.references.exclusions):
            if edge.dependency.target is None:
                users_of.setdefault(edge.dependency.task, []).append(edge.dependency.origin)
        for task_id, bearers in facts.references.by_id.items():
            if len(bearers) < 2:
                continue
            tasks = [facts.task(index) for index in bearers]
            if not facts.settings.include_done and all(task.done for task in tasks):
                continue
            users = users_of.get(task_id, [])
            used = "; a reference to it can mean any of them" if users else ""
            count = "two" if len(tasks) == 2 else str(len(tasks))
            yield self.finding(
                f"{count} tasks have the id `{task_id}`{used}",
                tasks[1].at("id"),
                why="an id is what dependencies and progress marks refer to; with two bearers one of them gets lost",
                help="give every task an id of its own, and check what refers to this one",
                related=[(task.at("id"), "the same id") for task in tasks if task is not tasks[1]]
                + [(origin, "refers to it") for origin in dict.fromkeys(users)],
                tasks=[task_id],
            )
