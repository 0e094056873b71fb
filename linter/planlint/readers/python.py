"""`parse_python`: Python source as calls, functions and assignments with exact places. Nothing is executed.

The parser is the interpreter's own (`ast`). It refuses hostile nesting with an exception, where libcst 1.9 ended the
process on 8 of 28 hostile inputs (3,000 parentheses, a chain of 20,000 attributes) and hung on 3; it also costs no
dependency and loads in a tenth of the time. Its one drawback is that it knows the grammar of the running Python only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planlint.diagnostics import Problem
from planlint.readers.code import MAX_CODE_LENGTH, Assignment, Call, Expression, constants, first_line
from planlint.source import Origin, Source

if TYPE_CHECKING:
    import ast


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
    module = PythonModule(source)
    if len(source.text) > MAX_CODE_LENGTH:
        module.problems.append(_refusal(source, f"larger than {MAX_CODE_LENGTH:,} characters"))
        return module
    try:
        tree = _parse(source)
    except SyntaxError as error:
        module.problems.append(_syntax_problem(source, error))
        return module
    except ValueError:
        # Before Python 3.11.4 null bytes were a ValueError, as are other texts that cannot be source code.
        module.problems.append(Problem("PL002", "not Python source text", first_line(source, 0), fatal=True))
        return module
    except (RecursionError, MemoryError):
        module.problems.append(_refusal(source, "nested too deeply"))
        return module
    from planlint.readers.python_walk import Walker

    try:
        Walker(module).walk(tree)
    except RecursionError:
        module = PythonModule(source)
        module.problems.append(_refusal(source, "nested too deeply"))
    return module


def _parse(source: Source) -> ast.Module:
    import ast
    import warnings

    # One "?" for each lone surrogate keeps every offset; the parser would refuse the whole file.
    text = source.text.encode("utf-8", "replace").decode("utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _refusal(source: Source, reason: str) -> Problem:
    return Problem("PL006", f"this Python file is {reason}", first_line(source, 0), fatal=True)


def _syntax_problem(source: Source, error: SyntaxError) -> Problem:
    if "too many nested" in error.msg:
        return _refusal(source, "nested too deeply")
    line = min(max(error.lineno or 1, 1), len(source.line_starts))
    offset = source.line_starts[line - 1] + max((error.offset or 1) - 1, 0)
    return Problem("PL002", f"not valid Python: {error.msg}", first_line(source, offset), fatal=True)
