"""How often a loop of a launch script runs, as far as the script or its comments say."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.dialects.calls.brackets import scan_group


class Header(NamedTuple):
    """The head of a loop: the `variable` it sets, what it ranges `over`, and whether it is a `while`."""

    variable: str | None
    over: str
    conditional: bool = False
    rounds: int | None = None
    """The number of rounds that a counting loop spells out: `for (i = 0; i < 20; i++)`."""


_COUNTING = re.compile(r"[^;]*;\s*[\w$]+\s*(<=?)\s*([\w$.]+)\s*;")
_EACH = re.compile(
    r"(?:(?:each|every|await|const|let|var)\s+)*([\w$]+|[\[(][^\])]{0,60}[\])])(?:\s*,\s*[\w$]+)?\s+(?:of"
    r"|in)\s+(\S[\s\S]*)",
    re.IGNORECASE,
)


def read_header(keyword: str, inside: str) -> Header:
    """What the words between a loop keyword and its body say."""
    inside = inside.strip()
    if keyword.lower() in ("while", "until", "loop", "repeat"):
        return Header(None, inside or keyword, True)
    counting = _COUNTING.match(inside)
    if counting is not None:
        variable = re.search(r"([\w$]+)\s*=", inside)
        limit = counting.group(2)
        rounds = int(limit) + (counting.group(1) == "<=") if limit.isdigit() and len(limit) < 9 else None
        return Header(variable.group(1) if variable else None, limit, False, rounds)
    each = _EACH.match(inside)
    if each is not None:
        return Header(each.group(1), each.group(2).strip().rstrip(":").strip())
    return Header(None, inside)


_NUMBER = re.compile(r"\d{1,6}")
_RANGE = re.compile(r"range\(\s*(?:(\w+)\s*,\s*)?([\w.]+)\s*\)|Array\(\s*(\w+)\s*\)|length:\s*(\w+)")
_COUNTED = re.compile(r"\{(\d{1,6})\.\.(\d{1,6})\}|\bseq[ \t]+(?:(\d{1,6})[ \t]+)?(\d{1,6})\b")
_ROUNDS = re.compile(
    r"(?:[\w$]{1,40}\+\+|(?<![\w$.])(?:i|n|rounds?|attempts?|iter(?:ation)?s?|tr(?:y|ies)|pass(?:es)?|turns?|cycles?))"
    r"\s*(<=?)\s*([\w$]{1,40})"
)
""" "round++ < 3", "attempts < MAX_ATTEMPTS": a counter of rounds, unlike "dry < 2", which counts anew."""
_PLAIN_ITEM = re.compile(r"[\w./:@-]+,?")
_STEP = re.compile(r"\[\s*(\w+)\s*:\s*\1\s*\+\s*(\w+)\s*\]|\.slice\(\s*(\w+)\s*,\s*\3\s*\+\s*(\w+)\s*\)")
""" `list.slice(i, i + 5)`: as many elements at a time."""
_SLICE = re.compile(r"\[\s*:\s*(\w+)\s*\]|\.sp?lice\(\s*0\s*,\s*(\w+)\s*\)|\.(?:take|limit|first|head)\(\s*(\w+)\s*\)")
_MINIMUM = re.compile(r"\bmin\(((?:[^()\n]{1,200}+|\([^()\n]{0,80}\)){1,8}+)\)")
_BATCHED = re.compile(
    r"chunk|batch|\bgroups?\b|\bwaves?\b|partition|p-?limit|pool\b|semaphore|concurrency|islice", re.IGNORECASE
)
_CHUNK_SIZE = re.compile(
    r"(?:chunk|batch|partition)\w{0,20}+\((?:[^(),\n]{1,200}+"
    r"|\([^()\n]{0,80}\)){1,4}+,\s{0,4}(?:\w{1,20}+\s?=\s?)?(\w{1,40}+)\s*\)",
    re.IGNORECASE,
)
_IN_COMMENT = re.compile(
    r"\b(?:batch(?:es)? of|at most|max(?:imum)?(?: of)?|up to|no more than|limit(?:ed)? (?:of|to)|groups of"
    r"|chunks of)\s*:?\s*(\d{1,4})\b"
    r"|\b(\d{1,4})\s+(?:at (?:a|one) time|at once|in parallel)\b",
    re.IGNORECASE,
)


def is_batching(over: str) -> bool:
    """Whether `over` cuts a list into batches, or is a list of them."""
    return _BATCHED.search(over) is not None


def stated_bound(comment: str) -> int | None:
    """The most that a comment allows: "at most 5", "batches of 5", "5 at a time"."""
    match = _IN_COMMENT.search(comment)
    return int(match.group(1) or match.group(2)) if match else None


class Constants:
    """Numbers and lengths of lists that a script gives names to."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def learn(self, name: str, text: str, at: int, limit: int) -> None:
        """Remember what `name = text[at:...]` is, when it is a number, a list literal or has a `min(...)` in it."""
        line_end = text.find("\n", at, limit)
        line = text[at : line_end if line_end >= 0 else limit].strip().rstrip(";,")
        value: int | None = None
        if _NUMBER.fullmatch(line):
            value = int(line)
        elif line.startswith("["):
            value = _length(text, text.index("[", at), limit)
        else:
            value = self._minimum(line) or self._sliced(line)
        if value is not None:
            self._numbers.setdefault(name, value)

    def bound(self, over: str) -> int | None:
        """The most elements that `over` can have."""
        over = over.strip()
        if over.startswith("["):
            return _length(over, 0, len(over))
        words = over.split()
        if len(words) > 1 and all(_PLAIN_ITEM.fullmatch(word) for word in words) and "if" not in words:
            return len(words)  # the words of a shell loop
        counted = _COUNTED.search(over)
        if counted is not None:
            first, last = counted.group(1) or counted.group(3) or "1", counted.group(2) or counted.group(4)
            return max(0, int(last) - int(first) + 1)
        ranged = _RANGE.search(over)
        if ranged is not None:
            start, stop = self._number(ranged.group(1)), self._number(next(g for g in ranged.groups()[1:] if g))
            return None if stop is None else max(0, stop - (start or 0))
        found = self._minimum(over) or self._sliced(over)
        if found is not None:
            return found
        rounds = _ROUNDS.search(over)
        if rounds is not None and (last := self._number(rounds.group(2))) is not None:
            return last + (rounds.group(1) == "<=")
        return self._number(over.split(".")[0] if over.endswith((".length", ".entries()")) else over)

    def chunk_size(self, over: str) -> int | None:
        """The size of the pieces in `chunks(tasks, BATCH_SIZE)`."""
        match = _CHUNK_SIZE.search(over)
        return self._number(match.group(1)) if match else None

    def _number(self, word: str | None) -> int | None:
        if word is None:
            return None
        return int(word) if _NUMBER.fullmatch(word) else self._numbers.get(word)

    def _minimum(self, text: str) -> int | None:
        match = _MINIMUM.search(text)
        if match is None:
            return None
        numbers = [self._number(part.strip()) for part in match.group(1).split(",")]
        known = [number for number in numbers if number is not None]
        return min(known) if known else None

    def _sliced(self, text: str) -> int | None:
        match = _SLICE.search(text)
        if match is not None:
            return self._number(next(g for g in match.groups() if g))
        step = _STEP.search(text)
        return self._number(step[2] or step[4]) if step is not None else None


_LONGEST_LIST = 1500
"""Characters of a list literal that are read to count its elements; nobody writes a longer one into a plan."""


def _length(text: str, at: int, limit: int) -> int | None:
    """The number of elements of the list literal that opens at `at`."""
    group = scan_group(text, at, min(limit, at + _LONGEST_LIST))
    if not group.closed:
        return None
    inner = [token for token in group.tokens[1:-1] if token.kind != "\n"]
    if not inner or "..." in text[at : group.end]:
        # Nothing in it that could be counted, or another list spread into it.
        return None
    commas = sum(1 for token in inner if token.kind == "," and token.depth == 1)
    return commas + (inner[-1].kind != ",")
