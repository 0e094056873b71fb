"""PL111 no-integration-task."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.effects import Effect
from planlint.model import Capability, Kind, Mode
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules.ownership._overlaps import meeting, named

_JOINS = frozenset({"barrel", "route-table", "registry", "manifest", "schema", "environment", "project"})
_ENTRY_POINTS = frozenset(
    {"main", "app", "index", "server", "program", "router", "routes", "navigation", "nav", "menu"}
)


class NoIntegrationTask(Rule):
    """Concurrent tasks are told to leave the file that joins their pieces alone, and no task joins them.

    ## Why

    Keeping everybody away from the entry point is right. But then someone has to connect the pieces: without a task for
    it the plan ends with parts that all pass their tests and a product in which none of them can be reached.

    ## Example

    ```yaml
    plan: profile
    tasks:
      - id: profile
        title: Profile endpoints
        creates: [src/routes/profile.ts]
        off_limits: [src/routes/index.ts]
      - id: avatar
        title: Avatar endpoints
        creates: [src/routes/avatar.ts]
        off_limits: [src/routes/index.ts]
    ```

    ## Use instead

    ```yaml
    plan: profile
    tasks:
      - id: profile
        title: Profile endpoints
        creates: [src/routes/profile.ts]
        off_limits: [src/routes/index.ts]
      - id: avatar
        title: Avatar endpoints
        creates: [src/routes/avatar.ts]
        off_limits: [src/routes/index.ts]
      - id: register
        title: Register both in the router
        modifies: [src/routes/index.ts]
        depends_on: [profile, avatar]
        kind: integrate
    ```

    ## Silent on

    Plans whose pieces are independent; a file that joins nothing; a file that some task writes; a task of kind
    `integrate` that runs after them; plans that could be read only in part.
    """

    code = "PL111"
    name = "no-integration-task"
    tier = Tier.STRICT
    severity = Severity.WARNING
    needs = (Capability.WRITES, Capability.OFF_LIMITS, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each file that waits for somebody."""
        if facts.plan.incomplete or facts.plan.pattern:
            return
        fences: dict[str, dict[int, Effect]] = {}
        for task in facts.tasks:
            if any(write.scope.mode in (Mode.CREATE, Mode.WRITE) for write in facts.effects.writes_of(task)):
                for fence in facts.effects.off_limits_of(task):
                    if fence.names_file and _joins(facts, fence):
                        fences.setdefault(fence.pattern.key, {}).setdefault(task.index, fence)
        for group in fences.values():
            kept_off = meeting(facts, group)
            if len(kept_off) > 1 and not _joined(facts, group[kept_off[0]], kept_off):
                yield self._report(facts, [group[index] for index in kept_off])

    def _report(self, facts: Facts, fences: list[Effect]) -> Diagnostic:
        tasks = [facts.task(fence.task) for fence in fences]
        path = fences[0].pattern.normal
        return self.finding(
            f"{named(tasks)} must keep away from `{path}`, and no task connects their pieces there",
            fences[0].scope.origin,
            why="each piece can be finished and tested alone while nothing in the product uses it",
            help=f"add a task that changes `{path}` and depends on {named(tasks)}",
            related=[
                (fence.scope.origin, f"{task.label} must keep away too")
                for task, fence in zip(tasks[1:], fences[1:], strict=True)
            ],
            tasks=tasks,
            paths=[path],
            evidence=Evidence.weakest(*(fence.scope.evidence for fence in fences)),
        )


def _joins(facts: Facts, fence: Effect) -> bool:
    """Whether the file is one where pieces are plugged in."""
    hub = facts.conventions.hub_of(fence.pattern.normal)
    if hub is not None:
        return hub.kind in _JOINS
    return fence.pattern.segments[-1].partition(".")[0].lower() in _ENTRY_POINTS


def _joined(facts: Facts, fence: Effect, kept_off: list[int]) -> bool:
    """Whether some task writes the file, or integrates after those that must not."""
    if facts.effects.writers_of(fence.pattern.normal):
        return True
    return any(
        task.kind is Kind.INTEGRATE and any(facts.order.before(index, task.index) for index in kept_off)
        for task in facts.plan.tasks
    )
