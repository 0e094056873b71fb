"""PL101 shared-write."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.diagnostics.remedy import AddDependency, DropParallelMark, Remedy
from planlint.facts.conflicts import Conflict
from planlint.facts.effects import Effect
from planlint.facts.width import widest
from planlint.model import Capability, Mode, Task
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint_rules._wording import named
from planlint_rules.ownership._integration import integration_of
from planlint_rules.ownership._overlaps import DONE_TO, confidence_of, is_hint, is_split, severity_of, why_lost

MAX_COUNTED = 300
"""Up to this many writers of one path the message says exactly how many run at once; the search costs their square."""


class SharedWrite(Rule):
    """Concurrent tasks create, change or delete the same file.

    ## Why

    Agents that share a checkout read the file, work for minutes, and write it back. The last one wins; what the others
    wrote is gone, and the result looks complete. In separate worktrees nothing is lost, but the branches meet in a
    merge conflict that somebody has to resolve without knowing both halves.

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

    The same path twice in one task; tasks that a dependency, wave, phase or listing order puts one after another; tasks
    of one worker; reading; tasks in read-only isolation; tasks declared to touch the whole code base. Of a directory
    that one task claims, the parts that it is itself told to keep away from. Two patterns of which neither contains the
    other, and directories that a sentence merely mentions, are `overlapping-scope` (PL103). A file cut by lines or
    functions is `line-level-split` (PL107).

    In worktrees or on branches the finding is a warning about the merge. Where the plan itself admits the overlap and
    says how it is handled, the finding is one step milder and quotes it.
    """

    code = "PL101"
    name = "shared-write"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.WRITES, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each path, all its concurrent writers labelled."""
        for conflict in facts.effects.conflicts:
            if conflict.kind != "pattern" and not _is_vague(conflict) and not is_split(facts, conflict):
                yield self._report(facts, conflict)

    def _report(self, facts: Facts, conflict: Conflict) -> Diagnostic:
        tasks = [facts.task(effect.task) for effect in conflict.writers]
        return self.finding(
            _message(facts, conflict, tasks),
            conflict.first.scope.origin,
            why=why_lost(facts, conflict, tasks),
            help=_remedies(facts, conflict, tasks),
            related=[
                (effect.scope.origin, _label(facts, conflict, effect))
                for effect in conflict.writers
                if effect is not conflict.first
            ],
            tasks=tasks,
            paths=[conflict.path],
            severity=severity_of(facts, self.severity, conflict, tasks),
            evidence=conflict.evidence,
            confidence=confidence_of(conflict.evidence, conflict.concurrency),
            remedies=_proposals(facts, conflict, tasks),
        )


def _proposals(facts: Facts, conflict: Conflict, tasks: list[Task]) -> list[Remedy]:
    """A hub goes to a task that joins the work. For two writers: one waits for the other, or gives up its mark.

    With more of them a person must decide. Waiting does not help where each starts from its own fresh worktree, and is
    the better answer where one reads what the other makes anyway. What changes a file must not wait for its deletion.
    """
    moved = integration_of(facts, conflict.path, tasks, conflict.writers) if conflict.kind == "file" else []
    if len(tasks) != 2 or any(facts.plan.isolation_of(task).separate for task in tasks):
        return [*moved]
    one, other = _in_turn(facts, conflict)
    waiting = AddDependency(other.index, one.index, f"make `{other.label}` depend on `{one.label}`")
    # Without its mark a task waits for what is listed before it, never for what comes later.
    title = f"take the parallel mark off `{other.label}`"
    unmarked = [DropParallelMark(other.index, title)] if one.index < other.index else []
    return [waiting, *moved, *unmarked] if _reads_from(facts, other, one) else [*moved, waiting, *unmarked]


def _in_turn(facts: Facts, conflict: Conflict) -> tuple[Task, Task]:
    """The two writers in the order that makes sense: who deletes the file comes after who changes it."""
    first, second = conflict.writers
    one, other = facts.task(first.task), facts.task(second.task)
    modes = first.scope.mode, second.scope.mode
    if Mode.DELETE in modes and modes[0] is not modes[1] and Mode.CREATE not in modes:
        return (other, one) if modes[0] is Mode.DELETE else (one, other)
    return (other, one) if _reads_from(facts, one, other) else (one, other)


def _reads_from(facts: Facts, reader: Task, maker: Task) -> bool:
    """Whether `reader` reads a file that `maker` writes and it does not."""
    own = {effect.pattern.key for effect in facts.effects.writes_of(reader)}
    made = {effect.pattern.key for effect in facts.effects.writes_of(maker)}
    return any(effect.pattern.key in made - own for effect in facts.effects.reads_of(reader))


def _is_vague(conflict: Conflict) -> bool:
    return is_hint(conflict.first) or is_hint(conflict.second)


def _label(facts: Facts, conflict: Conflict, effect: Effect) -> str:
    label = facts.task(effect.task).label
    if effect.pattern.normal == conflict.path:
        return f"{label} {DONE_TO[effect.scope.mode]} it"
    if effect.names_file:
        return f"{label} {DONE_TO[effect.scope.mode]} `{effect.pattern.normal}`"
    return f"{label} claims all of `{effect.pattern.normal}`"


def _message(facts: Facts, conflict: Conflict, tasks: list[Task]) -> str:
    path = conflict.path
    if conflict.kind == "directory" and conflict.first.pattern.key != conflict.second.pattern.key:
        return _containment(facts, conflict, tasks)
    if len(tasks) > 2:
        return _crowd(facts, path, tasks)
    one, other = tasks
    modes = {effect.scope.mode for effect in conflict.writers}
    if modes == {Mode.CREATE}:
        return f"`{one.label}` and `{other.label}` both create `{path}` at the same time"
    if Mode.DELETE in modes and len(modes) == 2:
        if conflict.writers[1].scope.mode is Mode.DELETE:
            one, other = other, one
        return f"`{one.label}` deletes `{path}` while `{other.label}` changes it"
    if modes == {Mode.DELETE}:
        return f"`{one.label}` and `{other.label}` both delete `{path}` at the same time"
    if not conflict.first.names_file:
        return f"`{one.label}` and `{other.label}` both claim all of `{path}` at the same time"
    return f"`{one.label}` and `{other.label}` both write `{path}` at the same time"


def _crowd(facts: Facts, path: str, tasks: list[Task]) -> str:
    """Three or more writers: each meets another, which does not mean that all of them run at once."""
    mask = sum(1 << task.index for task in tasks)
    if all(mask & ~facts.order.concurrent_mask(task.index) == 1 << task.index for task in tasks):
        return f"{len(tasks)} concurrent tasks write `{path}`: {named(tasks)}"
    if len(tasks) > MAX_COUNTED:
        return f"{len(tasks)} tasks write `{path}`, many of them at the same time: {named(tasks)}"
    together = len(widest(facts.order, [task.index for task in tasks]))
    return f"{len(tasks)} tasks write `{path}`, up to {together} of them at the same time: {named(tasks)}"


def _containment(facts: Facts, conflict: Conflict, tasks: list[Task]) -> str:
    """One claims a directory or pattern, the others write inside of it."""
    wide, narrow = conflict.first, conflict.second
    if conflict.around is not None and narrow.pattern.key == conflict.around.pattern.key:
        wide, narrow = narrow, wide
    owner = facts.task(wide.task)
    others = [task for task in tasks if task is not owner]
    if len(others) > 1:
        return f"`{owner.label}` claims all of `{wide.pattern.normal}`, where {named(others)} write at the same time"
    return (
        f"`{owner.label}` claims all of `{wide.pattern.normal}`, "
        f"where `{others[0].label}` {DONE_TO[narrow.scope.mode]} `{narrow.pattern.normal}` at the same time"
    )


def _remedies(facts: Facts, conflict: Conflict, tasks: list[Task]) -> str:
    if conflict.first.pattern.key != conflict.second.pattern.key:
        return "narrow the wider scope to the files it really needs, or put these tasks in sequence"
    if len(tasks) > 2:
        gone = [effect for effect in conflict.writers if effect.scope.mode is Mode.DELETE]
        if len(gone) == 1:
            last = facts.task(gone[0].task).label
            return f"put these tasks in sequence, `{last}` last, for it deletes what the others change"
        return f"give `{conflict.path}` to one task that runs after the others, or put these tasks in sequence"
    first, second = _in_turn(facts, conflict)
    return (
        f"make `{second.label}` depend on `{first.label}`, or let one task own `{conflict.path}` "
        "and keep the other away from it"
    )
