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
from planlint.readers.tree import Entry, Node, Sequence
from planlint.readers.yaml.lines import BLOCK, LINE, LineMapping, flow_list, node_of, scalar
from planlint.readers.yaml.scalars import TYPED_STARTS, resolve
from planlint.source import Source
from planlint.source.regex import regex

_BLANKS = regex(r"[ ]++\n")
_BLANK_LINE = regex(r"\n[ ]+\n")

_PIECE = 1 << 16
_ASCII = bytes([*range(0x20, 0x7F), 0x0A])


class _Level:
    """An open collection, a mapping or else a sequence, and its column."""

    __slots__ = ("column", "mapping", "sequence")

    def __init__(self, column: int, mapping: LineMapping | None, sequence: Sequence | None) -> None:
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
    mapping: LineMapping | None = None
    sequence: Sequence | None = None
    column = -1
    waiting: str | None = None  # a key whose value begins on a later line
    last_end = at
    usual_keys: dict[str, str] = {}
    for match in LINE.finditer(text, at, end):
        line, behind = match.span()
        if line != at:
            return None
        at = behind
        blanks, dash, key, plain, names, margin, block, other = match.groups()
        if key is None and plain is None and names is None and block is None and other is None:
            if dash is not None:
                return None
            continue
        indent = len(blanks)

        if waiting is not None:
            # A list, which may stand in the column of the key, or a mapping further in.
            assert mapping is not None
            if dash is not None and indent >= column:
                mapping.entries[waiting] = sequence = Sequence(source, line + indent, 0, [])
                mapping = None
            elif dash is None and key is not None and indent > column:
                inner = LineMapping(source, line + indent)
                mapping.entries[waiting] = mapping = inner
            else:
                return None
            waiting = None
            column = indent
            levels.append(_Level(column, mapping, sequence))
        elif indent != column or (mapping is None) is (dash is None):
            if root is None:
                if indent or dash is not None or key is None:
                    return None
                root = mapping = LineMapping(source, line)
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
            if dash is not None:
                assert sequence is not None
                column = indent + len(dash)
                mapping = LineMapping(source, line + column)
                sequence.items.append(mapping)
                levels.append(_Level(column, mapping, None))
            assert mapping is not None
            usual = usual_keys.get(key)
            if usual is None:
                if resolve(key) != key:
                    return None
                usual_keys[key] = usual = key
            # One string for all keys of a name.
            key = usual
            if key in mapping.entries:
                return None
            mapping.lines.append(line)
            if plain is None and names is None and block is None and other is None:
                waiting = key
                if len(levels) >= limits.MAX_DEPTH:
                    return None
                continue

        entry: Entry | None
        last_end = at - 1
        if plain is not None:
            entry = plain
            if plain[0] in TYPED_STARTS and type(resolve(plain)) is not str:
                entry = scalar(source, plain, last_end - len(plain))
        elif names is not None:
            entry = names.split(", ")
            for name in entry:
                if name[0] in TYPED_STARTS and type(resolve(name)) is not str:
                    entry = flow_list(source, f"[{names}]", last_end - len(names) - 2)
                    break
        elif block is not None:
            # Blanks alone do not end a block, whatever their number, and are not always a part of it.
            if text[at : at + 1] == " " and _BLANKS.match(text, at, end) is not None:
                return None
            if " \n" in block and _BLANK_LINE.search(block) is not None:
                return None
            if block[-2:] == "\n\n":
                block = block.rstrip("\n") + "\n"
                last_end = match.start(BLOCK) + len(block) - 1
            if len(margin) <= column:
                return None
            entry = block.replace("\n" + margin, "\n")
        else:
            written = other.rstrip(" ")
            begin = last_end - len(other)
            last_end = begin + len(written)
            first = written[0]
            if first == "[":
                entry = flow_list(source, written, begin)
            elif first == '"' or first == "'":
                entry = scalar(source, written, begin)
            elif ": " in written or " #" in written or written[-1] == ":":
                return None
            elif first in TYPED_STARTS and type(resolve(written)) is not str:
                entry = scalar(source, written, begin)
            else:
                entry = written
        if entry is None:
            return None
        if key is not None:
            assert mapping is not None
            mapping.entries[key] = entry
        else:
            assert sequence is not None
            sequence.items.append(node_of(source, match, entry))

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
        # In pieces that fit into memory which is at hand: a copy of a large text would be new memory for nothing.
        pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
        return not any(piece.encode("ascii").translate(None, _ASCII) for piece in pieces)
    return _unusual().search(text) is None


@cache
def _unusual() -> re.Pattern[str]:
    """Control characters, tabs, carriage returns, and what only some parsers take for a line break."""
    return re.compile("[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
