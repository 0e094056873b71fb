"""PL204 vague-contract."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.contracts import Interface
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import named
from planlint_rules.contracts._needs import is_vague, unfixed


class VagueContract(Rule):
    """A contract has no signature, shape or path that anybody could build against.

    ## Why

    "Will handle validation" tells the consumer neither what to call nor what comes back. It is a promise that two
    agents keep in two ways.

    ## Example

    ```yaml
    plan: login
    contracts:
      - id: validation
        description: The service will handle token validation
    tasks:
      - id: service
        title: Token service
        creates: [src/token.ts]
        provides: [validation]
      - id: guard
        title: Route guard
        creates: [src/guard.ts]
        consumes: [validation]
    ```

    ## Use instead

    ```yaml
    plan: login
    contracts:
      - id: validation
        file: src/token.ts
        signature: "validateToken(token: string): Promise<User | null>"
    tasks:
      - id: service
        title: Token service
        creates: [src/token.ts]
        provides: [validation]
      - id: guard
        title: Route guard
        creates: [src/guard.ts]
        consumes: [validation]
    ```

    ## Silent on

    Contracts that name a file, an endpoint or a call, however briefly; contracts that nobody consumes; names in
    `provides` and `consumes` of which the plan says nothing more.
    """

    code = "PL204"
    name = "vague-contract"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.CONTRACTS,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each contract that somebody relies on."""
        for interface in facts.contracts.interfaces.values():
            if interface.consumers and is_vague(interface):
                yield self._report(facts, interface)

    def _report(self, facts: Facts, interface: Interface) -> Diagnostic:
        consumers = [facts.task(end.task) for end in interface.consumers]
        evidence = Evidence.weakest(*(end.ref.evidence for end in interface.consumers[:1]))
        severity = self.severity_for(evidence)
        if unfixed(facts, interface) is None:
            severity = severity.lowered()  # the consumers can at least look at what was made
        return self.finding(
            f"contract `{interface.id}` gives {named(consumers)} no signature, shape or path to build against",
            interface.origin if interface.contract is not None else interface.statements[0].origin,
            why="words leave open what to call, what to pass and what comes back; two agents decide it in two ways",
            help="write the signature: names, parameters with types, what is returned; or the file where it will stand",
            related=[(end.ref.origin, f"{facts.task(end.task).label} relies on it") for end in interface.consumers],
            tasks=consumers,
            names=[interface.id],
            severity=severity,
            evidence=evidence,
        )
