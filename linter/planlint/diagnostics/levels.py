"""The independent scales of a finding: severity, confidence, tier, and the evidence it rests on."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How bad it is if the finding is true."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for error, 1 for warning, 2 for note: lower is worse."""
        return ("error", "warning", "note").index(self.value)

    def lowered(self, steps: int = 1) -> Severity:
        """The severity `steps` milder, never below note."""
        order = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
        return order[min(self.rank + steps, 2)]


class Confidence(StrEnum):
    """How sure planlint is that the finding is true."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Tier(StrEnum):
    """Who should see a rule: everybody (core), who wants advice (strict), who reads a plan by hand (audit)."""

    CORE = "core"
    STRICT = "strict"
    AUDIT = "audit"

    @property
    def rank(self) -> int:
        """0 for core, 1 for strict, 2 for audit; a chosen tier includes all lower ranks."""
        return ("core", "strict", "audit").index(self.value)


class Evidence(StrEnum):
    """What a statement about a plan rests on; it decides how loud a finding may be."""

    DECLARED = "declared"
    """An explicit field or marker says so."""
    STATED = "stated"
    """A sentence of the plan says so."""
    INFERRED = "inferred"
    """Concluded from conventions or from the repository."""

    @property
    def rank(self) -> int:
        """0 for declared, 1 for stated, 2 for inferred: lower is firmer."""
        return ("declared", "stated", "inferred").index(self.value)

    @staticmethod
    def weakest(*evidence: Evidence) -> Evidence:
        """The weakest link: a conclusion is no firmer than its weakest premise."""
        return max(evidence, key=lambda item: item.rank, default=Evidence.DECLARED)
