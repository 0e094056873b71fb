"""Options that several commands share, and the ones that this installation cannot carry out yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from planlint.config.run import RunConfig

F = TypeVar("F", bound=Callable[..., Any])

NOT_AVAILABLE: dict[str, str] = {
    "fix": "--fix",
    "unsafe_fixes": "--unsafe-fixes",
    "diff": "--diff",
    "baseline": "--baseline",
    "no_ignores": "--no-ignores",
}
"""Parameters of `check` that are part of the interface but not of this version, and how they are written.

Accepting one silently would promise what does not happen; using one ends with status 2.
"""


def input_options(function: F) -> F:
    """Paths, and how they are read."""
    for decorate in (
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


def refuse_unavailable(values: dict[str, object]) -> None:
    """Raise `click.UsageError` for the first option in use that this version does not have."""
    for name, written in NOT_AVAILABLE.items():
        if values.get(name):
            raise click.UsageError(f"{written} is not available in this version")


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
