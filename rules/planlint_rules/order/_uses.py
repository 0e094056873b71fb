"""Which task uses what a concurrent task brings into being: by reading, importing or testing it, by saying so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.facts.effects import Effect
from planlint.facts.graph import bit_set
from planlint.facts.signatures import signatures_in
from planlint.model import Capability, Kind, Mode, Task
from planlint.rulekit import Evidence, Facts
from planlint.source import Origin
from planlint.source.regex import regex
from planlint_rules._reads import DOCUMENTS, is_reference
from planlint_rules.order._asked import asked
from planlint_rules.order._imports import SOURCE_SUFFIXES, imported
from planlint_rules.order._symbols import named_uses
from planlint_rules.order._tested import Subject, subject_of_source, subject_of_test

MAX_FILES = 500
"""Most files of the repository that are read for one plan."""

_TEST_FIRST = regex(
    r"\b(?:tdd|test-first|tests? first|failing (?:\w+ ){0,2}tests?|must fail|should fail|not exist yet)\b",
    re.IGNORECASE,
)


class Use(NamedTuple):
    """`user` needs what `maker` makes. `verb` is `reads`, `tests`, `imports`, `uses` (then `path` is a name in
    the code), or `follows` (then `path` is None)."""

    user: int
    maker: int
    verb: str
    path: str | None
    origin: Origin
    made: Origin
    evidence: Evidence
    done: str = "creates"
    """What the maker does to `path`."""
    within: str | None = None
    """The directory or pattern that the user reads, where it does not name the file."""


def find_uses(facts: Facts) -> Iterator[Use]:
    """Every use without an order between the two; not of contracts, which have rules of their own.

    A task with a misspelled dependency is left out: what it runs after is not known.
    """
    for use in (*_reads(facts), *_tests(facts), *_imports(facts), *_said(facts), *_asked(facts), *_named(facts)):
        if use.user not in facts.references.unsettled:
            yield use


def _reads(facts: Facts) -> Iterator[Use]:
    """Reads of a file that a concurrent task creates."""
    spelled = _Spelled(facts)
    known: dict[str, _Makers] = {}
    for read in facts.effects.met_reads:
        user = facts.task(read.task)
        rivals = facts.order.concurrent_mask(read.task)
        if not rivals or read.scope.weak or user.kind in (Kind.REVIEW, Kind.INTEGRATE) or is_reference(facts, read):
            continue
        within = None if read.names_file else read.pattern.normal
        # Who builds in a place looks at what is there already.
        if within is not None and any(
            facts.effects.covers(within, own.pattern.normal) for own in facts.effects.writes_of(user)
        ):
            continue
        makers = known.get(read.pattern.normal)
        if makers is None:
            makers = known[read.pattern.normal] = _makers_of(facts, read)
        open_keys = makers.keys.difference(effect.pattern.key for effect in facts.effects.writes_of(user))
        for write in makers.writes if open_keys and rivals & makers.tasks else ():
            key = write.pattern.key
            if key not in open_keys or not rivals >> write.task & 1 or not _counts(facts, read, write):
                continue
            open_keys -= {key}
            if _is_contract(facts, read.task, write) or spelled.covers(read, write):
                continue
            evidence = Evidence.weakest(read.scope.evidence, write.scope.evidence)
            origin, made = read.scope.origin, write.scope.origin
            yield Use(read.task, write.task, "reads", write.pattern.normal, origin, made, evidence, within=within)
            if not open_keys:
                break


class _Makers(NamedTuple):
    """Who firmly creates the files that a pattern means."""

    writes: list[Effect]
    """Of several makers of one file the same one is named wherever the plan lists it."""
    keys: frozenset[str]
    tasks: int
    """Bit set of the tasks of `writes`."""


def _makers_of(facts: Facts, read: Effect) -> _Makers:
    writes = [
        write
        for write in facts.effects.writers_meeting(read.pattern)
        if write.scope.mode is Mode.CREATE and write.names_file and not write.scope.weak
    ]
    writes.sort(key=lambda write: (write.scope.evidence.rank, facts.task(write.task).label))
    keys = frozenset(write.pattern.key for write in writes)
    return _Makers(writes, keys, bit_set(write.task for write in writes))


def _tests(facts: Facts) -> Iterator[Use]:
    """Tests whose name says that they are about a file which a concurrent task creates."""
    if not facts.paths.mentions("test", "spec"):
        return
    tests: list[tuple[Effect, Subject]] = []
    sources: list[Effect] = []
    for write in facts.effects.writes:
        pattern = write.pattern
        if pattern.names_file:
            subject = subject_of_test(pattern.name)
            if subject is not None:
                tests.append((write, subject))
            else:
                sources.append(write)
    made = _sources_of(tests, sources)
    spelled = _Spelled(facts)
    for test, subject in tests if made else ():
        makers = made.get(subject, [])
        # Two files of one name: nothing says which of them is tested.
        if len({maker.pattern.key for maker in makers}) != 1 or any(maker.task == test.task for maker in makers):
            continue
        user = facts.task(test.task)
        if _TEST_FIRST.search(f"{user.title}\n{user.brief}\n{user.phase or ''}"):
            continue
        for maker in makers[:1]:
            if facts.order.concurrent(test.task, maker.task) and not (
                _is_contract(facts, test.task, maker) or spelled.has(maker.task) or spelled.has(test.task)
            ):
                path = maker.pattern.normal
                yield Use(
                    test.task, maker.task, "tests", path, test.scope.origin, maker.scope.origin, Evidence.INFERRED
                )


def _sources_of(tests: list[tuple[Effect, Subject]], sources: list[Effect]) -> dict[Subject, list[Effect]]:
    """The files that tasks firmly create, by what `tests` are about."""
    stems = {stem for _, (stem, _) in tests}
    made: dict[Subject, list[Effect]] = {}
    for write in sources if stems else ():
        name = write.pattern.name
        # Most files have no test of that name: what is cheaply looked up goes first.
        if name.partition(".")[0].lower() in stems and write.scope.mode is Mode.CREATE and not write.scope.weak:
            made.setdefault(subject_of_source(name), []).append(write)
    return made


def _imports(facts: Facts) -> Iterator[Use]:
    """Changes to a file of the repository that imports one which a concurrent task changes."""
    if not facts.repository.known:
        return
    changes = [
        effect
        for effect in facts.effects.writes
        if effect.names_file and not effect.scope.weak and effect.pattern.normal.endswith(SOURCE_SUFFIXES)
    ]
    targets = {effect.pattern.key for effect in changes}
    for change in changes[:MAX_FILES]:
        rivals = facts.order.concurrent_mask(change.task)
        text = facts.repository.text(change.pattern.normal) if rivals and len(targets) > 1 else None
        user = facts.task(change.task)
        own = {effect.pattern.key for effect in (*facts.effects.writes_of(user), *facts.effects.reads_of(user))}
        for path in imported(change.pattern.normal, text) if text else ():
            key = facts.effects.key(path)
            if key not in targets or key in own:
                continue
            for write in facts.effects.writers_of(path):
                if (
                    write.names_file
                    and rivals >> write.task & 1
                    and not facts.contracts.shared(user, facts.task(write.task))
                ):
                    done = {Mode.CREATE: "creates", Mode.DELETE: "deletes"}.get(write.scope.mode, "changes")
                    origin, made = change.scope.origin, write.scope.origin
                    yield Use(change.task, write.task, "imports", path, origin, made, Evidence.INFERRED, done)


def _said(facts: Facts) -> Iterator[Use]:
    """Prerequisites that a sentence names and the task's own list of dependencies lacks."""
    if not facts.plan.has(Capability.DEPENDENCIES):
        return
    for edge in facts.references.dependencies:
        if edge.dependency.evidence is not Evidence.STATED or edge.field != "depends_on":
            continue
        holder = facts.task(edge.holder)
        if "depends_on" not in holder.places or not (
            facts.order.live >> edge.waiting & facts.order.live >> edge.needed & 1
        ):
            continue
        if not facts.order.firmly_before(edge.needed, edge.waiting) and not facts.order.before(
            edge.waiting, edge.needed
        ):
            made = facts.task(edge.needed).name_origin
            yield Use(edge.waiting, edge.needed, "follows", None, edge.dependency.origin, made, Evidence.STATED)


def _asked(facts: Facts) -> Iterator[Use]:
    """Concurrent tasks that a brief asks to wait for by their id, where the plan has a list of dependencies for it."""
    for user, maker, place in asked(facts) if facts.plan.has(Capability.DEPENDENCIES) else ():
        yield Use(user, maker, "follows", None, place, facts.task(maker).name_origin, Evidence.STATED)


def _named(facts: Facts) -> Iterator[Use]:
    """Names that a brief uses and the brief of a concurrent task defines."""
    for user, maker, name, place, made in named_uses(facts):
        yield Use(user, maker, "uses", name, place, made, Evidence.STATED, "defines")


_ASSUMES = regex(
    r"\b(?:assum(?:es?|ing)|signatures?|contracts?|interfaces?|mock(?:s|ed)?|stub(?:s|bed)?|agreed|above"
    r"|as (?:specified|given|described))\b",
    re.IGNORECASE,
)


class _Spelled:
    """Tasks whose brief spells out what others build against, each looked at once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.known: dict[int, bool] = {}

    def has(self, task: int) -> bool:
        """Whether the brief has a full signature in it."""
        if task not in self.known:
            self.known[task] = bool(signatures_in(self.facts.task(task).brief))
        return self.known[task]

    def covers(self, read: Effect, write: Effect) -> bool:
        """Whether a sentence's import of the file can be written before the file is there: both know what is in it.

        What the maker's brief spells out helps the user only if its own brief says so too, or refers to it.
        """
        if read.scope.evidence is Evidence.DECLARED or not self.has(write.task):
            return False
        return self.has(read.task) or _ASSUMES.search(self.facts.task(read.task).brief) is not None


def _counts(facts: Facts, read: Effect, write: Effect) -> bool:
    """Whether this read needs the file: a directory or document that a sentence cites does not, a report does."""
    if read.scope.evidence is Evidence.DECLARED and write.scope.evidence is Evidence.DECLARED:
        return True
    is_report = facts.task(write.task).kind is Kind.RESEARCH and write.scope.evidence is Evidence.DECLARED
    return read.names_file and (is_report or not write.pattern.key.lower().endswith(DOCUMENTS))


def _is_contract(facts: Facts, user: int, write: Effect) -> bool:
    """Whether a contract between the two is about this file: then it is fixed, or the contract rules say so."""
    maker: Task = facts.task(write.task)
    for interface in facts.contracts.shared(facts.task(user), maker):
        consumes = any(end.task == user for end in interface.consumers)
        keys = {facts.effects.key(path) for path in interface.files}
        if consumes and (not keys or write.pattern.key in keys):
            return True
    return False
