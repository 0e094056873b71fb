"""`--format markdown`: a summary for a pull request, with a graph of stages and conflicts that GitHub draws."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from planlint.diagnostics import Severity
from planlint.reporters.closing import closing_lines
from planlint.reporters.places import uri, worst_first
from planlint.reporters.terminal import visible

if TYPE_CHECKING:
    from planlint.diagnostics import Diagnostic
    from planlint.engine.report import Report
    from planlint.facts import Facts
    from planlint.reporters.context import RenderContext

MOST_ROWS = 50
"""Rows of the table; a comment on GitHub holds 65,536 characters and people read far fewer."""
MOST_BOXES = 60
"""Tasks in one graph; beyond that GitHub's drawing is unreadable."""
MOST_CHARACTERS = 60_000
"""Beyond that no further graph is added: a comment on GitHub that is too long is refused, a cut one is not drawn."""
_ICONS = {Severity.ERROR: "🔴 error", Severity.WARNING: "🟠 warning", Severity.NOTE: "🔵 note"}


def render(report: Report, context: RenderContext) -> str:
    """A headline, a table of findings with the worst first, and for each plan with conflicts a Mermaid graph."""
    findings = worst_first(report.active)
    lines = ["## planlint", "", _plain(closing_lines(report, context)[-1] if not context.quiet else ""), ""]
    if findings:
        lines += ["| | where | what |", "| --- | --- | --- |"]
        lines += [_row(finding) for finding in findings[:MOST_ROWS]]
        if len(findings) > MOST_ROWS:
            lines += ["", f"{len(findings) - MOST_ROWS} more findings are not shown."]
        lines.append("")
    length = sum(len(line) + 1 for line in lines)
    for facts in report.facts:
        mine = [finding for finding in findings if facts.plan.path in (finding.path, _directory(finding.path))]
        graph = _graph(facts, mine)
        if graph:
            title = f"<details><summary>{_plain(facts.plan.path)}: order and conflicts</summary>"
            drawn = [title, "", "```mermaid", *graph, "```", "", "</details>", ""]
            length += sum(len(line) + 1 for line in drawn)
            if length > MOST_CHARACTERS:
                lines.append("Further plans with conflicts are not drawn.")
                break
            lines += drawn
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(finding: Diagnostic) -> str:
    at = finding.origin.begin
    where = f"[{_cell(finding.path)}:{at.line}]({uri(finding.path)}#L{at.line})"
    what = f"**{finding.code}** {finding.name}: {_cell(finding.message)}"
    if finding.help:
        what += f"<br>{_cell(finding.help)}"
    return f"| {_ICONS[finding.severity]} | {where} | {what} |"


def _graph(facts: Facts, findings: list[Diagnostic]) -> list[str]:
    """Stages as boxes from the first to the last, and a dotted red line for each pair in conflict."""
    from planlint.reporters.plan_graph import render_mermaid

    if not findings or len(facts.tasks) > MOST_BOXES or len(facts.tasks) < 2:
        return []
    index = {task.label: task.index for task in facts.tasks}
    pairs: Counter[tuple[int, int]] = Counter()
    labels: dict[tuple[int, int], str] = {}
    for finding in findings:
        tasks = [index[label] for label in finding.subjects.tasks if label in index]
        for one, other in pairwise(tasks):
            pair = (min(one, other), max(one, other))
            pairs[pair] += 1
            labels.setdefault(pair, finding.code)
    if not pairs:
        return []
    lines = render_mermaid(facts).splitlines()
    arrows = sum(" --> " in line for line in lines)
    for number, ((one, other), count) in enumerate(sorted(pairs.items())):
        caption = labels[one, other] if count == 1 else f"{labels[one, other]} +{count - 1}"
        lines.append(f"  t{one} -. {caption} .- t{other}")
        lines.append(f"  linkStyle {arrows + number} stroke:#d1242f,stroke-width:2px")
    return lines


def _directory(path: str) -> str:
    return path.rpartition("/")[0]


def _cell(text: str) -> str:
    """Text inside of a table cell: code spans stay, everything else of a stranger's text is shown as it is."""
    parts = visible(text).replace("|", "\\|").replace("\n", " ").split("`")
    return "`".join(part if number % 2 else _plain(part) for number, part in enumerate(parts))


def _plain(text: str) -> str:
    escaped = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in "*_[]~#@":
        escaped = escaped.replace(mark, f"\\{mark}" if mark not in "@#" else f"{mark}\u2060")
    return escaped
