"""`planlint schema`."""

from __future__ import annotations

import click


@click.command(name="schema", short_help="Print the JSON Schema of planlint's own plan files.")
def command() -> None:
    """Print the JSON Schema of planlint's own plan files, for editors and for other programs that write plans."""
    from planlint.dialects.native.schema import json_schema
    from planlint.reporters.json import dump

    click.echo(dump(json_schema()), nl=False)
