"""`--format sarif`: SARIF 2.1.0 for code scanning.

Follows the OASIS standard and stays inside what GitHub shows: at most 5,000 results of a run are displayed and 25,000
accepted, full descriptions have 1,024 characters, paths are relative to the root
(docs.github.com, "SARIF support for code scanning", read 2026-11-20).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planlint.engine.registry import installed_rules
from planlint.reporters.places import brief_advice, uri, worst_first
from planlint.reporters.rule_texts import rule_text
from planlint.version import __version__

if TYPE_CHECKING:
    from planlint.diagnostics import Diagnostic, Fix
    from planlint.engine.registry import RuleRegistry
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext
    from planlint.source import Origin

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
"""Results that GitHub accepts in one run; the worst are kept."""
_LONGEST_DESCRIPTION = 1_024
_PRECISION = {"core": "high", "strict": "medium", "audit": "low"}


def render(report: Report, context: RenderContext) -> str:
    """The report as one SARIF log with one run."""
    return json.dumps(sarif_log(report, installed_rules()), indent=2, ensure_ascii=True) + "\n"


def sarif_log(report: Report, registry: RuleRegistry) -> dict[str, Any]:
    """The report as plain data in SARIF's shape."""
    findings = list(report.diagnostics)
    if len(findings) > MOST_RESULTS:
        kept = set(map(id, worst_first(findings)[:MOST_RESULTS]))
        findings = [finding for finding in findings if id(finding) in kept]
    codes = sorted({finding.code for finding in findings})
    index = {code: number for number, code in enumerate(codes)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "planlint",
                "semanticVersion": __version__,
                "version": __version__,
                "rules": [_rule(registry, code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"PROJECTROOT": {"description": {"text": "the root of the repository"}}},
        "automationDetails": {"id": "planlint/"},
        "invocations": [
            {
                "executionSuccessful": not (report.internal_error or report.unreadable),
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": text}} for text in report.unreadable
                ],
            }
        ],
        "results": [_result(finding, index[finding.code]) for finding in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(registry: RuleRegistry, code: str) -> dict[str, Any]:
    text = rule_text(registry, code)
    _, tier, severity = registry.metadata(code)
    full = f"{text.summary} {text.why}".strip()
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in text.name.split("-")),
        "shortDescription": {"text": text.summary},
        "fullDescription": {"text": full[: _LONGEST_DESCRIPTION - 1]},
        "help": {"text": text.help, "markdown": f"# {text.name} ({code})\n\n{text.help}"},
        "defaultConfiguration": {"level": severity.value},
        "properties": {"tags": ["planlint", tier.value], "precision": _PRECISION[tier.value]},
    }


def _result(finding: Diagnostic, rule_index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": finding.severity.value,
        "message": {"text": brief_advice(finding)},
        "locations": [{"physicalLocation": _place(finding.origin)}],
        "partialFingerprints": {"planlint/v1": finding.fingerprint},
        "properties": {
            "confidence": finding.confidence.value,
            "evidence": finding.evidence.value,
            "tasks": list(finding.subjects.tasks),
            "paths": list(finding.subjects.paths),
        },
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _place(related.origin), "message": {"text": related.message}}
            for number, related in enumerate(finding.related, start=1)
        ]
    if finding.fixes:
        result["fixes"] = [_fix(fix) for fix in finding.fixes]
    if finding.suppressed is not None:
        kind = "inSource" if finding.suppressed.kind in ("inline", "file") else "external"
        suppression: dict[str, Any] = {"kind": kind}
        if finding.suppressed.reason:
            suppression["justification"] = finding.suppressed.reason
        result["suppressions"] = [suppression]
    return result


def _place(origin: Origin) -> dict[str, Any]:
    return {"artifactLocation": _artifact(origin), "region": _region(origin)}


def _artifact(origin: Origin) -> dict[str, Any]:
    return {"uri": uri(origin.source.path), "uriBaseId": "PROJECTROOT"}


def _region(origin: Origin) -> dict[str, int]:
    begin, end = origin.begin, origin.finish
    return {"startLine": begin.line, "startColumn": begin.column, "endLine": end.line, "endColumn": end.column}


def _fix(fix: Fix) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    artifacts: dict[str, dict[str, Any]] = {}
    for edit in fix.edits:
        artifacts[edit.origin.source.path] = _artifact(edit.origin)
        replacement = {"deletedRegion": _region(edit.origin), "insertedContent": {"text": edit.text}}
        changes.setdefault(edit.origin.source.path, []).append(replacement)
    return {
        "description": {"text": f"{fix.title} ({fix.applicability.value})"},
        "artifactChanges": [
            {"artifactLocation": artifacts[path], "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }
