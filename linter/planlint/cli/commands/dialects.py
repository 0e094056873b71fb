"""`planlint dialects`."""

from __future__ import annotations

import click


@click.command(name="dialects", short_help="List the plan formats that are understood.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(form: str) -> None:
    """List the plan formats that are understood: usual files, known version, and what each can say."""
    from planlint.dialects.registry import dialect_names, get_dialect

    found = [get_dialect(name) for name in dialect_names()]
    if form == "json":
        from planlint.reporters.json import dump

        rows = [
            {
                "name": dialect.name,
                "title": dialect.title,
                "version": dialect.version,
                "syntaxes": list(dialect.syntaxes),
                "files": list(dialect.files),
                "explicit_only": dialect.explicit_only,
                "capabilities": sorted(capability.value for capability in dialect.capabilities),
            }
            for dialect in found
        ]
        click.echo(dump({"version": 1, "dialects": rows}), nl=False)
        return
    for dialect in found:
        click.echo(f"{dialect.name}: {dialect.title}")
        lines = (
            ("files", ", ".join(dialect.files)),
            ("version", dialect.version),
            ("can say", ", ".join(sorted(capability.value for capability in dialect.capabilities))),
        )
        for label, text in lines:
            click.echo(_paragraph(f"  {label:<7}  ", text))


def _paragraph(label: str, text: str) -> str:
    from textwrap import fill

    indent = " " * len(label)
    return fill(
        text, 100, initial_indent=label, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
