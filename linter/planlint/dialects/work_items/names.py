"""The items of a plan by what references to them write, and the grammars of these references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planlint.dialects.work_items.reading import Read
from planlint.dialects.work_items.vocabulary import CODE, GROUPS, NUMERALS, TRANSLATED, UNIT, read_head

ID = r"[A-Z]{0,4}-?\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?(?![A-Za-z0-9_.]*[A-Za-z0-9_])|[A-Z]\b"
WORDS = (
    r"(?:work[ -]?items?|items?|tasks?|sub-?tasks?|work ?streams?|streams?|agents?|workers?|worktrees?|lanes?|tracks?|"
    r"instances?|units?|prs?|packages?|epics?|stories|slices?|tickets?|steps?|chunks?|"
    r"phases?|waves?|batch(?:es)?|stages?|rounds?|sprints?|milestones?)"
)
"""A word for an item or a group, in running text."""
NAMED = (
    rf"(?:\b{WORDS}|\b(?:{'|'.join(word for word in TRANSLATED if word.isascii())})s?|"
    rf"{'|'.join(word for word in TRANSLATED if not word.isascii())})[ \t]*[#:]?[ \t]*"
    rf"(?:{ID}|[{NUMERALS}]{{1,3}})|\b{UNIT}\b"
)
_SPOKEN = rf"{NAMED}|\b[a-z]{{2}}[a-z0-9]*(?:-[a-z0-9]+)+\b"
LISTED = re.compile(
    rf"{NAMED}|\b[a-z]{{2}}[a-z0-9]*(?:-[a-z0-9]+)+\b"
    r"|\b(?:[A-Z]{0,4}-?\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?)\b"
    r"|\b[A-Z]\b(?![\w'’])",
    re.IGNORECASE,
)
_TAIL = re.compile(rf"(?:{ID}|[{NUMERALS}]{{1,3}})\Z", re.IGNORECASE)


def spoken(reads: Sequence[Read]) -> re.Pattern[str]:
    """What names an item in a sentence."""
    return re.compile("|".join((_SPOKEN, *_codes(reads))), re.IGNORECASE)


def named(reads: Sequence[Read]) -> re.Pattern[str]:
    """What names an item or group where several are listed."""
    return re.compile("|".join((NAMED, *_codes(reads))), re.IGNORECASE)


def _codes(reads: Sequence[Read]) -> Iterator[str]:
    """Ids that need no word before them where items of this plan have such: `W3`, `BE-001`; others are unknown."""
    if any(read.item.head.word == CODE for read in reads):
        yield r"\b(?:[A-Z]{1,8}\d?-\d{1,4}[a-z]?|[A-Z]{1,3}\d{1,3})\b"


class Names:
    """The items of a plan by what references write: `Item 1`, `1`, `stream a`, `build-api`.

    Inside, each has one name that ends in its number, so that ranges can be counted through: `item 3`.
    """

    def __init__(self, reads: Sequence[Read]) -> None:
        self._reads: dict[str, Read] = {}
        self._names: dict[str, str] = {}
        self.known: list[str] = []
        for read in reads:
            head = read.item.head
            # Capitals come before `Stream` in sorting: an item is preferred to a group that is written alike.
            name = f"{head.word} {_folded(head.id)}".upper()
            self.known.append(name)
            self._reads.setdefault(name, read)
            for written in filter(None, (head.id, head.written, read.task.id)):
                self._names.setdefault(_folded(written), name)

    def normalise(self, written: str) -> str:
        """The name of the item meant; what is written where there is none."""
        found = self._names.get(_folded(written))
        if found is None and group_of(written) is None:
            tail = _TAIL.search(written)
            found = self._names.get(_folded(tail.group())) if tail is not None else None
        return found or written

    def task(self, name: str) -> Read | None:
        """The item behind a normalised name."""
        return self._reads.get(name)


def _folded(name: str) -> str:
    text = " ".join(name.lower().replace("#", " ").split())
    number = text.lstrip("0")
    return number if number.isdecimal() else text


def group_of(written: str) -> tuple[str, str] | None:
    """The word and number of the wave or phase that `written` names; None for an item."""
    head = read_head(written)
    return (head.word, head.id.lower()) if head is not None and head.word in GROUPS else None
