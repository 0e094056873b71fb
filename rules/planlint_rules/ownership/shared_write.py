"""PL101 shared-write."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.effects import Conflict, Effect
from planlint.model import Capability, Isolation, Mode, Task
from planlint.rulekit import Confidence, Diagnostic, Evidence, Facts, Rule, Severity, Tier

_DONE_TO = {
    Mode.CREATE: "creates",
    Mode.MODIFY: "modifies",
    Mode.DELETE: "deletes",
    Mode.WRITE: "writes",
}


class SharedWrite(Rule):
    """Concurrent tasks create, change or delete the same file.

    ## Why

    Agents that share a checkout read the file, work for minutes, and write it back. The last one wins; what the others
    wrote is gone, and the result looks complete. In separate worktrees nothing is lost, but the branches meet in a merge
    conflict that somebody has to resolve without knowing both halves.

    ## Example

    ```yaml
    plan: settings
    tasks:
      - id: form
        title: Settings form
        creates: [src/components/SettingsForm.tsx]
        modifies: [src/components/index.ts]
      - id: panel
        title: Settings panel
        creates: [src/components/SettingsPanel.tsx]
        modifies: [src/components/index.ts]
    ```

    ## Use instead

    ```yaml
    plan: settings
    tasks:
      - id: form
        title: Settings form
        creates: [src/components/SettingsForm.tsx]
        off_limits: [src/components/index.ts]
      - id: panel
        title: Settings panel
        creates: [src/components/SettingsPanel.tsx]
        off_limits: [src/components/index.ts]
      - id: exports
        title: Export both from the barrel
        modifies: [src/components/index.ts]
        depends_on: [form, panel]
        kind: integrate
    ```

    ## Silent on

    The same path twice in one task; tasks that a dependency, wave, phase or listing order puts one after another; tasks of
    one worker; reading; tasks in read-only isolation. Two patterns of which neither names the common file are
    `overlapping-scope` (PL103).
    """

    code = "PL101"
    name = "shared-write"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.WRITES, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each path, all its concurrent writers labelled."""
        for conflict in facts.effects.conflicts:
            if conflict.kind == "pattern":
                continue
            if conflict.kind == "directory" and conflict.evidence is not Evidence.DECLARED:
                continue  # a directory named in prose is a hint at where, not a claim to all of it
            if any(_isolation(facts, effect) is Isolation.READ_ONLY for effect in (conflict.first, conflict.second)):
                continue
            yield self._report(facts, conflict)

    def _report(self, facts: Facts, conflict: Conflict) -> Diagnostic:
        tasks = [facts.task(effect.task) for effect in conflict.writers]
        separate = all(_isolation(facts, effect).separate for effect in conflict.writers)
        severity = _severity(self.severity, conflict, separate)
        first = conflict.first
        return self.finding(
            _message(conflict, tasks),
            first.scope.origin,
            why=_why(facts, conflict, separate),
            help=_remedies(conflict, tasks),
            related=[
                (effect.scope.origin, f"{facts.task(effect.task).label} {_DONE_TO[effect.scope.mode]} it")
                for effect in conflict.writers
                if effect is not first
            ],
            tasks=tasks,
            paths=[conflict.path],
            severity=severity,
            evidence=conflict.evidence,
            confidence=_confidence(conflict),
        )


def _isolation(facts: Facts, effect: Effect) -> Isolation:
    return facts.plan.isolation_of(facts.task(effect.task))


def _severity(declared: Severity, conflict: Conflict, separate: bool) -> Severity:
    severity = declared if conflict.evidence is not Evidence.INFERRED else Severity.WARNING
    if separate or any(effect.scope.weak for effect in (conflict.first, conflict.second)):
        severity = severity.lowered()
    if conflict.concurrency.evidence is Evidence.INFERRED:
        severity = severity.lowered()
    return severity


def _confidence(conflict: Conflict) -> Confidence:
    rank = max(conflict.evidence.rank, conflict.concurrency.evidence.rank)
    return (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)[rank]


def _message(conflict: Conflict, tasks: list[Task]) -> str:
    path = conflict.path
    modes = {effect.scope.mode for effect in conflict.writers}
    if len(tasks) > 2:
        return f"{len(tasks)} concurrent tasks write `{path}`: {_names(tasks)}"
    one, other = tasks
    if modes == {Mode.CREATE}:
        return f"`{one.label}` and `{other.label}` both create `{path}` at the same time"
    if Mode.DELETE in modes and len(modes) == 2:
        deleter = one if conflict.writers[0].scope.mode is Mode.DELETE else other
        writer = other if deleter is one else one
        return f"`{deleter.label}` deletes `{path}` while `{writer.label}` changes it"
    if conflict.kind == "directory":
        return f"`{one.label}` and `{other.label}` both claim `{path}` at the same time"
    return f"`{one.label}` and `{other.label}` both write `{path}` at the same time"


def _names(tasks: list[Task]) -> str:
    shown = ", ".join(f"`{task.label}`" for task in tasks[:5])
    return shown if len(tasks) <= 5 else f"{shown} and {len(tasks) - 5} more"


def _why(facts: Facts, conflict: Conflict, separate: bool) -> str:
    cause = conflict.concurrency.reason
    if separate:
        return f"{cause}; each works on its own branch, so the changes meet as a merge conflict"
    return f"{cause}; in one checkout the last to write wins and the other changes are lost without a trace"


def _remedies(conflict: Conflict, tasks: list[Task]) -> str:
    first, second = (next(task for task in tasks if task.index == e.task) for e in (conflict.first, conflict.second))
    if len(tasks) > 2:
        return f"give `{conflict.path}` to one task that runs after the others, or put these tasks in sequence"
    return (
        f"make `{second.label}` depend on `{first.label}`, or let one task own `{conflict.path}` "
        "and keep the other away from it"
    )
