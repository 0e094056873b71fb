"""What planlint says: diagnostics with places, related places, subjects and fixes."""

from planlint.diagnostics.diagnostic import (
    Diagnostic,
    Related,
    Subjects,
    Suppression,
)
from planlint.diagnostics.fix import Applicability, Edit, Fix
from planlint.diagnostics.levels import Confidence, Evidence, Severity, Tier
from planlint.diagnostics.problem import Problem

__all__ = [
    "Applicability",
    "Confidence",
    "Diagnostic",
    "Edit",
    "Evidence",
    "Fix",
    "Problem",
    "Related",
    "Severity",
    "Subjects",
    "Suppression",
    "Tier",
]
