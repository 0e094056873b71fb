"""`--format concise`: one line for each finding, as compilers and editors know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.reporters.closing import closing_lines
from planlint.reporters.terminal import palette, visible

if TYPE_CHECKING:
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext


def render(report: Report, context: RenderContext) -> str:
    """`path:line:column: severity CODE message`, then what was found in all."""
    paint = palette(context.color)
    lines = []
    for finding in report.active:
        begin = finding.origin.begin
        place = f"{paint.bold(visible(finding.path))}:{begin.line}:{begin.column}"
        severity = paint.severity(finding.severity, finding.severity.value)
        lines.append(f"{place}: {severity} {finding.code} {visible(finding.message)}")
    lines += closing_lines(report, context)
    return "".join(f"{line}\n" for line in lines)
