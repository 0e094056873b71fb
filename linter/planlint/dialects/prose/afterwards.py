"""What later words of a sentence make of the verdicts that were given already."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planlint.dialects.prose.clause import Clause, Verdict
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.placement import LISTED
from planlint.dialects.prose.verbs import Role
from planlint.model import Mode
from planlint.source.regex import regex

MAKES = frozenset({Role.CREATE, Role.ADD})

_SPELLING = regex(r"[`\"'*)]*[ \t]+(?:paths?|names?|references?|imports?|links?|prefix(?:es)?)\b", re.IGNORECASE)
"""Behind a path: how it is spelled in other files is meant, not the file ("`src/` paths stay as-is")."""


def forbid_open(verdicts: list[Verdict], text: str, start: int) -> None:
    """ "leave x.ts unchanged": what "keep" or nothing governed so far, from `start` on, is off limits."""
    for index in range(len(verdicts) - 1, -1, -1):
        verdict = verdicts[index]
        if not verdict.open or verdict.mention.start < start:
            break
        if _SPELLING.match(text, verdict.mention.end):
            continue
        verdicts[index] = verdict.replace(mode=Mode.WRITE, forbidden=True, open=False)


def stay_listed(verdicts: list[Verdict], text: str, start: int) -> None:
    """ "a.ts and b.ts already exist": what is said of the last of a list, at `start`, goes for all of it."""
    for index in range(len(verdicts) - 1, -1, -1):
        listed = verdicts[index].mention
        if LISTED.fullmatch(text, listed.end, start) is None:
            break
        verdicts[index] = Verdict(listed, Mode.READ)
        start = listed.start


def arrivals(verdict: Verdict, clause: Clause) -> list[Verdict]:
    """Files that come into a directory: "move `a.py` and `b.py` to lib/" makes lib/a.py and lib/b.py.

    Of what is made there with its whole path ("add `lib/a.py` to lib/") the directory says nothing new.
    """
    directory = verdict.mention
    if verdict.mode is None or not verdict.mode.writes or not clause.place or not directory.path.endswith("/"):
        return []
    if any(source.is_directory or source.is_glob for source in clause.sources):
        return []
    if clause.role in MAKES and any("/" in source.path for source in clause.sources):
        return [verdict.replace(mode=None)]
    names = [source.path.rsplit("/", 1)[-1] for source in clause.sources]
    return [
        verdict.replace(mention=directory.replace(path=directory.path + name, is_directory=False)) for name in names
    ]


def leave_open(verdicts: list[Verdict], sources: Sequence[PathMention]) -> None:
    """ "fetch a.png into web/" makes web/a.png: of the bare name alone nothing is said."""
    for index, verdict in enumerate(verdicts):
        if verdict.mention.bare_name and verdict.mention in sources:
            verdicts[index] = Verdict(verdict.mention, None)
