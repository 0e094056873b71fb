"""PL107 line-level-split."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.conflicts import Conflict
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint_rules._wording import named
from planlint_rules.ownership._overlaps import confidence_of, is_split, parts_of, severity_of, why_lost


class LineLevelSplit(Rule):
    """One file is cut by lines, functions or sections between concurrent tasks.

    ## Why

    Agents save whole files, and line numbers move with the first edit. A file is the smallest thing that one agent can
    own while others work: "you take lines 1 to 80" ends as if both had been given all of it.

    ## Example

    ```yaml
    plan: handlers
    tasks:
      - id: login
        title: Rewrite login
        modifies: ["src/auth.ts:1-80"]
      - id: logout
        title: Rewrite logout
        modifies: ["src/auth.ts:81-140"]
    ```

    ## Use instead

    ```yaml
    plan: handlers
    tasks:
      - id: split
        title: Split the file in two
        modifies: [src/auth.ts]
        creates: [src/auth/login.ts, src/auth/logout.ts]
      - id: login
        title: Rewrite login
        modifies: [src/auth/login.ts]
        depends_on: [split]
      - id: logout
        title: Rewrite logout
        modifies: [src/auth/logout.ts]
        depends_on: [split]
    ```

    ## Silent on

    Ordered tasks; one task that works on several parts. Where a task names no part, or several name the same one, it is
    `shared-write` (PL101). In worktrees or on branches, where git merges separate parts, it is a warning.
    """

    code = "PL107"
    name = "line-level-split"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.WRITES, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each file that is cut."""
        for conflict in facts.effects.conflicts:
            if is_split(facts, conflict):
                yield self._report(facts, conflict)

    def _report(self, facts: Facts, conflict: Conflict) -> Diagnostic:
        tasks = [facts.task(effect.task) for effect in conflict.writers]
        parts = {effect.task: " and ".join(parts_of(facts, effect)) for effect in conflict.writers}
        if len(tasks) == 2:
            shares = " and ".join(f"{parts[task.index]} for `{task.label}`" for task in tasks)
            message = f"`{conflict.path}` is split between concurrent tasks: {shares}"
        else:
            message = f"`{conflict.path}` is split between {len(tasks)} concurrent tasks: {named(tasks)}"
        return self.finding(
            message,
            conflict.first.scope.origin,
            why=why_lost(facts, conflict, tasks),
            help=f"let one task own `{conflict.path}`, put the tasks in sequence, or first split the file into modules",
            related=[
                (effect.scope.origin, f"{facts.task(effect.task).label} gets {parts[effect.task]}")
                for effect in conflict.writers
                if effect is not conflict.first
            ],
            tasks=tasks,
            paths=[conflict.path],
            severity=severity_of(facts, self.severity, conflict, tasks),
            evidence=conflict.evidence,
            confidence=confidence_of(conflict.evidence, conflict.concurrency),
        )
