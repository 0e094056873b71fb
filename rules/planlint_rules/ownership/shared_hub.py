"""PL104 shared-hub."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability, Isolation, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint_rules._wording import clause, named
from planlint_rules.ownership._hub_use import HubUses, Use
from planlint_rules.ownership._integration import integration_of
from planlint_rules.ownership._overlaps import are_separate, confidence_of, meeting


class SharedHub(Rule):
    """Concurrent tasks will each have to touch one hub file that nobody owns.

    ## Why

    Two tasks with disjoint file lists still meet: each adds a dependency and rewrites the lock file, each adds a module
    that one barrel must export, or the project's instructions make each add a line to the changelog. Neither names the
    hub, so no list shows the overlap; the last one to save it wins.

    ## Example

    ```yaml
    plan: forms
    tasks:
      - id: form
        title: Profile form
        creates: [src/ProfileForm.tsx]
        brief: Build the form. Run `npm install zod` for the validation.
      - id: chart
        title: Usage chart
        creates: [src/UsageChart.tsx]
        brief: Build the chart. Run `npm install recharts` first.
    ```

    ## Use instead

    ```yaml
    plan: forms
    tasks:
      - id: packages
        title: Add zod and recharts
        modifies: [package.json, package-lock.json]
      - id: form
        title: Profile form
        creates: [src/ProfileForm.tsx]
        brief: Build the form, validated with zod.
        depends_on: [packages]
      - id: chart
        title: Usage chart
        creates: [src/UsageChart.tsx]
        brief: Build the chart with recharts.
        depends_on: [packages]
    ```

    ## Silent on

    A hub that all tasks name themselves (`shared-write`, PL101), that one task owns which runs before or after the
    others, or that a task is told to keep away from; `npm install` without a package; files beside a barrel where no
    task speaks of exporting them (in Rust the module file is always needed, and in Python the `__init__.py` of a
    package that another of these tasks creates); a barrel named by its package ("export it from the core barrel") when
    several could be meant; an install by a task that works in several packages; a repository that has no such hub.
    """

    code = "PL104"
    name = "shared-hub"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.TASKS, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each hub."""
        finder = HubUses(facts)
        hubs: dict[str, dict[int, Use]] = {}
        for task in finder.tasks:
            if facts.plan.isolation_of(task) is Isolation.READ_ONLY or not facts.order.has_rivals(task.index):
                continue
            for use in finder.of(task):
                if not _keeps_off(facts, task, use.path):
                    hubs.setdefault(use.path, {}).setdefault(task.index, use)
        for path, users in hubs.items():
            named_by = {effect.task for effect in facts.effects.writers_of(path) if effect.names_file}
            silent = {index: use for index, use in users.items() if index not in named_by}
            group = {*silent, *named_by}
            together = meeting(facts, silent, group)
            if len(together) < 2:
                continue
            if any(all(i == o or facts.order.ordered(i, o) for i in together) for o in named_by):
                continue  # its owner runs before or after all the others
            yield self._report(facts, path, silent, [facts.task(index) for index in together])

    def _report(self, facts: Facts, path: str, silent: dict[int, Use], tasks: list[Task]) -> Diagnostic:
        first = silent[next(task.index for task in tasks if task.index in silent)]
        rival = next(task for task in tasks if facts.order.concurrent(task.index, first.task))
        concurrency = facts.order.concurrency(first.task, rival.index)
        hub = facts.conventions.hub_of(path)
        severity = Severity.WARNING
        if are_separate(facts, tasks) or concurrency.evidence is Evidence.INFERRED:
            severity = severity.lowered()
        reason = hub.why if hub is not None else "all of them change it"
        verb = "both have" if len(tasks) == 2 else "all have"
        changes = {effect.task: effect for effect in reversed(facts.effects.writers_of(path)) if effect.names_file}
        return self.finding(
            f"{named(tasks)} {verb} to touch `{path}` at the same time, and none owns it alone",
            _place(facts.task(first.task), first),
            why=f"{clause(concurrency.reason)}, and {reason}: {facts.task(first.task).label} {first.doing}",
            help=f"let one task change `{path}` before or after the others, and tell the others to leave it alone",
            related=[
                (_place(task, silent[task.index]), f"{task.label} {silent[task.index].doing}")
                if task.index in silent
                else (changes[task.index].scope.origin, f"{task.label} changes it")
                for task in tasks
                if task.index != first.task
            ],
            tasks=tasks,
            paths=[path],
            severity=severity,
            evidence=first.evidence,
            confidence=confidence_of(first.evidence, concurrency),
            remedies=integration_of(
                facts,
                path,
                tasks,
                [use for use in facts.effects.writers_of(path) if use.names_file and facts.task(use.task) in tasks],
            ),
        )


def _place(task: Task, use: Use) -> Origin:
    """Where the plan says what makes the task touch the hub."""
    return task.place_of("brief", use.told) if use.told else task.at(use.field, use.position)


def _keeps_off(facts: Facts, task: Task, path: str) -> bool:
    return any(facts.effects.covers(fence.pattern.text, path) for fence in facts.effects.off_limits_of(task))
