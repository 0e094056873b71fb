"""The tree that data readers (YAML, JSON, front matter) give: plain values that remember where they stood.

A reader knows nothing about plans. Whatever it cannot turn into a value becomes a `Problem` in the `Document`; the
rest of the document is still read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from planlint.source import Origin, Source

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""A value as `json.loads` would give it."""

Style: TypeAlias = Literal["plain", "single", "double", "literal", "folded", "json", "empty"]
"""How a scalar was written. `empty` is a YAML value that is not there (`key:`)."""


class Node:
    """A value at a place. `start`/`end` are code-point offsets into `source.text`."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def origin(self) -> Origin:
        """Where the value stands, quotes and block indicator included."""
        return Origin(self.source, self.start, self.end)

    @property
    def plain(self) -> Plain:
        """The value as plain Python data, positions forgotten."""
        raise NotImplementedError


class Scalar(Node):
    """A string, number, boolean or null.

    `value` follows the YAML 1.2 core schema (so `no` is a string) or JSON. `text` is the scalar's content as a string
    whatever its type: `010` for an unquoted YAML `010`. Dialects read ids from `text`, never from `value`.
    """

    __slots__ = ("style", "text", "value")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        value: bool | int | float | str | None,
        text: str,
        style: Style,
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.value = value
        self.text = text
        self.style: Style = style

    def __repr__(self) -> str:
        return f"Scalar({self.value!r})"

    @property
    def plain(self) -> Plain:
        """The value itself."""
        return self.value


class Sequence(Node):
    """A list of nodes.

    Of a list of plain names (`[a, b]`: texts without blanks, quotes, brackets, braces, `:` and `#`, a comma and one
    blank between them) a reader may give these `names` instead of `items`: nearly half of the values of a large plan
    stand in such lists, and nearly all that is asked of them is their texts and places.
    """

    __slots__ = ("_items", "names")

    def __init__(
        self, source: Source, start: int, end: int, items: list[Node] | None, names: list[str] | None = None
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self._items = items
        self.names = names

    @property
    def items(self) -> list[Node]:
        """The nodes, in the order of the file."""
        items = self._items
        if items is None:
            items = self._items = [
                Scalar(self.source, place.start, place.end, name, name, "plain")
                for name, place in zip(self.names or (), self.places, strict=True)
            ]
        return items

    @property
    def places(self) -> list[Origin]:
        """Where each item stands."""
        source = self.source
        if self.names is None:
            return [Origin(source, item.start, item.end) for item in self.items]
        found = []
        at = self.start + 1
        for name in self.names:
            end = at + len(name)
            found.append(Origin(source, at, end))
            at = end + 2
        return found

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items if self.names is None else self.names)

    def __repr__(self) -> str:
        return f"Sequence({self.items!r})"

    @property
    def plain(self) -> Plain:
        """The items as a list of plain values."""
        return [item.plain for item in self.items]


class Mapping(Node):
    """A mapping with string keys in document order. Of a duplicate key the first value is kept (PL004 names both).

    Merge keys (`<<`) are already resolved: merged entries come after the mapping's own and keep their own places.

    Where all keys are plain strings, a reader may give the offsets at which they begin (`starts`, in the order of
    `values`) instead of `keys`: two in five nodes of a large plan are keys, and a run asks for the places of few.
    """

    __slots__ = ("_keys", "starts", "values")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        keys: dict[str, Scalar] | None,
        values: dict[str, Node],
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self._keys = keys
        self.values = values
        if keys is None:
            self.starts: list[int] = []

    @property
    def keys(self) -> dict[str, Scalar]:
        """Name to the node of the key."""
        keys = self._keys
        if keys is None:
            source = self.source
            keys = self._keys = {
                name: Scalar(source, at, at + len(name), name, name, "plain")
                for name, at in zip(self.values, self.starts, strict=True)
            }
        return keys

    def __contains__(self, key: object) -> bool:
        return key in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __repr__(self) -> str:
        return f"Mapping({self.values!r})"

    def get(self, *names: str) -> Node | None:
        """The value of the first of `names` that is present."""
        for name in names:
            if name in self.values:
                return self.values[name]
        return None

    def items(self) -> Iterator[tuple[Scalar, Node]]:
        """Pairs of key node and value node."""
        for name, value in self.values.items():
            yield self.keys[name], value

    @property
    def plain(self) -> Plain:
        """The entries as a dict of plain values."""
        return {name: value.plain for name, value in self.values.items()}
