"""Sequences: directories where each new file takes the next number, so that concurrent newcomers take the same one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from planlint.source.regex import regex


class SequenceSlot(NamedTuple):
    """One place in a numbered sequence."""

    directory: str
    """The sequence: all numbers in one directory must differ."""
    number: str | None
    """The number as written; None where the path leaves it open (`NNNN_add_users.sql`, a bare directory)."""
    kind: str
    """`Django migration`, `ADR`, ...: for messages."""

    @property
    def value(self) -> int | None:
        """The number's value, so that `7` and `0007` are the same; None where it is open or has parts (`1.2`)."""
        return int(self.number) if self.number is not None and self.number.isdigit() else None


class _Convention(NamedTuple):
    kind: str
    directory: str
    """Pattern of the directory, from its last segments."""
    name: str
    """Pattern of the file name with group `number`; the number has at most 7 digits: longer ones are dates."""


_OPEN = r"(?:N{2,}|X{2,}|#{2,}|0*N|\?{2,}|<[\w -]{1,20}>|\{[\w -]{1,20}\})"
_NUMBER = rf"(?P<number>\d{{1,7}}|{_OPEN})"

_CONVENTIONS: tuple[_Convention, ...] = (
    _Convention("Django migration", r"(?:.*/)?migrations", rf"{_NUMBER}_\w+\.py"),
    _Convention("Alembic migration", r"(?:.*/)?versions", rf"{_NUMBER}_\w+\.py"),
    _Convention("Flyway migration", r".*", rf"V{_NUMBER}__[\w-]+\.sql"),
    _Convention("Flyway migration", r".*", r"V(?P<number>\d{1,6}(?:[._]\d{1,6}){1,3})__[\w-]+\.sql"),
    _Convention("SQL migration", r"(?:.*/)?(?:db/)?(?:migrations?|migrate|drizzle)", rf"{_NUMBER}[_-][\w.-]+\.sql"),
    _Convention("migration", r"(?:.*/)?(?:migrations?|migrate)", rf"{_NUMBER}[_-][\w.-]+\.(?:ts|js|go|rs|rb|php|exs)"),
    _Convention(
        "Liquibase changelog",
        r"(?:.*/)?(?:db/)?(?:changelogs?|changes|liquibase)(?:/.*)?",
        rf"(?:db\.changelog-)?{_NUMBER}[_-][\w.-]+\.(?:xml|ya?ml|sql)",
    ),
    _Convention("ADR", r"(?:.*/)?(?:adrs?|decisions|architecture-decisions)", rf"(?:adr-)?{_NUMBER}-[\w.-]+\.md"),
    _Convention("RFC", r"(?:.*/)?(?:rfcs?|proposals)", rf"(?:rfc-)?{_NUMBER}-[\w.-]+\.md"),
)
"""From the tools' documentation. Rails, Prisma and Supabase use timestamps and Alembic hashes unless told otherwise,
which do not collide: eight or more digits, or anything that is no number, is not part of a sequence."""

_DATED = regex(r"(?:19|20)\d\d[_-]?[01]\d[_-]?[0-3]\d")
"""A date at the front (Laravel's `2026_11_01_000000_create_notes.php`): its year is no place in a sequence."""

_BEGINS = regex(r"(?:V|db\.changelog-|adr-|rfc-)?(?:\d|N|XX|##|\?\?|<|\{)", re.IGNORECASE)
"""What a name of `_CONVENTIONS` begins with: a number or an open one, after the prefix of Flyway, Liquibase, an ADR or
an RFC."""
_INITIALS = frozenset("0123456789NnXx#?<{VvDdAaRr")
"""The first characters of that."""

_PROJECT_NAME = rf"[A-Za-z-]{{0,12}}{_NUMBER}[_.-].*"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def sequence_of(path: str, directories: tuple[str, ...] = ()) -> SequenceSlot | None:
    """The sequence that `path` takes a place in; None for anything that is not numbered by convention.

    `directories` are the project's own numbered directories. Paths longer than 1,024 characters are ignored.
    """
    path = path.replace("\\", "/").removeprefix("./")
    if len(path) > 1024:
        return None
    directory, _, name = path.rpartition("/")
    for own in directories:
        if directory == own:
            match = _compiled(_PROJECT_NAME).fullmatch(name)
            return SequenceSlot(directory, _number(match["number"]), "numbered file") if match else None
    if not may_be_numbered(name) or _DATED.match(name):
        return None
    for convention in _CONVENTIONS:
        match = _compiled(convention.name).fullmatch(name)
        if match and _compiled(convention.directory).fullmatch(directory):
            return SequenceSlot(directory, _number(match["number"]), convention.kind)
    return None


def may_be_numbered(name: str) -> bool:
    """Whether a file name begins as those of the common conventions do, decided cheaply."""
    return name[:1] in _INITIALS and _BEGINS.match(name) is not None


def _number(text: str) -> str | None:
    return text if text[:1].isdigit() and "N" not in text.upper() else None


def numbered(directory: str, names: Iterable[str], directories: tuple[str, ...] = ()) -> str | None:
    """What kind of sequence the existing `names` of `directory` form: at least two numbered ones; None when none."""
    kinds = [slot.kind for name in names if (slot := sequence_of(f"{directory.rstrip('/')}/{name}", directories))]
    return kinds[0] if len(kinds) >= 2 else None
