"""`parse_javascript`: JavaScript source as calls, variables and exports with exact places. Nothing is executed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from planlint.diagnostics import Problem
from planlint.readers.code import MAX_CODE_LENGTH, CodeModule, Expression, first_line
from planlint.source import Origin, Source

if TYPE_CHECKING:
    from tree_sitter import Tree

MAX_TREE_DEPTH: Final = 400
"""Levels of the syntax tree. Agent scripts stay below 60; walking a literal recurses once a level."""


class Formula(NamedTuple):
    """A function that does nothing but work out a value: constants of its own, then `return`."""

    origin: Origin
    constants: dict[str, Expression]
    returned: Expression


class JsModule(CodeModule):
    """One JavaScript file; the names of calls are those written in it.

    `imports` maps a local name to the module and the exported name it stands for (`default`, `*` for a namespace).
    `exports` maps the names of `export const name = value` to their values, `default` for `export default value`.
    `loops` maps where a `for ... of` or `for ... in` begins to what it goes through.
    `formulas` maps the names of functions at the top of the file, None for one that does more or is there twice.
    """

    __slots__ = ("exports", "formulas", "imports", "loops")

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.imports: dict[str, tuple[str, str]] = {}
        self.exports: dict[str, Expression] = {}
        self.formulas: dict[str, Formula | None] = {}
        self.loops: dict[int, Expression] = {}


def parse_javascript(source: Source) -> JsModule:
    """Parses `source` as a module or script.

    Broken syntax (PL002) and refused size or nesting (PL006) are fatal problems. The parser recovers from a syntax
    error, so what it understood is still there, but nothing must be concluded from what is missing.
    """
    module = JsModule(source)
    if len(source.text) > MAX_CODE_LENGTH:
        module.problems.append(_refusal(source, f"larger than {MAX_CODE_LENGTH:,} characters"))
        return module
    from planlint.readers.javascript_walk import TooDeepError, Walker

    # One "?" for each lone surrogate keeps every offset.
    encoded = source.text.encode("utf-8", "replace")
    try:
        offset = Walker(module, encoded).walk(_parse(encoded).root_node)
    except TooDeepError:
        module = JsModule(source)
        module.problems.append(_refusal(source, "nested too deeply"))
        return module
    if offset is not None:
        module.problems.append(Problem("PL002", "not valid JavaScript", first_line(source, offset), fatal=True))
    return module


def comment_spans(source: Source) -> list[tuple[int, int]]:
    """Start and end of each comment, marks included; none of a file that is too large to parse."""
    if len(source.text) > MAX_CODE_LENGTH:
        return []
    from planlint.readers.markdown.offsets import code_point_offsets

    encoded = source.text.encode("utf-8", "replace")
    offsets = code_point_offsets(encoded.decode("utf-8"))
    cursor = _parse(encoded).walk()
    found: list[tuple[int, int]] = []
    descend = True
    while True:
        node = cursor.node
        if descend and node is not None and node.type == "comment":
            found.append((offsets[node.start_byte], offsets[node.end_byte]))
        if descend and cursor.goto_first_child():
            continue
        if cursor.goto_next_sibling():
            descend = True
        elif cursor.goto_parent():
            descend = False
        else:
            return found


def _parse(encoded: bytes) -> Tree:
    import tree_sitter
    import tree_sitter_javascript

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language())).parse(encoded)


def _refusal(source: Source, reason: str) -> Problem:
    return Problem("PL006", f"this JavaScript file is {reason}", first_line(source, 0), fatal=True)
