"""One run from paths to a `Report`: discover, load, check, and put the findings through the stages."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planlint.config.run import ConfigurationError, RunConfig
from planlint.diagnostics import Diagnostic
from planlint.engine.checking import check_plan
from planlint.engine.discovery import Candidate, Discovered, discover, find_root
from planlint.engine.loading import Loader, Loading
from planlint.engine.reading import Complaints
from planlint.engine.registry import RuleRegistry, installed_rules
from planlint.engine.report import CheckedPlan, Report, Skipped
from planlint.engine.selection import Selection, select
from planlint.engine.workspace import FileWorkspace
from planlint.facts import Facts, Settings
from planlint.facts.repository import Repository

if TYPE_CHECKING:
    from planlint.model import Plan


@dataclass(slots=True)
class Run:
    """A run under way: what was asked for, what was found on the way. Stages and `show` read it."""

    config: RunConfig
    registry: RuleRegistry
    selection: Selection
    workspace: FileWorkspace
    complaints: Complaints
    discovered: Discovered
    loading: Loading
    repository: Repository

    def facts(self, plan: Plan) -> Facts:
        """What can be concluded from `plan` under this run's settings."""
        settings = Settings(
            include_done=self.config.include_done,
            case_sensitive=self.config.case_sensitive,
            runtime=self.config.runtime,
        )
        return Facts(plan, self.repository, settings)


Stage = Callable[[list[Diagnostic], Run], list[Diagnostic]]
"""A step that findings pass on their way from the rules to the report."""


def prepare(
    paths: Sequence[str],
    config: RunConfig,
    registry: RuleRegistry | None = None,
    repository: Repository | None = None,
) -> Run:
    """Find and load the plans in `paths`; no rule has run yet.

    `registry` and `repository` stand in for the installed rules and for the files below the root.
    Raises `ConfigurationError` for choices that cannot be carried out and `BrokenPackError` for a broken rule pack.
    """
    registry = registry if registry is not None else installed_rules()
    selection = select(config, registry)
    here = Path.cwd()
    root = _root(paths, config, here)
    overrides: dict[str, str] = {}
    disk: list[Path] = []
    for path in paths or ("",):
        if path == "-":
            overrides[_stdin_name(config, root, here)] = config.stdin or ""
        elif "\0" in path:
            raise ConfigurationError(f"{path!r} is no path")
        else:
            disk.append(Path(os.path.abspath(here / path)))
    workspace = FileWorkspace(root, overrides)
    discovered = discover(disk, root, _suffixes(config))
    candidates = {candidate.shown: candidate for candidate in discovered.candidates}
    candidates.update({name: Candidate(name, root / name, named=True) for name in overrides})
    discovered = replace(discovered, candidates=tuple(candidates[shown] for shown in sorted(candidates)))
    complaints = Complaints(registry)
    loading = Loader(workspace, config, complaints).load(discovered.candidates)
    if repository is None:
        repository = Repository(root, explicit=config.root is not None)
    return Run(config, registry, selection, workspace, complaints, discovered, loading, repository)


def check(
    paths: Sequence[str],
    config: RunConfig,
    registry: RuleRegistry | None = None,
    repository: Repository | None = None,
) -> Report:
    """Check the plans in `paths`; takes and raises what `prepare` takes and raises."""
    run = prepare(paths, config, registry, repository)
    found: list[Diagnostic] = []
    skipped: list[Skipped] = []
    for plan in run.loading.plans:
        findings, without = check_plan(run.facts(plan), run.selection.entries, run.registry, run.complaints)
        found += findings
        skipped += without
    found += run.complaints.diagnostics
    for stage in STAGES:
        found = stage(found, run)
    return Report(
        diagnostics=tuple(found),
        skipped=tuple(sorted(set(skipped), key=lambda item: (item.path, item.code, item.reason))),
        plans=tuple(CheckedPlan(plan.path, plan.dialect, len(plan.work)) for plan in run.loading.plans),
        files=tuple(sorted(run.loading.files)),
        unreadable=tuple(run.loading.unusable),
        internal_error=run.complaints.internal_error,
        empty_directories=_without_plans(run),
    )


def _drop_ignored(found: list[Diagnostic], run: Run) -> list[Diagnostic]:
    """PL0xx findings come from the engine, so that ignoring their rule has to happen here."""
    return [finding for finding in found if finding.code not in run.selection.ignored]


def _override_severities(found: list[Diagnostic], run: Run) -> list[Diagnostic]:
    levels = run.selection.severities
    return [
        replace(finding, severity=level) if (level := levels.get(finding.code)) is not None else finding
        for finding in found
    ]


def _drop_duplicates(found: list[Diagnostic], run: Run) -> list[Diagnostic]:
    """One finding where two say the same at the same place; the louder one stays."""
    unique: dict[tuple[str, int, int, str, str], Diagnostic] = {}
    for finding in found:
        other = unique.get(finding.sort_key)
        if other is None or finding.severity.rank < other.severity.rank:
            unique[finding.sort_key] = finding
    return list(unique.values())


def _sort(found: list[Diagnostic], run: Run) -> list[Diagnostic]:
    return sorted(found, key=lambda finding: finding.sort_key)


STAGES: tuple[Stage, ...] = (_drop_ignored, _override_severities, _drop_duplicates, _sort)
"""What findings go through, in order. Sorting comes last; whatever hides findings marks them instead of dropping."""


def _root(paths: Sequence[str], config: RunConfig, here: Path) -> Path:
    if config.root is not None:
        root = Path(os.path.abspath(here / config.root))
        if not root.is_dir():
            raise ConfigurationError(f"--root {config.root} is not a directory")
        return root
    on_disk = [Path(path) for path in sorted(paths) if path != "-" and "\0" not in path]
    if not on_disk and config.stdin_filename:
        on_disk = [Path(config.stdin_filename)]
    return find_root(on_disk, here)


def _stdin_name(config: RunConfig, root: Path, here: Path) -> str:
    if not config.stdin_filename:
        return "-"
    absolute = Path(os.path.abspath(here / config.stdin_filename))
    return os.path.relpath(absolute, root).replace(os.sep, "/")


def _suffixes(config: RunConfig) -> frozenset[str]:
    """File name suffixes worth a look: those of the syntaxes that some dialect (or the chosen one) reads."""
    from planlint.dialects.registry import ENTRIES
    from planlint.readers.registry import SYNTAX_OF_SUFFIX

    syntaxes = {
        syntax for name, entry in ENTRIES.items() if config.dialect in (None, name) for syntax in entry.syntaxes
    }
    return frozenset(suffix for suffix, syntax in SYNTAX_OF_SUFFIX.items() if syntax in syntaxes)


def _without_plans(run: Run) -> tuple[str, ...]:
    """The searched directories in which no plan was found, as shown paths."""
    empty = []
    for directory in run.discovered.directories:
        shown = os.path.relpath(directory, run.workspace.root).replace(os.sep, "/")
        prefix = "" if shown == "." else shown + "/"
        if not any(path == shown or path.startswith(prefix) for path in run.loading.files):
            empty.append(shown)
    return tuple(sorted(empty))
