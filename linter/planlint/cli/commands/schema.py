"""`planlint schema`."""

from __future__ import annotations

import click


@click.command(name="schema", short_help="Print the JSON Schema of planlint's own plan files, or of its configuration.")
@click.option("--config", is_flag=True, help="The schema of planlint.toml, with the options of all installed rules.")
def command(config: bool) -> None:
    """Print the JSON Schema of planlint's own plan files, for editors and for other programs that write plans."""
    from planlint.reporters.json import dump

    if config:
        from planlint.config.schema import json_schema as config_schema
        from planlint.engine.registry import installed_rules

        registry = installed_rules()
        click.echo(dump(config_schema(registry.rule(entry.code) for entry in registry.entries)), nl=False)
        return
    from planlint.dialects.native.schema import json_schema

    click.echo(dump(json_schema()), nl=False)
