"""`--changed-since REV`: only the plans that a branch touches, and which of their findings are new in it.

Git is asked, never written to. What the plan files held where the branch began is checked in the same way as what they
hold now; findings are matched by fingerprint and count, so moving a task does not make its findings new.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from planlint.config.run import ConfigurationError, RunConfig
from planlint.diagnostics import Diagnostic, Suppression
from planlint.engine.report import Report
from planlint.engine.run import Run, finish, prepare
from planlint.source.load import SourceError, decode

_SECONDS = 60
"""Time for one question to git. Lists of changed files take milliseconds; a file system that hangs must not hang us."""


class Changes(NamedTuple):
    """What changed since a branch began: the commit it began at, and paths relative to the root."""

    base: str
    paths: frozenset[str]


def check_changed(paths: Sequence[str], config: RunConfig, revision: str) -> Report:
    """Check the plans in `paths` that changed since `revision`; what was found before is marked as known.

    Uncommitted and untracked files count as changed. Raises `ConfigurationError` when git is missing, the root is in no
    repository, or the revision or its common history is not there (a shallow clone).
    """
    run = prepare(paths, config)
    changes = changes_since(run.workspace.root, revision)
    touched = _restrict(run, changes.paths)
    report = finish(run)
    if not touched:
        return report
    texts = {path: _text_at(run.workspace.root, changes.base, path) for path in touched & changes.paths}
    before = prepare(paths, config, texts=texts)
    _restrict(before, touched)
    known = Counter(finding.fingerprint for finding in finish(before).active)
    return report.replace(diagnostics=tuple(_marked(report.diagnostics, known, revision)))


def changes_since(root: Path, revision: str) -> Changes:
    """The files that changed since the common history with `revision` ended; raises `ConfigurationError`."""
    if revision.startswith("-"):
        raise ConfigurationError(f"{revision!r} is no revision")
    _git(root, "rev-parse", "--show-toplevel", problem="the plans are in no git repository, so nothing has changed")
    unknown = f"git knows no revision {revision!r}; {_HINT}"
    _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", problem=unknown)
    base = _git(root, "merge-base", revision, "HEAD", problem=f"HEAD and {revision!r} have no common history; {_HINT}")
    commit = base.decode().strip()
    changed = _git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", commit, "--", ".")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    names = (changed + untracked).decode("utf-8", "surrogateescape").split("\0")
    return Changes(commit, frozenset(name for name in names if name))


_HINT = "in a shallow clone, fetch more of it first (fetch-depth: 0)"


def _restrict(run: Run, paths: frozenset[str]) -> frozenset[str]:
    """Leave in `run` only plans with a file among `paths`; gives the paths of all files of those plans."""
    kept, files = [], set()
    for plan in run.loading.plans:
        members = {origin.source.path for origin in (plan.origin, *plan.sources)}
        if members & paths:
            kept.append(plan)
            files |= members
    run.loading.plans[:] = kept
    run.loading.files &= files | paths
    run.complaints.diagnostics[:] = [
        finding for finding in run.complaints.diagnostics if finding.path in files or finding.path in paths
    ]
    return frozenset(files)


def _marked(findings: Sequence[Diagnostic], known: Counter[str], revision: str) -> list[Diagnostic]:
    marked = []
    for finding in findings:
        if finding.suppressed is None and known[finding.fingerprint] > 0:
            known[finding.fingerprint] -= 1
            finding = finding.with_suppression(Suppression("baseline", f"stood there before {revision} was left"))
        marked.append(finding)
    return marked


def _text_at(root: Path, commit: str, path: str) -> str:
    """What `path` held at `commit`; empty where it was not there or no text."""
    try:
        data = _git(root, "show", f"{commit}:./{path}")
        return decode(data, path).text
    except (ConfigurationError, SourceError):
        return ""


def _git(root: Path, *arguments: str, problem: str | None = None) -> bytes:
    """What git answers; raises `ConfigurationError` with `problem`, or git's own words, when it fails."""
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *arguments]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise ConfigurationError("git is needed to know what changed, and is not installed") from None
    except (OSError, subprocess.SubprocessError) as error:
        raise ConfigurationError(f"git does not answer: {error}") from None
    if answer.returncode:
        said = answer.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise ConfigurationError(problem or f"git {arguments[0]} failed: {said}")
    return answer.stdout
