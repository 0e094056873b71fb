"""PL208 unused-contract."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier


class UnusedContract(Rule):
    """A contract is provided, and no task consumes it.

    ## Why

    Either a consumer forgot to say so, and then nobody checks that the two fit; or the work is for nobody.

    ## Example

    ```yaml
    plan: reports
    tasks:
      - id: query
        title: Report query
        creates: [src/query.py]
        provides: [report-query]
      - id: page
        title: Report page
        creates: [src/page.py]
        depends_on: [query]
    ```

    ## Use instead

    ```yaml
    plan: reports
    tasks:
      - id: query
        title: Report query
        creates: [src/query.py]
        provides: [report-query]
      - id: page
        title: Report page
        creates: [src/page.py]
        depends_on: [query]
        consumes: [report-query]
    ```

    ## Silent on

    Plans with a single task or an unreadable part; contracts that finished tasks consume; what only sentences call an
    output, in plans in which nobody consumes anything.
    """

    code = "PL208"
    name = "unused-contract"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.CONTRACTS,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each contract without a consumer."""
        if facts.plan.incomplete or facts.plan.pattern or len(facts.tasks) < 2:
            return
        consumed = {ref.contract for task in facts.plan.tasks for ref in task.consumes}
        for interface in facts.contracts.interfaces.values():
            if interface.id in consumed:
                continue
            evidence = Evidence.weakest(*(end.ref.evidence for end in interface.providers))
            if evidence is not Evidence.DECLARED and not consumed:
                continue
            tasks = [facts.task(end.task) for end in interface.providers]
            who = f"which `{tasks[0].label}` provides" if tasks else "which the plan lists"
            yield self.finding(
                f"no task consumes contract `{interface.id}`, {who}",
                interface.providers[0].ref.origin if interface.providers else interface.origin,
                why="a consumer that does not name it is not checked against it; without one the work is for nobody",
                help="add it to what its users `consume`, or remove it",
                tasks=tasks,
                names=[interface.id],
                severity=self.severity,
                evidence=evidence,
            )
