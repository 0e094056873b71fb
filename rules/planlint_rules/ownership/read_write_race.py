"""PL102 read-write-race."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.facts.effects import Effect
from planlint.model import Capability, Isolation, Kind, Mode, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules.ownership._overlaps import DONE_TO, are_separate, clause, confidence_of, named

_DOCUMENTS = (".md", ".mdx", ".rst", ".adoc", ".txt")
_RELIES = regex(
    r"\b(?:(?:re-?)?(?:read|load|run|execute|audit|review|inspect|import|examine|study|test|check|verify|validate|source"
    r"|invoke|call|require|parse)(?:s|es|d|ed|ing)?|executing|sourcing|invoking|requiring|validating|examining)\b"
    r"(?!-)[^.;:()\u2014]*\Z|[从從][ `]*\Z",
    re.IGNORECASE,
)
"""Words for what the agent itself does with a file, in one clause with it: "uses X from", "compatible with" are not."""
_IMITATES = regex(
    r"\b(?:patterns?|like|mirror\w*|follow\w*|match(?:es|ing)|similar|same|conventions?|styles?|example|per|as in|see"
    r"|if|whether|existing)\b",
    re.IGNORECASE,
)
"""A model, a condition or what is there anyway: the file is named without depending on what it says by now."""
_MAX_COMPARISONS = 2_000_000
"""Most comparisons of a directory or pattern that is read with a write: about five seconds, far above real plans."""

_CITED = ("manifest", "lock", "changelog", "tracking", "environment")
"""Kinds of hubs that a sentence mentions without depending on what exactly they hold."""


class _Race(NamedTuple):
    """Readers of one file and the concurrent tasks that change it."""

    writers: list[Effect]
    readers: list[Effect]


class ReadWriteRace(Rule):
    """A task reads, imports or tests a file that a concurrent task changes or deletes.

    ## Why

    What the reader finds depends on who is faster: the old file, the new one, or half of it. It builds on a signature
    that is gone a minute later, or tests code that nobody will ship, and reports success.

    ## Example

    ```yaml
    plan: rename
    tasks:
      - id: model
        title: Rename the fields of the user model
        modifies: [src/models/user.ts]
      - id: report
        title: Monthly report
        creates: [src/reports/monthly.ts]
        reads: [src/models/user.ts]
    ```

    ## Use instead

    ```yaml
    plan: rename
    tasks:
      - id: model
        title: Rename the fields of the user model
        modifies: [src/models/user.ts]
      - id: report
        title: Monthly report
        creates: [src/reports/monthly.ts]
        reads: [src/models/user.ts]
        depends_on: [model]
    ```

    ## Silent on

    Files that nobody changes; readers that run before or after the writer; readers that write the file too
    (`shared-write`, PL101); a file that the other task creates (`undeclared-dependency`, PL304); reviews and
    integration (`review-before-build`, PL307); the plan's own design documents; documents, manifests, lock files and
    changelogs that a sentence merely cites; sentences that do not make the task read, import, run, test or review the
    file itself ("the same pattern as in", "compatible with", "uses the totals from"); what is read only perhaps, or is
    background that no step comes back to. Deleting what another reads is an error; whether a change hurts the reader
    depends on the change, so it is a warning.
    """

    code = "PL102"
    name = "read-write-race"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.WRITES, Capability.READS, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each file and group of writers, all readers labelled."""
        for path, race in _races(facts).items():
            yield self._report(facts, path[0], race)

    def _report(self, facts: Facts, path: str, race: _Race) -> Diagnostic:
        first = race.readers[0]
        writer = next(w for w in race.writers if facts.order.concurrent(w.task, first.task))
        readers = [facts.task(effect.task) for effect in race.readers]
        writers = [facts.task(effect.task) for effect in race.writers]
        concurrency = facts.order.concurrency(writer.task, first.task)
        evidence = Evidence.weakest(writer.scope.evidence, first.scope.evidence)
        severity = Severity.ERROR if writer.scope.mode is Mode.DELETE else self.severity
        if evidence is Evidence.INFERRED:
            severity = severity.lowered()
        lowering = (
            are_separate(facts, [facts.task(writer.task), facts.task(first.task)]),
            concurrency.evidence is Evidence.INFERRED,
            writer.scope.weak,
            not first.names_file,
        )
        cause = clause(concurrency.reason)
        outcome = (
            "the reader works with the version from before the change"
            if lowering[0]
            else "whether the reader sees the old or the new version is chance"
        )
        return self.finding(
            _message(path, readers, writers, writer),
            first.scope.origin,
            why=f"{cause}; {outcome}",
            help=f"make {named(readers)} depend on {named(writers)}, or fix what is read before both begin",
            related=[
                (effect.scope.origin, f"{facts.task(effect.task).label} {DONE_TO[effect.scope.mode]} it")
                for effect in (*race.writers, *race.readers[1:])
            ],
            tasks=[*readers, *writers],
            paths=[path],
            severity=severity.lowered(sum(lowering)),
            evidence=evidence,
            confidence=confidence_of(evidence, concurrency),
        )


def _message(path: str, readers: list[Task], writers: list[Task], writer: Effect) -> str:
    reads = "reads" if len(readers) == 1 else "read"
    if len(writers) > 1:
        return f"{named(readers)} {reads} `{path}` while {named(writers)} change it"
    verb = "deletes" if writer.scope.mode is Mode.DELETE else "changes"
    return f"{named(readers)} {reads} `{path}` while `{writers[0].label}` {verb} it"


def _races(facts: Facts) -> dict[tuple[str, tuple[int, ...]], _Race]:
    """Path and writers to the race, in the order of the first reader's place."""
    found: dict[tuple[str, tuple[int, ...]], _Race] = {}
    wide_left = _MAX_COMPARISONS // max(1, len(facts.effects.writes))
    for read in facts.effects.met_reads:
        if not read.names_file:
            wide_left -= 1
            if wide_left < 0 or read.scope.evidence is not Evidence.DECLARED:
                continue
        writers = facts.effects.writers_meeting(read.pattern)
        reader = facts.task(read.task)
        if not writers or reader.kind in (Kind.REVIEW, Kind.INTEGRATE) or read.scope.weak or _is_reference(facts, read):
            continue
        rivals = facts.order.concurrent_mask(read.task)
        changes: dict[str, dict[int, Effect]] = {}
        own: set[str] = set()
        for write in writers if rivals else ():
            # Of a directory it is unknown which files change, but all of them go when it goes.
            whole = write.names_file or write.scope.mode is Mode.DELETE
            if not whole or facts.plan.isolation_of(facts.task(write.task)) is Isolation.READ_ONLY:
                continue
            if write.task == read.task:
                own.add(write.pattern.key)
            elif rivals >> write.task & 1 and _counts(facts, read, write):
                changes.setdefault(write.pattern.key, {}).setdefault(write.task, write)
        for key, writes in changes.items():
            if key in own or any(
                w.scope.mode is Mode.CREATE for w in facts.effects.writers_of(key) if w.task in writes
            ):
                continue
            path = next(iter(writes.values())).pattern.normal
            race = found.setdefault((path, tuple(writes)), _Race(list(writes.values()), []))
            if all(known.task != read.task for known in race.readers):
                race.readers.append(read)
    return found


def _counts(facts: Facts, read: Effect, write: Effect) -> bool:
    """Whether this read and this write make a race: sentences cite documents and manifests without relying on them."""
    if read.scope.evidence is Evidence.DECLARED and write.scope.evidence is Evidence.DECLARED:
        return True
    hub = facts.conventions.hub_of(write.pattern.normal)
    cited = hub is not None and hub.kind in _CITED
    if not read.names_file or cited or write.pattern.key.lower().endswith(_DOCUMENTS):
        return False
    return read.scope.evidence is Evidence.DECLARED or _relies(read)


def _relies(read: Effect) -> bool:
    """Whether the words before the path, on its line, make the task read, import, run, test or review that file."""
    origin = read.scope.origin
    before = origin.source.text[max(0, origin.start - 80) : origin.start].rpartition("\n")[2]
    verb = _RELIES.search(before)
    return verb is not None and _IMITATES.search(before, verb.start()) is None


def _is_reference(facts: Facts, read: Effect) -> bool:
    """Whether a design document of the plan is read: it is settled before the work begins."""
    return any(facts.effects.covers(pattern, read.pattern.normal) for pattern in facts.plan.design_documents)
