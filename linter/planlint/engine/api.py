"""The library: `load`, `load_all` and `check` for programs that are not the command line."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planlint.config.run import RunConfig
from planlint.diagnostics.levels import Severity, Tier
from planlint.engine.report import Report

if TYPE_CHECKING:
    from datetime import date

    from planlint.model import Plan


def check(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    tier: Tier | str | None = None,
    severities: Mapping[str, str] | None = None,
    dialect: str | None = None,
    root: str | os.PathLike[str] | None = None,
    include_done: bool = False,
    runtime: str | None = None,
    config: str | os.PathLike[str] | None = None,
    isolated: bool = False,
    baseline: str | os.PathLike[str] | None = None,
    no_ignores: bool = False,
    today: date | None = None,
) -> Report:
    """Check files and directories and return everything that was found; the options are those of `planlint check`.

    A configuration file is searched for as the command line does it, unless `config` names one or `isolated` is true.
    `today` is the date that the expiry of suppressions is held against.

    What is wrong with a plan or a file is in the report, never an exception. Raises `ConfigurationError` for an unknown
    rule, dialect or level, and for a broken configuration file or baseline, and `BrokenPackError` when an installed
    rule pack cannot be used.
    """
    from planlint.engine import run

    choices = RunConfig(
        root=Path(root) if root is not None else None,
        dialect=dialect,
        select=tuple(select),
        ignore=tuple(ignore),
        tier=Tier(tier) if tier is not None else None,
        severities=tuple((severities or {}).items()),
        include_done=include_done,
        runtime=runtime,
        config=Path(config) if config is not None else None,
        isolated=isolated,
        baseline=Path(baseline) if baseline is not None else None,
        no_ignores=no_ignores,
        today=today,
    )
    with _collector_paused():
        return run.check(_as_paths(paths), choices)


def load_all(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    dialect: str | None = None,
    root: str | os.PathLike[str] | None = None,
) -> tuple[Plan, ...]:
    """All plans in files and directories, by path.

    Raises `ValueError` with the first error when something named cannot be read or recognised.
    """
    from planlint.engine import run

    config = RunConfig(root=Path(root) if root is not None else None, dialect=dialect)
    with _collector_paused():
        prepared = run.prepare(_as_paths(paths), config)
    broken = [
        finding
        for finding in prepared.complaints.diagnostics
        if finding.severity is Severity.ERROR and not prepared.loading.plans
    ]
    if prepared.loading.unusable or broken:
        raise ValueError(next(iter(prepared.loading.unusable), None) or f"{broken[0].path}: {broken[0].message}")
    return tuple(prepared.loading.plans)


def load(
    path: str | os.PathLike[str], *, dialect: str | None = None, root: str | os.PathLike[str] | None = None
) -> Plan:
    """The one plan at `path`. Raises `ValueError` when there is none, or more than one."""
    plans = load_all([path], dialect=dialect, root=root)
    if len(plans) != 1:
        found = f"{len(plans)} plans ({', '.join(plan.name or plan.path for plan in plans)})" if plans else "no plan"
        raise ValueError(f"{os.fspath(path)} holds {found}; use load_all")
    return plans[0]


def _as_paths(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[str]:
    if isinstance(paths, (str, os.PathLike)):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No cyclic garbage collection inside: loading makes many objects that all stay, and walking them costs most."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
