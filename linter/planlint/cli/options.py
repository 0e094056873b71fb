"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from planlint.config.run import RunConfig

F = TypeVar("F", bound=Callable[..., Any])


def rule_options(function: F) -> F:
    """Which rules run, and how loud they are."""
    for decorate in (
        click.option(
            "--severity", "severities", multiple=True, metavar="RULE=LEVEL", help="error, warning, note or off."
        ),
        click.option(
            "--tier",
            type=click.Choice(["core", "strict", "audit"]),
            help="How much advice: each tier includes the ones before (default: core).",
        ),
        click.option("--ignore", multiple=True, metavar="RULES", help="Not these."),
        click.option(
            "--select", multiple=True, metavar="RULES", help="Only these: codes, names, families, prefixes (PL1)."
        ),
    ):
        function = decorate(function)
    return function


def rule_choices(options: dict[str, Any]) -> dict[str, Any]:
    """The values of `rule_options` as `RunConfig` has them; raises `click.UsageError` for a malformed severity."""
    from planlint.diagnostics.levels import Tier

    return {
        "select": options["select"],
        "ignore": options["ignore"],
        "tier": Tier(options["tier"]) if options["tier"] is not None else None,
        "severities": tuple(_severity(text) for text in options["severities"]),
    }


def input_choices(options: dict[str, Any]) -> dict[str, Any]:
    """The values of `input_options`, paths left out, as `RunConfig` has them."""
    names = ("include_done", "runtime", "stdin_filename", "root", "dialect", "config", "isolated")
    return {name: options[name] for name in names}


def _severity(text: str) -> tuple[str, str]:
    rule, equals, level = text.rpartition("=")
    if not equals or not rule:
        raise click.UsageError(f"--severity {text} is not of the form RULE=LEVEL")
    return rule, level


def input_options(function: F) -> F:
    """Paths, and how they are read."""
    for decorate in (
        click.option("--isolated", is_flag=True, help="Read no configuration file."),
        click.option(
            "--config",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Configuration file (default: planlint.toml or pyproject.toml above the first path).",
        ),
        click.option("--include-done", is_flag=True, help="Also look at finished tasks."),
        click.option("--runtime", metavar="NAME", help="Runtime whose limits and costs apply."),
        click.option(
            "--stdin-filename", metavar="PATH", help="Name that standard input goes by; decides its format and place."
        ),
        click.option(
            "--root",
            type=click.Path(file_okay=False, path_type=Path),
            help="Repository that paths are relative to (default: the git top level).",
        ),
        click.option("--dialect", metavar="NAME", help="Read every file as this format instead of recognising it."),
        click.argument("paths", nargs=-1, metavar="[PATH]..."),
    ):
        function = decorate(function)
    return function


def color_option(function: F) -> F:
    """When to colour."""
    return click.option(
        "--color",
        "--colour",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colours; NO_COLOR and FORCE_COLOR count with auto.",
    )(function)


def run_config(paths: Sequence[str], **choices: Any) -> RunConfig:
    """A `RunConfig` from `choices`, with standard input read when a path is `-`."""
    from planlint.config.run import RunConfig

    return RunConfig(stdin=_read_stdin() if "-" in paths else None, **choices)


def _read_stdin() -> str:
    """Standard input as text; raises `ConfigurationError` for what is no text or too large."""
    import sys

    from planlint.config.run import ConfigurationError
    from planlint.source.load import MAX_BYTES, SourceError, decode

    try:
        source = decode(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    except SourceError as error:
        raise ConfigurationError(error.message) from None
    return source.text


def terminal_width() -> int:
    """The terminal's width in columns, 100 where output is no terminal, so that files never depend on the terminal."""
    import os
    import sys

    if sys.stdout.isatty():
        from shutil import get_terminal_size

        return max(40, min(get_terminal_size((100, 24)).columns, 160))
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and 40 <= int(columns) <= 400 else 100


def colored(choice: str) -> bool:
    """Whether standard output gets colours."""
    import os
    import sys

    from planlint.reporters.terminal import wants_color

    return wants_color(choice, sys.stdout.isatty(), os.environ)
