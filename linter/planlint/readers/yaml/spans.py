"""Where YAML nodes really begin and end; a parser's marks include anchors, tags and the blank lines that follow."""

from __future__ import annotations

import re

_PROPERTIES = re.compile(r"(?:(?:&[^\s,\[\]{}]*|!<[^>\s]*>|![^\s,\[\]{}]*)(?:[ \t\r\n]++(?:#[^\r\n]*)?)*)+")
_INDICATOR = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*+[:-]")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]{0,2}")


def after_properties(text: str, start: int, end: int) -> int:
    """The offset at or after `start` where anchors and tags end and the content begins; at most `end`."""
    match = _PROPERTIES.match(text, start, end)
    return match.end() if match else start


def missing_value_place(text: str, before: int, marked: int) -> int:
    """The offset just after the `:` or `-` whose value is missing, `before` being the end of what came last.

    The parser written in Python marks such a value at the next token, blank lines and comments later.
    """
    match = _INDICATOR.match(text, before, marked)
    return match.end() if match else min(before, marked)


def block_scalar_end(text: str, start: int, end: int) -> int:
    """The end of the block scalar whose `|` or `>` stands at `start`: its last line with text, line end excluded.

    With the keep indicator `+` the blank lines that follow belong to the value, so only the last line end is cut.
    """
    header = _BLOCK_HEADER.match(text, start, end)
    if header and "+" in header.group():
        last = end
        while last > start and text[last - 1] in " \t":
            last -= 1
        if text[last - 1 : last] not in ("\n", "\r"):
            return end
        last -= 1
        return last - 1 if text[last - 1 : last + 1] == "\r\n" else last
    last = end
    while last > start and text[last - 1] in " \t\r\n":
        last -= 1
    while last < end and text[last] in " \t":
        last += 1
    return last
