"""Walks a JavaScript syntax tree: the `Walker` that fills a `JsModule`."""

from __future__ import annotations

from typing import Final, TypeAlias

from tree_sitter import Node as Syntax

from planlint.readers.code import Assignment, Call, Enclosing, EnclosingKind
from planlint.readers.javascript import MAX_TREE_DEPTH, JsModule
from planlint.readers.javascript_expression import CALLS, JsExpression, parts
from planlint.readers.javascript_formulas import formula_of
from planlint.readers.javascript_literals import unquoted
from planlint.readers.markdown.offsets import code_point_offsets
from planlint.source import Origin

_Context: TypeAlias = tuple[Enclosing, ...]

_KINDS: Final[dict[str, EnclosingKind]] = {
    "await_expression": "await",
    "for_statement": "loop",
    "for_in_statement": "loop",
    "while_statement": "loop",
    "do_statement": "loop",
    "if_statement": "condition",
    "ternary_expression": "condition",
    "switch_statement": "condition",
    **dict.fromkeys(CALLS, "call"),
    "function_declaration": "function",
    "generator_function_declaration": "function",
    "function_expression": "function",
    "generator_function": "function",
    "arrow_function": "function",
    "method_definition": "function",
    "class_declaration": "class",
    "class": "class",
}

_OUTSIDE: Final = {
    "for_statement": ("initializer",),
    "for_in_statement": ("right",),
    "if_statement": ("condition",),
    "ternary_expression": ("condition",),
    "switch_statement": ("value",),
    "call_expression": ("function",),
    "new_expression": ("constructor",),
}
"""Fields of a construct that are evaluated before what it does begins."""


class TooDeepError(Exception):
    """The syntax tree is deeper than `MAX_TREE_DEPTH`."""


class Walker:
    """Fills a module from its syntax tree, without recursion. `encoded` is the text that was parsed."""

    def __init__(self, module: JsModule, encoded: bytes) -> None:
        self.module = module
        self._offsets = code_point_offsets(encoded.decode("utf-8"))

    def walk(self, root: Syntax) -> int | None:
        """Visits every node in the order of the source; gives the offset of the first syntax error, if any."""
        error: int | None = None
        waiting: list[tuple[Syntax, _Context, str, int]] = [(root, (), "", 0)]
        while waiting:
            node, within, scope, depth = waiting.pop()
            if depth > MAX_TREE_DEPTH:
                raise TooDeepError
            if error is None and (node.is_error or node.is_missing):
                error = self._offsets[node.start_byte]
            self._visit(node, within, scope)
            if not node.child_count:
                continue
            around = self._around(node, within)
            inner = scope
            if around is not within and around[-1].kind in ("function", "class") and around[-1].name:
                inner = f"{scope}.{around[-1].name}" if scope else around[-1].name
            elif around is not within and around[-1].kind == "function":
                inner = f"{scope}.<anonymous>" if scope else "<anonymous>"
            outside = {
                part.id
                for field in _OUTSIDE.get(node.type, ())
                if (part := node.child_by_field_name(field)) is not None
            }
            waiting += [
                (child, within if child.id in outside else around, inner, depth + 1)
                for child in reversed(node.children)
            ]
        return error

    def origin(self, node: Syntax) -> Origin:
        """Where a node stands."""
        return Origin(self.module.source, self._offsets[node.start_byte], self._offsets[node.end_byte])

    def written(self, node: Syntax) -> str:
        """The source of a node."""
        return self.origin(node).text

    def operator(self, node: Syntax) -> str:
        """The operator of a binary expression."""
        operator = node.child_by_field_name("operator")
        return self.written(operator) if operator is not None else ""

    def dotted(self, node: Syntax | None) -> str | None:
        """The dotted name that `node` is; `?.` counts as a dot."""
        parts: list[str] = []
        while node is not None and node.type == "member_expression":
            member = node.child_by_field_name("property")
            parts.append(self.written(member) if member is not None else "")
            node = node.child_by_field_name("object")
        if node is None or node.type not in ("identifier", "this", "shorthand_property_identifier"):
            return None
        parts.append(self.written(node))
        return ".".join(reversed(parts))

    def call(self, node: Syntax, within: _Context) -> Call:
        """A call or `new` expression as a `Call`. A tagged template has the template as its argument."""
        callee = _callee(node)
        arguments = node.child_by_field_name("arguments")
        given: list[Syntax] = []
        if arguments is not None:
            given = [arguments] if arguments.type == "template_string" else parts(arguments)
        origin = self.origin(node)
        return Call(
            self.module.source,
            origin.start,
            origin.end,
            name=self.dotted(callee),
            callee=self.origin(callee) if callee is not None else origin,
            receiver=self._receiver(callee),
            arguments=[JsExpression(self, argument) for argument in given],
            keywords={},
            within=within,
        )

    def _receiver(self, callee: Syntax | None) -> JsExpression | None:
        owner = callee.child_by_field_name("object") if callee is not None else None
        return JsExpression(self, owner) if owner is not None else None

    def _visit(self, node: Syntax, within: _Context, scope: str) -> None:
        kind = node.type
        if kind in CALLS:
            self.module.calls.append(self.call(node, within))
        elif kind == "variable_declarator":
            self._assign(node.child_by_field_name("name"), node.child_by_field_name("value"), scope, node)
        elif kind == "assignment_expression":
            self._assign(node.child_by_field_name("left"), node.child_by_field_name("right"), scope, node)
        elif kind == "export_statement":
            self._export(node)
        elif kind == "import_statement":
            self._import(node)
        elif kind == "for_in_statement":
            through = node.child_by_field_name("right")
            if through is not None:
                self.module.loops[self.origin(node).start] = JsExpression(self, through)
        if kind == "function_declaration" and not scope:
            self._define(node.child_by_field_name("name"), node)

    def _define(self, name: Syntax | None, function: Syntax) -> None:
        """A function at the top of the file, under the name that it is called by."""
        dotted = self.dotted(name)
        if dotted is not None:
            known = dotted in self.module.formulas
            self.module.formulas[dotted] = None if known else formula_of(self, function)

    def _assign(self, name: Syntax | None, value: Syntax | None, scope: str, node: Syntax) -> None:
        dotted = self.dotted(name)
        if dotted is not None and value is not None:
            entry = Assignment(dotted, JsExpression(self, value), scope, self.origin(node))
            self.module.assignments.append(entry)
            if not scope and value.type in ("arrow_function", "function_expression"):
                self._define(name, value)

    def _export(self, node: Syntax) -> None:
        value = node.child_by_field_name("value")
        if value is not None:
            self.module.exports["default"] = JsExpression(self, value)
        declaration = node.child_by_field_name("declaration")
        for part in declaration.named_children if declaration is not None else []:
            name, value = part.child_by_field_name("name"), part.child_by_field_name("value")
            if part.type == "variable_declarator" and name is not None and value is not None:
                self.module.exports[self.written(name)] = JsExpression(self, value)

    def _import(self, node: Syntax) -> None:
        origin = node.child_by_field_name("source")
        if origin is None:
            return
        module = unquoted(self, origin)
        for clause in (child for child in node.named_children if child.type == "import_clause"):
            for part in clause.named_children:
                if part.type == "identifier":
                    self.module.imports[self.written(part)] = (module, "default")
                elif part.type == "namespace_import" and part.named_children:
                    self.module.imports[self.written(part.named_children[-1])] = (module, "*")
                for specifier in part.named_children if part.type == "named_imports" else []:
                    name = specifier.child_by_field_name("name")
                    local = specifier.child_by_field_name("alias") or name
                    if name is not None and local is not None:
                        self.module.imports[self.written(local)] = (module, self.written(name))

    def _around(self, node: Syntax, within: _Context) -> _Context:
        kind = _KINDS.get(node.type) if node.is_named else None
        if kind is None:
            return within
        named: Syntax | None = None
        if kind == "call":
            named = _callee(node)
            name = self.written(named) if named is not None and self.dotted(named) else ""
        else:
            named = node.child_by_field_name("name") if kind in ("function", "class") else None
            name = self.written(named) if named is not None else ""
        return (*within, Enclosing(kind, name, self.origin(node)))


def _callee(node: Syntax) -> Syntax | None:
    return node.child_by_field_name("function") or node.child_by_field_name("constructor")
