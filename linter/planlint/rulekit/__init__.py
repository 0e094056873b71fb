"""What a rule is made of. `from planlint.rulekit import Rule, ...` is all that a rule pack needs."""

from planlint.diagnostics import (
    Applicability,
    Confidence,
    Diagnostic,
    Edit,
    Evidence,
    Fix,
    Related,
    Severity,
    Subjects,
    Tier,
)
from planlint.facts import Facts
from planlint.rulekit.pack import RulePack
from planlint.rulekit.rule import EngineRule, Rule

__all__ = [
    "Applicability",
    "Confidence",
    "Diagnostic",
    "Edit",
    "EngineRule",
    "Evidence",
    "Facts",
    "Fix",
    "Related",
    "Rule",
    "RulePack",
    "Severity",
    "Subjects",
    "Tier",
]
