"""What a rule is made of. `from planlint.rulekit import Rule, ...` is all that a rule pack needs.

The names are imported when first used: a pack's catalogue imports `planlint.rulekit.pack` on every start, also of
commands that never look at a plan, and must not bring the model (and pydantic) along.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
else:
    _ELSEWHERE = {
        "EngineRule": "planlint.rulekit.rule",
        "Facts": "planlint.facts.facts",
        "Rule": "planlint.rulekit.rule",
        "RulePack": "planlint.rulekit.pack",
    }

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_ELSEWHERE.get(name, "planlint.diagnostics")), name)


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
