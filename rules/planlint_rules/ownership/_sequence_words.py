"""Sentences that ask for the next place in a sequence: "add the next migration", "run makemigrations"."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.source.regex import regex

_FREE = r"(?:(?:free|available|unused|sequential) )?"
_KIND = r"(?:(?:Django|SQL|database|Alembic|Flyway|Liquibase|goose|Prisma|schema) )?"
_NEXT = regex(
    rf"\bnext {_FREE}{_KIND}(?P<noun>migration|adr|rfc|decision|fixture)(?: record)? (?:number|id|index)\b"
    rf"|\bnext {_FREE}(?:number|id|index) (?:for|in|of) (?:the |an? )?{_KIND}(?P<other>migration|adr|rfc)s?\b"
    r"|\b(?:create|add|write|generate|make)s?\b[^.\n]{0,20} the next "
    rf"{_KIND}(?P<third>migration|adr|rfc)\b(?! phase| step)"
    rf"|\b{_KIND}(?P<fourth>migration|adr|rfc|decision)s?(?: record)? "
    r"(?:[^.\n]{0,30}? )?(?:with|under|at|using|gets?|takes?|is|as) the next "
    rf"{_FREE}(?:number|id|index)\b",
    re.IGNORECASE,
)
_MAKES = r"\b(?:create|add|generate|write|make|run|autogenerate)s?\b[^.\n]{0,20} "
_TOOLS = (
    (
        "Alembic migration",
        regex(rf"\balembic revision\b|{_MAKES}an? (?:new )?alembic (?:migration|revision)\b", re.IGNORECASE),
    ),
    (
        "Django migration",
        regex(
            rf"\bmakemigrations\b(?:[ ]+(?P<app>[a-z_]\w{{0,60}})\b)?|{_MAKES}(?:an?|the) "
            r"(?:new )?Django migration\b",
            re.IGNORECASE,
        ),
    ),
    (
        "Entity Framework migration",
        regex(
            rf"\bef migrations add\b|\bAdd-Migration\b|{_MAKES}an? (?:new )?EF(?: Core)? "
            r"migration\b",
            re.IGNORECASE,
        ),
    ),
)
"""Tools whose migrations each build on the last one: two of Alembic or of one Django app become two heads, two of
Entity Framework two model snapshots."""
TOOL_KINDS = frozenset(kind for kind, _ in _TOOLS)
_REFUSED = regex(r"(?:\bnot|\bnever|n't|\bwithout|\bno need to)\b[^.\n]{0,30}$", re.IGNORECASE)
_PLAIN = regex(
    r"\b(?:create|add|generate|write|make)s?[ ](?:(?:an?|the|another)[ ])?(?:new[ ])?(?:(?:SQL|database|DB|schema)[ ])?"
    r"migration[ ](?:for|that|adding|to[ ](?:add|create|drop|alter|rename))\b",
    re.IGNORECASE,
)
HINTS = ("next ", "migration", "alembic")
"""What every such sentence has, in lower case."""

MIGRATION_DIRECTORIES = ("migrations", "db/migrations", "db/migrate", "src/migrations", "backend/migrations", "drizzle")
"""Where migrations of a whole project stand by custom."""


class Wording(NamedTuple):
    """What a text asks for."""

    kind: str
    """`migration`, `adr`, `Alembic migration`: for messages."""
    tool: bool = False
    """Whether it names a tool whose migrations build on each other."""
    plain: bool = False
    """Whether it asks for a migration and says nothing about its place: it takes one only where they are numbered."""
    django: bool = False
    """Whether each Django app has a sequence of its own."""
    app: str = ""
    """The Django app, if it is named."""
    told: str = ""
    """The words that ask for it."""


def words_for(text: str) -> Wording | None:
    """The first sequence that `text` asks for a place in; None for any other text."""
    said = _NEXT.search(text)
    if said is not None:
        kind = (said["noun"] or said["other"] or said["third"] or said["fourth"]).lower()
        kind = kind.upper() if kind in ("adr", "rfc") else kind
        return Wording(kind, django="django" in said[0].lower(), told=said[0])
    for kind, command in _TOOLS:
        run = command.search(text)
        if run is not None and not _is_refused(text, run):
            django = kind.startswith("Django")
            return Wording(kind, tool=True, django=django, app=(run["app"] or "") if django else "", told=run[0])
    run = _PLAIN.search(text)
    return Wording("migration", plain=True, told=run[0]) if run is not None and not _is_refused(text, run) else None


def _is_refused(text: str, match: re.Match[str]) -> bool:
    return _REFUSED.search(text, max(0, match.start() - 40), match.start()) is not None
