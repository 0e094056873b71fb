"""`planlint explain`."""

from __future__ import annotations

import click


@click.command(name="explain", short_help="Explain one rule.")
@click.argument("rule")
@click.option("--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True)
def command(rule: str, form: str) -> None:
    """Explain RULE, given by code or name: what it flags, why, and what to do instead."""
    from planlint.cli.documentation import documentation, severity
    from planlint.config.run import ConfigurationError
    from planlint.engine.registry import installed_rules
    from planlint.engine.selection import did_you_mean

    registry = installed_rules()
    entry = registry.entry(rule)
    if entry is None:
        raise ConfigurationError(f"unknown rule {rule!r}{did_you_mean(rule, registry)}")
    text = documentation(entry)
    if form == "markdown":
        click.echo(f"# {entry.code}: {entry.name}\n\n{text}")
        return
    head = f"{entry.code} {entry.name}"
    click.echo(f"{head}\n{'=' * len(head)}\n{severity(entry)}, {entry.tier.value} tier\n")
    click.echo(plain(text))


def plain(markdown: str) -> str:
    """Markdown documentation as text for a terminal: headings underlined, fenced blocks indented, no fences."""
    lines: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        stripped = line.lstrip()
        if fence:
            if stripped.startswith(fence):
                fence = ""
            else:
                lines.append(f"    {line}".rstrip())
        elif stripped.startswith(("```", "~~~")):
            fence = stripped[: len(stripped) - len(stripped.lstrip(stripped[0]))]
            title = stripped.partition('title="')[2].partition('"')[0]
            if title:
                lines.append(f"  {title}:")
        elif line.startswith("#"):
            heading = line.lstrip("#").strip()
            lines += [heading, "-" * len(heading)]
        else:
            lines.append(line)
    return "\n".join(lines)
