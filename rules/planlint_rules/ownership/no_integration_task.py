"""PL111 no-integration-task."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.facts.effects import Effect
from planlint.model import Capability, Kind, Mode
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import listed, named
from planlint_rules.ownership._overlaps import meeting

_JOINS = frozenset({"barrel", "route-table", "registry", "project"})
"""Hubs in which pieces are plugged in; whoever leaves a manifest or a schema alone leaves nothing unconnected."""
_ELSEWHERE = regex(
    r"\b(?:integrat|regist|mount|wir|link|export|connect|hook)\w*\b[^.]{0,60}\b(?:separately|later|elsewhere|"
    r"another task|other task|next task|not (?:your|part))",
    re.IGNORECASE,
)
""" "Linking the page will be done separately": each task of such a plan leaves a file of its own."""
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
        """One finding for each group of tasks with the files that wait for somebody."""
        if facts.plan.incomplete or facts.plan.pattern:
            return
        fences: dict[str, dict[int, Effect]] = {}
        for task in facts.tasks:
            if any(write.scope.mode in (Mode.CREATE, Mode.WRITE) for write in facts.effects.writes_of(task)):
                for fence in facts.effects.off_limits_of(task):
                    if fence.names_file and _joins(facts, fence):
                        fences.setdefault(fence.pattern.key, {}).setdefault(task.index, fence)
        left: dict[int, list[Effect]] = {}
        open_groups: dict[tuple[int, ...], list[Effect]] = {}
        for group in fences.values():
            kept_off = meeting(facts, group)
            if len(kept_off) > 1:
                if not _joined(facts, group[kept_off[0]], kept_off):
                    open_groups.setdefault(tuple(kept_off), []).extend(group[index] for index in kept_off)
            elif not _joined(facts, next(iter(group.values())), list(group)):
                for index, fence in group.items():
                    if _ELSEWHERE.search(facts.task(index).brief):
                        left.setdefault(index, []).append(fence)
        alone = meeting(facts, left)
        if alone:
            open_groups.setdefault(tuple(alone), []).extend(fence for index in alone for fence in left[index])
        for found in open_groups.values():
            yield self._report(facts, found)

    def _report(self, facts: Facts, fences: list[Effect]) -> Diagnostic:
        tasks = [facts.task(index) for index in dict.fromkeys(fence.task for fence in fences)]
        paths = list(dict.fromkeys(fence.pattern.normal for fence in fences))
        first = fences[0]
        return self.finding(
            f"{named(tasks)} must keep away from {listed(paths)}, and no task connects their pieces there",
            first.scope.origin,
            why="each piece can be finished and tested alone while nothing in the product uses it",
            help=f"add a task that changes {listed(paths)} and depends on {named(tasks)}",
            related=[
                (fence.scope.origin, f"{facts.task(fence.task).label} must keep away too")
                for fence in fences[1:]
                if fence.task != first.task
            ],
            tasks=tasks,
            paths=paths,
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
