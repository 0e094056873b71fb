"""`parse_python`: Python source as calls, functions and assignments with exact places. Nothing is executed.

libcst reads the file: its places are exact inside of f-strings too. It is asked only when `python_guard` has shown that
the text is valid for the running Python and nested sanely; what is neither never reaches it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.diagnostics import Problem
from planlint.readers.code import CodeModule, Expression, first_line
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


class PythonModule(CodeModule):
    """One Python file; the names of calls are dotted import names (`package.module.Class`).

    `imports` maps a local name to the dotted name it stands for; relative imports keep their leading dots. Imports
    inside functions count for the whole file.
    """

    __slots__ = ("functions", "imports")

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.imports: dict[str, str] = {}
        self.functions: list[Function] = []


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
