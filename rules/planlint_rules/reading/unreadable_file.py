"""PL001 unreadable-file."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class UnreadableFile(EngineRule):
    """A file cannot be read as text.

    ## Why

    It is missing, a directory, a program or an archive, no permission allows reading it, or its bytes are not UTF-8 (or
    UTF-16 with a byte-order mark). Nothing is concluded from what would have stood in it: a plan that is spread over
    files is checked as far as it can be read, and counts as incomplete.

    ## Silent on

    A byte-order mark; Windows line ends; files that a directory search meets and that are evidently no plan.
    """

    code = "PL001"
    name = "unreadable-file"
    tier = Tier.CORE
    severity = Severity.ERROR
