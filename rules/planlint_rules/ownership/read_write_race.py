"""PL102 read-write-race."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.facts.effects import Effect
from planlint.facts.graph import bit_set
from planlint.model import Capability, Isolation, Kind, Mode, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._reads import DOCUMENTS, is_reference
from planlint_rules._wording import clause, named
from planlint_rules.ownership._overlaps import DONE_TO, are_separate, confidence_of

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
        gone = all(effect.scope.mode is Mode.DELETE for effect in race.writers)
        if lowering[0]:
            outcome = "the reader works with the version from before the change"
        elif gone:
            outcome = "whether the reader still finds it is chance"
        else:
            outcome = "whether the reader sees the old or the new version is chance"
        help = (
            f"make {named(writers)} depend on {named(readers)}, so that it is deleted once nobody needs it"
            if gone
            else f"make {named(readers)} depend on {named(writers)}, or fix what is read before both begin"
        )
        return self.finding(
            _message(path, readers, writers, writer),
            first.scope.origin,
            why=f"{cause}; {outcome}",
            help=help,
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


def _races(facts: Facts) -> dict[tuple[str, int], _Race]:
    """Path and bit set of the writers to the race, in the order of the first reader's place."""
    found: dict[tuple[str, int], _Race] = {}
    known: dict[str, list[_Changed]] = {}
    wide_left = _MAX_COMPARISONS // max(1, len(facts.effects.writes))
    for read in facts.effects.met_reads:
        if not read.names_file:
            wide_left -= 1
            if wide_left < 0 or read.scope.evidence is not Evidence.DECLARED:
                continue
        reader = facts.task(read.task)
        if reader.kind in (Kind.REVIEW, Kind.INTEGRATE) or read.scope.weak or is_reference(facts, read):
            continue
        changes = known.get(read.pattern.normal)
        if changes is None:
            changes = known[read.pattern.normal] = _changes_meeting(facts, read)
        rivals = facts.order.concurrent_mask(read.task)
        for changed in changes if rivals else ():
            if changed.tasks >> read.task & 1:
                continue
            met = _counted(facts, read, changed, rivals & changed.tasks)
            if not met or met & changed.creators:
                continue
            path = changed.first[(met & -met).bit_length() - 1].pattern.normal
            race = found.get((path, met))
            if race is None:
                race = found[path, met] = _Race(_chosen(facts, read, changed, met), [])
            # Readers come in the order of tasks.
            if not race.readers or race.readers[-1].task != read.task:
                race.readers.append(read)
    return found


class _Changed(NamedTuple):
    """The writes of one path that change all of what they name."""

    writes: list[Effect]
    first: dict[int, Effect]
    """The first of each task."""
    tasks: int
    """Bit set of the tasks of `writes`."""
    creators: int
    """Bit set of the tasks that create the path, or what holds it."""
    declared: bool
    """Whether all of `writes` are."""


def _changes_meeting(facts: Facts, read: Effect) -> list[_Changed]:
    """The writes that share a path with what is read, those of one path together."""
    by_key: dict[str, list[Effect]] = {}
    for write in facts.effects.writers_meeting(read.pattern):
        # Of a directory it is unknown which files change, but all of them go when it goes.
        whole = write.names_file or write.scope.mode is Mode.DELETE
        if whole and facts.plan.isolation_of(facts.task(write.task)) is not Isolation.READ_ONLY:
            by_key.setdefault(write.pattern.key, []).append(write)
    return [
        _Changed(
            writes,
            {write.task: write for write in reversed(writes)},
            bit_set(write.task for write in writes),
            bit_set(write.task for write in facts.effects.writers_of(key) if write.scope.mode is Mode.CREATE),
            all(write.scope.evidence is Evidence.DECLARED for write in writes),
        )
        for key, writes in by_key.items()
    ]


def _counted(facts: Facts, read: Effect, changed: _Changed, met: int) -> int:
    """Those of the tasks `met` whose writes make a race with `read`, as bit set."""
    if not met or (changed.declared and read.scope.evidence is Evidence.DECLARED):
        return met
    return bit_set(write.task for write in changed.writes if met >> write.task & 1 and _counts(facts, read, write))


def _chosen(facts: Facts, read: Effect, changed: _Changed, met: int) -> list[Effect]:
    """The first write of each of the tasks `met` that makes a race with `read`."""
    found: dict[int, Effect] = {}
    for write in changed.writes:
        if met >> write.task & 1 and _counts(facts, read, write):
            found.setdefault(write.task, write)
    return list(found.values())


def _counts(facts: Facts, read: Effect, write: Effect) -> bool:
    """Whether this read and this write make a race: sentences cite documents and manifests without relying on them."""
    if read.scope.evidence is Evidence.DECLARED and write.scope.evidence is Evidence.DECLARED:
        return True
    hub = facts.conventions.hub_of(write.pattern.normal)
    cited = hub is not None and hub.kind in _CITED
    if not read.names_file or cited or write.pattern.key.lower().endswith(DOCUMENTS):
        return False
    return read.scope.evidence is Evidence.DECLARED or _relies(read)


def _relies(read: Effect) -> bool:
    """Whether the words before the path, on its line, make the task read, import, run, test or review that file."""
    origin = read.scope.origin
    before = origin.source.text[max(0, origin.start - 80) : origin.start].rpartition("\n")[2]
    verb = _RELIES.search(before)
    return verb is not None and _IMITATES.search(before, verb.start()) is None
