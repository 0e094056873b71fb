"""Items of a long list that are written like one before them: read with one match each instead of one for each line.

The tasks of a large plan have the same keys in the same order, line for line, or one of a few such shapes. Of an item
that was read line by line a pattern is made, which matches items of just that shape and nothing else; what it does not
match is read line by line again. This halves the time in which a plan of 10,000 tasks is read.
"""

from __future__ import annotations

import re
from typing import Any

from planlint.readers.tree import Node, Scalar
from planlint.readers.yaml.lines import MARGIN, NAMES_VALUE, PLAIN_VALUE, LineMapping, scalar
from planlint.readers.yaml.scalars import TYPED_STARTS, resolve
from planlint.source import Source

LONG = 40
"""Items before the first shape is looked for: a pattern takes as long to compile as twenty tasks to read."""

_MOST = 8
"""Shapes of one text; items of many more are hardly alike."""


class Shapes:
    """The shapes that were found in one text, the last used first."""

    def __init__(self, source: Source, end: int) -> None:
        self._source = source
        self._end = end
        self._shapes: list[_Shape] = []
        self._tried = 0

    def read(self, items: list[Node], line: int) -> int:
        """Add the items that stand one after another from `line` on and have a known shape; where the next line begins.

        The last of `items`, which ends before `line`, shows what the next ones may look like.
        """
        shapes, text, end = self._shapes, self._source.text, self._end
        example = items[-1]
        if self._tried < _MOST and isinstance(example, LineMapping) and example.lines:
            self._tried += 1
            learned = _shape_of(example, line)
            if learned is not None:
                shapes.insert(0, learned)
        at = line
        while True:
            for index, shape in enumerate(shapes):
                match = shape.pattern.match(text, at, end)
                if match is not None:
                    item = shape.item(self._source, match)
                    if item is None:
                        return at
                    items.append(item)
                    at = match.end()
                    if index:
                        shapes.insert(0, shapes.pop(index))
                    break
            else:
                return at


class _Shape:
    """Keys in their order with the kinds of their values, as a pattern over all lines of an item."""

    def __init__(self, pattern: re.Pattern[str], column: int, keys: list[str]) -> None:
        self.pattern = pattern
        self.column = column
        self.keys = keys
        self.plain: list[tuple[int, str]] = []
        """Index and key of each plain scalar."""
        self.names: list[str] = []
        """Keys of the `[a, b]` lists."""
        self.blocks: list[tuple[str, str]] = []
        """Key and margin of each literal block."""

    def item(self, source: Source, match: re.Match[str]) -> LineMapping | None:
        """The item that `pattern` matched; None where a value is to be read with more care."""
        values: tuple[str, ...] = match.groups()
        found = LineMapping(source, match.start() + self.column)
        entries: dict[str, Any] = dict(zip(self.keys, values, strict=True))
        found.entries = entries
        for index, key in self.plain:
            value = values[index]
            if value[0] in TYPED_STARTS and type(resolve(value)) is not str:
                entries[key] = scalar(source, value, match.start(index + 1))
        for key in self.names:
            entries[key] = names = entries[key].split(", ")
            for name in names:
                if name[0] in TYPED_STARTS and type(resolve(name)) is not str:
                    return None
        for key, margin in self.blocks:
            block = entries[key]
            if " \n" in block:  # Perhaps a blank line that holds blanks.
                return None
            if block[-2:] == "\n\n":
                block = block.rstrip("\n") + "\n"
            entries[key] = block.replace(margin, "\n")
        found.end = match.end() - 1
        while source.text[found.end - 1] == "\n":
            found.end -= 1
        return found


def _shape_of(example: LineMapping, behind: int) -> _Shape | None:
    """The shape of an item that ends before `behind`; None where it is not simple enough."""
    source, lines = example.source, example.lines_with_keys()
    first = lines[0]
    column = example.start - first.start()
    indent = first[1]
    head = re.escape(source.text[first.start() : example.start])
    pieces: list[str] = []
    shape = _Shape(re.compile(""), column, [*example.entries])
    for index, ((key, entry), line) in enumerate(zip(example.entries.items(), lines, strict=True)):
        pieces.append(f"{head if not index else ' ' * column}{key}: ")
        if type(entry) is list:
            pieces.append(NAMES_VALUE)
            shape.names.append(key)
        elif type(entry) is str and entry[-1] == "\n":
            margin = line[MARGIN]
            pieces.append(rf"\|\n{margin}((?![ \n])[^\n]*+\n(?:{margin}[^\n]*+\n|\n)*+)")
            shape.blocks.append((key, "\n" + margin))
        elif type(entry) is str or (isinstance(entry, Scalar) and entry.style == "plain"):
            pieces.append(PLAIN_VALUE)
            shape.plain.append((index, key))
        else:
            return None
    # Another item must follow, so that this one has no more entries.
    shape.pattern = re.compile(rf"{''.join(pieces)}\n*+(?={indent}-[ ])")
    match = shape.pattern.match(source.text, first.start(), behind + len(indent) + 2)
    return shape if match is not None and match.end() == behind else None
