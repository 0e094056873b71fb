"""Where the values of a plan file stand: scopes with their places, and the place of each field, made when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any, TypeVar

from planlint.diagnostics import Problem
from planlint.dialects.native.reading import Reader
from planlint.dialects.native.scopes import scope
from planlint.dialects.plan_words.patterns import SURELY_SHORT, refuse
from planlint.model import Mode, Scope
from planlint.model.base import late_places
from planlint.readers.tree import Mapping as MappingNode
from planlint.source import Origin

_T = TypeVar("_T")


_STAND_INS = {"writes": ("creates", "modifies", "deletes"), "brief": ("description",), "name": ("plan",)}
"""Fields of the model that stand where another field of the file does, the first of these, unless they have a key."""


class FieldPlaces(Mapping[str, Origin]):
    """Canonical name to the place of the value, or of the key where the value is nothing.

    A task has a dozen fields and a finding points at one or two of them, so an `Origin` is made when it is asked for.
    """

    __slots__ = ("_node", "_reader")

    def __init__(self, reader: Reader, node: MappingNode) -> None:
        self._reader = reader
        self._node = node

    def __getitem__(self, name: str) -> Origin:
        key = self._key(name)
        if key is None:
            raise KeyError(name)
        value = self._node.values[key]
        return value.origin if value.end > value.start else self._node.keys[key].origin

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._key(name) is not None

    def __iter__(self) -> Iterator[str]:
        others = (*self._reader.renamed.get(id(self._node), ()), *_STAND_INS)
        return iter(dict.fromkeys((*self._node.entries, *filter(self._key, others))))

    def __len__(self) -> int:
        return len([*self])

    def item(self, name: str, index: int) -> Origin:
        """The place of the value with this index in a list field."""
        return self._reader.place(self._node.values[self._reader.written(self._node, name)], index)

    def is_short(self, name: str) -> bool:
        """Whether a field is a list of plain names that the reader left in short."""
        entries = self._node.entries
        return type(entries[name if name in entries else self._reader.written(self._node, name)]) is list

    def _key(self, name: str) -> str | None:
        """The key of a field in the file."""
        entries, written = self._node.entries, self._reader.written
        for field in (name, *_STAND_INS.get(name, ())):
            key = written(self._node, field)
            if key in entries:
                return key
        return None


class Placing:
    """Values of one document with their places; patterns that are too much to compare become `problems`."""

    def __init__(self, reader: Reader, problems: list[Problem]) -> None:
        self.reader = reader
        self.problems = problems

    def places(self, node: MappingNode) -> FieldPlaces:
        """The places of the fields of `node`."""
        return FieldPlaces(self.reader, node)

    def placed(self, node: MappingNode, name: str, values: list[_T]) -> Iterable[tuple[_T, Origin]]:
        """The valid values of a list field, each with its place."""
        value = node.values.get(self.reader.written(node, name))
        # A field that was refused has no values, whatever the file has.
        return zip(values, self.reader.places(value), strict=True) if values and value is not None else ()

    def scopes(self, places: FieldPlaces, name: str, items: list[Any], mode: Mode) -> list[Scope]:
        """The scopes that a list of paths means; `places` are those of the mapping that has it."""
        if not items:
            return []
        origins = late_places(places.item, name)
        if places.is_short(name) and max(map(len, items)) <= SURELY_SHORT:
            # Plain names have no blanks around them, no part of a file at their end and no braces: they are the paths.
            return list(map(Scope, items, repeat(mode), origins))
        return [self.checked(scope(item, mode, origin)) for item, origin in zip(items, origins, strict=False)]

    def checked(self, item: Scope) -> Scope:
        """The scope itself; one with a pattern beyond the limits is reported."""
        if len(item.path) > SURELY_SHORT or "{" in item.path:
            problem = refuse(item.path, item.origin)
            if problem is not None:
                self.problems.append(problem)
        return item
