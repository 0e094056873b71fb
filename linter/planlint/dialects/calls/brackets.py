"""From an opening bracket to its closing one, through strings that people did not write for a compiler.

Pseudo-code in plans is Python, JavaScript or neither: plain quotes run over lines, quotes stand unescaped inside
quotes, brackets are forgotten. Every scan is one pass and ends at the latest where the next call begins.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_OPEN = "([{"
_CLOSE = ")]}"

_TOKEN = re.compile(r"[A-Za-z_$][\w$]*|[\"'`()\[\]{},:=\n]|#|//|/\*")

_AFTER_STRING = re.compile(r"[ \t]*(?:[,)\]}.;:+?%|&=\n]|\Z|(?:if|else|for|in|as|and|or)\b|#|//)")
"""What may follow a string. A quote before anything else is part of the text that it stands in."""


class Token(NamedTuple):
    """A piece of code. `kind` is `word`, `string`, or the sign itself; `depth` counts the brackets around it."""

    kind: str
    start: int
    end: int
    depth: int


class Group(NamedTuple):
    """What stands between a bracket and its partner. `end` is just after the closing one."""

    tokens: tuple[Token, ...]
    end: int
    closed: bool


class Literal(NamedTuple):
    """A string literal: `[start, end)` is its content, `close` just after the closing quotes."""

    start: int
    end: int
    close: int
    raw: bool
    """Backslashes are ordinary characters (no escapes are resolved)."""


def string_at(text: str, at: int, limit: int) -> Literal | None:
    """The string that the quote at `at` opens and that closes before `limit`; None for an apostrophe or a stray quote.

    Single quotes close on their own line; others may run over lines.
    """
    quote = text[at]
    if text.startswith(quote * 3, at) and quote != "`":
        end = text.find(quote * 3, at + 3, limit)
        return Literal(at + 3, end, end + 3, False) if end >= 0 else None
    if quote == "'":
        if at and (text[at - 1].isalnum()) and text[at - 1] not in "fFrRbBuU":
            return None
        line_end = text.find("\n", at)
        limit = min(limit, line_end if line_end >= 0 else limit)
    position = at + 1
    while True:
        position = text.find(quote, position, limit)
        if position < 0:
            return None
        if not _escaped(text, position, at) and (quote == "`" or _AFTER_STRING.match(text, position + 1)):
            return Literal(at + 1, position, position + 1, False)
        position += 1


class Strings:
    """The strings of one text. Remembers quotes that close nowhere, so that each stretch is searched once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._unclosed: dict[str, tuple[int, int]] = {}

    def at(self, position: int, limit: int) -> Literal | None:
        """As `string_at`."""
        quote = self._text[position]
        start, end = self._unclosed.get(quote, (0, 0))
        if start <= position < end and limit <= end:
            return None
        if quote == "'":
            line_end = self._text.find("\n", position)
            limit = min(limit, line_end if line_end >= 0 else limit)
        found = string_at(self._text, position, limit)
        if found is None:
            self._unclosed[quote] = (position, limit)
        return found


def _escaped(text: str, position: int, start: int) -> bool:
    backslashes = 0
    while position - 1 - backslashes > start and text[position - 1 - backslashes] == "\\":
        backslashes += 1
    return backslashes % 2 == 1


def scan_group(text: str, at: int, limit: int) -> Group:
    """The group that the bracket at `at` opens. Where it never closes, it ends at `limit` with `closed` False."""
    tokens: list[Token] = []
    strings = Strings(text)
    depth = 0
    position = at
    while True:
        match = _TOKEN.search(text, position, limit)
        if match is None:
            return Group(tuple(tokens), limit, False)
        sign, start, position = match.group(), match.start(), match.end()
        if sign in "\"'`":
            found = strings.at(start, limit)
            if found is not None:
                tokens.append(Token("string", start, found.close, depth))
                position = found.close
        elif sign in _OPEN:
            tokens.append(Token(sign, start, position, depth))
            depth += 1
        elif sign in _CLOSE:
            depth -= 1
            tokens.append(Token(sign, start, position, depth))
            if depth <= 0:
                return Group(tuple(tokens), position, True)
        elif sign in ("#", "//"):
            if _starts_comment(text, start):
                line_end = text.find("\n", start, limit)
                position = line_end if line_end >= 0 else limit
        elif sign == "/*":
            end = text.find("*/", position, limit)
            position = end + 2 if end >= 0 else position
        else:
            kind = sign if sign in ",:=\n" else "word"
            tokens.append(Token(kind, start, position, depth))


def _starts_comment(text: str, at: int) -> bool:
    """Whether `#` or `//` at `at` begins a comment: after a blank, and not `#{id}` or the middle of a URL."""
    return at == 0 or text[at - 1] in " \t\n,;)}"
