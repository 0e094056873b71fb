"""`planlint show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planlint.cli.options import color_option, colored, input_options, run_config, terminal_width

if TYPE_CHECKING:
    from planlint.engine.run import Run
    from planlint.facts import Facts


@click.command(name="show", short_help="Show what planlint understood of a plan.")
@input_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "mermaid", "dot"]),
    default="text",
    show_default=True,
    help="json for programs; mermaid and dot draw the order.",
)
@click.option("--why", is_flag=True, help="Show what each format's recognition said about each file.")
@color_option
def command(paths: tuple[str, ...], form: str, why: bool, color: str, **options: Any) -> int:
    """Show what planlint understood: tasks, what they touch, their order, agents, and costs."""
    from planlint.engine.run import prepare

    config = run_config(paths, **options)
    run = prepare(paths or (".",), config)
    facts = [run.facts(plan) for plan in run.loading.plans]
    if form == "json":
        from planlint.reporters.json import dump
        from planlint.reporters.plan_json import plans_data

        data = plans_data(facts)
        if why:
            data["recognition"] = {
                path: [verdict._asdict() for verdict in verdicts]
                for path, verdicts in sorted(run.loading.recognitions.items())
            }
        click.echo(dump(data), nl=False)
    elif form == "text":
        _show_text(run, facts, why, color)
    else:
        from planlint.reporters.plan_graph import render_dot, render_mermaid

        render = render_mermaid if form == "mermaid" else render_dot
        click.echo("\n".join(render(one) for one in facts), nl=False)
    return _complain(run)


def _show_text(run: Run, facts: list[Facts], why: bool, color: str) -> None:
    from planlint.reporters.context import RenderContext
    from planlint.reporters.plan_text import render_plan
    from planlint.reporters.terminal import visible

    context = RenderContext(width=terminal_width(), color=colored(color))
    blocks = [render_plan(one, context) for one in facts]
    if why:
        lines = ["recognised by"]
        for path, verdicts in sorted(run.loading.recognitions.items()):
            lines.append(f"  {visible(path)}")
            lines += [f"    {one.score:>3}  {one.dialect}: {visible(one.reason)}" for one in verdicts]
        blocks.append("".join(f"{line}\n" for line in lines))
    if not facts:
        blocks.append("No plan found.\n")
    click.echo("\n".join(blocks), nl=False, color=True)


def _complain(run: Run) -> int:
    """Name what could not be read on standard error; 2 when something named could not be shown."""
    from planlint.diagnostics import Severity
    from planlint.reporters.terminal import visible

    for finding in run.complaints.diagnostics:
        if finding.severity is Severity.ERROR:
            begin = finding.origin.begin
            place = f"{finding.path}:{begin.line}:{begin.column}" if finding.origin.source.text else finding.path
            click.echo(f"planlint: error: {visible(place)}: {visible(finding.message)}", err=True)
    return 2 if run.loading.unusable or run.complaints.internal_error else 0
