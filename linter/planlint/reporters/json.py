"""`--format json`: the whole report for programs. Additive only; `version` changes when a meaning does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planlint.version import __version__

if TYPE_CHECKING:
    from planlint.diagnostics import Diagnostic
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext
    from planlint.source import Origin, Position

VERSION = 1


def render(report: Report, context: RenderContext) -> str:
    """The report as one JSON object. ASCII only, so that neither locale nor lone surrogates can spoil it."""
    return dump(report_data(report))


def dump(data: dict[str, Any]) -> str:
    """`data` as planlint writes JSON: indented, keys in the order given, ASCII."""
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "version": VERSION,
        "tool": {"name": "planlint", "version": __version__},
        "plans": [plan._asdict() for plan in report.plans],
        "diagnostics": [diagnostic_data(diagnostic) for diagnostic in report.diagnostics],
        "skipped": [skipped._asdict() for skipped in report.skipped],
        "summary": report.summary._asdict(),
    }


def diagnostic_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """One finding as plain data."""
    suppressed = diagnostic.suppressed
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "confidence": diagnostic.confidence.value,
        "tier": diagnostic.tier.value,
        "evidence": diagnostic.evidence.value,
        "message": diagnostic.message,
        "why": diagnostic.why,
        "help": diagnostic.help,
        "location": location_data(diagnostic.origin),
        "related": [
            {"message": related.message, "location": location_data(related.origin)} for related in diagnostic.related
        ],
        "subjects": {
            "tasks": list(diagnostic.subjects.tasks),
            "paths": list(diagnostic.subjects.paths),
            "names": list(diagnostic.subjects.names),
        },
        "fingerprint": diagnostic.fingerprint,
        "fixes": [
            {
                "title": fix.title,
                "applicability": fix.applicability.value,
                "reason": fix.reason,
                "edits": [{**location_data(edit.origin), "text": edit.text} for edit in fix.edits],
            }
            for fix in diagnostic.fixes
        ],
        "suppressed": None if suppressed is None else {"kind": suppressed.kind, "reason": suppressed.reason},
    }


def location_data(origin: Origin) -> dict[str, Any]:
    """A place: path, and where it starts and ends."""
    return {
        "path": origin.source.path,
        "start": _position_data(origin.begin),
        "end": _position_data(origin.finish),
    }


def _position_data(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}
