"""The values of string and number literals of a JavaScript file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

    from planlint.readers.javascript_walk import Walker

_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]{1,16}|0[oO][0-7]{1,22}|0[bB][01]{1,64}|[0-9]{1,400})\Z")
_FLOAT = re.compile(r"(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,4})?\Z")


def pieces_of(walker: Walker, node: Syntax) -> Iterator[tuple[str, int, Syntax | None]]:
    """The parts of a string or template in order: text, where it begins, and the substitution that it is, if any."""
    origin = walker.origin(node)
    source = origin.source.text
    end = max(origin.end - 1, origin.start + 1)
    at = origin.start + 1
    for child in node.named_children:
        if child.type not in ("escape_sequence", "template_substitution"):
            continue
        piece = walker.origin(child)
        if piece.start > at:
            yield source[at : piece.start], at, None
        if child.type == "escape_sequence":
            yield _unescaped(piece.text), piece.start, None
        else:
            yield piece.text, piece.start, child
        at = piece.end
    if end > at:
        yield source[at:end], at, None


def unquoted(walker: Walker, node: Syntax) -> str:
    """The text of a string or template; inserted values stand in it as written."""
    return whole("".join(text for text, _, _ in pieces_of(walker, node)))


def whole(text: str) -> str:
    """`text` with each pair of escapes that makes one character outside of the basic plane put together."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(escape: str) -> str:
    body = escape[1:]
    if body[:1] in ("x", "u") and len(body) > 1:
        digits = body[1:].strip("{}")
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            return body
    if body[:1] in "\r\n\u2028\u2029":
        return ""
    return _ESCAPES.get(body, body)


def number(written: str) -> int | float | None:
    """A number literal, a minus sign before it included; None for BigInt, legacy octal and anything else."""
    sign = -1 if written.startswith("-") else 1
    digits = written.removeprefix("-").strip().replace("_", "")
    if _NUMBER.match(digits):
        legacy = digits.startswith("0") and digits.isdecimal() and digits != "0"
        return None if legacy else sign * int(digits, 0)
    return sign * float(digits) if _FLOAT.match(digits) else None
