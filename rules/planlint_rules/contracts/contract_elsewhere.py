"""PL206 contract-elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.contracts import End, Interface
from planlint.model import Capability, Mode
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint_rules._wording import listed, named


class ContractElsewhere(Rule):
    """A contract names a file that its provider does not write.

    ## Why

    Consumers import from the file that the contract names. If the provider puts it anywhere else, nothing is there.

    ## Example

    ```yaml
    plan: auth
    contracts:
      - id: validate-token
        file: src/auth/validate.ts
        signature: "validateToken(token: string): Promise<User | null>"
    tasks:
      - id: auth
        title: Token validation
        creates: [src/auth/token.ts]
        provides: [validate-token]
      - id: guard
        title: Route guard
        creates: [src/guard.ts]
        consumes: [validate-token]
    ```

    ## Use instead

    ```yaml
    plan: auth
    contracts:
      - id: validate-token
        file: src/auth/validate.ts
        signature: "validateToken(token: string): Promise<User | null>"
    tasks:
      - id: auth
        title: Token validation
        creates: [src/auth/validate.ts]
        provides: [validate-token]
      - id: guard
        title: Route guard
        creates: [src/guard.ts]
        consumes: [validate-token]
    ```

    ## Silent on

    Providers that do not say which files they write; patterns and directories that the file lies in; files that exist
    in the repository, or that nobody writes and the provider reads: it implements what stands there; contracts of which
    another provider writes the file.
    """

    code = "PL206"
    name = "contract-elsewhere"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.CONTRACTS, Capability.WRITES)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each contract and file."""
        for interface in facts.contracts.interfaces.values():
            for path, origin, evidence in _named_files(interface):
                yield from self._of_file(facts, interface, path, origin, evidence)

    def _of_file(
        self, facts: Facts, interface: Interface, path: str, origin: Origin, evidence: Evidence
    ) -> Iterator[Diagnostic]:
        providers = [facts.task(task) for task in dict.fromkeys(end.task for end in interface.providers)]
        writers = facts.effects.writers_of(path)
        if not providers or any(effect.task in {task.index for task in providers} for effect in writers):
            return
        if any(not facts.effects.writes_of(task) or task.scope_known is False for task in providers):
            return
        if facts.repository.known and facts.repository.is_file(path):
            return
        key = facts.effects.key(path)
        if not writers and any(read.pattern.key == key for task in providers for read in facts.effects.reads_of(task)):
            return
        others = [facts.task(task) for task in dict.fromkeys(effect.task for effect in writers)]
        verb = "does" if len(providers) == 1 else "do"
        made = [
            effect
            for task in providers
            for effect in facts.effects.writes_of(task)
            if effect.names_file and effect.scope.mode is not Mode.DELETE
        ]
        close = _close(path, [effect.pattern.normal for effect in made])
        hint = f"; did you mean `{close}`?" if close else f"; {named(others)} writes it" if others else ""
        place = providers[0].at("provides")
        if others:
            help = f"let {named(others)} provide the contract, or give the file to {named(providers)}"
        else:
            help = f"add `{path}` to what {named(providers)} creates, or correct the path"
        yield self.finding(
            f"contract `{interface.id}` is to stand in `{path}`, which {named(providers)} {verb} not write{hint}",
            origin,
            why="consumers import from the file that the contract names, and nothing will be there",
            help=help,
            related=[(place, f"{providers[0].label} provides it")]
            + [(effect.scope.origin, f"writes {listed([effect.pattern.normal])} instead") for effect in made[:3]],
            tasks=[*providers, *others],
            paths=[path],
            names=[interface.id],
            evidence=Evidence.weakest(evidence, *(effect.scope.evidence for effect in made[:1])),
        )


def _named_files(interface: Interface) -> Iterator[tuple[str, Origin, Evidence]]:
    """Every file that the plan or a provider names for the contract, once each."""
    seen: set[str] = set()
    contract = interface.contract
    if contract is not None and contract.file:
        seen.add(contract.file)
        yield contract.file, contract.places.get("file", contract.origin), contract.evidence
    for end in interface.providers:
        if end.ref.file and end.ref.file not in seen:
            seen.add(end.ref.file)
            yield end.ref.file, end.ref.origin, _evidence(end)


def _evidence(end: End) -> Evidence:
    return end.ref.evidence


def _close(path: str, written: list[str]) -> str | None:
    """A file of the provider that looks like a misspelling of `path`, or has the same name."""
    name = path.rpartition("/")[2]
    same = [other for other in written if other.rpartition("/")[2] == name]
    if same:
        return same[0]
    from difflib import get_close_matches

    return next(iter(get_close_matches(path, written, n=1, cutoff=0.85)), None)
