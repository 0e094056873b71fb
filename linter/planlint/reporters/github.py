"""`--format github`: workflow commands that GitHub Actions turns into annotations on a pull request.

GitHub keeps 10 errors, 10 warnings and 10 notices of a step and drops the rest without a word
(actions/toolkit, docs/problem-matchers.md), so the worst findings go first and one line says what was left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.diagnostics import Severity
from planlint.reporters.closing import closing_lines
from planlint.reporters.places import advice, worst_first
from planlint.reporters.terminal import visible

if TYPE_CHECKING:
    from planlint.diagnostics import Diagnostic
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext

MOST_OF_A_LEVEL = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, context: RenderContext) -> str:
    """An annotation for each finding within GitHub's limits, then a plain line that sums up everything."""
    lines: list[str] = []
    left_out = 0
    for severity, command in _COMMANDS.items():
        findings = [finding for finding in worst_first(report.active) if finding.severity is severity]
        # One annotation of the last level stays free for the line that says how many are missing.
        lines += [_annotation(command, finding) for finding in findings[:MOST_OF_A_LEVEL]]
        left_out += max(0, len(findings) - MOST_OF_A_LEVEL)
    if left_out:
        lines.append(f"planlint: {left_out} more findings are only in the log or in another format")
    lines += [_escaped(line) for line in closing_lines(report, context)]
    return "".join(f"{line}\n" for line in lines)


def _annotation(command: str, finding: Diagnostic) -> str:
    begin, end = finding.origin.begin, finding.origin.finish
    properties = {"file": finding.path, "line": str(begin.line), "endLine": str(end.line)}
    if begin.line == end.line:  # columns of a range over lines are refused
        properties |= {"col": str(begin.column), "endColumn": str(max(end.column, begin.column))}
    properties["title"] = f"{finding.code} {finding.name}"
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {written}::{_data(advice(finding))}"


def _data(text: str) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _escaped(line: str) -> str:
    """A line of the log that must not be taken for a command."""
    return line if not line.lstrip().startswith("::") else f"\u200b{line}"
