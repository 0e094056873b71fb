"""`planlint check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planlint.cli.options import color_option, colored, input_options, refuse_unavailable, run_config, terminal_width

if TYPE_CHECKING:
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext


@click.command(name="check", short_help="Check plans and report what would go wrong.")
@input_options
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=FILE]",
    help="text, concise, json, sarif, github, gitlab, junit or markdown; several, each with its own file.",
)
@click.option("--select", multiple=True, metavar="RULES", help="Only these: codes, names, families, prefixes (PL1).")
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these.")
@click.option(
    "--tier",
    type=click.Choice(["core", "strict", "audit"]),
    default="core",
    show_default=True,
    help="How much advice: each tier includes the ones before.",
)
@click.option("--severity", "severities", multiple=True, metavar="RULE=LEVEL", help="error, warning, note or off.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="Lowest severity that makes the exit status 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although there are findings.")
@click.option("--fix", is_flag=True, help="Apply safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: also those that may change what the plan means.")
@click.option("--diff", is_flag=True, help="Show what --fix would change.")
@click.option("--baseline", metavar="FILE", help="Report only what is not in FILE.")
@click.option("--no-ignores", is_flag=True, help="Report suppressed findings too.")
@click.option("--show-skipped", is_flag=True, help="List the rules that had nothing to go by, and why.")
@click.option("--statistics", is_flag=True, help="Count findings by rule.")
@click.option("-q", "--quiet", is_flag=True, help="Findings only.")
@click.option("--no-cache", is_flag=True, help="Accepted for scripts; this version keeps no cache.")
@color_option
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Check plans: files, directories (searched for plans), or - for standard input."""
    refuse_unavailable(options)
    outputs = [_output(text) for text in options["formats"] or ("text",)]
    from planlint.diagnostics.levels import Tier
    from planlint.engine.run import check

    config = run_config(
        paths,
        root=options["root"],
        dialect=options["dialect"],
        select=options["select"],
        ignore=options["ignore"],
        tier=Tier(options["tier"]),
        severities=tuple(_severity(text) for text in options["severities"]),
        include_done=options["include_done"],
        runtime=options["runtime"],
        stdin_filename=options["stdin_filename"],
    )
    report = check(paths or (".",), config)
    _print(report, outputs, options)
    for sentence in report.unreadable:
        _complain(sentence)
    if report.internal_error:
        _complain("planlint itself failed (PL009); the other findings are complete as far as they go")
    code = report.exit_code(options["fail_on"])
    return 0 if code == 1 and options["exit_zero"] else code


def _output(text: str) -> tuple[str, Path | None]:
    """`json=out.json` as format and file; raises `click.UsageError` for a format that is not available."""
    from planlint.reporters.registry import FORMATS, available_formats

    name, equals, file = text.partition("=")
    if name not in FORMATS:
        raise click.UsageError(f"unknown format {name!r}; use {', '.join(FORMATS)}")
    if name not in available_formats():
        raise click.UsageError(f"--format {name} is not available in this version")
    if equals and not file:
        raise click.UsageError(f"--format {text} names no file")
    return name, Path(file) if file else None


def _severity(text: str) -> tuple[str, str]:
    rule, equals, level = text.rpartition("=")
    if not equals or not rule:
        raise click.UsageError(f"--severity {text} is not of the form RULE=LEVEL")
    return rule, level


def _print(report: Report, outputs: list[tuple[str, Path | None]], options: dict[str, Any]) -> None:
    from planlint.reporters.context import RenderContext
    from planlint.reporters.registry import renderer

    def context(for_terminal: bool) -> RenderContext:
        return RenderContext(
            width=terminal_width() if for_terminal else 100,
            color=(for_terminal and colored(options["color"])) or options["color"] == "always",
            show_skipped=options["show_skipped"],
            statistics=options["statistics"],
            quiet=options["quiet"],
        )

    for name, file in outputs:
        text = renderer(name)(report, context(file is None))
        if file is None:
            click.echo(text, nl=False, color=True)
            continue
        try:
            file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise click.ClickException(f"cannot write {file}: {(error.strerror or str(error)).lower()}") from None


def _complain(sentence: str) -> None:
    from planlint.reporters.terminal import visible

    click.echo(f"planlint: error: {visible(sentence)}", err=True)
