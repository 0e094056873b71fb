"""Apply fixes until nothing more can be applied, and prove each step by reading the result again.

Fixes of different findings are independent edits of one text; where two touch, the first in the report wins and the
other gets its turn in the next round. A round counts only for files in which the fixed findings are gone, and where
nothing appeared that stops a file from being read or is as bad as what was fixed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from planlint.diagnostics import Applicability, Diagnostic, Edit, Fix
from planlint.engine.report import Report
from planlint.source import Source
from planlint.source.load import SourceError, encode, read_source
from planlint.source.write import write_atomically

MOST_ROUNDS = 100
"""Rounds after which fixing stops. Each one removes a finding or a fix for good, so few plans need more than three."""

_UNREADABLE = ("PL001", "PL002", "PL003", "PL004", "PL005", "PL006")

Checker = Callable[[Mapping[str, str]], Report]
"""Checks everything again with some texts (by path) in place of what the files hold."""


class Applied(NamedTuple):
    """One fix that was applied: what for, and what it did."""

    code: str
    path: str
    title: str


@dataclass(slots=True)
class Fixed:
    """What fixing came to: new texts by path, the sources they replace, and the report on the new texts."""

    report: Report
    texts: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    applied: list[Applied] = field(default_factory=list)


def fix(check: Checker, *, unsafe: bool = False) -> Fixed:
    """Check, fix and check again; nothing is written. `unsafe` also applies fixes that can lose intent."""
    result = Fixed(check({}))
    refused: set[tuple[str, str]] = set()
    one_a_file = False
    for _ in range(MOST_ROUNDS):
        chosen = choose(result.report.active, unsafe=unsafe, refused=refused)
        if one_a_file:
            chosen = list({finding.path: (finding, fix) for finding, fix in reversed(chosen)}.values())
        if not chosen:
            break
        texts = dict(result.texts)
        for path, source in _sources(chosen).items():
            edits = [edit for _, fix in chosen for edit in fix.edits if edit.origin.source is source]
            texts[path] = apply(source, edits)
        report = check(texts)
        bad = _worse(result.report, report, chosen)
        if bad:
            # Which of several fixes did it shows when each is tried alone.
            if one_a_file:
                refused |= {(finding.fingerprint, fix.title) for finding, fix in chosen if finding.path in bad}
            one_a_file = True
            continue
        for path, source in _sources(chosen).items():
            result.sources.setdefault(path, source)
        result.report, result.texts = report, texts
        result.applied += [Applied(finding.code, finding.path, fix.title) for finding, fix in chosen]
    return result


def choose(
    findings: Iterable[Diagnostic], *, unsafe: bool, refused: AbstractSet[tuple[str, str]] = frozenset()
) -> list[tuple[Diagnostic, Fix]]:
    """For each finding its first fix that may be applied and touches no fix chosen before."""
    chosen: list[tuple[Diagnostic, Fix]] = []
    taken: dict[int, list[Edit]] = {}
    for finding in findings:
        for candidate in finding.fixes:
            if candidate.applicability is Applicability.UNSAFE and not unsafe:
                continue
            if (finding.fingerprint, candidate.title) in refused:
                continue
            if any(_touch(edit, other) for edit in candidate.edits for other in taken.get(id(edit.origin.source), ())):
                break  # its turn comes in the next round
            for edit in candidate.edits:
                taken.setdefault(id(edit.origin.source), []).append(edit)
            chosen.append((finding, candidate))
            break
    return chosen


def apply(source: Source, edits: Sequence[Edit]) -> str:
    """The text of `source` with `edits`, which do not overlap, carried out; all else stays as it is."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.origin.start, edit.origin.end)):
        pieces += [source.text[at : edit.origin.start], edit.text]
        at = edit.origin.end
    return "".join([*pieces, source.text[at:]])


def write(root: str | os.PathLike[str], fixed: Fixed) -> list[str]:
    """Write the new texts below `root`, each file at once and with its mode kept; gives a sentence for each failure.

    A file whose text is no longer the one that was checked is left alone.
    """
    complaints = []
    for path, text in sorted(fixed.texts.items()):
        source = fixed.sources[path]
        place = Path(root, path)
        try:
            if read_source(place, path).text != source.text:
                complaints.append(f"{path} has changed meanwhile and is left as it is")
                continue
            write_atomically(place, encode(source, text))
        except SourceError as error:
            complaints.append(error.message)
        except OSError as error:
            complaints.append(f"cannot write {path}: {(error.strerror or str(error)).lower()}")
    return complaints


def difference(fixed: Fixed) -> str:
    """What `write` would change, as a unified diff."""
    from difflib import unified_diff

    lines: list[str] = []
    for path, text in sorted(fixed.texts.items()):
        old, new = fixed.sources[path].text.splitlines(keepends=True), text.splitlines(keepends=True)
        lines += (
            line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
            for line in unified_diff(old, new, f"a/{path}", f"b/{path}")
        )
    return "".join(lines)


def _sources(chosen: Sequence[tuple[Diagnostic, Fix]]) -> dict[str, Source]:
    return {edit.origin.source.path: edit.origin.source for _, fix in chosen for edit in fix.edits}


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits overlap or meet at one place, where their order would matter."""
    return one.origin.start <= other.origin.end and other.origin.start <= one.origin.end


def _worse(before: Report, after: Report, chosen: Sequence[tuple[Diagnostic, Fix]]) -> set[str]:
    """Paths in which a fixed finding is still there, another one took its place, or a file is read less well."""
    left = {finding.fingerprint for finding in after.active}
    fixed = {finding.path for finding, _ in chosen}
    bad = {finding.path for finding, _ in chosen if finding.fingerprint in left}
    known = {(finding.path, finding.code, finding.message) for finding in before.active}
    for finding in after.active:
        if finding.code in _UNREADABLE and (finding.path, finding.code, finding.message) not in known:
            bad.add(finding.path)
    for path in _new_paths(before, after, chosen):
        bad |= {path} if path in fixed else fixed
    if after.internal_error and not before.internal_error:
        bad |= fixed
    return bad


def _new_paths(before: Report, after: Report, chosen: Sequence[tuple[Diagnostic, Fix]]) -> Iterator[str]:
    """Where `after` has findings about something that `before` has none of the kind about, as bad as those fixed.

    Fixing one thing may well change what another finding counts; that is not new. Nor is what turns out about a
    suppression (PL9xx) once its code is right, nor what a rule left to the fixed finding: the same tasks and paths.
    """
    bar = max(finding.severity.rank for finding, _ in chosen)
    known = {(finding.code, subject) for finding in before.active for subject in _subjects(finding)}
    for finding in after.active:
        if finding.severity.rank > bar or finding.code.startswith("PL9"):
            continue
        if any((finding.code, subject) in known for subject in _subjects(finding)):
            continue
        if not any(_is_within(finding, fixed) for fixed, _ in chosen):
            yield finding.path


def _is_within(finding: Diagnostic, fixed: Diagnostic) -> bool:
    """Whether `finding` is about paths and tasks of `fixed` and no others."""
    paths, tasks = finding.subjects.paths, finding.subjects.tasks
    return bool(paths) and set(paths) <= set(fixed.subjects.paths) and set(tasks) <= set(fixed.subjects.tasks)


def _subjects(finding: Diagnostic) -> tuple[str, ...]:
    about = finding.subjects
    return (*about.tasks, *about.paths, *about.names) or (finding.fingerprint,)
