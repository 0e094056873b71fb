"""PL203 conflicting-contract."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.contracts import Disagreement, Interface
from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint_rules.contracts._stated import Clash, clashes


class ConflictingContract(Rule):
    """Two places state different signatures or shapes for one symbol, endpoint, table or event.

    ## Why

    Each agent keeps to what its own brief says, and both are right. The pieces meet at the very end and do not fit.

    ## Example

    ```yaml
    plan: avatars
    contracts:
      - id: upload-avatar
        signature: "uploadAvatar(userId: string, file: Buffer): Promise<string>"
    tasks:
      - id: service
        title: Avatar service
        creates: [src/avatar.ts]
        provides: [upload-avatar]
      - id: page
        title: Avatar page
        creates: [src/page.tsx]
        consumes:
          - contract: upload-avatar
            signature: "uploadAvatar(userId: number): Promise<void>"
    ```

    ## Use instead

    ```yaml
    plan: avatars
    contracts:
      - id: upload-avatar
        signature: "uploadAvatar(userId: string, file: Buffer): Promise<string>"
    tasks:
      - id: service
        title: Avatar service
        creates: [src/avatar.ts]
        provides: [upload-avatar]
      - id: page
        title: Avatar page
        creates: [src/page.tsx]
        consumes:
          - contract: upload-avatar
            signature: "uploadAvatar(user: string, image: Buffer): Promise<string>"
    ```

    ## Silent on

    Names of parameters; types that one side leaves out; the order of fields; optional parameters and fields; spellings
    of one type in two languages; anything that cannot be read as a signature. In briefs only named shapes, endpoints,
    tables by their columns, events by their fields, and functions with a name of several words are compared, and only
    of concurrent tasks: two classes may well have methods of one short name.
    """

    code = "PL203"
    name = "conflicting-contract"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.TASKS,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each contract, and for each name in briefs."""
        named: set[str] = set()
        for interface in facts.contracts.interfaces.values():
            found = facts.contracts.disagreements(interface)
            if found:
                named.add(interface.id.lower())
                yield self._of_contract(facts, interface, found)
        for clash in clashes(facts):
            if clash.name.lower() not in named:
                yield self._of_briefs(facts, clash)

    def _of_contract(self, facts: Facts, interface: Interface, found: list[Disagreement]) -> Diagnostic:
        first = found[0]
        tasks = [facts.task(one.task) for one in (first.first, first.second) if one.task is not None]
        who = _who(facts, first.first.task), _who(facts, first.second.task)
        refs = {(end.task, end.ref.origin): end.ref.evidence for end in (*interface.providers, *interface.consumers)}
        evidence = Evidence.weakest(
            *(
                refs.get((one.task, one.origin), Evidence.DECLARED)
                for one in (first.first, first.second)
                if one.task is not None
            )
        )
        others = [(item.second.origin, f"{_who(facts, item.second.task)}: {item.text}") for item in found[1:]]
        return self.finding(
            f"{who[0]} and {who[1]} disagree about contract `{interface.id}`: {first.text}"
            if who[0] != who[1]
            else f"{who[0]} states contract `{interface.id}` in two ways: {first.text}",
            first.second.origin,
            why="each side builds what its own text says, and the pieces do not fit",
            help="state the signature once, in the plan's list of contracts, and let both sides refer to it",
            related=[(first.first.origin, f"{who[0]} states it here"), *others],
            tasks=tasks,
            names=[interface.id],
            evidence=evidence,
        )

    def _of_briefs(self, facts: Facts, clash: Clash) -> Diagnostic:
        first, second = facts.task(clash.first), facts.task(clash.second)
        return self.finding(
            f"`{first.label}` and `{second.label}` state different {clash.noun} for `{clash.name}`: {clash.text}",
            _place(second, clash.name),
            why="both run at the same time, and each builds what its own brief says",
            help="agree on one and write it into both briefs, or let one task define it first",
            related=[(_place(first, clash.name), f"{first.label} states it here")],
            tasks=[first, second],
            names=[clash.name],
            evidence=Evidence.STATED,
        )


def _who(facts: Facts, task: int | None) -> str:
    return "the plan" if task is None else f"`{facts.task(task).label}`"


def _place(task: Task, name: str) -> Origin:
    """Where the task's text has the name, else the task's brief."""
    last = name.rpartition(" ")[2]
    at = task.origin.text.find(last)
    return task.origin.narrow(at, at + len(last)) if at >= 0 else task.at("brief")
