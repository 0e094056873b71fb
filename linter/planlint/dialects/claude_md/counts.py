"""How many agents a text says to start, and how many it allows at once."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.dialects.claude_md.languages import count_of

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}

_COUNT = re.compile(
    r"\b(?P<n>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[- ](?:[\w-]+ ){0,3}?(?:parallel "
    r"|concurrent |simultaneous )?(?:[\w-]+ ){0,2}?"
    r"(?:sub-?agents?|agents?|tasks?|workers?|teammates?|lanes?|streams?)\b",
    re.IGNORECASE,
)
_JOINED_COUNT = re.compile(r"\b(\d{1,3})-parallel-(?:tasks?|agents?)\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:max(?:imum)?\.?(?: of)?|at most|no more than|never (?:more|exceed) than|never exceed|up to"
    r"|(?:never|not|n'?t|n’t) (?:run|spawn|start|launch|use|have|dispatch|exceed) more than"
    r"|limit(?:ed)? (?:of|to)|cap(?:ped)? (?:of|at)|not exceed)\s*:?\s*\**"
    r"(?:\d{1,3}\s*[-–]\s*)?(?P<n>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)\**(?! (?:tokens|lines"
    r"|files|minutes|seconds|characters|times|retries|iterations))"
    r"(?:[ -][\w/-]+){0,4}?[ -](?:sub-?agents?|agents?|workers?|teammates?|parallel|concurrent(?:ly)?"
    r"|simultaneous(?:ly)?|at once|at a time|task agents?)\b"
    r"|\bmax(?:imum)? (?:concurrent|parallel|simultaneous)(?: (?:sub-?agents?|agents?|workers?|tasks?))?\s*(?::|=|is"
    r"|of)?\s*\**(?P<m>\d{1,3})\b"
    r"|\bmax_(?:parallel|concurrent|agents)\w{0,20}\s*[:=]\s*(?P<k>\d{1,3})\b",
    re.IGNORECASE,
)


class Number(NamedTuple):
    """A number and where it stands in the text."""

    value: int
    start: int
    end: int


def stated_count(text: str) -> Number | None:
    """How many agents a text says to start: "spawn 7 parallel agents"."""
    joined = joined_count(text)
    if joined is not None:
        return joined
    for match in _COUNT.finditer(text):
        value = _number(match.group("n"))
        if value >= 2:
            return Number(value, match.start(), match.end())
    elsewhere = count_of(text)
    return Number(*elsewhere) if elsewhere is not None else None


def joined_count(text: str) -> Number | None:
    """The number of a named way to work: "use the 7-parallel-task method"."""
    match = _JOINED_COUNT.search(text)
    return Number(int(match.group(1)), match.start(), match.end()) if match is not None else None


def stated_limit(text: str) -> Number | None:
    """How many agents a text allows at once: "max 5 concurrent", "no more than 4 agents"."""
    match = _LIMIT.search(text)
    if match is None:
        return None
    value = _number(match.group("n") or match.group("m") or match.group("k"))
    return Number(value, match.start(), match.end()) if value else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower(), 0)
