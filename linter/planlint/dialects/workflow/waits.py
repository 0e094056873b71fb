"""Whether and when a workflow script waits for a launch."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.readers.code import Call
from planlint.readers.javascript import JsModule

_HANDED_ON = re.compile(r"(?:\breturn|=>)[ \t]*\(?\s*\Z")
"""What stands before an expression that is the result of its function."""
_BEFORE = 40
_AWAIT = re.compile(r"await\b(?:(?!await\b)[^;]){1,300}")
_WORD = re.compile(r"[\w$]+")


class Wait(NamedTuple):
    """`now`: the script waits before it goes on. Else `until` is where it waits later, None where it never does.

    `inner`: that is in a function which is called elsewhere; `outer`: that call is waited for.
    """

    now: bool = True
    until: int | None = None
    inner: bool = False
    outer: bool = False


AT_ONCE = Wait()


class Waits:
    """The waits of one script."""

    def __init__(self, module: JsModule) -> None:
        self._assigned = {entry.value.start: entry.name for entry in module.assignments if entry.value.call()}
        self._waited: dict[str, list[int]] = {}
        for match in _AWAIT.finditer(module.source.text):
            for name in set(_WORD.findall(match[0])):
                self._waited.setdefault(name, []).append(match.start())

    def of(self, chain: list[Call]) -> Wait:
        """The wait for `chain[0]`; the other calls are those that it happens through, nearest first.

        A function that returns it hands the waiting on: in `await build()`, for `return agent(...)` in build.
        """
        for number, call in enumerate(chain):
            if call.awaited:
                return AT_ONCE
            before = call.source.text[max(0, call.start - _BEFORE) : call.start]
            if _HANDED_ON.search(before) is None:
                places = self._waited.get(self._assigned.get(call.start, ""), ())
                until = next((place for place in places if place >= call.end), None)
                rest = chain[number + 1 :]
                return Wait(False, until, bool(rest), bool(rest) and self.of(rest).now)
        return AT_ONCE
