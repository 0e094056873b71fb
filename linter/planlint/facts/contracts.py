"""`Contracts`: who provides and consumes which interface, what is said about its shape, and whether it is fixed first.

Joins what a plan says in three places: its own list of contracts, each task's `provides` and `consumes`, and the files
and signatures given with either. Interfaces that nobody names are looked for in `interfaces`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from planlint.facts.agreement import signature_difference
from planlint.facts.signatures import Signature, is_full_signature, parse_signature
from planlint.model import Contract, ContractRef, Task
from planlint.source import Origin

if TYPE_CHECKING:
    from planlint.facts.facts import Facts
    from planlint.facts.interfaces import InterfaceGap


class End(NamedTuple):
    """One task's end of a contract. `field` is `provides` or `consumes`, `position` its index there."""

    task: int
    field: str
    position: int
    ref: ContractRef


class Statement(NamedTuple):
    """One text that says what the interface looks like, and who says it (`task` None: the plan's own list)."""

    text: str
    origin: Origin
    task: int | None


class Disagreement(NamedTuple):
    """Two statements about one contract that cannot both hold; `text` says how they differ."""

    first: Statement
    second: Statement
    text: str


class Interface(NamedTuple):
    """One contract id with everything the plan says about it. Only live tasks count as ends."""

    id: str
    contract: Contract | None
    """The plan's own entry; None when only tasks name it."""
    duplicates: tuple[Contract, ...]
    """Further entries with the same id."""
    providers: tuple[End, ...]
    consumers: tuple[End, ...]
    statements: tuple[Statement, ...]
    """Signatures in the order of the plan; the plan's own first."""
    files: tuple[str, ...]
    """Where it will be defined, as the plan and its providers say; distinct."""

    @property
    def origin(self) -> Origin:
        """Where the contract is named first."""
        if self.contract is not None:
            return self.contract.origin
        return (self.providers or self.consumers)[0].ref.origin

    @property
    def given(self) -> Statement | None:
        """The full signature in the plan's own list, which fixes the contract before any task runs."""
        first = self.statements[0] if self.statements else None
        return first if first is not None and first.task is None and is_full_signature(first.text) else None


class Contracts:
    """All contracts of one plan."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def interfaces(self) -> dict[str, Interface]:
        """Contract id to all that is said about it: the plan's entries first, then ids that only tasks name."""
        entries: dict[str, list[Contract]] = {}
        for contract in self._facts.plan.contracts:
            entries.setdefault(contract.id, []).append(contract)
        providers = self._ends("provides")
        consumers = self._ends("consumes")
        ids = dict.fromkeys((*entries, *providers, *consumers))
        return {
            key: _interface(key, entries.get(key, []), providers.get(key, []), consumers.get(key, [])) for key in ids
        }

    def get(self, contract: str) -> Interface | None:
        """The contract with this id."""
        return self.interfaces.get(contract)

    def shared(self, first: Task, second: Task) -> list[Interface]:
        """Contracts that both tasks are an end of."""
        others = self._by_task.get(second.index)
        if not others:
            return []
        return [item for key, item in self._by_task.get(first.index, {}).items() if key in others]

    @cached_property
    def _by_task(self) -> dict[int, dict[str, Interface]]:
        """`Task.index` to the contracts that it is an end of, by id and in the order of `interfaces`."""
        found: dict[int, dict[str, Interface]] = {}
        for key, item in self.interfaces.items():
            for end in (*item.providers, *item.consumers):
                found.setdefault(end.task, {})[key] = item
        return found

    @cached_property
    def unprovided(self) -> list[End]:
        """Consumers of a contract that neither a task provides nor the plan lists, in plan order."""
        return [
            end
            for item in self.interfaces.values()
            if item.contract is None and not item.providers and not self._finished(item.id)
            for end in item.consumers
        ]

    def close_matches(self, contract: str) -> list[str]:
        """Contract ids that somebody lists or provides and that look like `contract`; best first, at most three."""
        from difflib import get_close_matches

        known = [item.id for item in self.interfaces.values() if item.contract is not None or item.providers]
        return get_close_matches(contract, [other for other in known if other != contract], n=3, cutoff=0.6)

    def fixed_first(self, interface: Interface, consumer: int) -> str | None:
        """Why `interface` is settled before the task `consumer` begins, for people; None when it is not.

        It is when the plan gives its full signature, when every provider happens before the consumer, when a task that
        happens before it writes the defining file, when consumer and provider are one task, or when nothing in this
        plan changes it.
        """
        order = self._facts.order
        if interface.given is not None:
            return "the plan gives its signature"
        own = [end for end in interface.consumers if end.task == consumer and end.ref.signature]
        if any(is_full_signature(end.ref.signature or "") for end in own) and any(
            is_full_signature(statement.text) for statement in interface.statements if statement.task != consumer
        ):
            return "both sides state its signature"
        providers = {end.task for end in interface.providers}
        if consumer in providers:
            return "the same task provides it"
        if providers and all(order.before(task, consumer) for task in providers):
            return "its provider is finished before"
        writers = self.definers(interface)
        if writers and all(order.before(task, consumer) for task in writers):
            return "its file is written before"
        if not providers and not writers and (self._finished(interface.id) or self._exists(interface)):
            return "it exists already"
        return None

    def definers(self, interface: Interface) -> set[int]:
        """Live tasks that write a file which the contract is defined in."""
        return {effect.task for path in interface.files for effect in self._facts.effects.writers_of(path)}

    def disagreements(self, interface: Interface) -> list[Disagreement]:
        """Statements that contradict an earlier one, at most one for each.

        Those that were contradicted by what came before them are not held against what comes later.
        """
        found: list[Disagreement] = []
        accepted: dict[Signature, Statement] = {}
        for later in interface.statements if len(interface.statements) > 1 else ():
            theirs = parse_signature(later.text)
            # What says the same as one before needs no comparing: many consumers repeat one signature.
            if theirs is None or theirs in accepted:
                continue
            for ours, earlier in accepted.items():
                text = signature_difference(ours, theirs)
                if text is not None:
                    found.append(Disagreement(earlier, later, text))
                    break
            else:
                accepted[theirs] = later
        return found

    @cached_property
    def gaps(self) -> list[InterfaceGap]:
        """Interfaces that nobody names though concurrent tasks stand on both sides (`interfaces` says when)."""
        from planlint.facts.interfaces import find_gaps

        return find_gaps(self._facts)

    def _exists(self, interface: Interface) -> bool:
        repository = self._facts.repository
        return repository.known and any(repository.is_file(path) for path in interface.files)

    def _finished(self, contract: str) -> bool:
        """Whether a finished task provides it."""
        return contract in self._provided_before

    @cached_property
    def _provided_before(self) -> frozenset[str]:
        live = {task.index for task in self._facts.tasks}
        return frozenset(
            ref.contract for task in self._facts.plan.tasks if task.index not in live for ref in task.provides
        )

    def _ends(self, field: str) -> dict[str, list[End]]:
        found: dict[str, list[End]] = {}
        for task in self._facts.tasks:
            for position, ref in enumerate(task.provides if field == "provides" else task.consumes):
                found.setdefault(ref.contract, []).append(End(task.index, field, position, ref))
        return found


def _interface(key: str, entries: list[Contract], providers: list[End], consumers: list[End]) -> Interface:
    statements = [
        Statement(text, entry.places.get(field, entry.origin), None)
        for entry in entries
        for field, text in (("signature", entry.signature), ("description", entry.description))
        # In a description only what spells the whole interface out is a statement about it.
        if text and (field == "signature" or (not entry.signature and is_full_signature(text)))
    ]
    statements += [
        Statement(end.ref.signature, end.ref.origin, end.task) for end in (*providers, *consumers) if end.ref.signature
    ]
    files = [entry.file for entry in entries if entry.file]
    files += [end.ref.file for end in providers if end.ref.file]
    return Interface(
        key,
        entries[0] if entries else None,
        tuple(entries[1:]),
        tuple(providers),
        tuple(consumers),
        tuple(statements),
        tuple(dict.fromkeys(files)),
    )
