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
from planlint.readers.tree import Mapping as MappingNode
from planlint.readers.tree import Sequence
from planlint.source import Origin

_T = TypeVar("_T")


class FieldPlaces(Mapping[str, Origin]):
    """Canonical name to the place of the value, or of the key where the value is nothing.

    A task has a dozen fields and a finding points at one or two of them, so an `Origin` is made when it is asked for.
    """

    __slots__ = ("_node", "_written")

    def __init__(self, node: MappingNode, written: Mapping[str, str]) -> None:
        """`written` has the key in the file for each name that is not such a key itself."""
        self._node = node
        self._written = written

    def __getitem__(self, name: str) -> Origin:
        key = self._written.get(name, name)
        value = self._node.values[key]
        return value.origin if value.end > value.start else self._node.keys[key].origin

    def __contains__(self, name: object) -> bool:
        return name in self._node.values or name in self._written

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._node.values, *self._written)))

    def __len__(self) -> int:
        return len(self._node.values.keys() | self._written.keys())


class Placing:
    """Values of one document with their places; patterns that are too much to compare become `problems`."""

    def __init__(self, reader: Reader, problems: list[Problem]) -> None:
        self.reader = reader
        self.problems = problems

    def places(self, node: MappingNode, also: Mapping[str, str] | None = None) -> FieldPlaces:
        """The places of the fields of `node`; `also` names fields that stand where another one does."""
        renamed = self.reader.renamed.get(id(node), {})
        if also:
            renamed = {**renamed, **{name: renamed.get(other, other) for name, other in also.items()}}
        return FieldPlaces(node, renamed)

    def place(self, node: MappingNode, name: str) -> Origin | None:
        """The place of one field of `node`; None where it has none."""
        written = self.reader.written(node, name)
        value = node.values.get(written)
        if value is None:
            return None
        return Origin(node.source, value.start, value.end) if value.end > value.start else node.keys[written].origin

    def placed(self, node: MappingNode, name: str, values: list[_T]) -> Iterable[tuple[_T, Origin]]:
        """The valid values of a list field, each with its place."""
        value = node.values.get(self.reader.written(node, name))
        # A field that was refused has no values, whatever the file has.
        return zip(values, self.reader.places(value), strict=True) if values and value is not None else ()

    def scopes(self, node: MappingNode, name: str, items: list[Any], mode: Mode) -> list[Scope]:
        """The scopes that a list of paths means."""
        value = node.values.get(self.reader.written(node, name))
        # A field that was refused has no items, whatever the file has.
        if items and type(value) is Sequence and value.names is not None and max(map(len, items)) <= SURELY_SHORT:
            # Plain names have no blanks around them, no part of a file at their end and no braces: they are the paths.
            return list(map(Scope, value.names, repeat(mode), value.places))
        return [self.checked(scope(item, mode, origin)) for item, origin in self.placed(node, name, items)]

    def checked(self, item: Scope) -> Scope:
        """The scope itself; one with a pattern beyond the limits is reported."""
        if len(item.path) > SURELY_SHORT or "{" in item.path:
            problem = refuse(item.path, item.origin)
            if problem is not None:
                self.problems.append(problem)
        return item
