"""What a task's body writes outside of its declared scope, in formats that have both."""

from __future__ import annotations

from planlint.facts.effects import Effect
from planlint.model import Task
from planlint.rulekit import Evidence, Facts


def undeclared(facts: Facts, task: Task) -> list[Effect]:
    """Writes that the body of `task` names firmly and no declared scope covers, one for each path."""
    found: dict[str, Effect] = {}
    for effect in facts.effects.writes_of(task):
        if effect.pattern.key not in found and is_undeclared(facts, effect):
            found[effect.pattern.key] = effect
    return list(found.values())


def is_undeclared(facts: Facts, effect: Effect) -> bool:
    """Whether only the body of its task names this write, firmly, and no declared scope covers it."""
    scope, task = effect.scope, facts.task(effect.task)
    if not scope.body or scope.weak or scope.evidence is Evidence.INFERRED or not effect.names_file:
        return False
    if task.broad or task.scope_known is False:
        return False
    declared = [other for other in facts.effects.writes_of(task) if not other.scope.body]
    if (not declared and task.scope_known is None) or any(_covers(facts, other, effect) for other in declared):
        return False
    return not any(facts.effects.covers(pattern, effect.pattern.normal) for pattern in facts.plan.design_documents)


def _covers(facts: Facts, declared: Effect, body: Effect) -> bool:
    """Whether the declaration means the file: it contains it, or one is the other written from a deeper directory."""
    outer, inner = declared.pattern, body.pattern
    if facts.effects.covers(outer.text, inner.text):
        return True
    return outer.key.endswith(f"/{inner.key}") or inner.key.endswith(f"/{outer.key}")
