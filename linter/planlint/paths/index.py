"""`PathIndex`: which of many patterns can collide, found without comparing all pairs.

Equal patterns are one entry. Files meet in a table; everything at or below a directory is one range of a sorted list;
what may cover a path from above is found by walking up its parents; globs are narrowed by their literal prefix and the
literal end of their last segment. Only what is left is decided by the exact product.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from planlint.paths.pattern import Pattern, Route, Tail
from planlint.paths.product import meet_routes
from planlint.paths.segment import Glob
from planlint.paths.shelf import Entry, Shelf
from planlint.paths.steps import match_items

WORK_LIMIT = 10_000_000
"""Most places in products that one index visits: about five seconds on a slow machine. A plan of ten thousand tasks of
five patterns takes under a million; only crafted ones reach it, and then `PathIndex.incomplete` says so."""


class ScopeGroup(NamedTuple):
    """One scope (a directory, a glob, or a path that others lie below): its spelling, owners and rivals.

    `owners` are the ids whose pattern is this very set, `rivals` the ids of other patterns that share a path with it;
    both ascend and have no id in common.
    """

    key: str
    owners: list[int]
    rivals: list[int]


class _Above:
    """The open entries at one place, by what is sure about routes at or below that place."""

    __slots__ = ("always", "deep", "globs", "shallow")

    def __init__(self) -> None:
        self.always: set[int] = set()
        """Literal directories: they meet all such routes."""
        self.deep: set[int] = set()
        """Globs that go on with `**`: they meet those that cover all below their own place."""
        self.shallow: list[Entry] = []
        """The other globs."""
        self.globs: list[Entry] = []
        """All globs."""


class PathIndex:
    """An index over patterns, whose ids are their places in the sequence given. All must share one case option."""

    def __init__(self, patterns: Sequence[Pattern], *, work_limit: int = WORK_LIMIT) -> None:
        self._work_left = work_limit
        self.incomplete = False
        """Whether the work limit was reached, so that some collisions of globs are missing."""
        self._patterns = patterns
        first: dict[str, int] = {}
        repeated: dict[str, list[int]] = {}
        uncommon: dict[str, Pattern] = {}
        for identity, pattern in enumerate(patterns):
            key = pattern.key
            one = first.setdefault(key, identity)
            if one != identity:
                repeated.setdefault(key, [one]).append(identity)
            elif pattern.kind != "file" or pattern.root:
                uncommon[key] = pattern
        self._first = first
        """Key to the first id that has it; most have no other."""
        self._repeated = repeated
        """Key to all of its ids, ascending, where there are several."""
        self._uncommon = uncommon
        """Key to pattern of all that are no literal paths inside of the repository: few of most plans."""
        self._rivals: dict[int, list[int]] = {}

    @cached_property
    def _distinct(self) -> list[Pattern]:
        """One pattern for each key, in the order in which they first appear."""
        return [self._patterns[identity] for identity in self._first.values()]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """Key to the number of the pattern among the distinct ones."""
        return {key: number for number, key in enumerate(self._first)}

    # -- tables, built only where some scope has rivals to look for ------------------------------------------------

    @cached_property
    def _entries(self) -> tuple[list[Entry], list[Entry]]:
        """Literal files, and all others."""
        closed: list[Entry] = []
        opened: list[Entry] = []
        for number, pattern in enumerate(self._distinct):
            for route in pattern.routes:
                entry = Entry(route.place, number, route, _ending(route))
                (closed if route.tail is Tail.FILE else opened).append(entry)
        return closed, opened

    @cached_property
    def _closed(self) -> Shelf:
        return Shelf(self._entries[0])

    @cached_property
    def _open(self) -> Shelf:
        return Shelf(self._entries[1])

    @cached_property
    def _by_ending(self) -> dict[str, list[int]]:
        """Name, or last dot with what follows, to the places in `_closed` of the files that end so."""
        found: dict[str, list[int]] = {}
        for position, entry in enumerate(self._closed.entries):
            name = entry.route.prefix[-1]
            for ending in {name, _suffix(name)}:
                found.setdefault(ending, []).append(position)
        return found

    @cached_property
    def _above(self) -> dict[str, _Above]:
        found: dict[str, _Above] = {}
        for entry in self._entries[1]:
            above = found.setdefault(entry.place, _Above())
            if entry.route.is_literal:
                above.always.add(entry.number)
            else:
                above.globs.append(entry)
                if _is_deep(entry.route):
                    above.deep.add(entry.number)
                else:
                    above.shallow.append(entry)
        return found

    @cached_property
    def _spelt_directories(self) -> set[str]:
        """Every place that some pattern spells as a directory: the ancestors of its place, and the place itself when
        steps follow it.
        """
        found: set[str] = set()
        above = set(self.directories)
        for pattern in self._uncommon.values():
            for route in pattern.routes:
                if route.tail is Tail.BELOW or not route.is_literal:
                    found.add(route.place)
                above.add(route.place.rpartition("/")[0])
        for place in above:
            while place and place not in found:
                found.add(place)
                place = place.rpartition("/")[0]
        return found

    @property
    def is_literal(self) -> bool:
        """Whether all patterns are literal paths inside of the repository."""
        return not self._uncommon

    @cached_property
    def directories(self) -> set[str]:
        """The directories of all literal paths inside of the repository, by their keys."""
        literal = self._first.keys() - self._uncommon.keys() if self._uncommon else self._first
        return {key.rpartition("/")[0] for key in literal}

    @property
    def keys(self) -> Iterable[str]:
        """The key of each distinct pattern, in the order in which they first appear."""
        return self._first

    def equal(self, key: str) -> Sequence[int]:
        """The ids of the patterns with this key, ascending."""
        several = self._repeated.get(key)
        if several is not None:
            return several
        first = self._first.get(key)
        return () if first is None else (first,)

    def equals(self) -> Iterator[list[int]]:
        """The ids of each pattern, directories and globs included, that is there more than once, ascending."""
        return iter(sorted(self._repeated.values()))

    def scopes(self) -> Iterator[int]:
        """The first id of each distinct pattern that can meet others than its equals: directories, globs, and literal
        paths that another pattern lies below. Of two unequal patterns that collide, at least one is a scope.
        """
        spelt = self._spelt_directories
        keys = [key for key in spelt if key in self._first and key not in self._uncommon]
        keys += [
            key for key, pattern in self._uncommon.items() if pattern.kind != "file" or pattern.routes[0].place in spelt
        ]
        return iter(sorted(self._first[key] for key in keys))

    def scope_groups(self) -> Iterator[ScopeGroup]:
        """One group for each of `scopes`, equal patterns being owners together. Groups with a single owner and no rival
        are left out.
        """
        for identity in self.scopes():
            key = self._patterns[identity].key
            owners, rivals = [*self.equal(key)], self._rivals_of(self._numbers[key])
            if rivals or len(owners) > 1:
                yield ScopeGroup(key, owners, rivals)

    def _rivals_of(self, number: int) -> list[int]:
        """Ids of all patterns unequal to distinct pattern `number` that meet it, ascending; computed once."""
        known = self._rivals.get(number)
        if known is None:
            found: set[int] = set()
            for route in self._distinct[number].routes:
                self._find_closed(route, found)
                self._find_open(route, found)
            found.discard(number)
            known = sorted([one for other in found for one in self.equal(self._distinct[other].key)])
            self._rivals[number] = known
        return known

    def _find_closed(self, route: Route, found: set[int]) -> None:
        """Add the literal files that meet `route`."""
        shelf = self._closed
        for place in route.places:
            start, end = shelf.at(place)
            self._confirm(route, shelf.entries[start:end], found)
        start, end = shelf.below(route.place)
        if route.is_literal:
            _take_all(shelf, start, end, route, found)
            return
        ending = _ending(route)
        positions: list[int] | None = None
        if isinstance(route.exact[-1], str):
            positions = self._by_ending.get(ending, [])
        elif _suffix(ending):
            positions = self._by_ending.get(_suffix(ending), [])
        if positions is None or len(positions) > end - start:
            self._confirm(route, shelf.entries[start:end], found)
        else:
            low, high = bisect_left(positions, start), bisect_left(positions, end)
            self._confirm(route, [shelf.entries[position] for position in positions[low:high]], found)

    def _find_open(self, route: Route, found: set[int]) -> None:
        """Add the directories, globs and literal names that may be directories which meet `route`."""
        covers_all_below = route.is_literal and route.tail is not Tail.FILE
        for place in route.places:
            above = self._above.get(place)
            if above is None:
                continue
            found |= above.always
            if covers_all_below:
                found |= above.deep
            self._confirm(route, above.shallow if covers_all_below else above.globs, found)
        start, end = self._open.below(route.place)
        if route.is_literal:
            _take_all(self._open, start, end, route, found)
        else:
            if _is_deep(route):
                found.update(
                    entry.number
                    for entry in self._open.entries[start:end]
                    if entry.route.is_literal and entry.route.root == route.root
                )
            self._confirm(route, self._open.entries[start:end], found)

    def _confirm(self, route: Route, entries: list[Entry], found: set[int]) -> None:
        """Add those of `entries` that share a path with `route`, decided by the product while the work limit lasts."""
        ending = _ending(route)
        for _, number, other, other_ending in entries:
            if number in found:
                continue
            alike = ending.endswith(other_ending) or other_ending.endswith(ending)
            if not (alike or _is_spelt_as_directory(other, route) or _is_spelt_as_directory(route, other)):
                continue
            if self._work_left <= 0:
                self.incomplete = True
                return
            self._work_left -= len(route.exact) * len(other.exact)
            if other.tail is Tail.FILE and len(other.prefix) > len(route.prefix):
                # Nothing spells this file as a directory: whether it matches is all, and cheaper to know.
                meets = other.root == route.root and match_items(route.exact, other.prefix)
            else:
                meets = meet_routes(route, other) is not None
            if meets:
                found.add(number)


def _is_spelt_as_directory(file: Route, other: Route) -> bool:
    """Whether `other` may go on below the name of `file`, so that its paths end in something else."""
    return file.tail is Tail.FILE and len(file.prefix) <= len(other.prefix)


def _take_all(shelf: Shelf, start: int, end: int, route: Route, found: set[int]) -> None:
    """Add a range below the literal `route`: its entries spell it as a directory, so they all meet it."""
    if route.place:
        found.update(shelf.numbers[start:end])
    else:
        found.update(entry.number for entry in shelf.entries[start:end] if not entry.route.root)


def _is_deep(route: Route) -> bool:
    """Whether the literal prefix is followed by `**`, which can take up any directories."""
    return not route.is_literal and route.exact[len(route.prefix)] is None


def _ending(route: Route) -> str:
    """The literal end of every path of `route`; empty where anything may come last."""
    last = route.exact[-1]
    if isinstance(last, Glob):
        return last.suffix
    return last or ""


def _suffix(name: str) -> str:
    """The last dot of a name and what follows; empty without a dot."""
    dot = name.rfind(".")
    return name[dot:] if dot >= 0 else ""
