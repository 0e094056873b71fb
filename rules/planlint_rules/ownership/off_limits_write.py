"""PL106 off-limits-write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.facts.effects import Effect
from planlint.model import Capability, Constraint, Mode, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Related, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import clause
from planlint_rules.ownership._overlaps import DONE_TO


class OffLimitsWrite(Rule):
    """A task writes what it, or every task of the plan, is told not to touch.

    ## Why

    The agent cannot obey both sentences. It drops one of them silently: either the file stays as it is and the task is
    half done, or the file changes under somebody who was promised that it would not.

    ## Example

    ```yaml
    plan: profile
    tasks:
      - id: routes
        title: Profile endpoints
        creates: [src/routes/profile.ts]
        modifies: [src/routes/index.ts]
        off_limits: [src/routes/index.ts]
    ```

    ## Use instead

    ```yaml
    plan: profile
    tasks:
      - id: routes
        title: Profile endpoints
        creates: [src/routes/profile.ts]
        off_limits: [src/routes/index.ts]
      - id: register
        title: Register the endpoints
        modifies: [src/routes/index.ts]
        depends_on: [routes]
    ```

    ## Silent on

    A wide scope around a smaller forbidden part, which means "all but that"; a new file in a directory whose files a
    sentence forbids to modify; a path that only its owner may write, written by its owner, or by a task that declares
    it and runs before or after the owner.
    """

    code = "PL106"
    name = "off-limits-write"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.WRITES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task and forbidden scope."""
        for task in facts.tasks if facts.plan.constraints else facts.effects.fenced_tasks:
            writes = facts.effects.writes_of(task)
            told: set[str] = set()
            for fence in facts.effects.off_limits_of(task):
                inside = [write for write in writes if _forbidden(facts, fence, write)]
                if inside and fence.pattern.key not in told:
                    told.add(fence.pattern.key)
                    yield self._own(task, fence, inside)
            for constraint in facts.plan.constraints:
                inside = [write for write in writes if _violates(facts, constraint, task, write)]
                key = facts.effects.key(constraint.scope.path)
                if inside and key not in told:
                    told.add(key)
                    yield self._plans(facts, task, constraint, inside)

    def _own(self, task: Task, fence: Effect, inside: list[Effect]) -> Diagnostic:
        write = inside[0]
        limit = "" if fence.pattern.key == write.pattern.key else f" in `{fence.pattern.normal}`"
        return self._report(
            f"`{task.label}` {DONE_TO[write.scope.mode]} `{write.pattern.normal}`{limit}, which it must not touch",
            task,
            inside,
            why="the agent cannot follow both, and drops one of them without saying so",
            help="take it off one of the two lists, or give it to a task of its own",
            related=Related(fence.scope.origin, "told here to keep away"),
            evidence=Evidence.weakest(fence.scope.evidence, write.scope.evidence),
        )

    def _plans(self, facts: Facts, task: Task, constraint: Constraint, inside: list[Effect]) -> Diagnostic:
        write = inside[0]
        if constraint.owner:
            told = f"only `{constraint.owner}` may touch"
            help_text = f"leave it to `{constraint.owner}`, or let `{task.label}` run before or after it and say so"
        else:
            told = "the plan puts off limits"
            help_text = "leave the file alone, or lift the limit for this task in the plan"
        note = f": {clause(constraint.note)}" if constraint.note else ""
        return self._report(
            f"`{task.label}` {DONE_TO[write.scope.mode]} `{write.pattern.normal}`, which {told}",
            task,
            inside,
            why=f"the other tasks are planned on the promise that it stays as it is{note}",
            help=help_text,
            related=Related(constraint.origin, "the plan says so here"),
            evidence=Evidence.weakest(constraint.scope.evidence, write.scope.evidence),
        )

    def _report(
        self,
        message: str,
        task: Task,
        inside: list[Effect],
        *,
        why: str,
        help: str,
        related: Related,
        evidence: Evidence,
    ) -> Diagnostic:
        return self.finding(
            message,
            inside[0].scope.origin,
            why=why,
            help=help,
            related=[related, *((write.scope.origin, f"`{write.pattern.normal}` too") for write in inside[1:])],
            tasks=[task],
            paths=list(dict.fromkeys(write.pattern.normal for write in inside)),
            severity=self.severity_for(evidence).lowered(int(inside[0].scope.weak)),
            evidence=evidence,
        )


def _forbidden(facts: Facts, fence: Effect, write: Effect) -> bool:
    """Whether a task's own off-limits scope means this write."""
    if not facts.effects.covers(fence.pattern.text, write.pattern.text):
        return False
    if fence.pattern.key == write.pattern.key:
        return True
    if _means_the_rest(fence):
        return False
    if fence.scope.evidence is Evidence.DECLARED:
        return True
    # "Do not modify src/routes/" says nothing about a new file there.
    return write.scope.mode is not Mode.CREATE


def _means_the_rest(fence: Effect) -> bool:
    """Whether the words around the limit leave the task's own part out: "everything else in `app/`"."""
    place = fence.scope.origin
    text = place.source.text
    before = text[max(0, place.start - 50) : place.start]
    return bool(_REST.search(before) or _EXCEPT.match(text, place.end))


def _violates(facts: Facts, constraint: Constraint, task: Task, write: Effect) -> bool:
    """Whether the write breaks a plan-wide limit."""
    if constraint.kind not in ("off-limits", "single-owner", "hub") or constraint.scope.external:
        return False
    if constraint.tasks and not {task.id, task.title, task.agent.name} & {*constraint.tasks}:
        return False
    if not facts.effects.covers(constraint.scope.path, write.pattern.text):
        return False
    if constraint.kind == "off-limits" and constraint.owner is None:
        limit = constraint.scope
        same = facts.effects.key(limit.path) == write.pattern.key
        return same or limit.evidence is Evidence.DECLARED or write.scope.mode is not Mode.CREATE
    if constraint.owner is None:
        return False  # a hub that one task may hold at a time: order is PL101's business
    owners = _owners(facts, constraint.owner)
    if not owners or task.index in {owner.index for owner in owners}:
        return False
    declared = write.scope.evidence is Evidence.DECLARED
    if declared and all(facts.order.ordered(task.index, owner.index) for owner in owners):
        return False
    return not _already_reported(facts, write, owners)


_REST = regex(r"\b(?:else|others?|rest|remaining|remainder|sonst|übrige\w*)\b[^.;|\n]{0,30}$", re.IGNORECASE)
_EXCEPT = regex(
    r"[`'\")]*[ \t]*[,(]?[ \t]*(?:except|besides|other than|apart from|but not|outside|außer)\b", re.IGNORECASE
)
_WORKER = regex(r"\b(?:agent|worker|lane|stream|teammate|track|role)\b")


def _owners(facts: Facts, owner: str) -> list[Task]:
    """The tasks that an owner's name means: by id, worker, agent type or title."""
    name = owner.strip().casefold()
    part = _WORKER.sub("", name).strip()  # "integration lane" is the lane whose title is "integration"
    wanted = {name, part} - {""}
    return [
        task
        for task in facts.plan.tasks
        if wanted
        & {(text or "").strip().casefold() for text in (task.id, task.agent.name, task.agent.type, task.title)}
    ]


def _already_reported(facts: Facts, write: Effect, owners: list[Task]) -> bool:
    """Whether the owner writes the same path at the same time, which PL101 reports."""
    rivals = {other.task for other in facts.effects.writers_meeting(write.pattern)}
    return any(owner.index in rivals and facts.order.concurrent(owner.index, write.task) for owner in owners)
