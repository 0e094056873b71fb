"""`Shelf`: the routes of an index sorted by place, so that all at or below a directory are one range."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import NamedTuple

from planlint.paths.pattern import Route


class Entry(NamedTuple):
    """One route of one distinct pattern: its place, the pattern's number among the distinct ones, the route, and the
    literal end of its last segment (empty when anything may come last).
    """

    place: str
    number: int
    route: Route
    ending: str


class Shelf:
    """Entries sorted by place, with the ranges that lie at or below a place."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = sorted(entries, key=itemgetter(0))
        self.places = [entry.place for entry in self.entries]
        self.numbers = [entry.number for entry in self.entries]

    def at(self, place: str) -> tuple[int, int]:
        """The range of entries exactly at `place`."""
        return bisect_left(self.places, place), bisect_left(self.places, f"{place}\0")

    def below(self, place: str) -> tuple[int, int]:
        """The range of entries below `place`. The repository's root, `""`, has all entries below, other roots' too."""
        if not place:
            return 0, len(self.places)
        base = place.removesuffix("/")
        # "0" is the character after "/".
        return bisect_left(self.places, f"{base}/"), bisect_left(self.places, f"{base}0")
