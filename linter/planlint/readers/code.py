"""What the Python and JavaScript readers have in common: expressions, calls and what stands around a call.

Both read code without running it. Neither knows plans: a dialect asks for the calls of one function and reads their
arguments as it would read YAML, through `Expression.literal`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping as MappingOf
from typing import Final, Literal, NamedTuple, TypeAlias

from planlint.diagnostics import Problem
from planlint.readers.tree import Node, Plain
from planlint.source import Origin, Source

MAX_CODE_LENGTH: Final = 1_000_000
"""Longest program that is read, in code points; the largest in a collection of agent scripts has 60,000."""

EnclosingKind: TypeAlias = Literal["await", "loop", "condition", "call", "function", "class"]


class Enclosing(NamedTuple):
    """A construct around an expression that changes when or how often it runs.

    * `await`: its result is waited for.
    * `loop`: the body of `for`, `while` or a comprehension; what is evaluated once before the loop is not in it.
    * `condition`: a branch of `if`, a conditional expression, `match` or `switch`; the test itself is not in it.
    * `call`: it is an argument; `name` is the callee as written (`items.map`, `asyncio.gather`).
    * `function`, `class`: it stands in the body; `name` is empty for anonymous functions.
    """

    kind: EnclosingKind
    name: str
    origin: Origin


class StaticText(NamedTuple):
    """A string as far as it is known. When `dynamic`, inserted values stand in it as they are written: `${name}`."""

    text: str
    dynamic: bool


class Piece(NamedTuple):
    """A part of a string: its text, and where that begins in the source. `inserted` is the value that stands there, if
    it is no text of its own; `text` is then as written, `${name}`."""

    text: str
    start: int
    inserted: Expression | None


class Expression(ABC):
    """An expression at a place: `[start, end)` in code points."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.origin.text[:60]!r})"

    @property
    def origin(self) -> Origin:
        """Where the expression stands."""
        return Origin(self.source, self.start, self.end)

    @property
    @abstractmethod
    def name(self) -> str | None:
        """The dotted name, when the expression is nothing else (`agents.reviewer`)."""

    @abstractmethod
    def literal(self) -> Node | None:
        """The value with the places of all its parts; None where any part is not a literal."""

    @abstractmethod
    def text(self) -> StaticText | None:
        """The string, inserted values and all; None for what is no string."""

    @abstractmethod
    def entries(self) -> dict[str, Expression]:
        """The entries of a mapping literal whose keys are known, whatever their values; empty for anything else."""

    @abstractmethod
    def elements(self) -> list[Expression]:
        """The elements of a list, tuple or set literal, whatever they are; empty for anything else."""

    def pieces(self) -> list[Piece]:
        """The parts of a string in order; empty for what is no string, and where the reader does not tell them."""
        return []

    def item(self) -> tuple[str, str] | None:
        """`("tables.users", "id")` for `tables.users["id"]`: the dotted name that is looked into, and the key."""
        return None

    @abstractmethod
    def call(self) -> Call | None:
        """The call, when the expression is one, waited for or not."""

    @property
    def plain(self) -> Plain:
        """The value of a literal as plain data. None also means "not a literal": ask `literal` where that matters."""
        value = self.literal()
        return None if value is None else value.plain


class Call:
    """A call of a function or class.

    `name` is the dotted name of the callee, None where it is not one (`make()()`). `arguments` are the positional ones
    in order. `keywords` are those passed by name, which JavaScript does not have. `within` is what stands around the
    call, outermost first. `receiver` is what a method is called on (`["a", "b"]` in `["a", "b"].map(f)`), where the
    reader tells.
    """

    __slots__ = ("arguments", "callee", "end", "keywords", "name", "receiver", "source", "start", "within")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        *,
        name: str | None,
        callee: Origin,
        arguments: list[Expression],
        keywords: MappingOf[str, Expression],
        within: tuple[Enclosing, ...],
        receiver: Expression | None = None,
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.name = name
        self.receiver = receiver
        self.callee = callee
        self.arguments = arguments
        self.keywords = keywords
        self.within = within

    def __repr__(self) -> str:
        return f"Call({self.callee.text!r})"

    @property
    def origin(self) -> Origin:
        """Where the call stands, arguments included."""
        return Origin(self.source, self.start, self.end)

    def inside(self, kind: EnclosingKind) -> Enclosing | None:
        """The nearest construct of `kind` around the call."""
        for enclosing in reversed(self.within):
            if enclosing.kind == kind:
                return enclosing
        return None

    @property
    def awaited(self) -> bool:
        """Whether the call's own result is waited for: `await f()`, not `await gather(f())`."""
        return bool(self.within) and self.within[-1].kind == "await"


class Assignment(NamedTuple):
    """`name = value`; the name of `self.agents = ...` and of `table["key"] = ...` is dotted.

    `scope` is the dotted name of the function or class around it, empty at the top of the file.
    """

    name: str
    value: Expression
    scope: str
    origin: Origin


class CodeModule:
    """One file of code. All lists are in the order of the source."""

    __slots__ = ("_constants", "assignments", "calls", "problems", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.calls: list[Call] = []
        self.assignments: list[Assignment] = []
        self._constants: dict[str, Expression] | None = None

    @property
    def broken(self) -> bool:
        """Whether the file could not be parsed, so that nothing of it may be trusted."""
        return any(problem.fatal for problem in self.problems)

    def calls_of(self, *names: str) -> list[Call]:
        """The calls of the functions or classes with these dotted names, as `Call.name` gives them."""
        return [call for call in self.calls if call.name in names]

    def constant(self, name: str) -> Expression | None:
        """The value of a name that is assigned exactly once at the top of the file. Ask once the file is parsed."""
        if self._constants is None:
            counts = Counter(entry.name for entry in self.assignments if not entry.scope)
            self._constants = {
                entry.name: entry.value for entry in self.assignments if not entry.scope and counts[entry.name] == 1
            }
        return self._constants.get(name)


def first_line(source: Source, offset: int) -> Origin:
    """The rest of the line at `offset`, to point at a syntax error that has no extent."""
    offset = min(max(offset, 0), len(source.text))
    span = source.line_span(source.position(offset).line)
    return Origin(source, min(offset, span.end), span.end)
