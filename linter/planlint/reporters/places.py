"""Lines, columns and links that several machine-readable formats share."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from planlint.diagnostics import Diagnostic


def uri(path: str) -> str:
    """`path` as a relative URI reference: `%` for everything that a URI cannot hold."""
    return quote(path, safe="/!$&'()*+,;=:@-._~")


def worst_first(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings by severity, then confidence, then place: what to show where only some can be shown."""
    order = ("high", "medium", "low")
    return sorted(findings, key=lambda item: (item.severity.rank, order.index(item.confidence.value), item.sort_key))


def advice(finding: Diagnostic) -> str:
    """Message, reason and remedy as one text, for formats with a single field for all of it."""
    parts = [f"{finding.message}."]
    if finding.why:
        parts.append(f"Why: {finding.why}.")
    if finding.help:
        parts.append(f"Help: {finding.help}.")
    return " ".join(parts)


def brief_advice(finding: Diagnostic) -> str:
    """Message and remedy as two sentences."""
    if not finding.help:
        return f"{finding.message}."
    return f"{finding.message}. {finding.help[:1].upper()}{finding.help[1:]}."
