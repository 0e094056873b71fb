"""One run from paths to a `Report`: discover, load, check, and put the findings through the stages."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planlint.config.effective import Configuration
from planlint.config.find import find_config
from planlint.config.run import ConfigurationError, RunConfig
from planlint.diagnostics import Diagnostic
from planlint.engine.checking import check_plan
from planlint.engine.discovery import Candidate, Discovered, discover, find_root, start_of
from planlint.engine.loading import Loader, Loading
from planlint.engine.reading import Complaints
from planlint.engine.recognition import chosen_dialect
from planlint.engine.registry import RuleRegistry, installed_rules
from planlint.engine.report import CheckedPlan, Report, Skipped
from planlint.engine.selection import Selection, select_layers
from planlint.engine.workspace import FileWorkspace
from planlint.facts import Facts
from planlint.facts.repository import Repository

if TYPE_CHECKING:
    from planlint.model import Plan


class Run:
    """A run under way: what was asked for, what was found on the way. Stages and `show` read it."""

    def __init__(
        self,
        config: RunConfig,
        configuration: Configuration,
        registry: RuleRegistry,
        workspace: FileWorkspace,
        complaints: Complaints,
        discovered: Discovered,
        loading: Loading,
        repository: Repository,
    ) -> None:
        self.config = config
        self.configuration = configuration
        self.registry = registry
        self.workspace = workspace
        self.complaints = complaints
        self.discovered = discovered
        self.loading = loading
        self.repository = repository
        self.skipped: list[Skipped] = []
        """The rules that had nothing to go by, once they have run."""
        self._selections: dict[tuple[int, ...], Selection] = {}

    def facts(self, plan: Plan) -> Facts:
        """What can be concluded from `plan` under this run's settings."""
        return Facts(plan, self.repository, self.configuration.for_path(plan.path).settings)

    def selection(self, path: str) -> Selection:
        """The rules that run on the plan at `path`; raises `ConfigurationError` for words that name nothing."""
        effective = self.configuration.for_path(path)
        found = self._selections.get(effective.overrides)
        if found is None:
            found = select_layers(effective.layers, effective.tier, self.registry)
            self._selections[effective.overrides] = found
        return found


Stage = Callable[[list[Diagnostic], Run], list[Diagnostic]]
"""A step that findings pass on their way from the rules to the report."""


def prepare(
    paths: Sequence[str],
    config: RunConfig,
    registry: RuleRegistry | None = None,
    repository: Repository | None = None,
    texts: Mapping[str, str] | None = None,
) -> Run:
    """Find and load the plans in `paths`; no rule has run yet.

    `registry` and `repository` stand in for the installed rules and for the files below the root, `texts` (by path) for
    what single files hold.
    Raises `ConfigurationError` for choices that cannot be carried out and `BrokenPackError` for a broken rule pack.
    """
    registry = registry if registry is not None else installed_rules()
    here = Path.cwd()
    configuration, root = configure(paths, config, registry, here)
    overrides: dict[str, str] = {}
    disk: list[Path] = []
    for path in paths or ("",):
        if path == "-":
            overrides[_stdin_name(config, root, here)] = config.stdin or ""
        elif "\0" in path:
            raise ConfigurationError(f"{path!r} is no path")
        else:
            disk.append(Path(os.path.abspath(here / path)))
    workspace = FileWorkspace(root, {**overrides, **(texts or {})})
    disk = [path for path in disk if not configuration.refuses(shown_path(path, root), path.is_dir())]
    searched = None if configuration.searches_everything else configuration.searched
    discovered = discover(disk, root, _suffixes(config), searched, only_plans=config.only_plans)
    candidates = {candidate.shown: candidate for candidate in discovered.candidates}
    candidates.update({name: Candidate(name, root / name, named=True) for name in overrides})
    discovered = discovered.replace(candidates=tuple(candidates[shown] for shown in sorted(candidates)))
    complaints = Complaints(registry)
    loader = Loader(workspace, lambda shown: configuration.for_path(shown).dialect, complaints)
    loading = loader.load(discovered.candidates)
    if repository is None:
        repository = Repository(root, explicit=config.root is not None)
    return Run(config, configuration, registry, workspace, complaints, discovered, loading, repository)


def check(
    paths: Sequence[str],
    config: RunConfig,
    registry: RuleRegistry | None = None,
    repository: Repository | None = None,
    texts: Mapping[str, str] | None = None,
) -> Report:
    """Check the plans in `paths`; takes and raises what `prepare` takes and raises."""
    run = prepare(paths, config, registry, repository, texts)
    return finish(run)


def finish(run: Run) -> Report:
    """Run the rules on what `prepare` has loaded, and put the findings through the stages."""
    found: list[Diagnostic] = []
    all_facts = [run.facts(plan) for plan in run.loading.plans]
    for facts in all_facts:
        entries = run.selection(facts.plan.path).entries
        findings, without = check_plan(facts, entries, run.registry, run.complaints)
        found += findings
        run.skipped += without
    found += run.complaints.diagnostics
    for stage in STAGES:
        found = stage(found, run)
    return Report(
        diagnostics=tuple(found),
        skipped=tuple(sorted(set(run.skipped), key=lambda item: (item.path, item.code, item.reason))),
        plans=tuple(CheckedPlan(plan.path, plan.dialect, len(plan.work)) for plan in run.loading.plans),
        files=tuple(sorted(run.loading.files)),
        unreadable=tuple(run.loading.unusable),
        internal_error=run.complaints.internal_error,
        empty_directories=_without_plans(run),
        fail_on=run.configuration.fail_on,
        facts=tuple(all_facts),
    )


def _drop_ignored(found: list[Diagnostic], run: Run) -> list[Diagnostic]:
    """PL0xx findings come from the engine, so that ignoring their rule has to happen here."""
    return [finding for finding in found if finding.code not in run.selection(finding.path).ignored]


def _override_severities(found: list[Diagnostic], run: Run) -> list[Diagnostic]:
    return [
        finding.replace(severity=level)
        if (level := run.selection(finding.path).severities.get(finding.code)) is not None
        else finding
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


def _suppress(found: list[Diagnostic], run: Run) -> list[Diagnostic]:
    """Mark what comments and named ignores hide; what is wrong with those is a finding (PL901 to PL903)."""
    if run.config.no_ignores:
        return found
    from planlint.engine.suppressions.sources import marked_sources

    sources = marked_sources(found, run)
    file = run.configuration.file
    if not sources and not (file is not None and file.named_ignores):
        return found
    from planlint.engine.suppressions.stage import suppress

    return suppress(found, run, sources)


def _hold_against_baseline(found: list[Diagnostic], run: Run) -> list[Diagnostic]:
    """Mark what the baseline knows; entries that match nothing any more are a finding (PL904)."""
    path = run.configuration.baseline
    if path is None:
        return found
    from planlint.engine.baseline.stage import apply_baseline

    return apply_baseline(found, run, path)


STAGES: tuple[Stage, ...] = (
    _drop_ignored,
    _drop_duplicates,
    _suppress,
    _hold_against_baseline,
    _override_severities,
    _sort,
)
"""What findings go through, in order. Sorting comes last; whatever hides findings marks them instead of dropping."""


def configure(
    paths: Sequence[str], config: RunConfig, registry: RuleRegistry, here: Path
) -> tuple[Configuration, Path]:
    """The configuration of a run on `paths`, and its root; raises `ConfigurationError` with all mistakes."""
    explicit = _explicit_root(config, here)
    on_disk = _on_disk(paths, config)
    path: Path | None = None
    if config.config is not None:
        path = Path(os.path.abspath(here / config.config))
    elif not config.isolated:
        path = _find_config(on_disk, explicit, here)
    root = explicit or find_root(on_disk, here, path.parent if path is not None and config.config is None else None)
    file = None
    if path is not None:
        from planlint.config.reading import read_config
        from planlint.engine.rule_words import InstalledWords

        file = read_config(path, shown_path(path, root), InstalledWords(registry))
    configuration = Configuration(config, file, root)
    # Words on the command line are checked even where an override hides them from every plan.
    effective = configuration.for_path("")
    select_layers(effective.layers, effective.tier, registry)
    if config.dialect is not None:
        chosen_dialect(config.dialect)
    return configuration, root


def configured(paths: Sequence[str], config: RunConfig) -> tuple[Configuration, Path]:
    """The configuration that holds for `paths` and the root, nothing looked for; raises as `configure` does."""
    return configure(paths, config, installed_rules(), Path.cwd())


def shown_path(path: Path, root: Path) -> str:
    """`path` as reports show it: from the root, with `/`."""
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.as_posix()


def _find_config(on_disk: Sequence[Path], explicit: Path | None, here: Path) -> Path | None:
    """The configuration above the first path, not above a root that is given; that of the root for paths outside."""
    start = start_of(on_disk, here)
    if explicit is not None and explicit != start and explicit not in start.parents:
        start = explicit
    return find_config(start, explicit)


def _explicit_root(config: RunConfig, here: Path) -> Path | None:
    if config.root is None:
        return None
    root = Path(os.path.abspath(here / config.root))
    if not root.is_dir():
        raise ConfigurationError(f"--root {config.root} is not a directory")
    return root


def _on_disk(paths: Sequence[str], config: RunConfig) -> list[Path]:
    on_disk = [Path(path) for path in sorted(paths) if path != "-" and "\0" not in path]
    if not on_disk and config.stdin_filename:
        on_disk = [Path(config.stdin_filename)]
    return on_disk


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
