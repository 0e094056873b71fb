"""How many collisions that really happened does planlint find in GSD plans, and how many of its alarms are right?

    python benchmarks/gsd_collisions.py CORPUS

`CORPUS` holds `gsd-declared-vs-actual.jsonl`, one line for each executed plan (what it declared, what its commits
changed), and `gsd-history/<owner>__<name>/<path>`, the plans as they stood when their first commit was made.

A pair of plans of one phase with equal wave and equal `gap_closure`, the later one not written after the first began,
is a *collision* when both changed a common file. An alarm is a pair of plans that one finding about concurrent
writing names together, as a warning or an error (notes do not count); the rules run on the phase directories as
`planlint check --include-done` would. "Errors only" leaves the warnings out as well.

Each figure is given for all files and without lock files, `.gitignore` and changelogs: without them, a pair collides
when it shares another file, and an alarm counts when it is about another file. "Files right" asks more of an alarm:
that one of the files it names is one that both plans changed.

A finding that a wave contradicts a dependency (PL306) is an alarm where it names a file that both plans write: by the
older reading of `wave` they run together.

Measured on 2026-11-30, on 189 pairs from seven repositories that the rules were improved with, precision and recall:
declared overlap alone 0.74 and 0.33 (without lock files and their like 0.68 and 0.48), planlint's default findings
0.76 and 0.49 (0.74 and 0.74), its errors only 0.70 and 0.37 (0.68 and 0.55). In the halves of the repositories, taken
in turn by name, without lock files: declared 0.71 and 0.62, 0.62 and 0.33; planlint 0.71 and 0.75, 0.79 and 0.73.
`docs/formats/gsd.md` says what is behind the wrong and the missing ones.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from planlint.config.run import RunConfig
from planlint.diagnostics import Diagnostic, Severity, Tier
from planlint.engine.run import check, prepare
from planlint.facts.conventions.hubs import hub_of
from planlint.facts.repository import Repository

WAVE_RULE = "PL306"
"""Says that the wave runs two plans together against their dependencies, and names the files that both then write."""

WRITE_RULES = frozenset({"PL101", "PL103", "PL104", "PL105", "PL107", "PL108", WAVE_RULE})
"""Rules whose finding says that two plans write the same file at the same time."""

READ_RULES = frozenset({"PL102", "PL304"})
"""Rules whose finding says that one plan writes what the other reads; on lines of their own: that is no collision."""

Pair = frozenset[str]
"""Two plan files, by their path in the corpus."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One line of the record."""

    path: str
    """`<owner>__<name>/<path>`."""
    phase: tuple[str, str]
    """Repository and directory."""
    wave: object
    gap_closure: bool
    declared: frozenset[str]
    changed: frozenset[str]
    written: int | None
    """When the plan was added, in seconds."""
    began: int | None
    """Time of its first commit with code."""


@dataclass(slots=True)
class Alarms:
    """Pairs of plans with the files that findings name for them."""

    pairs: dict[Pair, set[str]] = field(default_factory=dict)

    def add(self, pair: Pair, paths: Iterable[str]) -> None:
        """Remember an alarm for `pair` about `paths`."""
        self.pairs.setdefault(pair, set()).update(paths)


@dataclass(frozen=True, slots=True)
class TierAlarms:
    """The alarms of one tier of rules."""

    writes: Alarms = field(default_factory=Alarms)
    """From findings about concurrent writers."""
    errors: Alarms = field(default_factory=Alarms)
    """From those of them that are errors."""
    races: Alarms = field(default_factory=Alarms)
    """From findings about concurrent writers, and about a reader and a writer."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="directory with gsd-declared-vs-actual.jsonl and gsd-history/")
    parser.add_argument("--list", action="store_true", help="also list what is missed and what is wrongly reported")
    arguments = parser.parse_args()
    plans = read_plans(arguments.corpus / "gsd-declared-vs-actual.jsonl")
    pairs = dict(comparable(plans))
    core, strict = run_planlint(arguments.corpus / "gsd-history", plans)
    approaches = {
        "declared overlap alone": declared_overlap(pairs),
        "planlint, default": core.writes,
        "planlint, default, errors only": core.errors,
        "planlint, default, with read races": core.races,
        "planlint, strict": strict.writes,
        "planlint, strict, with read races": strict.races,
    }
    repositories = sorted({both[0].phase[0] for both in pairs.values()})
    halves = {"all": repositories, "first half": repositories[::2], "second half": repositories[1::2]}
    for title, counts in (("all files", _everything), ("without lock files, .gitignore, changelogs", _substantial)):
        for half, names in halves.items():
            some = {pair: both for pair, both in pairs.items() if both[0].phase[0] in names}
            collisions = {pair for pair, (one, other) in some.items() if any(map(counts, one.changed & other.changed))}
            print(f"{title}, {half}: {len(collisions)} collisions among {len(some)} pairs of one wave")
            print(f"  {'approach':<36} alarms  right  precision  recall  files right")
            for name, alarms in approaches.items():
                if half == "all" or name in ("declared overlap alone", "planlint, default"):
                    print(f"  {name:<36} {_figures(alarms, some, collisions, counts)}")
            print()
    if arguments.list:
        list_errors(core.writes, pairs)


def read_plans(record: Path) -> list[Plan]:
    """The plans of the record, in its order."""
    plans = []
    for line in record.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        repository = entry["repo"].replace("/", "__")
        plans.append(
            Plan(
                f"{repository}/{entry['path']}",
                (repository, entry["path"].rpartition("/")[0]),
                entry["wave"],
                bool(entry["gap_closure"]),
                frozenset(entry["declared"]),
                frozenset(entry["changed"]),
                entry["plan_added"],
                entry["first_code"],
            )
        )
    return plans


def comparable(plans: list[Plan]) -> Iterator[tuple[Pair, tuple[Plan, Plan]]]:
    """The pairs that belong to one run of one wave and both changed something."""
    phases: dict[tuple[str, str], list[Plan]] = {}
    for plan in plans:
        if plan.changed and plan.wave is not None:
            phases.setdefault(plan.phase, []).append(plan)
    for phase in phases.values():
        for one, other in combinations(phase, 2):
            if one.wave != other.wave or one.gap_closure != other.gap_closure:
                continue
            if _written_after(one, other) or _written_after(other, one):
                continue
            yield frozenset((one.path, other.path)), (one, other)


def _written_after(one: Plan, other: Plan) -> bool:
    return one.written is not None and other.began is not None and one.written > other.began


def declared_overlap(pairs: dict[Pair, tuple[Plan, Plan]]) -> Alarms:
    """The usual check: the same string in `files_modified` of both."""
    alarms = Alarms()
    for pair, (one, other) in pairs.items():
        if one.declared & other.declared:
            alarms.add(pair, one.declared & other.declared)
    return alarms


def run_planlint(history: Path, plans: list[Plan]) -> tuple[TierAlarms, TierAlarms]:
    """Alarms of the default and of the strict rules."""
    found = []
    for tier in (Tier.CORE, Tier.STRICT):
        alarms = TierAlarms()
        for repository in sorted({plan.phase[0] for plan in plans}):
            root = history / repository
            config = RunConfig(root=root, tier=tier, include_done=True)
            together = concurrent_pairs([str(root)], config, repository)
            for finding in check([str(root)], config, repository=Repository.none()).active:
                if finding.severity is Severity.NOTE:
                    continue
                for pair, paths in pairs_of(finding, repository):
                    # Of three writers two may be ordered; PL306 is about a pair that is ordered by one reading only.
                    if not paths or (finding.code != WAVE_RULE and pair not in together):
                        continue
                    if finding.code in WRITE_RULES:
                        alarms.writes.add(pair, paths)
                        if finding.severity is Severity.ERROR:
                            alarms.errors.add(pair, paths)
                    if finding.code in WRITE_RULES | READ_RULES:
                        alarms.races.add(pair, paths)
        found.append(alarms)
    return found[0], found[1]


def concurrent_pairs(paths: list[str], config: RunConfig, repository: str) -> set[Pair]:
    """The pairs of plan files that planlint takes for concurrent."""
    run = prepare(paths, config, repository=Repository.none())
    found: set[Pair] = set()
    for plan in run.loading.plans:
        order = run.facts(plan).order
        for one, other in combinations(plan.tasks, 2):
            if order.concurrent(one.index, other.index):
                found.add(frozenset(f"{repository}/{task.origin.source.path}" for task in (one, other)))
    return found


def pairs_of(finding: Diagnostic, repository: str) -> Iterator[tuple[Pair, tuple[str, ...]]]:
    """The pairs of plan files in which a finding points at something, and the files that it is about."""
    places = [finding.origin, *(related.origin for related in finding.related)]
    files = sorted({f"{repository}/{place.source.path}" for place in places})
    for one, other in combinations(files, 2):
        yield frozenset((one, other)), finding.subjects.paths


def _everything(path: str) -> bool:
    return True


def _substantial(path: str) -> bool:
    hub = hub_of(path)
    return not (hub is not None and hub.kind in ("lock", "changelog")) and path.rpartition("/")[2] != ".gitignore"


def _figures(
    alarms: Alarms, pairs: dict[Pair, tuple[Plan, Plan]], collisions: set[Pair], counts: Callable[[str], bool]
) -> str:
    raised = {pair for pair, paths in alarms.pairs.items() if pair in pairs and any(map(counts, paths))}
    right = raised & collisions
    exact = {pair for pair in right if alarms.pairs[pair] & pairs[pair][0].changed & pairs[pair][1].changed}
    precision = f"{len(right) / len(raised):.2f}" if raised else "-"
    recall = f"{len(right) / len(collisions):.2f}" if collisions else "-"
    return f"{len(raised):>6}  {len(right):>5}  {precision:>9}  {recall:>6}  {len(exact):>11}"


def list_errors(alarms: Alarms, pairs: dict[Pair, tuple[Plan, Plan]]) -> None:
    """Print the pairs that planlint misses and those that it reports although nothing collided."""
    for pair, (one, other) in pairs.items():
        common = one.changed & other.changed
        if common and pair not in alarms.pairs:
            print("missed ", *sorted(pair), "|", *sorted(common)[:6])
    for pair, paths in alarms.pairs.items():
        if pair in pairs and not pairs[pair][0].changed & pairs[pair][1].changed:
            print("wrong  ", *sorted(pair), "|", *sorted(paths)[:6])


if __name__ == "__main__":
    main()
