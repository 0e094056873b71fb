"""`planlint init`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="init", short_help="Write a commented configuration file to start from.")
@click.argument(
    "directory", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(), required=False
)
def command(directory: Path) -> None:
    """Write a commented planlint.toml into DIRECTORY (default: here); what is there already is never overwritten."""
    from planlint.config.find import OWN_NAME, SHARED_NAME, has_table
    from planlint.config.run import ConfigurationError
    from planlint.config.template import TEMPLATE

    path = directory / OWN_NAME
    shared = directory / SHARED_NAME
    if shared.is_file() and has_table(str(shared)):
        raise ConfigurationError(f"{shared} already configures planlint; nothing was written")
    try:
        # Exclusive creation: two runs at once cannot overwrite each other either.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        raise ConfigurationError(f"{path} already exists; nothing was written") from None
    except OSError as error:
        raise ConfigurationError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from None
    click.echo(f"Wrote {path}.")
