"""Decides whether a Python file may be handed to libcst, whose parser ends the process or hangs on hostile nesting.

The interpreter's own parser (`ast`) goes first: it refuses hostile nesting with an exception, so whatever is not valid
for the running Python never reaches libcst. Then nesting is measured without recursion. Of 28 hostile inputs, libcst
1.9 alone ended the process on 8 (3,000 parentheses, 20,000 attributes in a chain) and hung on 3; its parser takes
exponential time on nested `case` patterns and its position provider recurses once a level.
"""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from planlint.diagnostics import Problem
from planlint.readers.code import MAX_CODE_LENGTH, first_line
from planlint.readers.markdown.offsets import code_point_offsets
from planlint.source import Source

MAX_NESTING: Final = 60
"""Levels of the syntax tree and of brackets. Agent scripts stay below 25; at 350 libcst exceeds the recursion limit."""

MAX_PATTERN_NESTING: Final = 4
"""Brackets within each other in one `case`: every further one multiplies libcst's time by four (11 take 5 s)."""

MAX_LINES: Final = 20_000
"""Lines, blank ones included: libcst needs 20 seconds for a million."""

MAX_WORK: Final = 400_000
"""Nodes and brackets, each counted as often as it is deep: what libcst's time grows with, about 3 s at the limit."""

_OPENING: Final = "([{"
_BRACKET = re.compile(r"[()\[\]{}]")


def refusal(source: Source, reason: str) -> Problem:
    """The PL006 for a Python file that is not read because it is `reason`."""
    return Problem("PL006", f"this Python file is {reason}", first_line(source, 0), fatal=True)


def objection(source: Source, text: str) -> Problem | None:
    """Why `text` (that of `source`, offset for offset) must not be parsed further; None when it may be."""
    if len(text) > MAX_CODE_LENGTH:
        return refusal(source, f"larger than {MAX_CODE_LENGTH:,} characters")
    if len(source.line_starts) > MAX_LINES:
        return refusal(source, f"longer than {MAX_LINES:,} lines")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        return _syntax_problem(source, error)
    except ValueError:
        # Before Python 3.11.4 null bytes were a ValueError, as are other texts that cannot be source code.
        return Problem("PL002", "not Python source text", first_line(source, 0), fatal=True)
    except (RecursionError, MemoryError):
        return refusal(source, "nested too deeply")
    return None if _is_harmless(tree, source, text) else refusal(source, "nested too deeply")


def _syntax_problem(source: Source, error: SyntaxError) -> Problem:
    if "too many nested" in error.msg:
        return refusal(source, "nested too deeply")
    line = min(max(error.lineno or 1, 1), len(source.line_starts))
    offset = source.line_starts[line - 1] + max((error.offset or 1) - 1, 0)
    return Problem("PL002", f"not valid Python: {error.msg}", first_line(source, offset), fatal=True)


def _is_harmless(tree: ast.Module, source: Source, text: str) -> bool:
    """Whether neither the tree nor the brackets, of which the tree does not show all, are too deep."""
    work = 0
    places = Places(source, text)
    strings: list[tuple[int, int, bool]] = []
    cases: list[tuple[int, int]] = []
    waiting: list[tuple[ast.AST, int, bool]] = [(tree, 0, False)]
    while waiting:
        node, depth, formatted = waiting.pop()
        work += depth
        if depth > MAX_NESTING or work > MAX_WORK:
            return False
        if isinstance(node, ast.BoolOp):
            # `a or b or c` is one level here and two in libcst.
            depth += len(node.values)
        elif isinstance(node, ast.match_case):
            # A pattern's own place leaves out the brackets around it, so its whole first line counts.
            end = places.offset(node.body[0].lineno, node.body[0].col_offset)
            cases.append((places.offset(node.pattern.lineno, 0), end))
        elif not formatted and (
            isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))
        ):
            # Before Python 3.12 the places of what stands in an f-string are wrong: it counts, but is not located.
            formatted = isinstance(node, ast.JoinedStr)
            strings.append((*places.span(node), formatted))
        waiting += [(child, depth + 1, formatted) for child in ast.iter_child_nodes(node)]
    brackets = list(_brackets(text, sorted(strings)))
    work += sum(depth for _, depth in brackets)
    if work > MAX_WORK or any(depth > MAX_NESTING for _, depth in brackets):
        return False
    return all(_nesting(brackets, start, end) <= MAX_PATTERN_NESTING for start, end in cases)


def _nesting(brackets: list[tuple[int, int]], start: int, end: int) -> int:
    """How deep the brackets that open in a range stand in each other."""
    depths = [depth for _, depth in brackets[bisect_left(brackets, (start, 0)) : bisect_left(brackets, (end, 0))]]
    return max(depths, default=0)


def _brackets(text: str, strings: list[tuple[int, int, bool]]) -> Iterator[tuple[int, int]]:
    """The offset and the depth of every opening bracket; strings and comments are passed over, f-strings counted alone.

    `strings` are sorted spans; the third item says that it is an f-string.
    """
    at = depth = 0
    for start, end, formatted in [*strings, (len(text), len(text), False)]:
        for line_start, line_end in _code_lines(text, at, start):
            for bracket in _BRACKET.finditer(text, line_start, line_end):
                if bracket[0] in _OPENING:
                    depth += 1
                    yield bracket.start(), depth
                else:
                    depth -= 1
        inner = depth
        for bracket in _BRACKET.finditer(text, start, end) if formatted else ():
            if bracket[0] in _OPENING:
                inner += 1
                yield bracket.start(), inner
            else:
                inner = max(inner - 1, depth)
        at = end


def _code_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of `text[start:end]`, in which no string stands, without their comments."""
    while start < end:
        newline = text.find("\n", start, end)
        line_end = end if newline < 0 else newline
        comment = text.find("#", start, line_end)
        yield start, line_end if comment < 0 else comment
        start = line_end + 1


class Places:
    """Turns the parser's places (1-based line, column in UTF-8 bytes) into code-point offsets."""

    def __init__(self, source: Source, text: str) -> None:
        self._lines = source.line_starts
        self._offsets = code_point_offsets(text)
        self._byte_starts = self._lines
        if not text.isascii():
            starts = [0]
            for begin, end in pairwise(self._lines):
                starts.append(starts[-1] + len(text[begin:end].encode("utf-8")))
            self._byte_starts = starts

    def offset(self, line: int, column: int) -> int:
        """The offset of a place."""
        return self._offsets[self._byte_starts[line - 1] + column]

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Start and end of a node."""
        start = self.offset(node.lineno, node.col_offset)
        if node.end_lineno is None or node.end_col_offset is None:
            return start, start
        return start, self.offset(node.end_lineno, node.end_col_offset)
