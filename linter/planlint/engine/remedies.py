"""From what a rule proposes to fixes: the plan's dialect knows how to write them."""

from __future__ import annotations

from planlint.diagnostics import Diagnostic, Fix
from planlint.dialects.registry import get_dialect
from planlint.model import Plan


def realised(finding: Diagnostic, plan: Plan) -> Diagnostic:
    """`finding` with a fix for each of its remedies that the dialect of `plan` can write."""
    dialect = get_dialect(plan.dialect)
    fixes = list(finding.fixes)
    for remedy in finding.remedies:
        edits = dialect.edits(plan, remedy)
        if edits and all(fix.edits != edits for fix in fixes):
            fixes.append(Fix(remedy.title, remedy.applicability, edits, remedy.reason))
    return finding.replace(fixes=tuple(fixes))
