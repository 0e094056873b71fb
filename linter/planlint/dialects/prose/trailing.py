"""`with_trailing_place`: the path in which a title ends without a verb that governs it."""

from __future__ import annotations

from planlint.diagnostics import Evidence
from planlint.dialects.prose import verbs
from planlint.dialects.prose.clause import Verdict
from planlint.model import Mode
from planlint.source import Span
from planlint.source.regex import regex

_FIRST_WORD = regex(r"\W*(\w+)")
_BEHIND_DASH = regex(r"[ \t\n][—–][ \t\n]+[`\"']?\Z")
_IN_BRACKETS = regex(r"[ \t\n][(（][`\"']?\Z")
_AT_END = regex(r"[`\"']?(?P<bracket>[)）])?[ \t]*[.;]?\s*\Z")


def with_trailing_place(text: str, sentence: Span, verdicts: list[Verdict], *, first: bool) -> list[Verdict]:
    """ "Try y. Then z — `src/a.ts`", "Speed up what is slow (src/a.ts)": a title ends in where its work is.

    A conclusion, and only for a path of which nothing else is said.
    """
    last = verdicts[-1]
    head = _FIRST_WORD.match(text)
    role = verbs.english_verbs().get(head.group(1).lower()) if head else None
    if role is not None and not role.writes:
        return verdicts  # "Verify that it is fast (src/a.ts)"
    if last.mode is not None or any(verdict.mode is not None and verdict.mode.writes for verdict in verdicts):
        return verdicts
    start = max(sentence.start, last.mention.start - 8)
    dashed = not first and _BEHIND_DASH.search(text, start, last.mention.start)
    bracketed = _IN_BRACKETS.search(text, start, last.mention.start)
    closed = _AT_END.match(text, last.mention.end, sentence.end)
    if closed is None or not (dashed or bracketed) or (bracketed is not None) != (closed["bracket"] is not None):
        return verdicts
    return [*verdicts[:-1], Verdict(last.mention, Mode.WRITE, Evidence.INFERRED)]
