"""JSON with comments: what strict JSON does not know, blanked out without moving anything."""

from __future__ import annotations

import re

# Every alternative succeeds once its first character fits, so the whole stays linear on unclosed strings and comments.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|//[^\n\r]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_TRAILING_COMMA = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|,(?=[ \t\n\r]*[}\]])', re.DOTALL)
_INK = re.compile(r"[^\n\r]")


def blank_comments(text: str) -> str:
    """`text` with comments and trailing commas replaced by spaces; line ends and all offsets stay.

    A comma with nothing before it (`[,]`) is not a trailing comma and stays, for `json.loads` to refuse.
    """
    without = _TOKEN.sub(_blank, text)
    return _TRAILING_COMMA.sub(lambda match: _blank_comma(match, without), without)


def comment_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each `//` and `/* */` comment, marks included."""
    return [match.span() for match in _TOKEN.finditer(text) if not match.group().startswith('"')]


def _blank(match: re.Match[str]) -> str:
    token = match.group()
    return token if token.startswith('"') else _INK.sub(" ", token)


def _blank_comma(match: re.Match[str], text: str) -> str:
    if match.group() != ",":
        return match.group()
    at = match.start() - 1
    while at >= 0 and text[at] in " \t\n\r":
        at -= 1
    return "," if at < 0 or text[at] in "[{,:" else " "
