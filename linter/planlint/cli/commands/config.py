"""`planlint config`."""

from __future__ import annotations

from typing import Any

import click

from planlint.cli.options import input_choices, input_options, rule_choices, rule_options, run_config


@click.group(name="config", short_help="Show or check the configuration.")
def command() -> None:
    """Show or check the configuration."""


@command.command(name="show", short_help="Print what holds for a path, and who decided it.")
@input_options
@rule_options
def show(paths: tuple[str, ...], **options: Any) -> None:
    """Print what holds for each PATH as TOML, each value with where it comes from."""
    from pathlib import Path

    from planlint.config.show import as_toml, effective_values
    from planlint.engine.run import configured, shown_path
    from planlint.reporters.terminal import visible

    config = run_config((), **input_choices(options), **rule_choices(options))
    configuration, root = configured(paths, config)
    file = configuration.file
    click.echo(f"# configuration file: {visible(file.shown) if file is not None else 'none'}")
    for path in paths or (".",):
        shown = shown_path(Path(path).absolute(), root)
        click.echo(f"# for {visible(shown)}")
        click.echo(as_toml(effective_values(configuration, shown)), nl=False)


@command.command(name="validate", short_help="Check the configuration file.")
@input_options
def validate(paths: tuple[str, ...], **options: Any) -> None:
    """Check the configuration file that holds for PATHS; all its mistakes are named at once, with status 2."""
    from planlint.engine.run import configured
    from planlint.reporters.terminal import visible

    configuration, _ = configured(paths, run_config((), **input_choices(options)))
    file = configuration.file
    if file is None:
        click.echo("No configuration file: the defaults hold.")
    else:
        click.echo(f"{visible(file.shown)} is correct.")
