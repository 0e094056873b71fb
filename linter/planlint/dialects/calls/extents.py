"""Where lines, groups and calls of pseudo-code end."""

from __future__ import annotations

import re

from planlint.dialects.calls.brackets import Group, scan_group

_LINE_LAUNCH = re.compile(
    r"^[ \t]*(?:[-*][ \t]+|\d{1,3}[.)][ \t]+)?(?:(?:const|let|var)[ \t]+)?(?:[\w$.\[\]]{1,60}[ \t]*=[ \t]*)?"
    r"(?:await[ \t]+)?(?:Task|Agent)[ \t]*\(",
    re.MULTILINE,
)


class Extents:
    """The ends of what begins somewhere in one text; asked from front to back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._heads = [match.start() for match in _LINE_LAUNCH.finditer(text)]
        self._next_head = 0
        self._rescanned = 0
        """Characters read twice because a call's end was not where the next one begins; bounded."""

    def line_end(self, at: int) -> int:
        """Where the line at `at` ends."""
        end = self._text.find("\n", at)
        return end if end >= 0 else len(self._text)

    def after_blanks(self, at: int) -> int:
        """The first place from `at` on that is no blank."""
        while at < len(self._text) and self._text[at] in " \t":
            at += 1
        return at

    def limit(self, start: int) -> int:
        """Where the next call begins a line after `start`: nothing that is open at `start` reaches beyond."""
        while self._next_head < len(self._heads) and self._heads[self._next_head] <= start:
            self._next_head += 1
        return self._heads[self._next_head] if self._next_head < len(self._heads) else len(self._text)

    def group(self, start: int, at: int) -> Group:
        """The parentheses at `at`; one that never closes ends before the next call, or at the next blank line."""
        limit = self.limit(start)
        group = scan_group(self._text, at, limit)
        if not group.closed and self._in_long_string(at, limit) and self._rescanned < 4 * len(self._text):
            self._rescanned += len(self._text) - at
            group = scan_group(self._text, at, len(self._text))
        if group.closed:
            return group
        blank = self._text.find("\n\n", at, limit)
        end = blank if blank >= 0 else limit
        return Group(tuple(token for token in group.tokens if token.end <= end), end, False)

    def _in_long_string(self, at: int, limit: int) -> bool:
        """Whether a triple-quoted string that opened after `at` is still open at `limit`, and closes at all."""
        part = self._text[at:limit]
        return any(part.count(mark) % 2 == 1 and self._text.find(mark, limit) >= 0 for mark in ('"""', "'''"))
