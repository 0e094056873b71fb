"""PL201 missing-contract."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.interfaces import InterfaceGap
from planlint.facts.sides import Side
from planlint.model import Capability, Task
from planlint.rulekit import Confidence, Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import clause, named


class MissingContract(Rule):
    """Concurrent tasks build the two sides of one interface, and nothing fixes its shape first.

    ## Why

    Agents that run at the same time cannot ask each other what a field is called. The types come out flat, the endpoint
    nests them, the form assumes a third shape. Every task succeeds on its own, and the build of the whole fails.

    ## Example

    ```yaml
    plan: user-settings
    tasks:
      - id: types
        title: UserSettings types
        creates: [src/types/userSettings.ts]
      - id: api
        title: User settings endpoint
        creates: [src/routes/userSettings.ts]
      - id: form
        title: User settings form
        creates: [src/components/UserSettingsForm.tsx]
    ```

    ## Use instead

    ```yaml
    plan: user-settings
    tasks:
      - id: types
        title: UserSettings types
        creates: [src/types/userSettings.ts]
      - id: api
        title: User settings endpoint
        creates: [src/routes/userSettings.ts]
        depends_on: [types]
      - id: form
        title: User settings form
        creates: [src/components/UserSettingsForm.tsx]
        depends_on: [types]
    ```

    Or write the shape into the plan, so that all of them can start at once:

    ```yaml
    plan: user-settings
    contracts:
      - id: user-settings
        file: src/types/userSettings.ts
        signature: "interface UserSettings { theme: string; notifications: boolean }"
    tasks:
      - id: types
        title: UserSettings types
        creates: [src/types/userSettings.ts]
        provides: [user-settings]
      - id: api
        title: User settings endpoint
        creates: [src/routes/userSettings.ts]
        consumes: [user-settings]
      - id: form
        title: User settings form
        creates: [src/components/UserSettingsForm.tsx]
        consumes: [user-settings]
    ```

    ## Silent on

    Sides of different features; tasks that only change what exists; sides between which something is agreed: a contract
    (`unfixed-contract`, PL202, looks at that), a signature or mock in a brief, an endpoint that both name, a document
    that both read, an earlier task that defines the types or tables; plans that rest on design documents of their own.

    Where both sides declare a new file of one name (`orders.ts`, `OrderForm.tsx`), both texts are about it and neither
    task reads anything on it, the finding is an error. Else which side a task builds is concluded from other files, or
    from its title where it names none, and who publishes and who consumes an event from the briefs: a warning.
    """

    code = "PL201"
    name = "missing-contract"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.TASKS, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each feature, all its sides labelled."""
        for gap in facts.contracts.gaps:
            if any(role.task in facts.references.unsettled for role in gap.roles):
                continue  # a misspelled dependency is reported as such, not as a missing one
            yield self._report(facts, gap)

    def _report(self, facts: Facts, gap: InterfaceGap) -> Diagnostic:
        tasks = [facts.task(role.task) for role in gap.roles]
        sides = list(dict.fromkeys(role.side.noun for role in gap.roles))
        what = f"{', '.join(sides[:-1])} and {sides[-1]}" if len(sides) > 1 else "".join(sides)
        concurrency = facts.order.concurrency(*gap.pairs[0])
        severity = self.severity if gap.evidence is Evidence.DECLARED else self.severity.lowered()
        if concurrency.evidence is Evidence.INFERRED and gap.evidence is not Evidence.STATED:
            severity = severity.lowered()
        first = next((task for task in tasks if "types" in task.title.lower()), None) or _table_of(facts, gap)
        shared = (
            "what the event carries" if gap.roles[0].side in (Side.PUBLISHER, Side.CONSUMER) else "the shared types"
        )
        lead = f"let `{first.label}` finish first" if first else f"let one task define {shared} first"
        rank = max(gap.evidence.rank, concurrency.evidence.rank)
        return self.finding(
            f"{named(tasks)} build {what} of `{gap.subject}` at the same time, and nothing fixes its shape first",
            tasks[0].name_origin,
            why=f"{clause(concurrency.reason)}; each agent makes up the names and types it needs, and they do not fit",
            help=f"{lead} and the others depend on it, or write the exact signatures into the plan (`contracts`)",
            related=[(facts.task(role.task).name_origin, f"builds {role.side.noun}") for role in gap.roles[1:]],
            tasks=tasks,
            names=[gap.subject],
            severity=severity,
            evidence=gap.evidence,
            confidence=(Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)[rank],
        )


def _table_of(facts: Facts, gap: InterfaceGap) -> Task | None:
    """The task that makes the table, where only one other needs it: a migration comes before the code that uses it."""
    tables = [role for role in gap.roles if role.side is Side.DATA]
    return facts.task(tables[0].task) if len(tables) == 1 and len(gap.roles) == 2 else None
