"""PL202 unfixed-contract."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.contracts import Interface
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import listed, named
from planlint_rules.contracts._needs import Needs, is_vague, unfixed


class UnfixedContract(Rule):
    """A contract is defined by a task that runs alongside the tasks which rely on it.

    ## Why

    The name is agreed, the shape is not. Until the defining file is written, each consumer builds against its own idea
    of it.

    ## Example

    ```yaml
    plan: accounts
    contracts:
      - id: account-type
        file: src/types/account.ts
    tasks:
      - id: types
        title: Account types
        creates: [src/types/account.ts]
        provides: [account-type]
      - id: api
        title: Account endpoint
        creates: [src/routes/account.ts]
        consumes: [account-type]
    ```

    ## Use instead

    ```yaml
    plan: accounts
    contracts:
      - id: account-type
        file: src/types/account.ts
        signature: "interface Account { id: string; email: string }"
    tasks:
      - id: types
        title: Account types
        creates: [src/types/account.ts]
        provides: [account-type]
      - id: api
        title: Account endpoint
        creates: [src/routes/account.ts]
        consumes: [account-type]
    ```

    ## Silent on

    Contracts whose full signature stands in the plan; consumers that wait for the provider, or for the task that writes
    the defining file; contracts that exist already. A contract that is only described in words is `vague-contract`
    (PL204).
    """

    code = "PL202"
    name = "unfixed-contract"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.CONTRACTS, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each contract, all consumers labelled."""
        for interface in facts.contracts.interfaces.values():
            needs = unfixed(facts, interface)
            if needs is not None and not is_vague(interface):
                yield self._report(facts, interface, needs)

    def _report(self, facts: Facts, interface: Interface, needs: Needs) -> Diagnostic:
        consumers = [facts.task(end.task) for end in needs.consumers]
        definers = [facts.task(task) for task in needs.definers]
        one = len(consumers) == 1
        relies, runs = ("relies", "runs") if one else ("rely", "run")
        work = f"{named(definers)} {'defines' if len(definers) == 1 else 'define'}"
        when = (
            f"only after {'it has' if one else 'they have'} run"
            if needs.late
            else f"while {'it' if one else 'they'} {runs}"
        )
        evidence = Evidence.weakest(*(end.ref.evidence for end in (needs.consumers[0], *interface.providers[:1])))
        where = f" in {listed(interface.files[:1])}" if interface.files else ""
        entry = [(interface.contract.origin, "the contract")] if interface.contract is not None else []
        return self.finding(
            f"{named(consumers)} {relies} on contract `{interface.id}`, which {work}{where} {when}",
            needs.consumers[0].ref.origin,
            why="the shape is not settled when the consumers start, so each builds against its own idea of it",
            help=f"give the full signature of `{interface.id}` in the plan, "
            f"or make {named(consumers)} depend on {named(definers)}",
            related=[
                *entry,
                *((end.ref.origin, f"{facts.task(end.task).label} provides it") for end in interface.providers),
                *((end.ref.origin, f"{facts.task(end.task).label} relies on it") for end in needs.consumers[1:]),
            ],
            tasks=[*consumers, *definers],
            paths=interface.files,
            names=[interface.id],
            evidence=evidence,
        )
