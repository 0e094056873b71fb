"""The command group. Each command is a module of `planlint.cli.commands`, imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from planlint.version import __version__

COMMANDS: dict[str, str] = {
    "check": "Check plans and report what would go wrong.",
    "show": "Show what planlint understood of a plan.",
    "explain": "Explain one rule.",
    "rules": "List all rules.",
    "dialects": "List the plan formats that are understood.",
    "schema": "Print the JSON Schema of planlint's own plan files, or of its configuration.",
    "init": "Write a commented configuration file to start from.",
    "config": "Show or check the configuration.",
    "baseline": "Write, show or prune the baseline of known findings.",
}
"""Command name to its one-line help, so that `--help` imports none of them."""


class LazyGroup(click.Group):
    """A group whose commands are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command `cmd_name`, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"planlint.cli.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with a hint for a word that is nearly a command, or a path."""
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches
            from os.path import exists

            close = get_close_matches(name, COMMANDS, n=1)
            hint = f"; did you mean 'planlint {close[0]}'?" if close else ""
            if exists(name):
                hint = f"; to check that path: planlint check {name}"
            raise click.UsageError(f"unknown command {name!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 clean, 1 findings, 2 wrong usage, unreadable input or an internal error.",
)
@click.version_option(__version__, message="planlint %(version)s")
def main() -> None:
    """A static race detector and linter for plans that split work across parallel coding agents."""
