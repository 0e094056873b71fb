"""`--format rdjson`: reviewdog's diagnostic format; columns are 1-based in UTF-8 bytes, ends are exclusive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planlint.diagnostics import Severity
from planlint.reporters.places import advice

if TYPE_CHECKING:
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext
    from planlint.source import Origin, Position

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render(report: Report, context: RenderContext) -> str:
    """The findings that count as one `DiagnosticResult`."""
    diagnostics: list[dict[str, Any]] = []
    for finding in report.active:
        item: dict[str, Any] = {
            "message": advice(finding),
            "location": {"path": finding.path, "range": _range(finding.origin)},
            "severity": _SEVERITIES[finding.severity],
            "code": {"value": finding.code},
        }
        suggestions = [
            {"range": _range(fix.edits[0].origin), "text": fix.edits[0].text}
            for fix in finding.fixes
            if len(fix.edits) == 1 and fix.edits[0].origin.source.path == finding.path
        ]
        if suggestions:
            item["suggestions"] = suggestions
        diagnostics.append(item)
    result = {"source": {"name": "planlint"}, "diagnostics": diagnostics}
    return json.dumps(result, indent=2, ensure_ascii=True) + "\n"


def _range(origin: Origin) -> dict[str, dict[str, int]]:
    return {"start": _position(origin, origin.begin), "end": _position(origin, origin.finish)}


def _position(origin: Origin, position: Position) -> dict[str, int]:
    source = origin.source
    before = source.text[source.line_starts[position.line - 1] : position.offset]
    return {"line": position.line, "column": len(before.encode("utf-8", "replace")) + 1}
