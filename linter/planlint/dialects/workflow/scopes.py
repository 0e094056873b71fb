"""What a name stands for at a place of a workflow script: constants of the functions around it, then of the script."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from planlint.readers.code import Expression
from planlint.readers.javascript import JsModule
from planlint.source import Origin

_LONGEST_HEAD = 400
"""Characters of a function that its parameters are looked for in."""


class Scopes:
    """The constants of one script, by the function in which they are."""

    def __init__(self, module: JsModule) -> None:
        self._module = module
        functions = {one.origin for call in module.calls for one in call.within if one.kind == "function"}
        self._functions = sorted(functions, key=lambda one: (one.start, -one.end))
        self._starts = [one.start for one in self._functions]
        self._around: list[int] = []
        chain: list[int] = []
        for number, one in enumerate(self._functions):
            while chain and self._functions[chain[-1]].end <= one.start:
                chain.pop()
            self._around.append(chain[-1] if chain else -1)
            chain.append(number)
        self._taken: dict[int, set[str]] = {}
        self._values: dict[tuple[int, str], list[Expression]] = {}
        for entry in module.assignments:
            if entry.scope:
                inside = next(self._at(entry.origin.start), -1)
                self._values.setdefault((inside, entry.name), []).append(entry.value)

    def value(self, name: str, place: int) -> Expression | None:
        """The value that `name` has at `place`; None where it is a parameter, given several times, or not known."""
        for function in self._at(place):
            found = self._values.get((function, name))
            if found is not None:
                return found[0] if len(found) == 1 else None
            if name in self._parameters(function):
                return None
        return self._module.constant(name)

    def _at(self, place: int) -> Iterator[int]:
        """The functions around `place`, the innermost first."""
        number = bisect_right(self._starts, place) - 1
        while number >= 0:
            if place < self._functions[number].end:
                yield number
            number = self._around[number]

    def _parameters(self, function: int) -> set[str]:
        if function not in self._taken:
            names: set[str] = set()
            for one in parameters(head_of_function(self._functions[function])):
                names.update([one] if isinstance(one, str) else one)
            self._taken[function] = names
        return self._taken[function]


_PARAMETERS = re.compile(
    r"\s*(?:async\b\s*)?(?:function\b\s*\*?\s*[\w$]*\s*)?\((?P<list>[^()]*)\)|\s*(?:async\b\s*)?(?P<one>[\w$]+)\s*=>"
)
_DEFAULT = re.compile(r"\s*=[^,]*")


def head_of_function(function: Origin) -> str:
    """As much of a function as its parameters are looked for in."""
    return function.source.text[function.start : min(function.end, function.start + _LONGEST_HEAD)]


def parameters(function: str) -> list[str | list[str]]:
    """The parameters of a function as written; a pattern `{a, b}` gives the list of the fields it takes out."""
    match = _PARAMETERS.match(function)
    if match is None:
        return []
    if match["one"] is not None:
        return [match["one"]]
    return list(_parameters(match["list"]))


def _parameters(written: str) -> Iterator[str | list[str]]:
    at = 0
    while at < len(written):
        rest = written[at:].lstrip()
        at = len(written) - len(rest)
        if rest.startswith("{") and (close := rest.find("}")) > 0:
            yield [part.strip() for part in _DEFAULT.sub("", rest[1:close]).split(",") if part.strip().isidentifier()]
            at += close + 1
            comma = written.find(",", at)
        else:
            comma = written.find(",", at)
            one = _DEFAULT.sub("", written[at : comma if comma >= 0 else len(written)]).strip()
            yield one.removeprefix("...")
        if comma < 0:
            return
        at = comma + 1
