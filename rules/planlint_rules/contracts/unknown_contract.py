"""PL205 unknown-contract."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.contracts import End, Interface
from planlint.facts.signatures import is_full_signature
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import named

_MOST_COMPARED = 100_000
"""Pairs of names that are compared for a suggestion: of a thousand unknown names few are misspelt."""


class UnknownContract(Rule):
    """A contract is consumed but provided by nobody, or provided by several tasks.

    ## Why

    What nobody provides is missing at the end, or is made up by its consumer. What two provide exists twice, and which
    one counts is chance.

    ## Example

    ```yaml
    plan: accounts
    tasks:
      - id: store
        title: Account store
        creates: [src/store.py]
        provides: [account-store]
      - id: api
        title: Account endpoint
        creates: [src/api.py]
        consumes: [acount-store]
        depends_on: [store]
    ```

    ## Use instead

    ```yaml
    plan: accounts
    tasks:
      - id: store
        title: Account store
        creates: [src/store.py]
        provides: [account-store]
      - id: api
        title: Account endpoint
        creates: [src/api.py]
        consumes: [account-store]
        depends_on: [store]
    ```

    ## Silent on

    Contracts that the plan lists: those may exist already. Consumers that say themselves what they rely on, by a full
    signature or a file. Contracts of finished tasks; plans of which a part could not be read; names that only a
    sentence mentions, unless a provided one is spelled almost alike.
    """

    code = "PL205"
    name = "unknown-contract"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.CONTRACTS,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each unknown name, and for each contract with several providers."""
        if not facts.plan.incomplete and not facts.plan.pattern:
            unknown: dict[str, list[End]] = {}
            for end in facts.contracts.unprovided:
                unknown.setdefault(end.ref.contract, []).append(end)
            searches = _MOST_COMPARED // max(1, len(facts.contracts.interfaces))
            for number, (name, ends) in enumerate(unknown.items()):
                yield from self._unknown(facts, name, ends, search=number < searches)
        for interface in facts.contracts.interfaces.values():
            yield from self._doubled(facts, interface)

    def _unknown(self, facts: Facts, name: str, ends: list[End], *, search: bool) -> Iterator[Diagnostic]:
        if any(end.ref.file or is_full_signature(end.ref.signature or "") for end in ends):
            return
        evidence = min((end.ref.evidence for end in ends), key=lambda item: item.rank)
        close = facts.contracts.close_matches(name) if search else []
        if evidence is not Evidence.DECLARED and not close:
            return
        consumers = [facts.task(end.task) for end in ends]
        relies = "relies" if len(consumers) == 1 else "rely"
        hint = f"; did you mean `{close[0]}`?" if close else ""
        yield self.finding(
            f"{named(consumers)} {relies} on contract `{name}`, which no task provides{hint}",
            ends[0].ref.origin,
            why="at the end it is missing, or each consumer has made up its own",
            help=(f"write `{close[0]}`, or " if close else "") + "add it to what a task `provides`, or list it under "
            "`contracts` with its signature if it exists already",
            related=[(end.ref.origin, f"{facts.task(end.task).label} relies on it too") for end in ends[1:]],
            tasks=consumers,
            names=[name],
            evidence=evidence,
        )

    def _doubled(self, facts: Facts, interface: Interface) -> Iterator[Diagnostic]:
        ends = {end.task: end for end in reversed(interface.providers) if end.ref.evidence is Evidence.DECLARED}
        tasks = sorted(ends)
        apart = any(facts.order.concurrent(one, other) for one in tasks for other in tasks if one < other)
        if len(tasks) < 2:
            return
        providers = [facts.task(task) for task in tasks]
        yield self.finding(
            f"contract `{interface.id}` is provided by {len(tasks)} tasks: {named(providers)}",
            ends[tasks[1]].ref.origin,
            why="two agents build it, and which of the two counts in the end is chance",
            help="let one task provide it and the others consume it, or give the parts names of their own",
            related=[
                (ends[task].ref.origin, f"{facts.task(task).label} provides it") for task in tasks if task != tasks[1]
            ],
            tasks=providers,
            names=[interface.id],
            severity=self.severity if apart else self.severity.lowered(),
            discriminator="providers",
        )
