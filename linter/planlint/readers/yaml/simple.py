"""The simple YAML that nearly all plans are written in, read line by line; everything else is left to the parser.

Most plan files hold block mappings and lists of one-line scalars, `[a, b]` lists of names and literal blocks. Of these
each line is one match of a regular expression, which takes half of the time of the parser's event objects, and the
parser need not even be imported. Whatever is not plainly of that kind (an anchor, a flow mapping, a text over several
lines, a duplicate key, a tab) makes `simple_roots` give up, and `Builder` reads the text from its beginning. The tree
is the one that `Builder` gives, places included; a test holds the two against each other.
"""

from __future__ import annotations

import re
from functools import cache

from planlint.readers import limits
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.readers.yaml.scalars import TYPED_STARTS, resolve
from planlint.source import Source
from planlint.source.regex import regex

_LINE = re.compile(
    r"([ ]*+)"
    r"(?:\#[^\n]*+\n|\n"  # a comment, or nothing
    r"|(-[ ]++)?"
    r"(?:([A-Za-z_][\w-]{0,60}):(?=[ \n]))?[ ]*+"
    r"(?:([A-Za-z0-9_./(][^\n]*+|\[[^\n]*+|\"[^\"\\\n]*+\"[ ]*+(?=\n)|'[^'\n]*+'[ ]*+(?=\n))?\n"
    r"|\|\n((?:\1[ ][^\n]*+\n|\n)++)))",
    re.ASCII,
)
"""Groups: indentation, dash, key, value, and the lines below a `|`, which are indented further."""

_NAME = r"[A-Za-z0-9_./][^\s,\[\]{}:#?\"'&!|>%@`]*+"
_ITEM = rf"(?:{_NAME}|\"[^\"\\\n]*+\"|'[^'\n]*+')"
_PLAIN_LIST = regex(rf"\[{_NAME}(?:, {_NAME})*+\]")
_LIST = regex(rf"\[[ ]*+(?:{_ITEM}[ ]*+(?:,[ ]++{_ITEM}[ ]*+)*+)?\]")
_ITEMS = regex(_ITEM)
_BLANKS = regex(r"[ ]++\n")
_BLANK_LINE = regex(r"\n[ ]+\n")

_ASCII = bytes([*range(0x20, 0x7F), 0x0A])


class _Level:
    """An open collection, a mapping or else a sequence, and its column."""

    __slots__ = ("column", "mapping", "sequence")

    def __init__(self, column: int, mapping: Mapping | None, sequence: Sequence | None) -> None:
        self.column = column
        self.mapping = mapping
        self.sequence = sequence

    def close(self, end: int) -> None:
        """The collection ends at `end`."""
        if self.mapping is not None:
            self.mapping.end = end
        elif self.sequence is not None:
            self.sequence.end = end


def simple_roots(source: Source, start: int, end: int) -> list[Node] | None:
    """The one root of the YAML in `source.text[start:end]`; None where that is not simple enough to be sure.

    One loop whose state lives in local variables: this is the hot path of large plans.
    """
    text = source.text
    if not _is_usual(text[start:end]):
        return None
    at = start + 4 if text.startswith("---\n", start, end) else start
    root: Node | None = None
    levels: list[_Level] = []
    # The innermost open collection: a mapping, or where that is None a sequence; and its column.
    mapping: Mapping | None = None
    sequence: Sequence | None = None
    column = -1
    waiting: str | None = None  # a key whose value begins on a later line
    begin = last_end = at
    usual_keys: set[str] = set()
    for match in _LINE.finditer(text, at, end):
        line = match.start()
        if line != at:
            return None
        at = match.end()
        blanks, dash, key, value, block = match.groups()
        if key is None and value is None and block is None:
            if dash is not None:
                return None
            continue
        indent = len(blanks)

        if waiting is not None:
            # A list, which may stand in the column of the key, or a mapping further in.
            assert mapping is not None
            if dash is not None and indent >= column:
                mapping.values[waiting] = sequence = Sequence(source, line + indent, 0, [])
                mapping = None
            elif dash is None and key is not None and indent > column:
                mapping.values[waiting] = mapping = Mapping(source, line + indent, 0, None, {})
            else:
                return None
            waiting = None
            column = indent
            levels.append(_Level(column, mapping, sequence))
        elif indent != column or (mapping is None) is (dash is None):
            if root is None:
                if indent or dash is not None or key is None:
                    return None
                root = mapping = Mapping(source, line, 0, None, {})
                levels.append(_Level(0, mapping, None))
            else:
                level = levels[-1]
                while level.column > indent or (level.column == indent and level.mapping is None and dash is None):
                    level.close(last_end)
                    levels.pop()
                    if not levels:
                        return None
                    level = levels[-1]
                if level.column != indent or (level.mapping is None) is (dash is None):
                    return None
                mapping, sequence = level.mapping, level.sequence
            column = indent

        if key is None:
            if dash is None:
                return None
        else:
            begin = line + indent
            if dash is not None:
                assert sequence is not None
                begin += len(dash)
                column = begin - line
                mapping = Mapping(source, begin, 0, None, {})
                sequence.items.append(mapping)
                levels.append(_Level(column, mapping, None))
            assert mapping is not None
            if key in mapping.values:
                return None
            if key not in usual_keys:
                if resolve(key) != key:
                    return None
                usual_keys.add(key)
            mapping.starts.append(begin)
            if value is None and block is None:
                waiting = key
                if len(levels) >= limits.MAX_DEPTH:
                    return None
                continue

        node: Node
        if value is None:
            begin = match.start(5) - 2
            content = _content(block, column)
            # Blanks alone do not end a block, whatever their number.
            if content is None or _BLANKS.match(text, at, end) is not None:
                return None
            last_end = begin + 2 + len(block.rstrip("\n"))
            node = Scalar(source, begin, last_end, content, content, "literal")
        else:
            begin = at - 1 - len(value)
            if value[-1] == " ":
                value = value.rstrip(" ")
            last_end = begin + len(value)
            first = value[0]
            if first == "[":
                names = value[1:-1].split(", ") if _PLAIN_LIST.fullmatch(value) is not None else None
                if names is not None and _are_texts(names):
                    node = Sequence(source, begin, last_end, None, names)
                else:
                    items = _items(source, value, begin)
                    if items is None:
                        return None
                    node = Sequence(source, begin, last_end, items)
            elif first == '"' or first == "'":
                node = _scalar(source, value, begin)
            elif ": " in value or " #" in value or value[-1] == ":":
                return None
            elif first in TYPED_STARTS:
                node = Scalar(source, begin, last_end, resolve(value), value, "plain")
            else:
                node = Scalar(source, begin, last_end, value, value, "plain")
        if key is not None:
            assert mapping is not None
            mapping.values[key] = node
        else:
            assert sequence is not None
            sequence.items.append(node)

    if root is None or at != end or waiting is not None:
        return None
    for level in levels:
        level.close(last_end)
    return [root]


def _is_usual(text: str) -> bool:
    """Whether the text ends with a line end and has no characters that need care."""
    if not text.endswith("\n"):
        return False
    if text.isascii():
        return not text.encode("ascii").translate(None, _ASCII)
    return _unusual().search(text) is None


@cache
def _unusual() -> re.Pattern[str]:
    """Control characters, tabs, carriage returns, and what only some parsers take for a line break."""
    return re.compile("[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def _are_texts(names: list[str]) -> bool:
    """Whether none of the plain scalars is a number, a truth value or nothing."""
    return all(type(resolve(name)) is str for name in names if name[0] in TYPED_STARTS)


def _items(source: Source, written: str, start: int) -> list[Node] | None:
    """The items of a `[a, b]` list of names; None where it holds anything else."""
    if _LIST.fullmatch(written) is None:
        return None
    return [_scalar(source, item.group(), start + item.start()) for item in _ITEMS.finditer(written)]


def _scalar(source: Source, written: str, start: int) -> Scalar:
    """A one-line scalar: quoted, or plain."""
    first = written[0]
    end = start + len(written)
    if first == '"' or first == "'":
        content = written[1:-1]
        return Scalar(source, start, end, content, content, "double" if first == '"' else "single")
    return Scalar(source, start, end, resolve(written) if first in TYPED_STARTS else written, written, "plain")


def _content(block: str, column: int) -> str | None:
    """What a literal block of these lines holds, in a collection at `column`; None where that is not simple."""
    indent = len(block) - len(block.lstrip(" "))
    if indent <= column or block[indent] == "\n":
        return None
    margin = "\n" + " " * indent
    # Each line must be indented as far as the first one, or empty.
    even = block.count(margin) == block.count("\n") - 1 and "\n\n" not in block
    if not even and _lines(indent).fullmatch(block) is None:
        return None
    if " \n" in block and _BLANK_LINE.search(block) is not None:
        return None
    return block[indent:].rstrip("\n").replace(margin, "\n") + "\n"


@cache
def _lines(indent: int) -> re.Pattern[str]:
    """Lines indented at least so far, and empty ones."""
    return re.compile(rf"(?:[ ]{{{indent}}}[^\n]*+\n|\n)++")
