"""One path segment: wildcards parsed to tokens, matched in linear space, and intersected with another, with a witness.

`*` is any run of characters, `?` one character, `[abc]`, `[a-z]`, `[!a]` and `[^a]` one of a class. No segment is ever
empty, `.` or `..`. A bracketed name that fills its segment (`[id]`, `[...slug]`), or starts a web source file's name
(`[id].tsx`), is a route parameter of a file-based router, hence literal. Unbalanced brackets are literal.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from functools import lru_cache
from typing import Final

Ranges = tuple[tuple[int, int], ...]
"""A set of characters: sorted, disjoint, inclusive ranges of code points, without the separators."""

Token = str | Ranges | None
"""One step of a wildcard segment: a character, a character class, or `None` for `*`."""

_WILD = re.compile(r"[*?\[]")
_ROUTE = re.compile(
    r"\[{1,2}[^!^*?\[\]][^*?\[\]]*\]{1,2}"
    r"|\[{1,2}(?:\.{3})?\w{2,}\]{1,2}(?:\.[\w-]+)*\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx?)",
    re.ASCII,
)
_FIRST, _LAST = 1, 0x10FFFF
_TASTE = "xabcdefghijklmnopqrstuvwyz0123456789_-XABCDEFGHIJKLMNOPQRSTUVWYZ"
"""Characters for a witness, the nicest first."""


def complement(ranges: Ranges) -> Ranges:
    """Every character outside of `ranges`, except the separators `/` and `\\`."""
    result: list[tuple[int, int]] = []
    start = _FIRST
    for low, high in merge([*ranges, (ord("/"), ord("/")), (ord("\\"), ord("\\"))]):
        if low > start:
            result.append((start, low - 1))
        start = high + 1
    if start <= _LAST:
        result.append((start, _LAST))
    return tuple(result)


def merge(ranges: list[tuple[int, int]]) -> Ranges:
    """Sort ranges and join those that touch; reversed ones are empty."""
    result: list[tuple[int, int]] = []
    for low, high in sorted(pair for pair in ranges if pair[0] <= pair[1]):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)


ANY: Final[Ranges] = complement(())
"""The class that `?` stands for."""


class Glob:
    """A segment with wildcards. `text` is the spelling, `tokens` its steps; equal texts are one object per dialect."""

    __slots__ = ("suffix", "text", "tokens")

    def __init__(self, text: str, tokens: tuple[Token, ...]) -> None:
        self.text = text
        self.tokens = tokens
        tail: list[str] = []
        for token in reversed(tokens):
            if not isinstance(token, str):
                break
            tail.append(token)
        self.suffix = "".join(reversed(tail))

    def __repr__(self) -> str:
        return f"Glob({self.text!r})"


Segment = str | Glob
"""A literal name or a wildcard segment."""


@lru_cache(maxsize=65536)
def parse_segment(text: str) -> Segment:
    """A segment of a plan's pattern: the text itself when it is literal, otherwise a `Glob`. Never raises."""
    if not _WILD.search(text) or _ROUTE.fullmatch(text):
        return text
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        character = text[at]
        at += 1
        if character == "*":
            if not tokens or tokens[-1] is not None:
                tokens.append(None)
        elif character == "?":
            tokens.append(ANY)
        elif character == "[" and (found := _parse_class(text, at)):
            ranges, at = found
            tokens.append(ranges)
        else:
            tokens.append(character)
    if all(isinstance(token, str) for token in tokens):
        return text
    return Glob(text, tuple(tokens))


def _parse_class(text: str, at: int) -> tuple[Ranges, int] | None:
    """The class whose `[` stands just before `at`, and the offset after its `]`; `None` when nothing closes it."""
    negated = text[at : at + 1] in ("!", "^") and text[at : at + 1] != ""
    start = at + negated
    end = text.find("]", start + 1)
    if end < 0:
        return None
    body = text[start:end]
    ranges: list[tuple[int, int]] = []
    index = 0
    while index < len(body):
        if body[index + 1 : index + 2] == "-" and index + 2 < len(body):
            ranges.append((ord(body[index]), ord(body[index + 2])))
            index += 3
        else:
            ranges.append((ord(body[index]), ord(body[index])))
            index += 1
    merged = merge(ranges)
    return (complement(merged) if negated else intersect(merged, ANY)), end + 1


def intersect(a: Ranges, b: Ranges) -> Ranges:
    """The characters in both classes."""
    result: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        low, high = max(a[i][0], b[j][0]), min(a[i][1], b[j][1])
        if low <= high:
            result.append((low, high))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    return tuple(result)


def _accepts(token: str | Ranges, character: str) -> bool:
    """Whether a token other than `*` takes `character`."""
    if isinstance(token, str):
        return token == character
    code = ord(character)
    return any(low <= code <= high for low, high in token)


def match_segment(segment: Segment, name: str) -> bool:
    """Whether a non-empty name belongs to a segment. At worst the product of both lengths: only the last `*` is
    ever reconsidered.
    """
    if isinstance(segment, str):
        return segment == name
    tokens = segment.tokens
    if not name.endswith(segment.suffix):
        return False
    at = token = 0
    star, resume = -1, 0
    while at < len(name):
        current = tokens[token] if token < len(tokens) else ()
        if current is None:
            star, resume = token, at
            token += 1
        elif current and _accepts(current, name[at]):
            token += 1
            at += 1
        elif star >= 0:
            resume += 1
            token, at = star + 1, resume
        else:
            return False
    return all(rest is None for rest in tokens[token:])


def meet_segments(a: Segment, b: Segment) -> str | None:
    """A name that both segments match, or `None` when there is none. Exact."""
    if isinstance(a, str):
        return a if match_segment(b, a) else None
    if isinstance(b, str):
        return b if match_segment(a, b) else None
    if not (a.suffix.endswith(b.suffix) or b.suffix.endswith(a.suffix)):
        return None
    return _meet_globs(a, b)


@lru_cache(maxsize=65536)
def _meet_globs(a: Glob, b: Glob) -> str | None:
    """`meet_segments` for two wildcard segments: a search for the shortest name, then a look for a nicer one."""
    shortest = _shortest_name(a.tokens, b.tokens)
    if shortest is None:
        return None
    for nicer in (_filled(a), _filled(b), f"x{shortest}"):
        if (
            nicer
            and nicer not in (".", "..")
            and _is_composed(nicer)
            and match_segment(a, nicer)
            and match_segment(b, nicer)
        ):
            return nicer
    return shortest if _is_composed(shortest) else None


def _is_composed(name: str) -> bool:
    """Whether a name is as paths are compared: a letter and an accent of its own make one character (`a[\u0301]`)."""
    return name.isascii() or unicodedata.is_normalized("NFC", name)


def _filled(glob: Glob) -> str:
    """The spelling of a wildcard segment with one friendly character for each wildcard; may not match."""
    return "".join(token if isinstance(token, str) else _pick(ANY if token is None else token) for token in glob.tokens)


def _pick(ranges: Ranges, *, dot: bool = True) -> str:
    """A friendly character of a class; `dot` says whether `.` will do. Empty when there is none."""
    for character in _TASTE:
        if _accepts(ranges, character):
            return character
    for low, high in ranges:
        for code in (low, low + 1, 0xE000):  # U+E000 follows the surrogates, which no output could encode
            if low <= code <= high and not 0xD800 <= code <= 0xDFFF and (dot or code != ord(".")):
                return chr(code)
    return ""


def _shared(a: Token, b: Token) -> Ranges:
    """The characters that two tokens can both take next."""
    first, second = (
        ANY if token is None else ((ord(token), ord(token)),) if isinstance(token, str) else token for token in (a, b)
    )
    return intersect(first, second)


def _shortest_name(a: tuple[Token, ...], b: tuple[Token, ...]) -> str | None:
    """Breadth-first product of two token lists.

    A state is a place in each list and how much of `..` the name so far is (0 nothing, 1 `.`, 2 `..`, 3 more): names
    that are a prefix of `..` do not exist.
    """
    start, goal = (0, 0, 0), (len(a), len(b), 3)
    came: dict[tuple[int, int, int], tuple[tuple[int, int, int], str] | None] = {start: None}
    queue = deque([start])
    while queue and goal not in came:
        state = queue.popleft()
        i, j, dots = state
        steps: list[tuple[tuple[int, int, int], str]] = []
        if i < len(a) and a[i] is None:
            steps.append(((i + 1, j, dots), ""))
        if j < len(b) and b[j] is None:
            steps.append(((i, j + 1, dots), ""))
        if i < len(a) and j < len(b):
            shared = _shared(a[i], b[j])
            onward = (i + (a[i] is not None), j + (b[j] is not None))
            other = _pick(shared, dot=dots == 3)
            if other:
                steps.append(((*onward, 3), other))
            if dots < 3 and _accepts(shared, "."):
                steps.append(((*onward, dots + 1), "."))
        for target, character in steps:
            if target not in came:
                came[target] = (state, character)
                # Empty steps go first, so that the first name found is a shortest one.
                if character:
                    queue.append(target)
                else:
                    queue.appendleft(target)
    if goal not in came:
        return None
    name: list[str] = []
    step = came[goal]
    while step is not None:
        name.append(step[1])
        step = came[step[0]]
    return "".join(reversed(name))
