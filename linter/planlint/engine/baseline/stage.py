"""`apply_baseline`: the stage that marks findings which the baseline knows, and finds entries that match nothing."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from planlint.diagnostics import Diagnostic, Related, Severity, Suppression
from planlint.engine.baseline.store import Baseline, Entry, may_hold, read_baseline
from planlint.engine.suppressions.hygiene import STALE, report

if TYPE_CHECKING:
    from planlint.engine.run import Run

SHOWN_ENTRIES = 50
"""Most stale entries that are labelled one by one."""


def apply_baseline(found: list[Diagnostic], run: Run, path: Path) -> list[Diagnostic]:
    """`found`, with those marked that the baseline at `path` knows; raises `ConfigurationError` for an unusable one."""
    from planlint.engine.run import shown_path

    absolute = Path(os.path.abspath(path))
    baseline = read_baseline(absolute, shown_path(absolute, run.workspace.root))
    marked, left = match(found, baseline.entries)
    stale = stale_entries(left, run)
    complaints: list[Diagnostic] = []
    if stale:
        _complain(baseline, stale, run, complaints)
    return [*marked, *complaints]


def match(found: list[Diagnostic], entries: tuple[Entry, ...]) -> tuple[list[Diagnostic], list[Entry]]:
    """`found` with what `entries` know marked, each entry at most its `times`, and what is left of the entries.

    Of more findings with one fingerprint than the entry stands for, those that stand first are the known ones.
    """
    open_counts: Counter[str] = Counter()
    for entry in entries:
        open_counts[entry.fingerprint] += entry.times
    known: set[int] = set()
    if open_counts:
        for index in sorted(range(len(found)), key=lambda index: found[index].sort_key):
            finding = found[index]
            if finding.suppressed is None and may_hold(finding.code) and open_counts[finding.fingerprint] > 0:
                open_counts[finding.fingerprint] -= 1
                known.add(index)
    marked = [
        finding.with_suppression(Suppression("baseline")) if index in known else finding
        for index, finding in enumerate(found)
    ]
    left: list[Entry] = []
    for entry in entries:
        count = min(entry.times, open_counts[entry.fingerprint])
        open_counts[entry.fingerprint] -= count
        if count:
            left.append(entry._replace(times=count))
    return marked, left


def stale_entries(left: list[Entry], run: Run) -> list[Entry]:
    """Those of the entries without a finding whose file was checked, by their rule, without anything going wrong."""
    covers = Coverage(run)
    return [entry for entry in left if covers.holds(entry)]


class Coverage:
    """What `run` would have found: other files, rules that did not run and broken files are nobody's business now."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._skipped = {(item.path, item.code) for item in run.skipped}
        self._broken = {
            complaint.path for complaint in run.complaints.diagnostics if complaint.severity is Severity.ERROR
        }

    def holds(self, entry: Entry) -> bool:
        """Whether the finding that `entry` stands for would have been found, were it still there."""
        run = self._run
        if run.complaints.internal_error or entry.path in self._broken or (entry.path, entry.code) in self._skipped:
            return False
        if not run.selection(entry.path).reports(entry.code):
            return False
        return entry.path in run.loading.files or any(
            _holds(directory, run.workspace.root, entry.path) for directory in run.discovered.directories
        )


def _complain(baseline: Baseline, stale: list[Entry], run: Run, complaints: list[Diagnostic]) -> None:
    """One finding for the whole file: after a good week of mending, hundreds would drown everything else."""
    number = sum(entry.times for entry in stale)
    what = "one finding" if number == 1 else f"{number} findings"
    report(
        run,
        complaints,
        STALE,
        f"{baseline.source.path} still holds {what} that {'is' if number == 1 else 'are'} gone",
        baseline.origin(stale[0]),
        why="a stale entry would hide the same mistake when somebody makes it again",
        help="shrink the baseline with `planlint baseline prune`",
        names=(baseline.source.path,),
        related=[
            Related(baseline.origin(entry), f"{entry.code} in {entry.path}: {entry.message}")
            for entry in stale[1:SHOWN_ENTRIES]
        ],
    )


def _holds(directory: Path, root: Path, path: str) -> bool:
    """Whether `path`, from `root`, lies in `directory`."""
    absolute = Path(os.path.abspath(root / path))
    return directory in absolute.parents
