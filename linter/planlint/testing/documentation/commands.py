"""The page of the command line, made from what `--help` says."""

from __future__ import annotations

import click

from planlint.cli.main import COMMANDS, main
from planlint.testing.documentation.markdown import NOTICE, fenced

_WIDTH = 100


def commands_page() -> str:
    """One section for each command and sub-command with its help."""
    parts = [
        NOTICE,
        "# Command line\n",
        "Exit status: 0 clean, 1 findings at or above `--fail-on`, 2 wrong usage, broken configuration, unreadable "
        "input that was named, or an internal error (always with a message on standard error).\n",
    ]
    # The names of the help option as the program has them: click keeps the option of whoever asks first.
    names = main.context_settings["help_option_names"]
    group = click.Context(
        main, info_name="planlint", max_content_width=_WIDTH, terminal_width=_WIDTH, help_option_names=names
    )
    for name in COMMANDS:
        command = main.get_command(group, name)
        assert command is not None
        parts += _sections(command, name, group, 2)
    return "\n".join(parts)


def _sections(command: click.Command, name: str, parent: click.Context, depth: int) -> list[str]:
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        max_content_width=_WIDTH,
        terminal_width=_WIDTH,
    )
    parts = [f"{'#' * depth} `{context.command_path}`\n", fenced(command.get_help(context))]
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            assert found is not None
            parts += _sections(found, sub, context, depth + 1)
    return parts
