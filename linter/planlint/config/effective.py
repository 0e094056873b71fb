"""`Configuration`: what holds for a path, from command line, overrides, configuration file and defaults, in that order.

Plain data without pydantic, so that a run without a configuration file pays for none.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from planlint.config.run import RunConfig
from planlint.diagnostics.levels import Tier
from planlint.facts.settings import Settings
from planlint.records import Record, record

if TYPE_CHECKING:
    from planlint.config.model import ConfigTable, PathTable
    from planlint.config.reading import ConfigFile
    from planlint.paths.gitignore import IgnoreRules


class RuleLayer(NamedTuple):
    """What one source says about rules. `select` None: nothing, so that the layer below decides."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()


@record
class Effective(Record):
    """What holds for one path."""

    layers: tuple[RuleLayer, ...] = ()
    """Lowest first: configuration file, overrides in their order, command line."""
    tier: Tier = Tier.CORE
    dialect: str | None = None
    settings: Settings = Settings()
    overrides: tuple[int, ...] = ()
    """The overrides that match the path."""


class Configuration:
    """The choices of a run (`run`) on top of a configuration file (`file`, None for none), for paths below `root`."""

    def __init__(self, run: RunConfig, file: ConfigFile | None = None, root: Path | None = None) -> None:
        self.run = run
        self.file = file
        self._root = root
        self._known: dict[tuple[int, ...], Effective] = {}
        self._matching: dict[str, tuple[int, ...]] = {}
        self._globs: dict[tuple[str, ...], IgnoreRules] = {}
        self._down, self._up = _between(file, root)

    @property
    def table(self) -> ConfigTable | None:
        """What the file says, None without one."""
        return self.file.table if self.file is not None else None

    @property
    def fail_on(self) -> str:
        """Lowest severity that makes the exit status 1, or `never`, as the file has it."""
        return (self.table.fail_on if self.table is not None else None) or "error"

    @property
    def baseline(self) -> Path | None:
        """The baseline file to use, absolute where the configuration file names it; None for none."""
        if self.run.no_baseline:
            return None
        if self.run.baseline is not None:
            return self.run.baseline
        if self.file is not None and self.file.table.baseline is not None:
            return Path(os.path.abspath(self.file.directory / self.file.table.baseline))
        return None

    @property
    def searches_everything(self) -> bool:
        """Whether a directory search looks at every file."""
        return self.table is None or not (self.table.include or self.table.exclude)

    def searched(self, shown: str, is_dir: bool) -> bool:
        """Whether a directory search looks at `shown`, a path from the root."""
        if self.table is None:
            return True
        if self._excludes(shown, is_dir):
            return False
        return is_dir or not self.table.include or self.matches(tuple(self.table.include), shown)

    def refuses(self, shown: str, is_dir: bool) -> bool:
        """Whether `exclude` holds even for `shown`, a path from the root that the command line names."""
        if self.table is None or not (self.run.force_exclude or self.table.force_exclude):
            return False
        parts = shown.split("/")
        above = any(self._excludes("/".join(parts[:depth]), True) for depth in range(1, len(parts)))
        return above or self._excludes(shown, is_dir)

    def _excludes(self, shown: str, is_dir: bool) -> bool:
        globs = tuple(self.table.exclude) if self.table is not None else ()
        return bool(globs) and self.matches(globs, shown, is_dir=is_dir)

    def matches(self, globs: tuple[str, ...], shown: str, *, is_dir: bool = False) -> bool:
        """Whether `shown` matches patterns of the file, which are relative to its directory as in .gitignore."""
        path = self._from_file(shown)
        return path is not None and bool(self._rules(globs).ignored(path, is_dir))

    def matches_subject(self, globs: tuple[str, ...], path: str) -> bool:
        """The same for a path that a plan speaks of, which is relative to the root of the repository."""
        return bool(self._rules(globs).ignored(path.strip("/"), path.endswith("/")))

    def for_path(self, shown: str) -> Effective:
        """What holds for the plan at `shown`, a path from the root."""
        matching = self._overrides_of(shown)
        found = self._known.get(matching)
        if found is None:
            found = self._known[matching] = self._combine(matching)
        return found

    def _overrides_of(self, shown: str) -> tuple[int, ...]:
        """The overrides that match a path, in their order; asked for every finding, so the answers are kept."""
        if self.table is None or not self.table.overrides:
            return ()
        found = self._matching.get(shown)
        if found is None:
            found = self._matching[shown] = tuple(
                index
                for index, override in enumerate(self.table.overrides)
                if self.matches(tuple(override.paths), shown)
            )
        return found

    def _combine(self, matching: tuple[int, ...]) -> Effective:
        run, file = self.run, self.file
        layers = [RuleLayer(run.select or None, run.ignore, run.severities)]
        tier, dialect, runtime = run.tier, run.dialect, run.runtime
        if file is None:
            settings = Settings(include_done=run.include_done, case_sensitive=run.case_sensitive, runtime=runtime)
            return Effective(tuple(layers), tier or Tier.CORE, dialect, settings)
        table = file.table
        tables: list[tuple[PathTable, tuple[str, ...]]] = [(table, file.ignored)]
        tables += [(table.overrides[index], tuple(table.overrides[index].ignore)) for index in matching]
        options: dict[str, dict[str, Any]] = {code: dict(values) for code, values in file.rule_options.items()}
        for index in matching:
            for code, values in file.override_options[index].items():
                options.setdefault(code, {}).update(values)
        for one, ignore in reversed(tables):
            select = tuple(one.select) if one.select is not None else None
            layers.insert(0, RuleLayer(select, ignore, tuple(one.severity.items())))
            if tier is None and one.tier is not None:
                tier = Tier(one.tier)
            dialect = dialect or one.dialect
            runtime = runtime or one.runtime
        settings = Settings(
            include_done=run.include_done or table.include_done,
            case_sensitive=run.case_sensitive and table.case_sensitive,
            runtime=runtime,
            runtime_overrides=dict(table.runtime_overrides),
            rule_options=options,
            hubs=_hubs(table),
        )
        return Effective(tuple(layers), tier or Tier.CORE, dialect, settings, matching)

    def _from_file(self, shown: str) -> str | None:
        """A path from the root as one from the file's directory; None for what lies outside of it."""
        path = os.path.normpath(f"{self._down}/{shown}" if self._down else shown).replace(os.sep, "/")
        if not (path + "/").startswith(self._up):
            return None
        path = path[len(self._up) :]
        return None if path == ".." or path.startswith("../") else path

    def _rules(self, globs: tuple[str, ...]) -> IgnoreRules:
        found = self._globs.get(globs)
        if found is None:
            from planlint.paths.gitignore import IgnoreRules

            found = self._globs[globs] = IgnoreRules.parse("\n".join(globs))
        return found


def _between(file: ConfigFile | None, root: Path | None) -> tuple[str, str]:
    """How a path from `root` becomes one from the file's directory: what to put before it, what to take off it."""
    if file is None or root is None:
        return "", ""
    top, directory = os.path.realpath(root), os.path.realpath(file.directory)
    try:
        below = os.path.relpath(directory, top).replace(os.sep, "/")
        above = os.path.relpath(top, directory).replace(os.sep, "/")
    except ValueError:  # another drive
        return "", ""
    if below != ".." and not below.startswith("../"):
        return "", "" if below == "." else below + "/"
    # A file named with --config may stand anywhere; beside the root, its patterns are taken from the root.
    return ("", "") if above.startswith("..") else (above, "")


def _hubs(table: ConfigTable) -> Mapping[str, Any]:
    hubs = table.hubs
    found: dict[str, Any] = {
        "files": hubs.files,
        "not_hubs": hubs.not_hubs,
        "sequences": hubs.sequences,
        "scratch": hubs.scratch,
    }
    return {key: value for key, value in found.items() if value}
