"""The lines of simple YAML: what one line says, and mappings that read their lines again for the places.

A run asks for the nodes of few of the values that a large plan has: a finding points at two or three of them. So a
`LineMapping` keeps the texts of its values and where their lines begin.
"""

from __future__ import annotations

import re

from planlint.readers.tree import Entry, Mapping, Node, Scalar, Sequence
from planlint.readers.yaml.scalars import TYPED_STARTS, resolve
from planlint.source import Source
from planlint.source.regex import regex

# In sets of plain characters and ranges `re` looks a character up; `\w` and `\s` among them make it try one after
# another, which is several times slower.
_NAME = r"[A-Za-z0-9_./][A-Za-z0-9_./$()*+\-;<=\\^~]*+"

LINE = re.compile(
    r"([ ]*+)"
    r"(?:(-[ ]++)?"
    r"(?:([A-Za-z_][A-Za-z0-9_-]{0,60}):(?=[ \n]))?[ ]*+"
    r"(?:([A-Za-z0-9_./(][^\n:#]*+)(?<![ ])\n"
    rf"|\[({_NAME}(?:,[ ]{_NAME})*+)\]\n"
    r"|\|\n(\1[ ]++)((?!\n)[^\n]*+\n(?:\6[^\n]*+\n|\n)*+)"
    r"|([A-Za-z0-9_./(\[][^\n]*+|\"[^\"\\\n]*+\"[ ]*+(?=\n)|'[^'\n]*+'[ ]*+(?=\n))?\n)"
    r"|\#[^\n]*+\n)",
)
"""Groups: indentation, dash, key; then one of a plain scalar without `:` and `#`, the plain names of a `[a, b]` list,
the lines below a `|` (their indentation, and all behind it, each line indented at least so far or empty), or another
value. A line without any of them is blank or a comment."""

KEY, PLAIN, NAMES, MARGIN, BLOCK, OTHER = range(3, 9)
"""Numbers of groups."""

_ITEM_NAME = r"[A-Za-z0-9_./][^\s,\[\]{}:#?\"'&!|>%@`]*+"
_ITEM = rf"(?:{_ITEM_NAME}|\"[^\"\\\n]*+\"|'[^'\n]*+')"
_LIST = regex(rf"\[[ ]*+(?:{_ITEM}[ ]*+(?:,[ ]++{_ITEM}[ ]*+)*+)?\]")
_ITEMS = regex(_ITEM)


class LineMapping(Mapping):
    """A mapping in block style, each entry on a line of its own. Its nodes are made when they are asked for.

    A text among the `entries` is a plain scalar, or a literal block where a line end is its last character; a list of
    texts is a `[a, b]` list of plain names with nothing but a comma and a blank between them.
    """

    __slots__ = ("lines",)

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.start = start
        self.end = start
        self.entries: dict[str, Entry] = {}
        self.lines: list[int] = []
        """Where the line of each entry begins."""
        self._keys: dict[str, Scalar] = {}

    @property
    def keys(self) -> dict[str, Scalar]:
        """As `Mapping` has it."""
        if not self._keys:
            self._make_nodes()
        return self._keys

    @property
    def values(self) -> dict[str, Node]:
        """As `Mapping` has it."""
        if not self._keys:
            self._make_nodes()
        return super().values

    def _make_nodes(self) -> None:
        source, entries, keys = self.source, self.entries, self._keys
        # Not the whole text: the YAML may end before it.
        limit = source.text.find("\n", self.end) + 1
        for (name, entry), line in zip([*entries.items()], self.lines, strict=True):
            match = LINE.match(source.text, line, limit)
            assert match is not None  # It was read so before.
            at = match.start(KEY)
            keys[name] = Scalar(source, at, at + len(name), name, name, "plain")
            entries[name] = node_of(source, match, entry)


def node_of(source: Source, match: re.Match[str], entry: Entry) -> Node:
    """The node of the value on the line that `LINE` matched, which is `entry` in short."""
    if type(entry) is list:
        start = at = match.start(NAMES)
        items: list[Node] = []
        for name in entry:
            items.append(Scalar(source, at, at + len(name), name, name, "plain"))
            at += len(name) + 2
        return Sequence(source, start - 1, match.end(NAMES) + 1, items)
    if type(entry) is str:
        if entry[-1] != "\n":
            start = max(match.start(PLAIN), match.start(OTHER))
            return Scalar(source, start, start + len(entry), entry, entry, "plain")
        end = match.start(BLOCK) + len(match[BLOCK].rstrip("\n"))
        return Scalar(source, match.start(MARGIN) - 2, end, entry, entry, "literal")
    assert isinstance(entry, Node)
    return entry


def flow_list(source: Source, written: str, start: int) -> Sequence | None:
    """The node of a `[a, b]` list of names at `start`; None where it holds anything else."""
    if _LIST.fullmatch(written) is None:
        return None
    items: list[Node] = [scalar(source, item.group(), start + item.start()) for item in _ITEMS.finditer(written)]
    return Sequence(source, start, start + len(written), items)


def scalar(source: Source, written: str, start: int) -> Scalar:
    """The node of a one-line scalar at `start`: quoted, or plain."""
    first = written[0]
    end = start + len(written)
    if first == '"' or first == "'":
        content = written[1:-1]
        return Scalar(source, start, end, content, content, "double" if first == '"' else "single")
    return Scalar(source, start, end, resolve(written) if first in TYPED_STARTS else written, written, "plain")
