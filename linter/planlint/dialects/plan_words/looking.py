"""Tasks that only look at what others made, by the words with which their titles begin."""

from __future__ import annotations

from planlint.source.regex import regex

_LOOKS = regex(
    r"\W{0,4}(?:(?:cross|code|final|peer|security|quality)[ -])?(?:review|audit|validat(?:e|ion|or)|verif(?:y|ication)"
    r"|inspect|critique)\b",
)
_BUILDS = regex(
    r"\b(?:add|build|change|create|edit|extend|fix|generate|implement|migrate|modify|refactor|rewrite|update|write)\b"
)


def only_looks(title: str, brief: str = "") -> bool:
    """Whether a task without files to write looks at what is there: `Review all handlers`, told to change nothing."""
    return _LOOKS.match(title.lower()) is not None and _BUILDS.search(brief.lower()) is None
