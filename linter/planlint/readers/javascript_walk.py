"""Walks a JavaScript syntax tree: `JsExpression`, and the `Walker` that fills a `JsModule`."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from tree_sitter import Node as Syntax

from planlint.readers.code import Assignment, Call, Enclosing, EnclosingKind, Expression, StaticText
from planlint.readers.javascript import MAX_TREE_DEPTH, JsModule
from planlint.readers.markdown.offsets import code_point_offsets
from planlint.readers.tree import Mapping, Node, Scalar, Style
from planlint.readers.tree import Sequence as SequenceNode
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
    "call_expression": "call",
    "new_expression": "call",
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

_TRANSPARENT: Final = frozenset({"parenthesized_expression", "await_expression"})
_CONSTANTS: Final = {"true": True, "false": False, "null": None, "undefined": None}
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]{1,16}|0[oO][0-7]{1,22}|0[bB][01]{1,64}|[0-9]{1,400})\Z")
_FLOAT = re.compile(r"(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,4})?\Z")


class TooDeepError(Exception):
    """The syntax tree is deeper than `MAX_TREE_DEPTH`."""


class JsExpression(Expression):
    """An expression of a JavaScript file."""

    __slots__ = ("_node", "_walker")

    def __init__(self, walker: Walker, node: Syntax) -> None:
        origin = walker.origin(node)
        super().__init__(origin.source, origin.start, origin.end)
        self._walker = walker
        self._node = node

    def _other(self, node: Syntax) -> JsExpression:
        return JsExpression(self._walker, node)

    @property
    def name(self) -> str | None:
        """The dotted name as written."""
        return self._walker.dotted(self._node)

    def literal(self) -> Node | None:
        """The value; strings may be concatenated, or be a name assigned once at the top of the file.

        `undefined` is None like `null`. Of a duplicate key the last value is kept, as JavaScript does.
        """
        return self._literal(follow=True)

    def _literal(self, follow: bool) -> Node | None:
        node = self._inner()
        kind = node.type
        if kind == "array":
            return self._sequence(node, follow)
        if kind == "object":
            return self._mapping(node, follow)
        if kind in _CONSTANTS:
            return self._scalar(_CONSTANTS[kind])
        if kind in ("number", "unary_expression"):
            number = _number(self._walker.written(node))
            return None if number is None else self._scalar(number)
        if kind == "identifier" and follow:
            target = self._walker.module.constant(self._walker.written(node))
            return target._literal(follow=False) if isinstance(target, JsExpression) else None
        text = self.text()
        return self._scalar(text.text) if text is not None and not text.dynamic else None

    def _inner(self) -> Syntax:
        node = self._node
        while node.type == "parenthesized_expression" and node.named_child_count == 1:
            node = node.named_children[0]
        return node

    def _scalar(self, value: str | float | bool | None) -> Scalar:
        style: Style = "plain"
        if isinstance(value, str):
            style = "single" if self.source.text.startswith("'", self.start) else "double"
        return Scalar(self.source, self.start, self.end, value, str(value), style)

    def _sequence(self, node: Syntax, follow: bool) -> Node | None:
        items: list[Node] = []
        for element in _parts(node):
            item = self._other(element)._literal(follow)
            if item is None:
                return None
            items.append(item)
        return SequenceNode(self.source, self.start, self.end, items)

    def _mapping(self, node: Syntax, follow: bool) -> Node | None:
        keys: dict[str, Scalar] = {}
        values: dict[str, Node] = {}
        for part in _parts(node):
            key, value_node = self._pair(part)
            value = self._other(value_node)._literal(follow) if value_node is not None else None
            if key is None or value is None:
                return None
            keys[key.text] = key
            values[key.text] = value
        return Mapping(self.source, self.start, self.end, keys, values)

    def _pair(self, part: Syntax) -> tuple[Scalar | None, Syntax | None]:
        """The key, when it is known, and the value of one entry of an object."""
        walker = self._walker
        if part.type == "shorthand_property_identifier":
            origin = walker.origin(part)
            return Scalar(origin.source, origin.start, origin.end, origin.text, origin.text, "plain"), part
        key = part.child_by_field_name("key" if part.type == "pair" else "name")
        if key is None or part.type not in ("pair", "method_definition") or key.type == "computed_property_name":
            return None, None
        origin = walker.origin(key)
        text = self._other(key).text() if key.type == "string" else None
        name = origin.text if text is None else text.text
        style: Style = "plain" if text is None else "double"
        value = part.child_by_field_name("value") if part.type == "pair" else part
        return Scalar(origin.source, origin.start, origin.end, name, name, style), value

    def text(self) -> StaticText | None:
        """The string: quoted, a template whose substitutions stay as written (`${name}`), or a sum of such."""
        walker = self._walker
        parts: list[str] = []
        dynamic = known = False
        waiting = [self._inner()]
        while waiting:
            node = waiting.pop()
            if node.type in ("string", "template_string"):
                text, inserted = _unquoted(walker, node)
                parts.append(text)
                known, dynamic = True, dynamic or inserted
            elif node.type == "parenthesized_expression" and node.named_child_count == 1:
                waiting.append(node.named_children[0])
            elif node.type == "binary_expression" and walker.operator(node) == "+":
                waiting += [
                    part for field in ("right", "left") if (part := node.child_by_field_name(field)) is not None
                ]
            else:
                parts.append("${" + walker.written(node) + "}")
                dynamic = True
        return StaticText("".join(parts), dynamic) if known else None

    def entries(self) -> dict[str, Expression]:
        """The entries of an object literal; methods and shorthand names included, spreads left out."""
        node = self._inner()
        found: dict[str, Expression] = {}
        for part in _parts(node) if node.type == "object" else []:
            key, value = self._pair(part)
            if key is not None and value is not None:
                found[key.text] = self._other(value)
        return found

    def elements(self) -> list[Expression]:
        """The elements of an array literal."""
        node = self._inner()
        return [self._other(element) for element in _parts(node)] if node.type == "array" else []

    def call(self) -> Call | None:
        """The call; `within` is not known from here and is empty."""
        node = self._node
        while node.type in _TRANSPARENT and node.named_child_count == 1:
            node = node.named_children[0]
        return self._walker.call(node, ()) if _KINDS.get(node.type) == "call" else None


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
            given = [arguments] if arguments.type == "template_string" else _parts(arguments)
        origin = self.origin(node)
        return Call(
            self.module.source,
            origin.start,
            origin.end,
            name=self.dotted(callee),
            callee=self.origin(callee) if callee is not None else origin,
            arguments=[JsExpression(self, argument) for argument in given],
            keywords={},
            within=within,
        )

    def _visit(self, node: Syntax, within: _Context, scope: str) -> None:
        kind = node.type
        if kind in ("call_expression", "new_expression"):
            self.module.calls.append(self.call(node, within))
        elif kind == "variable_declarator":
            self._assign(node.child_by_field_name("name"), node.child_by_field_name("value"), scope, node)
        elif kind == "assignment_expression":
            self._assign(node.child_by_field_name("left"), node.child_by_field_name("right"), scope, node)
        elif kind == "export_statement":
            self._export(node)
        elif kind == "import_statement":
            self._import(node)

    def _assign(self, name: Syntax | None, value: Syntax | None, scope: str, node: Syntax) -> None:
        dotted = self.dotted(name)
        if dotted is not None and value is not None:
            entry = Assignment(dotted, JsExpression(self, value), scope, self.origin(node))
            self.module.assignments.append(entry)

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
        module, _ = _unquoted(self, origin)
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


def _parts(node: Syntax) -> list[Syntax]:
    """The named children of a list-like node, comments left out."""
    return [child for child in node.named_children if child.type != "comment"]


def _unquoted(walker: Walker, node: Syntax) -> tuple[str, bool]:
    """The text of a string or template, and whether values are inserted in it."""
    origin = walker.origin(node)
    source = origin.source.text
    end = max(origin.end - 1, origin.start + 1)
    parts: list[str] = []
    at = origin.start + 1
    inserted = False
    for child in node.named_children:
        if child.type not in ("escape_sequence", "template_substitution"):
            continue
        piece = walker.origin(child)
        parts.append(source[at : piece.start])
        if child.type == "escape_sequence":
            parts.append(_unescaped(piece.text))
        else:
            parts.append(piece.text)
            inserted = True
        at = piece.end
    parts.append(source[at:end])
    text = "".join(parts)
    if not text.isascii():
        # Two escapes may have made one character outside of the basic plane.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n") if node.type == "template_string" else text, inserted


def _unescaped(escape: str) -> str:
    body = escape[1:]
    if body[:1] in ("x", "u") and len(body) > 1:
        digits = body[1:].strip("{}")
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            return body
    if body[:1] in "\r\n\u2028\u2029":
        return ""
    return _ESCAPES.get(body, body)


def _number(written: str) -> int | float | None:
    """A number literal, a minus sign before it included; None for BigInt, legacy octal and anything else."""
    sign = -1 if written.startswith("-") else 1
    digits = written.removeprefix("-").strip().replace("_", "")
    if _NUMBER.match(digits):
        legacy = digits.startswith("0") and digits.isdecimal() and digits != "0"
        return None if legacy else sign * int(digits, 0)
    return sign * float(digits) if _FLOAT.match(digits) else None
