"""PL112 undeclared-write."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.effects import Effect
from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import listed
from planlint_rules.ownership._declared import undeclared


class UndeclaredWrite(Rule):
    """A task's body says that it creates or changes a file which its declared scope leaves out.

    ## Why

    Whoever starts the tasks trusts the declaration: tasks with disjoint lists run together. In 1,075 executed plans of
    twelve projects, 71 % of the files that stood in a step's own file list but not in the plan's declaration were
    really changed, and 45 % of those named right after "create" or "update"; of any other mention only 7 %.

    ## Example

    ```markdown title=".planning/phases/02-billing/02-01-PLAN.md"
    ---
    phase: 02-billing
    plan: 01
    type: execute
    wave: 1
    depends_on: []
    files_modified: [src/billing/invoice.ts]
    autonomous: true
    must_haves:
      truths: ["An invoice can be sent"]
    ---

    <objective>Send invoices.</objective>

    <tasks>
    <task type="auto">
      <name>Task 1: Invoice</name>
      <files>src/billing/invoice.ts, src/mail/outbox.ts</files>
      <action>Build the invoice and put it into the outbox.</action>
      <verify>npm test -- invoice</verify>
      <done>Tests pass</done>
    </task>
    </tasks>
    ```

    ## Use instead

    ```markdown title=".planning/phases/02-billing/02-01-PLAN.md"
    ---
    phase: 02-billing
    plan: 01
    type: execute
    wave: 1
    depends_on: []
    files_modified: [src/billing/invoice.ts, src/mail/outbox.ts]
    autonomous: true
    must_haves:
      truths: ["An invoice can be sent"]
    ---

    <objective>Send invoices.</objective>

    <tasks>
    <task type="auto">
      <name>Task 1: Invoice</name>
      <files>src/billing/invoice.ts, src/mail/outbox.ts</files>
      <action>Build the invoice and put it into the outbox.</action>
      <verify>npm test -- invoice</verify>
      <done>Tests pass</done>
    </task>
    </tasks>
    ```

    ## Silent on

    Any other mention of a path; files inside a declared directory or pattern; a bare name, or the end of a path, that a
    declared path ends with; "if needed"; a file in which the task meets a concurrent one (`shared-write`, PL101, says
    so); formats without a declaration apart from the body; the plan's own documents.
    """

    code = "PL112"
    name = "undeclared-write"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.WRITES, Capability.DECLARED_WRITES)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task, with all files that its declaration leaves out."""
        bodies = {write.task for write in facts.effects.writes if write.scope.body}
        reported = _reported(facts) if bodies else set()
        for task in map(facts.task, sorted(bodies)):
            missing = [effect for effect in undeclared(facts, task) if (task.index, effect.pattern.key) not in reported]
            if missing:
                yield self._report(task, missing, [e for e in facts.effects.writes_of(task) if not e.scope.body])

    def _report(self, task: Task, missing: list[Effect], declared: list[Effect]) -> Diagnostic:
        first = min(missing, key=lambda effect: (effect.firmness, effect.position))
        paths = [effect.pattern.normal for effect in missing]
        return self.finding(
            f"`{task.label}` changes {listed(paths)}, which its declared scope leaves out",
            first.scope.origin,
            why="the declaration decides which tasks run together, so an overlap through this file goes unnoticed",
            help="add it to the declared files, or say who else changes it",
            related=[
                *((effect.scope.origin, "this one too") for effect in missing if effect is not first),
                *((effect.scope.origin, "the declaration begins here") for effect in declared[:1]),
            ],
            tasks=[task],
            paths=paths,
            evidence=first.scope.evidence,
        )


def _reported(facts: Facts) -> set[tuple[int, str]]:
    """Task and path of the writes that meet another task's in a finding of their own (PL101, PL107)."""
    return {
        (writer.task, writer.pattern.key)
        for conflict in facts.effects.conflicts
        if conflict.kind != "pattern" and conflict.concurrency.evidence is not Evidence.INFERRED
        for writer in conflict.writers
    }
