"""`RunConfig`: the choices of one run, whoever made them (command line, library call, test)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planlint.diagnostics.levels import Tier
from planlint.records import Record, record

if TYPE_CHECKING:
    from datetime import date


class ConfigurationError(Exception):
    """Choices that cannot be carried out: an unknown rule, dialect or level; a broken configuration file or baseline.

    Each argument is one sentence that stands alone on one line; a configuration file gives all its mistakes at once.
    """

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is wrong, one sentence each."""
        return tuple(str(sentence) for sentence in self.args)

    def __str__(self) -> str:
        return "\n".join(self.sentences)


@record
class RunConfig(Record):
    """What a run was asked to do. Selectors are rule codes, names, families or code prefixes, as written.

    What is left unsaid is taken from the configuration file, and after that has its default.
    """

    root: Path | None = None
    """Directory that paths are relative to; None: the git top level above the first path."""
    dialect: str | None = None
    """Read every file as this dialect instead of recognising it."""
    select: tuple[str, ...] = ()
    """Only these rules; empty: all of `tier`."""
    ignore: tuple[str, ...] = ()
    tier: Tier | None = None
    """None: what the configuration says, else core."""
    severities: tuple[tuple[str, str], ...] = ()
    """Pairs of selector and `error`, `warning`, `note` or `off`; later ones win."""
    include_done: bool = False
    runtime: str | None = None
    """Runtime profile by name; None: the plan's own."""
    case_sensitive: bool = True
    stdin: str | None = None
    """The text that the path `-` stands for."""
    stdin_filename: str | None = None
    """The name that the text of `-` goes by."""
    config: Path | None = None
    """The configuration file; None: searched for."""
    isolated: bool = False
    """Read no configuration file at all."""
    only_plans: bool = False
    """Pass over named files that are no plans or that the configuration excludes, as a directory search does."""
    force_exclude: bool = False
    """Let `exclude` also hold for paths that are named."""
    no_ignores: bool = False
    """Let suppressions and named ignores hide nothing."""
    baseline: Path | None = None
    """The baseline to hold findings against; None: what the configuration says."""
    no_baseline: bool = False
    """Use no baseline, whatever the configuration says: for writing one."""
    today: date | None = None
    """The date that expiry is held against; None: today. Nothing else depends on the clock."""
