"""`RunConfig`: the choices of one run, whoever made them (command line, library call, test)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planlint.diagnostics.levels import Tier


class ConfigurationError(Exception):
    """A choice that cannot be carried out: an unknown rule, dialect or level. The message stands alone on one line."""


@dataclass(frozen=True, slots=True)
class RunConfig:
    """What a run was asked to do. Selectors are rule codes, names, families or code prefixes, as written."""

    root: Path | None = None
    """Directory that paths are relative to; None: the git top level above the first path."""
    dialect: str | None = None
    """Read every file as this dialect instead of recognising it."""
    select: tuple[str, ...] = ()
    """Only these rules; empty: all of `tier`."""
    ignore: tuple[str, ...] = ()
    tier: Tier = Tier.CORE
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
