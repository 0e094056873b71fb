"""`--format junit`: JUnit XML, a test suite for each plan, for servers that show test results."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from planlint.diagnostics import Severity
from planlint.reporters.terminal import visible

if TYPE_CHECKING:
    from planlint.diagnostics import Diagnostic
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext


def render(report: Report, context: RenderContext) -> str:
    """A suite for each file with findings and each clean plan; errors and warnings are failures, notes output."""
    by_path: dict[str, list[Diagnostic]] = {plan.path: [] for plan in report.plans}
    for finding in report.active:
        by_path.setdefault(finding.path, []).append(finding)
    suites = [_suite(path, findings) for path, findings in sorted(by_path.items())]
    failures = sum(_fails(finding) for finding in report.active)
    tests = sum(max(1, len(findings)) for findings in by_path.values())
    head = f'<testsuites name="planlint" tests="{tests}" failures="{failures}" errors="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>", ""])


def _fails(finding: Diagnostic) -> bool:
    return finding.severity is not Severity.NOTE


def _suite(path: str, findings: list[Diagnostic]) -> str:
    name = _attribute(path)
    failures = sum(map(_fails, findings))
    head = f'  <testsuite name={name} tests="{max(1, len(findings))}" failures="{failures}" errors="0" skipped="0">'
    cases = [_case(path, finding) for finding in findings]
    cases = cases or [f'    <testcase name="planlint" classname={name}/>']
    return "\n".join([head, *cases, "  </testsuite>"])


def _case(path: str, finding: Diagnostic) -> str:
    at = finding.origin.begin
    name = _attribute(f"{finding.code} {finding.name} {path}:{at.line}:{at.column}")
    text = "\n".join(part for part in (finding.message, finding.why, finding.help) if part)
    if _fails(finding):
        failure = f"<failure type={_attribute(finding.severity.value)} message={_attribute(finding.message)}>"
        body = f"{failure}{_text(text)}</failure>"
    else:
        body = f"<system-out>{_text(text)}</system-out>"
    place = f'classname={_attribute(path)} file={_attribute(path)} line="{at.line}"'
    return f"    <testcase name={name} {place}>{body}</testcase>"


def _attribute(text: str) -> str:
    return quoteattr(visible(text))


def _text(text: str) -> str:
    return escape("\n".join(visible(line) for line in text.split("\n")))
