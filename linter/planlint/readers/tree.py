"""The tree that data readers (YAML, JSON, front matter) give: plain values that remember where they stood.

A reader knows nothing about plans. Whatever it cannot turn into a value becomes a `Problem` in the `Document`; the
rest of the document is still read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias, cast

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
    """A list of nodes."""

    __slots__ = ("items",)

    def __init__(self, source: Source, start: int, end: int, items: list[Node]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.items = items

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __repr__(self) -> str:
        return f"Sequence({self.items!r})"

    @property
    def plain(self) -> Plain:
        """The items as a list of plain values."""
        return [item.plain for item in self.items]


Entry: TypeAlias = "Node | str | list[str]"
"""A value of a mapping in short: the text of a string and the texts of a list of strings may stand for their nodes."""


class Mapping(Node):
    """A mapping with string keys in document order. Of a duplicate key the first value is kept (PL004 names both).

    Merge keys (`<<`) are already resolved: merged entries come after the mapping's own and keep their own places.

    `entries` has every value, some of them in short where a reader makes their nodes only when they are asked for. Who
    needs nothing but texts looks there; `keys` and `values` are always nodes.
    """

    __slots__ = ("_keys", "entries")

    def __init__(self, source: Source, start: int, end: int, keys: dict[str, Scalar], values: dict[str, Node]) -> None:
        self.source = source
        self.start = start
        self.end = end
        self._keys: dict[str, Scalar] = keys
        self.entries: dict[str, Entry] = cast("dict[str, Entry]", values)

    @property
    def keys(self) -> dict[str, Scalar]:
        """Name to the node of the key."""
        return self._keys

    @property
    def values(self) -> dict[str, Node]:
        """Name to the node of the value."""
        return cast("dict[str, Node]", self.entries)

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        return f"Mapping({self.values!r})"

    def get(self, *names: str) -> Node | None:
        """The value of the first of `names` that is present."""
        for name in names:
            if name in self.entries:
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
