"""What the rules about overlapping writes say alike: how bad it is, why, and which tasks are meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planlint.facts.conflicts import Conflict
from planlint.facts.effects import Effect
from planlint.facts.graph import members
from planlint.facts.order import Concurrency
from planlint.model import Constraint, Isolation, Mode, Task
from planlint.rulekit import Confidence, Evidence, Facts, Severity
from planlint_rules._wording import clause, named
from planlint_rules.ownership._declared import is_undeclared

DONE_TO = {
    Mode.CREATE: "creates",
    Mode.MODIFY: "modifies",
    Mode.DELETE: "deletes",
    Mode.WRITE: "writes",
    Mode.READ: "reads",
}
"""What a task does to a file, as a verb."""


def meeting(facts: Facts, tasks: Iterable[int], others: Iterable[int] | None = None) -> list[int]:
    """Those of `tasks` and `others` that are concurrent with one from the other side (without `others`: any), in order.

    By bit sets, so that thousands of tasks with one name do not cost their square.
    """
    mine = sum(1 << task for task in set(tasks))
    theirs = mine if others is None else sum(1 << task for task in set(others))
    found = 0
    for task in members(mine):
        met = facts.order.concurrent_mask(task) & theirs
        if met:
            found |= met | 1 << task
    return members(found)


def are_separate(facts: Facts, tasks: Sequence[Task]) -> bool:
    """Whether no two concurrent ones of `tasks` work in one checkout, so that nothing is overwritten."""
    shared = [task.index for task in tasks if not facts.plan.isolation_of(task).separate]
    mask = sum(1 << task for task in set(shared))
    return not any(facts.order.concurrent_mask(task) & mask for task in shared)


def acknowledgement(facts: Facts, path: str, tasks: Sequence[Task]) -> Constraint | None:
    """The plan's own statement that `tasks` share `path` and how that is handled, if it has one for all of them."""
    for constraint in facts.plan.constraints:
        if constraint.kind != "acknowledged":
            continue
        if constraint.tasks and not all({task.id, task.title, task.agent.name} & {*constraint.tasks} for task in tasks):
            continue
        if facts.effects.covers(constraint.scope.path, path):
            return constraint
    return None


def severity_of(facts: Facts, declared: Severity, conflict: Conflict, tasks: Sequence[Task]) -> Severity:
    """How bad a conflict is: weaker evidence, weak claims, separate checkouts and acknowledgements lower it."""
    severity = Severity.WARNING if conflict.evidence is Evidence.INFERRED else declared
    if conflict.first.scope.weak or conflict.second.scope.weak:
        severity = severity.lowered()
    if are_separate(facts, tasks):
        severity = severity.lowered()
    phases = {facts.task(effect.task).phase for effect in (conflict.first, conflict.second)}
    if conflict.concurrency.evidence is Evidence.INFERRED or (
        # "Stories can run in parallel" is permission, and far from every plan makes use of it.
        conflict.concurrency.evidence is Evidence.STATED and len(phases) > 1
    ):
        severity = severity.lowered()
    if acknowledgement(facts, conflict.path, tasks):
        severity = severity.lowered()
    return severity


def confidence_of(evidence: Evidence, concurrency: Concurrency) -> Confidence:
    """How sure both halves are: that the tasks touch the path, and that they may run at the same time."""
    return (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)[max(evidence.rank, concurrency.evidence.rank)]


def why_lost(facts: Facts, conflict: Conflict, tasks: Sequence[Task]) -> str:
    """What happens when the writers of `conflict` run together, in one line."""
    cause = clause(conflict.concurrency.reason)
    if are_separate(facts, tasks):
        text = f"{cause}; each works on a branch of its own, so the changes meet as a merge conflict"
    else:
        unknown = any(facts.plan.isolation_of(task) is Isolation.UNKNOWN for task in tasks)
        assumed = " (assumed, for the plan names no isolation)" if unknown else ""
        text = f"{cause}; in one checkout{assumed} the last to write wins and the other changes are lost"
    spellings = list(dict.fromkeys(effect.scope.path.strip().rstrip("/") for effect in conflict.writers))
    if len(spellings) > 1 and len({effect.pattern.key for effect in conflict.writers}) == 1:
        listed = " and ".join(f"`{spelling}`" for spelling in spellings[:2])
        text += f"; the plan spells it {listed}, which a runner that compares texts takes for two files"
    outside = _undeclared_writers(facts, conflict)
    if outside:
        scopes = "scope" if len(outside) == 1 else "scopes"
        verb = "leaves" if len(outside) == 1 else "leave"
        text += f"; the declared {scopes} of {named(outside)} {verb} it out"
    accepted = acknowledgement(facts, conflict.path, tasks)
    if accepted is not None:
        note = clause(accepted.note or accepted.origin.text.partition("\n")[0].lstrip("#"))
        text += f'; the plan accepts it: "{note}"' if note else "; the plan accepts it"
    return text


def _undeclared_writers(facts: Facts, conflict: Conflict) -> list[Task]:
    """Those writers of the conflict that only name the file in their bodies, against what they declare (PL112)."""
    return [facts.task(effect.task) for effect in conflict.writers if is_undeclared(facts, effect)]


def is_split(facts: Facts, conflict: Conflict) -> bool:
    """Whether every writer names a part of the file and the parts differ: the file is cut, not shared (PL107)."""
    if conflict.kind != "file":
        return False
    found: set[str] = set()
    for effect in conflict.writers:
        parts = parts_of(facts, effect)
        if not parts:
            return False
        found.update(parts)
    return len(found) > 1


def parts_of(facts: Facts, effect: Effect) -> tuple[str, ...]:
    """The parts of the file that the task of `effect` names; empty when it means all of the file."""
    same = [
        other.scope.part
        for other in facts.effects.writes_of(facts.task(effect.task))
        if other.pattern.key == effect.pattern.key and not other.scope.body
    ] or [effect.scope.part]
    return tuple(dict.fromkeys(part for part in same if part)) if all(same) else ()


def is_hint(effect: Effect) -> bool:
    """Whether a directory is only mentioned: it says where the work is, it is no claim to all of it.

    What a task deletes is gone with all that lies in it, be it only a sentence that says so.
    """
    return (
        effect.scope.evidence is not Evidence.DECLARED
        and effect.scope.mode is not Mode.DELETE
        and effect.pattern.kind != "glob"
        and not effect.names_file
    )
