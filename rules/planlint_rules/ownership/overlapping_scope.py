"""PL103 overlapping-scope."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.conflicts import Conflict
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint_rules._wording import named
from planlint_rules.ownership._overlaps import confidence_of, is_hint, severity_of, why_lost
from planlint_rules.ownership._sequence_words import words_for


class OverlappingScope(Rule):
    """Concurrent tasks have scopes that can meet in a file which neither of them names.

    ## Why

    A pattern or directory is a promise about every file in it. Where two such promises meet, nobody owns what lies in
    between, and both agents may believe that it is theirs.

    ## Example

    ```yaml
    plan: cleanup
    tasks:
      - id: api
        title: Type the API
        writes: ["src/api/**/*.ts"]
      - id: tests
        title: Tidy all tests
        writes: ["src/**/*.test.*"]
    ```

    ## Use instead

    ```yaml
    plan: cleanup
    tasks:
      - id: api
        title: Type the API
        writes: ["src/api/**/*.ts"]
      - id: tests
        title: Tidy all tests
        writes: ["src/**/*.test.*"]
        depends_on: [api]
    ```

    ## Silent on

    Patterns that no file can match both of (`*.ts` and `*.css`); ordered tasks; scopes that contain one another, which
    is `shared-write` (PL101) unless a directory is only mentioned in a sentence; a directory in which each takes the
    next number (`sequence-collision`, PL105).
    """

    code = "PL103"
    name = "overlapping-scope"
    tier = Tier.STRICT
    severity = Severity.WARNING
    needs = (Capability.WRITES, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each scope that crosses others."""
        for conflict in facts.effects.conflicts:
            hints = [is_hint(effect) for effect in conflict.writers]
            if conflict.kind != "pattern" and not any(hints):
                continue
            if all(hints) and all(words_for(facts.task(effect.task).brief) for effect in conflict.writers):
                continue  # each adds the next number to the directory: `sequence-collision` says so
            yield self._report(facts, conflict)

    def _report(self, facts: Facts, conflict: Conflict) -> Diagnostic:
        tasks = [facts.task(effect.task) for effect in conflict.writers]
        scopes = list(dict.fromkeys(effect.pattern.normal for effect in conflict.writers))
        shown = " and ".join(f"`{scope}`" for scope in scopes[:2])
        outer = next((effect for effect in conflict.writers if effect.pattern.normal != conflict.path), None)
        inner = next((effect for effect in conflict.writers if effect.pattern.normal == conflict.path), None)
        if len(scopes) == 1:
            message = f"{named(tasks)} {'both' if len(tasks) == 2 else 'all'} work in {shown} at the same time"
        elif len(tasks) == 2 and inner is not None and outer is not None:
            message = (
                f"`{inner.pattern.normal}` of `{facts.task(inner.task).label}` lies inside `{outer.pattern.normal}`, "
                f"where `{facts.task(outer.task).label}` works at the same time"
            )
        elif len(tasks) == 2:
            message = f"{shown} of `{tasks[0].label}` and `{tasks[1].label}` can both match `{conflict.path}`"
        else:
            message = f"the scopes of {len(tasks)} concurrent tasks can match common files such as `{conflict.path}`"
        return self.finding(
            message,
            conflict.first.scope.origin,
            why=why_lost(facts, conflict, tasks),
            help="name the files of each task, exclude the common part from one of them, or put the tasks in sequence",
            related=[
                (effect.scope.origin, f"`{effect.pattern.normal}` of {facts.task(effect.task).label}")
                for effect in conflict.writers
                if effect is not conflict.first
            ],
            tasks=tasks,
            paths=scopes,
            severity=severity_of(facts, self.severity, conflict, tasks),
            evidence=conflict.evidence,
            confidence=confidence_of(conflict.evidence, conflict.concurrency),
        )
