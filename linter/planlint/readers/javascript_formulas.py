"""Functions of a JavaScript file that only work out a value, as prompts are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.readers.javascript import Formula
from planlint.readers.javascript_expression import JsExpression, parts

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

    from planlint.readers.code import Expression
    from planlint.readers.javascript_walk import Walker


def formula_of(walker: Walker, function: Syntax) -> Formula | None:
    """The `function` as a formula; None where it has branches, loops, calls for their effect or no `return`."""
    body = function.child_by_field_name("body")
    if body is None:
        return None
    origin = walker.origin(function)
    if body.type != "statement_block":
        return Formula(origin, {}, JsExpression(walker, body))
    *before, last = parts(body) or [body]
    if last.type != "return_statement" or not last.named_children:
        return None
    constants: dict[str, Expression] = {}
    for statement in before:
        if statement.type != "lexical_declaration" or not walker.written(statement).startswith("const"):
            return None
        for one in parts(statement):
            name, value = one.child_by_field_name("name"), one.child_by_field_name("value")
            if name is not None and name.type == "identifier" and value is not None:
                constants[walker.written(name)] = JsExpression(walker, value)
    return Formula(origin, constants, JsExpression(walker, last.named_children[0]))
