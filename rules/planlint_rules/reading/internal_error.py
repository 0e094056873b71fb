"""PL009 internal-error."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class InternalError(EngineRule):
    """A rule, or another part of planlint, failed on this plan.

    ## Why

    It is a fault of planlint or of a rule pack and not of the plan. All other rules have run and their findings count,
    yet the exit status is 2, because a part of the check is missing.

    ## Silent on

    Faults in the input: those have codes of their own.
    """

    code = "PL009"
    name = "internal-error"
    tier = Tier.CORE
    severity = Severity.ERROR
