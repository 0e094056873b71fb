"""The head of a loop or condition: its keyword, what stands in it, and how its body will end."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.dialects.calls.brackets import scan_group

_KEYWORD = re.compile(
    r"[ \t]*(?:\}[ \t]*)?(?:async[ \t]+)?(?P<word>for[ \t]+each|foreach|for|while|until|loop|repeat|elif|"
    r"else[ \t]+if|if|else|try|except|catch|finally)\b(?:[ \t]+await\b)?",
    re.IGNORECASE,
)
_LOOPS = ("for", "foreach", "while", "until", "loop", "repeat")
_RANGES = re.compile(r"[^\n:{]{1,200}\b(?:in|of)\b|each\b|all\b|\(\(", re.IGNORECASE)


class Head(NamedTuple):
    """A head: `inside` is its condition, `end` where that ends, `body` where its body may begin.

    `style` says how the body closes: `brace` at its bracket, `indent` before a line that is not deeper, `line` with its
    line, `shell` at `done` or `fi`.
    """

    word: str
    inside: str
    end: int
    body: int
    style: str

    @property
    def is_loop(self) -> bool:
        """Whether the body runs more than once."""
        return self.word in _LOOPS


def head_at(text: str, begin: int, end: int) -> Head | None:
    """The head that the line `text[begin:end]` begins with; None for a line of another kind."""
    match = _KEYWORD.match(text, begin, end)
    if match is None or (match.end() < end and text[match.end()] in ".=_"):
        return None
    word = match.group("word").lower().split()[0]
    at = match.end()
    while at < end and text[at] in " \t":
        at += 1
    if at < end and text[at] == "(":
        group = scan_group(text, at, end)
        inside, after = text[at + 1 : group.end - 1] if group.closed else text[at + 1 : end], group.end
    else:
        if word in ("for", "foreach") and _RANGES.match(text, at, end) is None:
            return None  # "For each feature, ..." without a list is a sentence
        after = condition_end(text, at, end)
        inside = text[at:after]
    origin_end = after
    while after < end and text[after] in " \t:;":
        after += 1
    for opener in ("do", "then"):
        if text.startswith(opener, after) and not text[after + len(opener) : after + len(opener) + 1].isalnum():
            after += len(opener)
            break
    rest = text[after:end].strip()
    words = text[begin:end].replace(";", " ").split()
    if words[-1] in ("do", "then"):
        style = "shell"
    elif rest.startswith("{"):
        style, after = "brace", text.index("{", after) + 1
    else:
        style = "indent" if not rest or rest.startswith(("#", "//")) else "line"
    return Head(word, inside, origin_end, after, style)


def condition_end(text: str, at: int, end: int, *, closers: bool = False) -> int:
    """The end of a condition without parentheses: before a colon, brace or semicolon that is outside of brackets.

    With `closers`, also before a bracket that was opened earlier.
    """
    depth = 0
    for position in range(at, end):
        sign = text[position]
        if sign in "([{":
            if sign == "{" and depth == 0:
                return position
            depth += 1
        elif sign in ")]}":
            if closers and depth == 0:
                return position
            depth -= 1
        elif depth <= 0 and (sign == ";" or (sign == ":" and text[position + 1 : position + 2] in (" ", "\n", ""))):
            return position
    return end
