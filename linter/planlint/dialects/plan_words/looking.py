"""Whether a task builds, or only looks at what others made, by the words of its title and brief."""

from __future__ import annotations

import re

from planlint.source.regex import regex

AUDITED = ("log", "logging", "trail", "trails", "event", "entry", "record", "table", "history")
"""Behind "audit" they make it part of the name of a thing that has to be made: "audit log", "audit trail"."""

AUDIT = rf"audit(?![ -]+(?:{'|'.join(AUDITED)})\b)"
"""A pattern for the verb."""

_LOOKS = regex(
    r"\W{0,4}(?:(?:qa|quality assurance)\W{1,3})?(?:(?:cross|code|final|peer|security|quality)[ -])?"
    r"(?:(?:review|" + AUDIT + r"|validate|verify|inspect|critique)\b|(?:validation|validator|verification)\b"
    r"(?![ -]+(?:scripts?|tools?|pages?|screens?|forms?|components?|services?|modules?|endpoints?|functions?"
    r"|helpers?|library|framework|harness|engine|schemas?|middleware|layer|logic|rules|pipeline|command|model|daemon)\b)"
    r"|run (?:the |all )?(?:full |whole |entire |complete )?(?:test suite|(?:integration |e2e |end-to-end )?tests)\b)",
)
"""Not what is named after it and has to be made: "validation script", "verification service"."""
_BUILDS = regex(
    r"\b(?:create|implement|build|add|write|update|edit|modify|fix|refactor|migrate|generate|own|owns)\b", re.IGNORECASE
)


def builds(text: str) -> bool:
    """Whether a text tells to make or change something."""
    return _BUILDS.search(text) is not None


def only_looks(title: str, brief: str = "") -> bool:
    """Whether a task without files to write looks at what is there: `Review all handlers`, told to change nothing."""
    return _LOOKS.match(title.lower()) is not None and not builds(brief)
