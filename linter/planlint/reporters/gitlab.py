"""`--format gitlab`: a GitLab Code Quality report (docs.gitlab.com/ci/testing/code_quality, read 2026-11-20)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from planlint.diagnostics import Severity
from planlint.reporters.places import brief_advice

if TYPE_CHECKING:
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report, context: RenderContext) -> str:
    """The findings that count as a JSON array, without a byte-order mark. Fingerprints are made unique."""
    seen: dict[str, int] = {}
    issues = []
    for finding in report.active:
        repeated = seen.get(finding.fingerprint, 0)
        seen[finding.fingerprint] = repeated + 1
        begin, end = finding.origin.begin, finding.origin.finish
        issues.append(
            {
                "description": brief_advice(finding),
                "check_name": f"{finding.code} {finding.name}",
                "fingerprint": finding.fingerprint + (f"-{repeated}" if repeated else ""),
                "severity": _SEVERITIES[finding.severity],
                "location": {"path": finding.path, "lines": {"begin": begin.line, "end": end.line}},
            }
        )
    return json.dumps(issues, indent=2, ensure_ascii=True) + "\n"
