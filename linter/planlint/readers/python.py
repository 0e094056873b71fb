"""`parse_python`: Python source as calls, functions and assignments with exact places. Nothing is executed.

libcst reads the file: its places are exact inside of f-strings too. It is asked only when `python_guard` has shown that
the text is valid for the running Python and nested sanely; what is neither never reaches it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.diagnostics import Problem
from planlint.readers.code import Assignment, Call, Expression, constants, first_line
from planlint.source import Origin, Source

_LONE_RETURN = re.compile(r"\r(?!\n)")


class Function(NamedTuple):
    """A function definition. `scope` is the dotted name of what stands around it, empty at the top of the file.

    `returns` holds the expressions after its own `return`s, those of functions inside of it left out.
    """

    name: str
    scope: str
    decorators: list[Expression]
    returns: list[Expression]
    asynchronous: bool
    origin: Origin


class PythonModule:
    """One Python file. All lists are in the order of the source.

    `imports` maps a local name to the dotted name it stands for; relative imports keep their leading dots. Imports
    inside functions count for the whole file.
    """

    __slots__ = ("_constants", "assignments", "calls", "functions", "imports", "problems", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.imports: dict[str, str] = {}
        self.calls: list[Call] = []
        self.functions: list[Function] = []
        self.assignments: list[Assignment] = []
        self._constants: dict[str, Expression] | None = None

    @property
    def broken(self) -> bool:
        """Whether the file could not be parsed at all."""
        return any(problem.fatal for problem in self.problems)

    def calls_of(self, *names: str) -> list[Call]:
        """The calls of the functions or classes with these dotted import names (`package.module.Class`)."""
        return [call for call in self.calls if call.name in names]

    def constant(self, name: str) -> Expression | None:
        """The value of a name that is assigned exactly once at the top of the file. Ask once the file is parsed."""
        if self._constants is None:
            self._constants = constants(self.assignments)
        return self._constants.get(name)


def parse_python(source: Source) -> PythonModule:
    """Parses `source`. Broken syntax (PL002), refused size or nesting (PL006) leave an empty module with a problem."""
    from planlint.readers.python_guard import objection, refusal

    module = PythonModule(source)
    # One "?" for each lone surrogate and one line end for another: every offset stays.
    text = _LONE_RETURN.sub("\n", source.text.encode("utf-8", "replace").decode("utf-8"))
    problem = objection(source, text)
    if problem is not None:
        module.problems.append(problem)
        return module
    from planlint.readers.python_walk import UnreadableError, walk

    try:
        walk(module, text)
    except RecursionError:
        problem = refusal(source, "nested too deeply")
    except UnreadableError as error:
        problem = Problem("PL002", f"not Python that planlint can read: {error}", first_line(source, 0), fatal=True)
    if problem is not None:
        module = PythonModule(source)
        module.problems.append(problem)
    return module
