"""`planlint baseline`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planlint.cli.options import input_choices, input_options, rule_choices, rule_options, run_config

if TYPE_CHECKING:
    from planlint.config.effective import Configuration
    from planlint.engine.baseline.store import Entry
    from planlint.engine.report import Report
    from planlint.engine.run import Run

_FILE = click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The baseline file (default: the configured one, else planlint-baseline.json at the root).",
)


@click.group(name="baseline", short_help="Write, show or prune the baseline of known findings.")
def command() -> None:
    """Keep a baseline: findings that are known, so that only new ones count."""


@command.command(name="write", short_help="Put the present findings into the baseline.")
@input_options
@rule_options
@_FILE
def write(paths: tuple[str, ...], baseline: Path | None, **options: Any) -> int:
    """Check PATHS and make the present findings the known ones.

    Entries for files and rules that were not checked stay as they are.
    """
    from planlint.engine.baseline.stage import Coverage
    from planlint.engine.baseline.store import entries_of, read_baseline, write_baseline

    run, report = _checked(paths, options)
    path, shown = _place(run, baseline)
    covers = Coverage(run)
    before = read_baseline(path, shown).entries if path.exists() else ()
    kept = [entry for entry in before if not covers.holds(entry)]
    known = {entry.fingerprint for entry in kept}
    entries = [*kept, *(entry for entry in entries_of(report.active) if entry.fingerprint not in known)]
    write_baseline(path, entries, shown)
    click.echo(f"Wrote {_counted(entries)} to {shown}.")
    left = [finding for finding in report.active if finding.code.startswith("PL0")]
    if left:
        number = "1 finding" if len(left) == 1 else f"{len(left)} findings"
        click.echo(f"Left out: {number} about unreadable input (PL0xx), which no baseline holds.")
    table = run.configuration.table
    if baseline is None and (table is None or table.baseline is None):
        click.echo(f'Use it with --baseline {shown}, or with baseline = "{shown}" in planlint.toml.')
    return 0


@command.command(name="show", short_help="List what the baseline holds.")
@input_options
@_FILE
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(paths: tuple[str, ...], baseline: Path | None, form: str, **options: Any) -> int:
    """List the findings that the baseline holds; nothing is checked."""
    from planlint.engine.baseline.store import read_baseline
    from planlint.engine.run import configured
    from planlint.reporters.terminal import visible

    path, shown = _where(*configured(paths, run_config((), **input_choices(options))), baseline)
    found = read_baseline(path, shown)
    if form == "json":
        click.echo(found.source.text.rstrip("\n"))
        return 0
    for entry in sorted(found.entries):
        times = f" ({entry.times} times)" if entry.times > 1 else ""
        click.echo(visible(f"{entry.path}: {entry.code} {entry.message}{times}"))
    click.echo(f"{_counted(found.entries)} in {visible(shown)}.")
    return 0


@command.command(name="prune", short_help="Take out of the baseline what is gone.")
@input_options
@rule_options
@_FILE
def prune(paths: tuple[str, ...], baseline: Path | None, **options: Any) -> int:
    """Check PATHS and take out of the baseline what was not found again; new findings are never put in."""
    from planlint.engine.baseline.stage import match, stale_entries
    from planlint.engine.baseline.store import read_baseline, write_baseline

    run, report = _checked(paths, options)
    path, shown = _place(run, baseline)
    before = read_baseline(path, shown).entries
    stale = stale_entries(match(list(report.diagnostics), before)[1], run)
    if not stale:
        click.echo(f"Nothing to prune: {_counted(before)} in {shown}.")
        return 0
    gone = {entry._replace(times=0): entry.times for entry in stale}
    after = []
    for entry in before:
        count = entry.times - gone.pop(entry._replace(times=0), 0)
        if count > 0:
            after.append(entry._replace(times=count))
    write_baseline(path, after, shown)
    click.echo(f"Removed {_counted(stale)} from {shown}; {_counted(after)} left.")
    return 0


def _checked(paths: tuple[str, ...], options: dict[str, Any]) -> tuple[Run, Report]:
    """A run without a baseline; raises `ConfigurationError` when it could not see everything."""
    from planlint.config.run import ConfigurationError
    from planlint.engine.run import finish, prepare

    config = run_config(paths, **input_choices(options), **rule_choices(options), no_baseline=True)
    run = prepare(paths or (".",), config)
    report = finish(run)
    if report.internal_error:
        raise ConfigurationError("planlint itself failed (PL009), so that findings may be missing; nothing was written")
    if report.unreadable:
        raise ConfigurationError(*report.unreadable, "the baseline was left as it is")
    return run, report


def _place(run: Run, baseline: Path | None) -> tuple[Path, str]:
    return _where(run.configuration, run.workspace.root, baseline)


def _where(configuration: Configuration, root: Path, baseline: Path | None) -> tuple[Path, str]:
    """The baseline file, absolute, and as reports show it."""
    import os

    from planlint.engine.baseline.store import DEFAULT_NAME
    from planlint.engine.run import shown_path

    path = baseline
    if path is None and configuration.file is not None and configuration.file.table.baseline is not None:
        path = configuration.file.directory / configuration.file.table.baseline
    absolute = Path(os.path.abspath(path if path is not None else root / DEFAULT_NAME))
    return absolute, shown_path(absolute, root)


def _counted(entries: list[Entry] | tuple[Entry, ...]) -> str:
    number = sum(entry.times for entry in entries)
    return "1 finding" if number == 1 else f"{number} findings"
