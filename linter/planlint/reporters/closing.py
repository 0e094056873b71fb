"""The closing lines of text reports: what was found, hidden and skipped, in sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planlint.diagnostics import Applicability
from planlint.reporters.terminal import visible

if TYPE_CHECKING:
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext


def closing_lines(report: Report, context: RenderContext) -> list[str]:
    """Statistics and skipped rules where asked for, then one line that sums up (not when quiet)."""
    lines: list[str] = []
    if context.statistics:
        lines += _statistics(report)
    if context.show_skipped:
        lines += [visible(f"{item.path}: skipped {item.code}: {item.reason}") for item in report.skipped]
    if not context.quiet:
        lines += [visible(f"note: no plan found in {path}") for path in report.empty_directories]
        lines.append(_summary_line(report, context))
    return lines


def _summary_line(report: Report, context: RenderContext) -> str:
    summary = report.summary
    plans = counted(len(report.plans), "plan")
    hidden = []
    if summary.suppressed:
        hidden.append(f"{summary.suppressed} suppressed")
    if summary.baselined:
        hidden.append(f"{summary.baselined} in the baseline")
    skipped = len({item.code for item in report.skipped})
    if skipped:
        pointer = "" if context.show_skipped else ": --show-skipped"
        hidden.append(f"{counted(skipped, 'rule')} skipped{pointer}")
    aside = f" ({', '.join(hidden)})" if hidden else ""
    found = [
        counted(number, word)
        for number, word in ((summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note"))
        if number
    ]
    if found:
        return f"Found {_listed(found)} in {plans}{aside}.{_fixable(report)}"
    if not report.plans:
        return f"Nothing to check: no plan found{aside}."
    return f"All checks passed: {plans}, {counted(sum(plan.tasks for plan in report.plans), 'task')}{aside}."


def _fixable(report: Report) -> str:
    """How many findings planlint could repair, and by which option; empty where it is none."""
    offered = [{fix.applicability for fix in finding.fixes} for finding in report.active if finding.fixes]
    safe = sum(Applicability.SAFE in one for one in offered)
    parts = [f"{safe} fixable with --fix"] if safe else []
    if len(offered) > safe:
        more = "more " if safe else "fixable "
        parts.append(f"{len(offered) - safe} {more}with --fix --unsafe-fixes")
    return f" {', '.join(parts)}." if parts else ""


def _statistics(report: Report) -> list[str]:
    """How often each rule fired, most frequent first."""
    counts = Counter((finding.code, finding.name) for finding in report.active)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    size = len(str(ordered[0][1])) if ordered else 0
    return [f"{count:>{size}}  {code}  {name}" for (code, name), count in ordered]


def counted(number: int, word: str) -> str:
    """`1 plan`, `2 plans`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
