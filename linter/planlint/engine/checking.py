"""Rules over one plan: what a format cannot express is skipped with a reason, what crashes is reported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planlint.engine.remedies import realised
from planlint.engine.report import Skipped

if TYPE_CHECKING:
    from planlint.diagnostics import Diagnostic
    from planlint.engine.reading import Complaints
    from planlint.engine.registry import RuleRegistry
    from planlint.facts import Facts
    from planlint.rulekit.pack import RuleEntry

MISSING: dict[str, str] = {
    "tasks": "tasks",
    "writes": "which files a task writes",
    "declared-writes": "a declared list of the files a task writes",
    "reads": "which files a task reads",
    "off-limits": "files that a task must not touch",
    "dependencies": "dependencies between tasks",
    "concurrency": "that tasks run at the same time",
    "waves": "waves",
    "contracts": "contracts between tasks",
    "agents": "which agent type does a task",
    "agent-definitions": "agent definitions",
    "isolation": "how tasks are isolated",
    "brief": "what an agent is told",
    "fresh-agents": "that each task gets a new agent",
    "verify": "how a task is verified",
    "returns": "what a task hands back",
    "estimates": "how long a task takes",
    "context": "which files agents inherit",
    "launches": "how agents are launched",
    "limits": "how many agents may run at once",
    "status": "which tasks are finished",
}
"""`Capability` value to what a format without it cannot say; a test keeps it complete."""


def check_plan(
    facts: Facts, entries: Iterable[RuleEntry], registry: RuleRegistry, complaints: Complaints
) -> tuple[list[Diagnostic], list[Skipped]]:
    """The findings of the rules in `entries` in one plan, unsorted, and the rules that had nothing to go by.

    A rule is imported only when the plan's format can express what it needs. A rule that raises becomes PL009; what it
    had found until then is kept, and the other rules go on.
    """
    plan = facts.plan
    found: list[Diagnostic] = []
    skipped: list[Skipped] = []
    finished = _finished_labels(facts)
    for entry in entries:
        if entry.engine:
            continue
        lacking = [need for need in entry.needs if need not in plan.capabilities]
        if lacking:
            what = " and ".join(MISSING.get(need, need) for need in lacking)
            skipped.append(Skipped(entry.code, plan.path, f"the {plan.dialect} format does not say {what}"))
            continue
        rule = registry.rule(entry.code)
        try:
            reason = rule.skip(facts)
            if reason is not None:
                skipped.append(Skipped(entry.code, plan.path, reason))
                continue
            for finding in rule.check(facts):
                about = finding.subjects.tasks
                if not about or not finished.issuperset(about):
                    found.append(realised(finding, plan) if finding.remedies else finding)
        except Exception as error:
            complaints.crash(f"rule {entry.code} ({entry.name})", error, plan.head)
    return found, skipped


def _finished_labels(facts: Facts) -> frozenset[str]:
    """Labels that only finished tasks bear; empty in a run that asks for those too."""
    if facts.settings.include_done:
        return frozenset()
    done = {task.label for task in facts.plan.tasks if task.done}
    return frozenset(done.difference(task.label for task in facts.plan.tasks if not task.done)) if done else frozenset()
