"""What `json.loads` complains about, in plain words, at the place that must be changed."""

from __future__ import annotations

import re

from planlint.diagnostics import Problem
from planlint.readers.conflict_markers import conflict_marker
from planlint.readers.limits import MAX_DEPTH
from planlint.source import Source

_OUTSIDE_STRINGS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|([\[\]{}])|\b(NaN)\b|(-?Infinity)\b', re.DOTALL)
_PYTHON_WORDS = {"True": "true", "False": "false", "None": "null"}
_WORD = re.compile(r"[A-Za-z_]\w{0,40}")


def explain(message: str, source: Source, text: str, at: int, offset: int) -> Problem:
    """The problem for `json.loads`' `message` at `at` of `text`, which begins at `offset` of `source.text`."""
    conflict = conflict_marker(source, offset, offset + len(text))
    if conflict is not None:
        return conflict

    def problem(words: str, help: str | None = None, *, place: int = at, length: int = 1) -> Problem:
        origin = source.origin(offset + place, offset + min(place + length, len(text)))
        return Problem("PL002", words, origin, help=help, fatal=True)

    rest = text[at : at + 60]
    before = _last_ink(text, at)
    if not text.strip(" \t\r\n\ufeff"):
        return problem("the file is empty, which is not valid JSON", "write at least `{}`", place=0, length=0)
    if text.startswith("\ufeff"):
        return problem("a second byte-order mark stands before the JSON", "delete it", place=0)
    comment = _comment_at(text, at)
    if comment is not None:
        return problem("JSON has no comments", "delete it", place=comment, length=2 if text[comment] == "/" else 1)
    if message.startswith("Extra data"):
        if rest[:1] in ("{", "[") and text.lstrip(" \t\r\n")[:1] in ("{", "["):
            return problem(
                "two JSON documents in one file: the second begins here",
                "keep one, or put each on a line of its own in a .jsonl file",
            )
        return problem(f"unexpected text after the end of the JSON: `{_short(rest)}`", "delete it")
    if message.startswith("Unterminated string"):
        return problem("the quote opened here is never closed", 'add the closing `"`')
    if message.startswith("Invalid control character"):
        written = "\\t" if rest[:1] == "\t" else "\\n"
        kind = "a tab" if rest[:1] == "\t" else "a line break" if rest[:1] in ("\n", "\r") else "a control character"
        return problem(f"{kind} inside a string", f"write `{written}`, or close the string before it")
    if "escape" in message:
        return problem("this is not a valid escape in a string", "write `\\\\` for a backslash", length=2)
    if before is not None and text[before] == "," and rest[:1] in ("}", "]"):
        return problem("a comma after the last item is not allowed in JSON", "delete it", place=before)
    if rest[:1] == "," and message.startswith("Illegal trailing comma"):
        return problem("a comma after the last item is not allowed in JSON", "delete it")
    if at >= len(text.rstrip(" \t\r\n")):
        opening = _innermost_open(text)
        if opening is not None:
            close = "}" if text[opening] == "{" else "]"
            words = f"the `{text[opening]}` opened here is not closed"
            return problem(words, f"add the closing `{close}`", place=opening)
    if rest[:1] == "'":
        return problem("JSON takes double quotes only", "write \" instead of '")
    word = _WORD.match(rest)
    if word is not None:
        name = word.group()
        hint = f"write `{_PYTHON_WORDS[name]}`" if name in _PYTHON_WORDS else f'write "{name}" if it is text'
        return problem(f"`{name}` without quotes is not JSON", hint, length=len(name))
    if message.startswith("Expecting ',' delimiter"):
        return problem("a comma is missing before this")
    if message.startswith("Expecting ':' delimiter"):
        return problem("a colon is missing after the key")
    if message.startswith("Expecting property name"):
        return problem("a key in double quotes is expected here")
    return problem("a value is expected here")


def not_a_number(source: Source, text: str, offset: int, name: str) -> Problem:
    """The problem for the first `NaN` or infinity of `text`."""
    place = 0
    for match in _OUTSIDE_STRINGS.finditer(text):
        if match.group(2) or match.group(3):
            place = match.start()
            break
    origin = source.origin(offset + place, offset + place + len(name))
    return Problem("PL002", f"`{name}` is not JSON", origin, help="write a number, a string or null", fatal=True)


def too_deep(source: Source, text: str, offset: int) -> Problem:
    """The problem for nesting past `MAX_DEPTH`, at the bracket that goes too far."""
    place = _first_too_deep(text) or 0
    origin = source.origin(offset + place, offset + place + 1)
    return Problem("PL006", f"nested more than {MAX_DEPTH} levels deep", origin, fatal=True)


def is_too_deep(text: str) -> bool:
    """Whether brackets nest past `MAX_DEPTH`. How deep `json.loads` itself can go depends on the Python version."""
    return _first_too_deep(text) is not None


def _first_too_deep(text: str) -> int | None:
    depth = 0
    for match in _OUTSIDE_STRINGS.finditer(text):
        bracket = match.group(1)
        if bracket is None:
            continue
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            return match.start()
    return None


def _innermost_open(text: str) -> int | None:
    """The last bracket outside of strings that is not closed."""
    opened: list[int] = []
    for match in _OUTSIDE_STRINGS.finditer(text):
        bracket = match.group(1)
        if bracket is None:
            continue
        if bracket in "[{":
            opened.append(match.start())
        elif opened:
            opened.pop()
    return opened[-1] if opened else None


def _comment_at(text: str, at: int) -> int | None:
    """The offset of a comment that begins at `at` or just before it (Python names either), else None."""
    for place in (at, at - 1):
        if place >= 0 and (text.startswith(("//", "/*"), place) or (place == at and text.startswith("#", place))):
            return place
    return None


def _last_ink(text: str, at: int) -> int | None:
    """The offset of the last character before `at` that is no space."""
    at -= 1
    while at >= 0 and text[at] in " \t\r\n":
        at -= 1
    return at if at >= 0 else None


def _short(text: str) -> str:
    """The first line of `text`, at most 30 characters."""
    line = text.strip().partition("\n")[0].rstrip()
    return line if len(line) <= 30 else line[:27] + "..."
