"""What the strings of a workflow script come to: constants, elements of written lists and arguments put in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from planlint.dialects.workflow.scopes import Scopes, head_of_function, parameters
from planlint.readers.code import Call, Expression
from planlint.readers.javascript import JsModule
from planlint.readers.javascript_literals import whole
from planlint.readers.prose import Prose
from planlint.readers.scalar_text import marked
from planlint.source import Source

_DEEPEST = 6
"""Names followed from a string to what is put in it."""
_LONGEST = 60_000
"""Characters of a prompt beyond which values stay as written; real prompts have up to 20,000."""
_MOST_CALLS = 500
"""Calls that are worked out for one string."""
_TRIMMING = frozenset({"trim", "trimStart", "trimEnd"})
_TAGS = frozenset({"dedent", "String.raw", "outdent", "stripIndent"})
"""Tags of templates that leave the words as they are."""
_NAME_LIKE = 200
"""A longer value, or one of several lines, is a text of its own, and what it says stands where it is written."""


class Bound(NamedTuple):
    """The value of a parameter: an expression, and what the names in it stand for."""

    value: Expression
    names: Names


Names = dict[str, Bound]
"""Parameters and loop variables in sight, each with its value."""

_NO_NAMES: Names = {}


@dataclass(slots=True)
class Text:
    """A string put together. Between two `anchors` (offset in `text`, offset in the source) both run in step."""

    parts: list[str] = field(default_factory=list)
    anchors: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, place: int) -> None:
        """Go on with `text`, which stands at `place`."""
        if text:
            self.anchors.append((self.length, place))
            self.parts.append(text)
            self.length += len(text)

    def insert(self, text: str, start: int, end: int) -> None:
        """Go on with a value whose every character stands for the whole of `[start, end)`."""
        for character in text[:-1]:
            self.add(character, start)
        self.add(text[-1:], end - 1)

    @property
    def text(self) -> str:
        """All of it."""
        return whole("".join(self.parts))

    def prose(self, source: Source, start: int, end: int) -> Prose:
        """As running text, backticks turned into marks; `[start, end)` is where the string stands."""
        return marked(source, start, end, self.text, self.anchors or [(0, start)])


class Values:
    """Evaluates the strings of one script as far as they are written in it."""

    def __init__(self, module: JsModule) -> None:
        self._module = module
        self._scopes = Scopes(module)
        self._worked_out = 0
        self._known: dict[tuple[int, int], tuple[Text | None, Names]] = {}
        """Texts by the place of their expression and the names in sight, which are kept so that they stay apart."""

    def text(self, expression: Expression | None, names: Names) -> Text | None:
        """The string that `expression` is, None for what is none; what is not known stays as written, `${name}`."""
        if expression is None:
            return None
        found = Text()
        self._worked_out = 0
        bound = self._follow(Bound(expression, names), 0)
        return found if bound is not None and self._add(found, bound, 0) else None

    def entries(self, expression: Expression) -> dict[str, Expression]:
        """The entries of an object that is written out, here or in a constant; empty for anything else."""
        bound = self._follow(Bound(expression, _NO_NAMES), 0)
        return bound.value.entries() if bound is not None else {}

    def elements(self, expression: Expression | None, names: Names) -> list[Bound]:
        """The elements of a list that is written out, here, in a constant or in what a function of the script returns.

        Empty where any of it is not known.
        """
        if expression is None:
            return []
        self._worked_out = 0
        bound = self._follow(Bound(expression, names), 0)
        for _ in range(_DEEPEST):
            call = bound.value.call() if bound is not None else None
            if bound is None or call is None:
                break
            bound = self._returned(call, bound.names)
        listed = bound.value.elements() if bound is not None else []
        if bound is None or any(element.origin.text.startswith("...") for element in listed):
            return []
        return [Bound(element, bound.names) for element in listed]

    def constant(self, name: str, place: int) -> Expression | None:
        """What a constant is given, of a function around `place` or of the script."""
        return self._scopes.value(name, place)

    def _add(self, into: Text, bound: Bound, depth: int) -> bool:
        call = bound.value.call()
        if call is not None:
            return self._add_call(into, call, bound.names, depth)
        pieces = bound.value.pieces()
        for piece in pieces:
            end = piece.start + len(piece.text)
            value = self._follow(Bound(piece.inserted, bound.names), 0) if piece.inserted is not None else None
            deep = depth > _DEEPEST or into.length > _LONGEST
            if value is None or deep or not self._put(into, value, depth, piece.start, end):
                into.add(piece.text, piece.start)
        return bool(pieces)

    def _add_call(self, into: Text, call: Call, names: Names, depth: int) -> bool:
        """A string that a call gives: of a function of the script, of `[...].join(...)`, of a tagged template."""
        self._worked_out += 1
        if depth > _DEEPEST or into.length > _LONGEST or self._worked_out > _MOST_CALLS:
            return False
        method = call.callee.text.rpartition(".")[2] if call.receiver is not None else ""
        if method == "join":
            return self._add_joined(into, call, names, depth)
        if method in _TRIMMING or call.name in _TAGS:
            value = call.receiver if method in _TRIMMING else next(iter(call.arguments), None)
            bound = self._follow(Bound(value, names), 0) if value is not None else None
            return bound is not None and self._add(into, bound, depth + 1)
        returned = self._returned(call, names)
        return returned is not None and self._add(into, returned, depth + 1)

    def _returned(self, call: Call, names: Names) -> Bound | None:
        """What a function of the script gives back that does nothing but work out a value."""
        formula = self._module.formulas.get(call.name or "")
        if formula is None:
            return None
        inner: Names = {}
        for parameter, argument in zip(parameters(head_of_function(formula.origin)), call.arguments, strict=False):
            bind(inner, parameter, argument, names)
        inner.update({name: Bound(value, inner) for name, value in formula.constants.items()})
        return self._follow(Bound(formula.returned, inner), 0)

    def _add_joined(self, into: Text, call: Call, names: Names, depth: int) -> bool:
        """A list of strings put together; an element that is not known stays as written."""
        elements = self.elements(call.receiver, names)
        given = call.arguments[0].text() if call.arguments else None
        separator = given.text if given is not None else ","
        for number, element in enumerate(elements):
            if number and separator:
                place = call.arguments[0] if call.arguments else call
                into.insert(separator, place.start, place.end)
            bound = self._follow(element, 0)
            if bound is None or not self._add(into, bound, depth + 1):
                into.add("${" + element.value.origin.text + "}", element.value.start)
        return bool(elements)

    def _put(self, into: Text, value: Bound, depth: int, start: int, end: int) -> bool:
        """Put the string `value` where a substitution stands."""
        key = (value.value.start, id(value.names))
        if key not in self._known:
            made = Text()
            self._known[key] = (made if self._add(made, value, depth + 1) else None, value.names)
        inner = self._known[key][0]
        if inner is None:
            return False
        if inner.length <= _NAME_LIKE and "\n" not in inner.text:
            into.insert(inner.text, start, end)
        else:
            for (_, place), part in zip(inner.anchors, inner.parts, strict=True):
                into.add(part, place)
        return True

    def _follow(self, bound: Bound, depth: int) -> Bound | None:
        """What a name or a field of one stands for; anything else stands for itself."""
        name = bound.value.name
        if name is None or depth > _DEEPEST:
            return bound if name is None else None
        head, *fields = name.split(".")
        found = bound.names.get(head)
        if found is None:
            constant = self._scopes.value(head, bound.value.start)
            found = Bound(constant, _NO_NAMES) if constant is not None else None
        if found is not None and found.value.start == bound.value.start:
            return None
        found = self._follow(found, depth + 1) if found is not None else None
        for one in fields:
            entry = found.value.entries().get(one) if found is not None else None
            found = (
                self._follow(Bound(entry, found.names), depth + 1) if entry is not None and found is not None else None
            )
        return found


def bind(names: Names, parameter: str | list[str], value: Expression, around: Names) -> None:
    """Let `parameter` stand for `value`, whose own names are those of `around`."""
    if isinstance(parameter, str):
        names[parameter] = Bound(value, around)
        return
    entries = value.entries()
    for one in parameter:
        if one in entries:
            names[one] = Bound(entries[one], around)
