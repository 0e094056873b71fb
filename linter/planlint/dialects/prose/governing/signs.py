"""What brackets, dashes, full stops, commas and slashes do to a walk."""

from __future__ import annotations

from planlint.dialects.prose.governing.walk import Walk
from planlint.dialects.prose.lexer import Event
from planlint.dialects.prose.tables import words
from planlint.source.regex import regex

_POINT = regex(r"\s*(?:and\s+)?\(?[a-h1-9]\)")
"""The mark of a point within a sentence: "(a)", "and 2)"."""

_POINT_END = regex(r"\([a-h1-9]\)\Z")

_TAKING_IN = words("include includes list lists export exports import imports register registers expose exposes")
""" "Update x to export all of them: a.ts, b.ts": what x takes in stays as it is."""


def take_bracket(walk: Walk, event: Event) -> None:
    """Enter or leave brackets; behind those of a point's mark, a verb may begin."""
    if event.kind == "open":
        walk.stack.append(walk.clause)
        place = walk.clause.place
        walk.clause = walk.clause.in_brackets()
        walk.clause.within = place
        walk.head = True
        walk.joined = ""
    elif walk.stack:
        walk.negate = 0
        inner = walk.clause
        walk.clause = walk.stack.pop()
        walk.clause.close_brackets(inner)
        walk.head = _POINT_END.search(walk.text, max(0, event.start - 2), event.end) is not None


def take_sign(walk: Walk, event: Event) -> None:
    """Go on behind a sign between clauses or words: a verb may begin there."""
    clause, kind, sign = walk.clause, event.kind, event.text
    walk.head = True
    if kind == "stop":
        role = clause.role if walk.default is not None else None
        if _POINT.match(walk.text, event.end):
            role = None  # "(a) revise x; (b) the idea in y.md": each point is its own
        walk.clause = clause.behind_stop(role, sign)
        walk.joined = ""
    elif kind == "dash":
        if sign in ("->", "→", "⇒", "=>"):
            clause.place = "to"
            return
        if sign in (":", "：") and clause.is_label:
            return  # "Create: a.ts, b.ts"
        taken_in = clause.verb in _TAKING_IN and walk.main is not None and walk.main.targeted
        clause.pass_dash(aside=clause.targeted or taken_in)
        walk.joined = ""
    elif sign in "/&+":
        # "verify/update" shares an object; "/orders/validate" is a route and "update/delete tests" a noun phrase.
        walk.head = clause.role is not None and clause.nouns == 0 and not clause.place
        walk.joined = "and" if walk.head else ""
    else:
        clause.pass_comma()
        walk.joined = ""
