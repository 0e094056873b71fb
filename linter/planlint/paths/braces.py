"""Brace expansion: `{a,b}`, nested and with empty alternatives, and small numeric ranges `{1..3}`.

A group without a comma or range (`{id}`, `${HOME}`, `{}`) and an unbalanced brace are ordinary characters.
"""

from __future__ import annotations

import re

MAX_ALTERNATIVES = 256
"""Most spellings one pattern may expand to. Hand-written scopes use fewer than ten; each `{a,b}` doubles them."""

_RANGE = re.compile(r"(-?\d{1,6})\.\.(-?\d{1,6})")


class PatternError(ValueError):
    """A pattern goes beyond a limit of the path algebra. Odd syntax is never an error."""


def groups(text: str) -> list[tuple[int, int]]:
    """The outermost groups of `text` that expand, as `[start, end)` offsets with both braces inside. Linear."""
    if "{" not in text:
        return []
    found: list[tuple[int, int]] = []
    opened: list[tuple[int, bool]] = []
    for at, character in enumerate(text):
        if character == "{":
            opened.append((at, False))
        elif character == "," and opened:
            opened[-1] = (opened[-1][0], True)
        elif character == "}" and opened:
            start, has_comma = opened.pop()
            if has_comma or _RANGE.fullmatch(text, start + 1, at):
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, at + 1))
    return found


def expand(text: str) -> list[str]:
    """Every spelling that `text` stands for, in the order written, without repeats; spaces beside a comma are dropped.

    Raises `PatternError` when there would be more than `MAX_ALTERNATIVES`.
    """
    done: dict[str, None] = {}
    waiting = [text]
    steps = 0
    while waiting:
        current = waiting.pop()
        steps += 1
        spans = groups(current)
        if not spans:
            done[current] = None
        else:
            start, end = spans[0]
            choices = _choices(current[start + 1 : end - 1])
            waiting += [current[:start] + choice + current[end:] for choice in reversed(choices)]
        # Steps are counted too, for groups with a single choice (`{1..1}`) add work without adding paths.
        if len(done) + len(waiting) > MAX_ALTERNATIVES or steps > 2 * MAX_ALTERNATIVES:
            raise PatternError(f"the braces expand to more than {MAX_ALTERNATIVES} paths")
    return list(done)


def _choices(body: str) -> list[str]:
    """The alternatives inside of one group, cut at its own commas; nested groups stay as they are."""
    numbers = _RANGE.fullmatch(body)
    if numbers:
        return _numbers(numbers[1], numbers[2])
    parts: list[str] = []
    depth = start = 0
    for at, character in enumerate(body):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(body[start:at].strip())
            start = at + 1
    parts.append(body[start:].strip())
    return parts


def _numbers(first: str, last: str) -> list[str]:
    """The numbers of a range in either direction, padded with zeros when one end is written so (`{01..10}`)."""
    low, high = int(first), int(last)
    if abs(high - low) >= MAX_ALTERNATIVES:
        raise PatternError(f"the range {{{first}..{last}}} has more than {MAX_ALTERNATIVES} numbers")
    padded = any(number.lstrip("-").startswith("0") and len(number.lstrip("-")) > 1 for number in (first, last))
    width = max(len(first), len(last)) if padded else 0
    step = 1 if high >= low else -1
    return [f"{number:0{width}d}" if width else str(number) for number in range(low, high + step, step)]
