"""`planlint check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planlint.cli.options import (
    color_option,
    colored,
    input_choices,
    input_options,
    rule_choices,
    rule_options,
    run_config,
    terminal_width,
)

if TYPE_CHECKING:
    from planlint.config.run import RunConfig
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
@rule_options
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    help="Lowest severity that makes the exit status 1 (default: error).",
)
@click.option("--force-exclude", is_flag=True, help="Let `exclude` also hold for paths that are named.")
@click.option(
    "--only-plans",
    is_flag=True,
    help="Pass over named files that are no plans, or excluded: for hooks that name every file of a commit.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although there are findings.")
@click.option("--fix", is_flag=True, help="Apply safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: also those that may change what the plan means.")
@click.option("--diff", is_flag=True, help="Show what --fix would change.")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Hold findings against FILE; only new ones count.",
)
@click.option("--changed-since", metavar="REV", help="Only plans that changed since REV; only new findings count.")
@click.option("--no-ignores", is_flag=True, help="Let no comment and no named ignore hide anything.")
@click.option("--show-skipped", is_flag=True, help="List the rules that had nothing to go by, and why.")
@click.option("--statistics", is_flag=True, help="Count findings by rule.")
@click.option("-q", "--quiet", is_flag=True, help="Findings only.")
@click.option("--no-cache", is_flag=True, help="Accepted for scripts; this version keeps no cache.")
@color_option
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Check plans: files, directories (searched for plans), or - for standard input."""
    fixing = options["fix"] or options["diff"]
    if options["unsafe_fixes"] and not fixing:
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if options["changed_since"] is not None and (fixing or "-" in paths):
        raise click.UsageError("--changed-since goes neither with --fix and --diff nor with standard input")
    if fixing and "-" in paths:
        raise click.UsageError("--fix and --diff need files, not standard input")
    outputs = [_output(text) for text in options["formats"] or ("text",)]
    from planlint.engine.run import check

    config = run_config(
        paths,
        **input_choices(options),
        **rule_choices(options),
        baseline=options["baseline"],
        no_ignores=options["no_ignores"],
        only_plans=options["only_plans"],
        force_exclude=options["force_exclude"],
    )
    if options["changed_since"] is not None:
        from planlint.engine.changed import check_changed

        report = check_changed(paths or (".",), config, options["changed_since"])
    elif fixing:
        report, changed = _fix(paths or (".",), config, options)
        if options["diff"]:
            return 2 if report.internal_error or report.unreadable else int(changed)
    else:
        report = check(paths or (".",), config)
    _print(report, outputs, options)
    for sentence in report.unreadable:
        _complain(sentence)
    if report.internal_error:
        _complain("planlint itself failed (PL009); the other findings are complete as far as they go")
    code = report.exit_code(options["fail_on"])
    return 0 if code == 1 and options["exit_zero"] else code


def _fix(paths: tuple[str, ...], config: RunConfig, options: dict[str, Any]) -> tuple[Report, bool]:
    """Fix what may be fixed; the report on what is left, and whether anything changed."""
    from planlint.engine import fixer
    from planlint.engine.run import check, prepare

    fixed = fixer.fix(lambda texts: check(paths, config, texts=texts), unsafe=options["unsafe_fixes"])
    if options["diff"]:
        click.echo(fixer.difference(fixed), nl=False)
        return fixed.report, bool(fixed.texts)
    complaints = fixer.write(prepare(paths, config).workspace.root, fixed) if fixed.texts else []
    for sentence in complaints:
        _complain(sentence)
    if complaints:
        raise click.ClickException("not everything could be fixed")
    if not options["quiet"]:
        for code, path, title in fixed.applied:
            click.echo(f"fixed {path}: {code} {title}", err=True)
    return fixed.report, bool(fixed.texts)


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
