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
from planlint.records import Record, record
from planlint.source import Source

LONG = 40
"""Items before the first shape is looked for: a pattern takes as long to compile as twenty tasks to read."""

_MOST = 8
"""Shapes of one text; items of many more are hardly alike."""

_MOST_KEYS = 40
"""Keys of an item: one group of a pattern each. No format has as many."""


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


@record
class _Shape(Record):
    """Keys in their order with the kinds of their values, and a pattern over all lines of such an item."""

    pattern: re.Pattern[str]
    """A group for each value; another item must follow, so that this one has no more entries."""
    column: int
    """Of the keys."""
    keys: tuple[str, ...]
    plain: tuple[tuple[int, str], ...]
    """Index and key of each plain scalar."""
    names: tuple[str, ...]
    """Keys of the `[a, b]` lists."""
    blocks: tuple[tuple[str, str], ...]
    """Key of each literal block, and its line end with the indentation of the next line."""

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
    if len(example.entries) > _MOST_KEYS:
        return None
    source, lines = example.source, example.lines_with_keys()
    begin, indent = lines[0].start(), lines[0][1]
    column = example.start - begin
    pieces: list[str] = []
    plain: list[tuple[int, str]] = []
    names: list[str] = []
    blocks: list[tuple[str, str]] = []
    for index, ((key, entry), line) in enumerate(zip(example.entries.items(), lines, strict=True)):
        head = " " * column if index else re.escape(source.text[begin : example.start])
        if type(entry) is list:
            value = NAMES_VALUE
            names.append(key)
        elif type(entry) is str and entry[-1] == "\n":
            margin = line[MARGIN]
            value = rf"\|\n{margin}((?![ \n])[^\n]*+\n(?:{margin}[^\n]*+\n|\n)*+)"
            blocks.append((key, "\n" + margin))
        elif type(entry) is str or (isinstance(entry, Scalar) and entry.style == "plain"):
            value = PLAIN_VALUE
            plain.append((index, key))
        else:
            return None
        pieces.append(f"{head}{key}: {value}")
    pattern = re.compile(rf"{''.join(pieces)}\n*+(?={indent}-[ ])")
    match = pattern.match(source.text, begin, behind + len(indent) + 2)
    if match is None or match.end() != behind:
        return None
    return _Shape(pattern, column, tuple(example.entries), tuple(plain), tuple(names), tuple(blocks))
