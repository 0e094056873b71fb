"""What lines of pseudo-code say in words: waiting, using results, looking for failure, beginning a new message."""

from __future__ import annotations

import re

_JUDGES = re.compile(
    r"\.(?:status|error|errors|success|ok|failed|is_error|state)\b"
    r"|\bstatus\s*(?:===?|!==?|is\b)(?!\s*[\"']?(?:pending|open|todo|in_progress|available))"
    r"|\b(?:if|when|unless|on|upon|handle|check|retry)\b[^\n]{0,80}"
    r"\b(?:fail\w*|errors?|null|None|undefined|timed? ?out|exceptions?|unsuccessful)\b"
    r"|\bif\s+(?:not\s+|!)?\(?!?(?:result|output|res|response)\w*|\bretr(?:y|ies)\b|\bon[_ ]failure\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:no|without|missing|ignor\w+|might|may|forgot)\b", re.IGNORECASE)
_MARK = r"\s*(?:#+|//|[-*•]|\d{1,3}[.)])?\s*(?:(?:step|phase|stage)\s*\d{1,3}\s*[:.)–—-]\s*)?(?:then,?\s+|now\s+)?"
_WAITS = re.compile(
    _MARK + r"(?:wait (?:for|until|on)|await (?:all|both|every|completion|results)|block until|join all)\b",
    re.IGNORECASE,
)
_USES = re.compile(
    _MARK + r"(?:synthesi[sz]e|combine|aggregate|merge|process|collect|summari[sz]e|consolidate)\b[^\n]{0,60}"
    r"\b(?:results?|findings?|outputs?|reports?)\b",
    re.IGNORECASE,
)
_MESSAGE = re.compile(r"\b(?:message|step|phase|turn|wave|round|stage)\s*#?\d{1,3}\b", re.IGNORECASE)
_COMPLETES = re.compile(r"complete|done|finished", re.IGNORECASE)


def looks_for_failure(line: str) -> bool:
    """Whether a line of code asks how an agent ended."""
    return _JUDGES.search(line) is not None


def speaks_of_handling(comment: str) -> bool:
    """Whether a comment says that failure is handled, and not that it is not ("no error handling")."""
    return looks_for_failure(comment) and _DENIES.search(comment) is None


def waits(line: str) -> bool:
    """Whether a line tells to wait: "wait for all agents"."""
    return _WAITS.match(line) is not None


def uses_results(line: str) -> bool:
    """Whether a line tells to use what the agents gave back: "combine the findings"."""
    return _USES.match(line) is not None


def message_of(comment: str) -> str | None:
    """The message or step that a comment numbers: `step 2`."""
    match = _MESSAGE.search(comment)
    return " ".join(match.group().lower().split()) if match is not None else None


def completes(text: str) -> bool:
    """Whether an update marks a task as done."""
    return _COMPLETES.search(text) is not None
