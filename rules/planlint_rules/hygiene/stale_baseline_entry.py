"""PL904 stale-baseline-entry."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class StaleBaselineEntry(EngineRule):
    """The baseline still holds findings that are gone.

    ## Why

    A baseline only ever shrinks. An entry that matches nothing would hide the same mistake when somebody makes it
    again. `planlint baseline prune` takes such entries out.

    There is one finding for the whole file, with a place for each entry.

    ## Silent on

    Entries for files that were not checked, for rules that did not run, and for files that could not be read.
    """

    code = "PL904"
    name = "stale-baseline-entry"
    tier = Tier.CORE
    severity = Severity.WARNING
