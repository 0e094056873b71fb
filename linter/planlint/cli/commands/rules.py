"""`planlint rules`."""

from __future__ import annotations

import click


@click.command(name="rules", short_help="List all rules.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.argument("selectors", nargs=-1, metavar="[RULE]...")
def command(form: str, selectors: tuple[str, ...]) -> None:
    """List all rules, or those that codes, names and families pick."""
    from planlint.cli.documentation import documentation, severity, summary
    from planlint.engine.registry import installed_rules
    from planlint.engine.selection import expand, family_of

    registry = installed_rules()
    entries = registry.entries
    if selectors:
        chosen = {entry.code for selector in selectors for entry in expand(selector, registry)[1]}
        entries = [entry for entry in entries if entry.code in chosen]
    if form == "json":
        from planlint.reporters.json import dump

        rows = [
            {
                "code": entry.code,
                "name": entry.name,
                "family": family_of(entry.code),
                "tier": entry.tier.value,
                "severity": severity(entry),
                "needs": list(entry.needs),
                "pack": registry.pack_name(entry.code),
                "summary": summary(entry),
                "documentation": documentation(entry),
            }
            for entry in entries
        ]
        click.echo(dump({"version": 1, "rules": rows}), nl=False)
        return
    family = None
    size = max((len(entry.name) for entry in entries), default=0)
    for entry in entries:
        if family_of(entry.code) != family:
            family = family_of(entry.code)
            click.echo(f"\n{family or 'other'}" if entry is not entries[0] else family or "other")
        click.echo(f"  {entry.code}  {entry.name:<{size}}  {entry.tier.value:<6}  {summary(entry)}")
