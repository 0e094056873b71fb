"""`WriteTables`: the writes of a plan by path, directory and glob."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from planlint.paths import PathIndex, Pattern, overlap
from planlint.paths.match import matches_parts
from planlint.paths.spelling import fold, split_path

if TYPE_CHECKING:
    from planlint.facts.effects import Effect


class WriteTables:
    """Answers which of `writes` meet a path or a pattern; each table is made on demand."""

    def __init__(self, writes: list[Effect], *, case_sensitive: bool) -> None:
        self._writes = writes
        self._case_sensitive = case_sensitive

    @cached_property
    def index(self) -> PathIndex:
        """The patterns of `writes`, in the same order."""
        return PathIndex([effect.pattern for effect in self._writes])

    @cached_property
    def wide(self) -> list[Effect]:
        """The writes that do not name one file: directories, globs, and names that may be either."""
        return [effect for effect in self._writes if not effect.pattern.names_file]

    def of_file(self, pattern: Pattern, path: str) -> list[Effect]:
        """The writes that the file `path` belongs to, which `pattern` is, in task order."""
        found = self._naming(pattern.key)
        if not self.wide:
            return found
        place = pattern.key.rstrip("/")
        while place:
            found += self._directories.get(place, ())
            place = place.rpartition("/")[0]
        if not pattern.root:
            found += self._directories.get(".", ())
        if self._globs:
            root, names = split_path(path)
            compared = names if self._case_sensitive else [fold(name) for name in names]
            for depth in range(len(names) + 1):
                for effect in self._globs.get("/".join(compared[:depth]), ()):
                    if matches_parts(effect.pattern, root, names):
                        found.append(effect)
        return sorted(found, key=_place)

    def overlapping(self, pattern: Pattern) -> list[Effect]:
        """The write effects that share a path with a pattern of more than one file, in task order."""
        candidates = self._candidates(pattern)
        found = {(e.task, e.position): e for e in candidates if overlap(pattern, e.pattern) is not None}
        return [found[place] for place in sorted(found)]

    def _candidates(self, pattern: Pattern) -> Iterable[Effect]:
        """The writes among which those that share a path with `pattern` are."""
        if pattern.root:
            return self._rooted
        prefix = "/".join(pattern.literal_prefix)
        if not prefix:
            return self._writes
        names, effects = self._literal
        start, end = bisect_left(names, prefix), bisect_left(names, f"{prefix}0")
        # Below the prefix, at one of its ancestors, or globs that begin above or below it.
        globs = [
            effect
            for place, same in self._globs.items()
            if place.startswith(prefix) or prefix.startswith(place)
            for effect in same
        ]
        return [*effects[start:end], *self._above(prefix), *globs]

    def _naming(self, key: str) -> list[Effect]:
        """The writes that name the literal path with this key as a file."""
        return [effect for number in self.index.equal(key) if (effect := self._writes[number]).names_file]

    @cached_property
    def _directories(self) -> dict[str, list[Effect]]:
        """Directory (or a literal name that may be one) to the writes that claim all of it."""
        found: dict[str, list[Effect]] = {}
        for effect in self.wide:
            if effect.pattern.kind != "glob":
                found.setdefault(effect.pattern.key.rstrip("/"), []).append(effect)
        return found

    @cached_property
    def _globs(self) -> dict[str, list[Effect]]:
        """The literal names that a glob begins with, joined by `/`, to the writes that are such globs."""
        found: dict[str, list[Effect]] = {}
        for effect in self.wide:
            if effect.pattern.kind == "glob":
                found.setdefault("/".join(effect.pattern.literal_prefix), []).append(effect)
        return found

    @cached_property
    def _rooted(self) -> list[Effect]:
        """The writes that may lie outside of the repository."""
        return [effect for effect in self._writes if any(route.root for route in effect.pattern.routes)]

    @cached_property
    def _literal(self) -> tuple[list[str], list[Effect]]:
        """Keys of the literal writes, ascending, and the writes beside them."""
        literal = sorted((e for e in self._writes if e.pattern.kind != "glob"), key=lambda effect: effect.pattern.key)
        return [effect.pattern.key for effect in literal], literal

    def _above(self, place: str) -> list[Effect]:
        found = [*self._directories.get(".", ())]
        while place:
            found += self._directories.get(place, ())
            place = place.rpartition("/")[0]
        return found


def _place(effect: Effect) -> tuple[int, int]:
    return (effect.task, effect.position)
