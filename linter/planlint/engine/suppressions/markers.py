"""The marker's grammar: `planlint: ignore[RULE, ...] reason`, `planlint: ignore-file[RULE, ...] reason`.

`expires=YYYY-MM-DD` anywhere in the reason names the last day on which the marker counts. A marker must begin its
comment, so that a sentence about markers is none.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from planlint.readers.comments import Comment
from planlint.records import Record, record
from planlint.source import Origin

_HEAD = re.compile(r"\s*planlint:\s*(?P<verb>[A-Za-z][\w-]*)")
_CODES = re.compile(r"\s*\[(?P<codes>[^\[\]]*)\]")
_WORD = re.compile(r"[^\s,]+(?:[ \t]+[^\s,]+)*")
_EXPIRES = re.compile(r"(?<!\S)expires=(?P<date>[^\s,;]*)[,;]?")
_NEXT_COMMENT = re.compile(r"\s#")
_SEPARATORS = " \t\r\n:;,.-\u2013\u2014"

VERBS = ("ignore", "ignore-file")


@record
class Marker(Record):
    """One suppression comment. `words` are the rules as written, with their places."""

    comment: Comment
    scope: Literal["line", "file"]
    words: tuple[Origin, ...]
    reason: str
    origin: Origin
    """The marker without what may follow it in the same comment."""
    expires: date | None = None
    bad_date: str | None = None
    """What stands after `expires=` when it is no date."""

    def expired(self, today: date) -> bool:
        """Whether the last day on which it counts is over; also when that day cannot be read."""
        return self.bad_date is not None or (self.expires is not None and today > self.expires)


@record
class Malformed(Record):
    """A comment that was meant to be a marker and is none: what is wrong, and how it could be meant."""

    origin: Origin
    message: str
    help: str


def parse_marker(comment: Comment) -> Marker | Malformed | None:
    """The marker that `comment` is, or what is wrong with it; None for any other comment."""
    text = comment.text
    head = _HEAD.match(text)
    if head is None:
        return None
    verb = head["verb"]
    codes = _CODES.match(text, head.end())
    whole = comment.origin
    if verb.lower() not in VERBS:
        return _misspelled(whole, verb) if codes is not None or _near(verb) else None
    if codes is None or not codes["codes"].strip():
        return Malformed(
            whole,
            f"`planlint: {verb}` names no rule, so it hides nothing",
            f"name each rule, and say why: `planlint: {verb.lower()}[PL101] reason`",
        )
    source = whole.source
    base = comment.start
    words = tuple(
        source.origin(base + match.start(), base + match.end())
        for match in _WORD.finditer(text, codes.start("codes"), codes.end("codes"))
    )
    end = len(text)
    following = _NEXT_COMMENT.search(text, codes.end()) if comment.mark == "#" else None
    if following is not None:
        end = following.start()
        whole = source.origin(whole.start, base + end)
    rest = text[codes.end() : end]
    expires, bad_date = None, None
    limit = _EXPIRES.search(rest)
    if limit is not None:
        try:
            expires = date.fromisoformat(limit["date"])
        except ValueError:
            bad_date = limit["date"]
        rest = f"{rest[: limit.start()]} {rest[limit.end() :]}"
    return Marker(
        comment=comment,
        scope="file" if verb.lower() == "ignore-file" else "line",
        words=words,
        reason=" ".join(rest.split()).strip(_SEPARATORS),
        origin=whole,
        expires=expires,
        bad_date=bad_date,
    )


def _near(verb: str) -> bool:
    from difflib import get_close_matches

    return bool(get_close_matches(verb.lower(), (*VERBS, "disable", "suppress"), n=1, cutoff=0.8))


def _misspelled(origin: Origin, verb: str) -> Malformed:
    wanted = "ignore-file" if "file" in verb.lower() else "ignore"
    return Malformed(
        origin,
        f"`planlint: {verb}` is no marker that planlint knows, so it hides nothing",
        f"write `planlint: {wanted}[RULE] reason`",
    )
