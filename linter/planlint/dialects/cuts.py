"""The words before a path that cut its file: "lines 10-40 of src/a.py", "the login function in src/a.py"."""

from __future__ import annotations

import re

from planlint.source.regex import regex

_JOINS = frozenset({"of", "in", "von", "inside", "within", "from"})
"""The words that join a part to its file: each of the patterns ends with one of them, with or without an article."""

LAST_WORDS = _JOINS | {"the"}
"""What the last word before the file can be."""

_ENDS = tuple(LAST_WORDS)

_KINDS = frozenset({
    "section", "chapter", "heading", "function", "method", "class", "component", "hook", "struct", "interface", "enum",
    "trait", "table", "block", "handler",
})  # fmt: skip
"""What stands before the joining word in the patterns that name a part by its kind."""

_LINES = regex(
    r"(?:lines?|Zeilen?)\s+(\d{1,7}(?:(?:\s?[-–]\s?|\s+(?:to|through|bis)\s+)\d{1,7})?)\s+(?:of|in|von)\s+(?:the\s+)?`?\Z",
    re.IGNORECASE,
)

_TO = regex(r"\s*(?:[-–]|to|through|bis)\s*")

_LINES_BEHIND = regex(
    r"[`\"'）)]*\s*[,:(（]?\s*(?:only\s+)?(?:lines?|Zeilen?)\s+(\d{1,7}\s?(?:[-–]|to|through|bis)\s?\d{1,7})\b",
    re.IGNORECASE,
)
""" "src/a.py (lines 10-40)", "src/a.py lines 10 to 40" """

_MEMBER = regex(
    r"(?:the\s+)(\w[\w.]{0,60})(?:\(\))?\s+(function|method|class|section|component|hook|struct|"
    r"interface|enum|trait|table|block|"
    r"handler)\s+(?:of|in|inside|within|from)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)

_TITLED = regex(
    r"[\"'“‘`](\w[^\"'”’`\n]{0,40})[\"'”’`]\s+(section|chapter|heading)\s+(?:of|in|from)\s+(?:the\s+)?`?\Z",
    re.IGNORECASE,
)
""" 'the "Installation" section of README.md'"""
_CALLED = regex(
    r"\bonly\s+(?:the\s+)?(function|method|class|section|component|hook|struct|interface|handler)\s+[`\"]?(\w[\w.]{0,60})"
    r"(?:\(\))?[`\"]?\s+(?:of|in|inside|within|from)\s+(?:the\s+)?`?\Z",
    re.IGNORECASE,
)
""" "only the method place() in Orders.java": without "only" it may be something new in the file."""


def cut_of(text: str, start: int) -> str | None:
    """The part of a file that the words before its path at `start` name: "lines 10-40 of", "the login function in"."""
    before = text[max(0, start - 120) : start]
    if not _may_end_in_cut(before):
        return None
    lines = _LINES.search(before)
    if lines is not None:
        return "lines " + _TO.sub("-", lines.group(1))
    titled = _TITLED.search(before)
    if titled is not None:
        return f"{titled.group(2).lower()} {titled.group(1)}"
    called = _CALLED.search(before)
    if called is not None:
        return f"{called.group(1).lower()} {called.group(2)}"
    member = _MEMBER.search(before)
    if member is not None and member.group(1).lower() not in ("new", "same", "existing", "main", "test"):
        return f"{member.group(2).lower()} {member.group(1)}"
    return None


def cut_behind(text: str, end: int) -> str | None:
    """The lines that the words right behind a path at `end` name; one line is a place, no part."""
    lines = _LINES_BEHIND.match(text, end)
    return "lines " + _TO.sub("-", lines.group(1)) if lines is not None else None


def _may_end_in_cut(before: str) -> bool:
    """Whether the last words can be the end of one of the patterns, which each path of a brief is asked: cheap."""
    before = before.rstrip("`")
    return before.rstrip()[-6:].lower().endswith(_ENDS) and may_be_cut(before.rsplit(None, 4)[-4:])


def may_be_cut(words: list[str]) -> bool:
    """Whether `words`, which end before a path, may say which part of its file is meant; the last four tell."""
    words = [word.lower() for word in words[-4:]]
    if words and words[-1] == "the":
        words.pop()
    if len(words) < 2 or words[-1] not in _JOINS:
        return False
    # The kind stands before the joining word, or in "only the method place() in" before the name.
    return words[-2][-1].isdecimal() or not _KINDS.isdisjoint(words[-3:-1])
