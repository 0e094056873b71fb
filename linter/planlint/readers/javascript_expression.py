"""`JsExpression`: an expression of a JavaScript file, its literal values and the static parts of its strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planlint.readers.code import Call, Expression, Piece, StaticText
from planlint.readers.javascript_literals import number, pieces_of, whole
from planlint.readers.tree import Mapping, Node, Scalar, Style
from planlint.readers.tree import Sequence as SequenceNode

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

    from planlint.readers.javascript_walk import Walker

CALLS: Final = frozenset({"call_expression", "new_expression"})
"""Kinds of syntax nodes that call a function or class."""

_TRANSPARENT: Final = frozenset({"parenthesized_expression", "await_expression"})
_CONSTANTS: Final = {"true": True, "false": False, "null": None, "undefined": None}


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
            value = number(self._walker.written(node))
            return None if value is None else self._scalar(value)
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
        for element in parts(node):
            item = self._other(element)._literal(follow)
            if item is None:
                return None
            items.append(item)
        return SequenceNode(self.source, self.start, self.end, items)

    def _mapping(self, node: Syntax, follow: bool) -> Node | None:
        keys: dict[str, Scalar] = {}
        values: dict[str, Node] = {}
        for part in parts(node):
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
        pieces = self.pieces()
        if not pieces:
            return None
        return StaticText(
            whole("".join(piece.text for piece in pieces)), any(piece.inserted is not None for piece in pieces)
        )

    def pieces(self) -> list[Piece]:
        """As `Expression` has it: an escape is a piece of its own, and so is what a sum adds to a string."""
        walker = self._walker
        found: list[Piece] = []
        known = False
        waiting = [self._inner()]
        while waiting:
            node = waiting.pop()
            if node.type in ("string", "template_string"):
                known = True
                for text, start, child in pieces_of(walker, node):
                    found += _lines(text, start, self._inserted(child))
                if not found:
                    found.append(Piece("", walker.origin(node).start, None))
            elif node.type == "parenthesized_expression" and node.named_child_count == 1:
                waiting.append(node.named_children[0])
            elif node.type == "binary_expression" and walker.operator(node) == "+":
                waiting += [
                    part for field in ("right", "left") if (part := node.child_by_field_name(field)) is not None
                ]
            else:
                origin = walker.origin(node)
                found.append(Piece("${" + origin.text + "}", origin.start, self._other(node)))
        return found if known else []

    def _inserted(self, node: Syntax | None) -> JsExpression | None:
        """The expression in a substitution `${...}`."""
        return self._other(node.named_children[0]) if node is not None and node.named_child_count else None

    def entries(self) -> dict[str, Expression]:
        """The entries of an object literal; methods and shorthand names included, spreads left out."""
        node = self._inner()
        found: dict[str, Expression] = {}
        for part in parts(node) if node.type == "object" else []:
            key, value = self._pair(part)
            if key is not None and value is not None:
                found[key.text] = self._other(value)
        return found

    def elements(self) -> list[Expression]:
        """The elements of an array literal."""
        node = self._inner()
        return [self._other(element) for element in parts(node)] if node.type == "array" else []

    def call(self) -> Call | None:
        """The call; `within` is not known from here and is empty."""
        node = self._node
        while node.type in _TRANSPARENT and node.named_child_count == 1:
            node = node.named_children[0]
        return self._walker.call(node, ()) if node.type in CALLS else None


def _lines(text: str, start: int, inserted: JsExpression | None) -> list[Piece]:
    """One piece, cut behind each line that ends with two characters: a template has "\n" however the file was saved."""
    if inserted is not None or "\r\n" not in text:
        return [Piece(text, start, inserted)]
    found = []
    for line in text.splitlines(keepends=True):
        found.append(Piece(line.replace("\r\n", "\n"), start, None))
        start += len(line)
    return found


def parts(node: Syntax) -> list[Syntax]:
    """The named children of a list-like node, comments left out."""
    return [child for child in node.named_children if child.type != "comment"]
