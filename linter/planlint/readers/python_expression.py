"""`PythonExpression`: an expression of a Python file, its literal values and the static parts of its strings."""

from __future__ import annotations

import inspect
import textwrap
import warnings
from typing import TYPE_CHECKING

import libcst as cst

from planlint.readers.code import Call, Expression, StaticText
from planlint.readers.tree import Mapping, Node, Scalar, Style
from planlint.readers.tree import Sequence as SequenceNode

if TYPE_CHECKING:
    from planlint.readers.python_walk import Walker

_CLEANERS = {"textwrap.dedent": textwrap.dedent, "inspect.cleandoc": inspect.cleandoc}
"""Functions of the standard library that only change the indentation of the text they are given."""

_WORDS = {"None": None, "True": True, "False": False}
_DISPLAYS = (cst.List, cst.Tuple, cst.Set)
_STRINGS = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString, cst.BinaryOperation)


class PythonExpression(Expression):
    """An expression of a Python file."""

    __slots__ = ("_node", "_walker")

    def __init__(self, walker: Walker, node: cst.BaseExpression) -> None:
        origin = walker.origin(node)
        super().__init__(origin.source, origin.start, origin.end)
        self._walker = walker
        self._node = node

    def _other(self, node: cst.BaseExpression) -> PythonExpression:
        return PythonExpression(self._walker, node)

    @property
    def name(self) -> str | None:
        """The dotted name, its first part replaced by what it was imported as."""
        return self._walker.dotted(self._node)

    def literal(self) -> Node | None:
        """The value; strings may be concatenated, dedented, or a name assigned once at the top of the file.

        Tuples and sets are sequences. Of a duplicate key the last value is kept, as Python does.
        """
        return self._literal(follow=True)

    def _literal(self, follow: bool) -> Node | None:
        node = self._node
        if isinstance(node, _DISPLAYS):
            return self._sequence(node, follow)
        if isinstance(node, cst.Dict):
            return self._mapping(node, follow)
        if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
            first, second = self._other(node.left)._literal(follow), self._other(node.right)._literal(follow)
            if isinstance(first, SequenceNode) and isinstance(second, SequenceNode):
                return SequenceNode(self.source, self.start, self.end, [*first.items, *second.items])
        if isinstance(node, cst.Integer | cst.Float):
            return self._scalar(node.evaluated_value)
        if isinstance(node, cst.UnaryOperation):
            operand = node.expression
            if isinstance(node.operator, cst.Minus) and isinstance(operand, cst.Integer | cst.Float):
                return self._scalar(-operand.evaluated_value)
            return None
        if isinstance(node, cst.Name):
            if node.value in _WORDS:
                return self._scalar(_WORDS[node.value])
            target = self._walker.module.constant(node.value) if follow else None
            return target._literal(follow=False) if isinstance(target, PythonExpression) else None
        text = self.text()
        return self._scalar(text.text) if text is not None and not text.dynamic else None

    def _scalar(self, value: str | float | bool | None) -> Scalar:
        style: Style = "plain"
        if isinstance(value, str):
            written = self.source.text[self.start : self.end].lstrip("rRuUbBfF")
            style = "single" if written.startswith("'") else "double"
        return Scalar(self.source, self.start, self.end, value, str(value), style)

    def _sequence(self, node: cst.List | cst.Tuple | cst.Set, follow: bool) -> Node | None:
        items: list[Node] = []
        for element in node.elements:
            item = self._other(element.value)._literal(follow)
            if isinstance(element, cst.StarredElement):
                if not isinstance(item, SequenceNode):
                    return None
                items += item.items
            elif item is None:
                return None
            else:
                items.append(item)
        return SequenceNode(self.source, self.start, self.end, items)

    def _mapping(self, node: cst.Dict, follow: bool) -> Node | None:
        keys: dict[str, Scalar] = {}
        values: dict[str, Node] = {}
        for element in node.elements:
            if not isinstance(element, cst.DictElement):
                return None
            key = self._other(element.key)._literal(follow)
            value = self._other(element.value)._literal(follow)
            if value is None or not isinstance(key, Scalar) or not isinstance(key.value, str):
                return None
            keys[key.value] = key
            values[key.value] = value
        return Mapping(self.source, self.start, self.end, keys, values)

    def text(self) -> StaticText | None:
        """The string: plain, concatenated, dedented or an f-string, whose fields stay as written (`{name}`)."""
        if isinstance(self._node, cst.Call):
            return self._cleaned(self._node)
        parts: list[str] = []
        dynamic = known = False
        waiting: list[cst.CSTNode] = [self._node]
        while waiting:
            node = waiting.pop()
            if isinstance(node, cst.SimpleString):
                value = _evaluated(node.value)
                if value is None:
                    return None
                parts.append(value)
                known = True
            elif isinstance(node, cst.ConcatenatedString):
                waiting += (node.right, node.left)
            elif isinstance(node, cst.FormattedString):
                for piece in node.parts:
                    if isinstance(piece, cst.FormattedStringText):
                        parts.append(_unescaped(piece.value, node))
                    elif isinstance(piece, cst.FormattedStringExpression):
                        parts.append("{" + self._walker.origin(piece.expression).text + "}")
                        dynamic = True
                known = True
            elif isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
                waiting += (node.right, node.left)
            elif isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Modulo):
                waiting.append(node.left)
                dynamic = True
            else:
                parts.append("{" + self._walker.origin(node).text + "}")
                dynamic = True
        return StaticText("".join(parts), dynamic) if known else None

    def _cleaned(self, node: cst.Call) -> StaticText | None:
        function = node.func
        if isinstance(function, cst.Attribute) and isinstance(function.value, _STRINGS):
            text = self._other(function.value).text()
            if text is None or function.attr.value not in ("strip", "format"):
                return None
            if function.attr.value == "format":
                return StaticText(text.text, True)
            return StaticText(text.text.strip(), text.dynamic)
        clean = _CLEANERS.get(self._walker.dotted(function) or "")
        if clean is None or len(node.args) != 1:
            return None
        text = self._other(node.args[0].value).text()
        return None if text is None else StaticText(clean(text.text), text.dynamic)

    def entries(self) -> dict[str, Expression]:
        """The entries of a dict display, and of a call of `dict` with keywords; a key may be a constant."""
        node = self._node
        found: dict[str, Expression] = {}
        if isinstance(node, cst.Dict):
            for element in node.elements:
                key = self._other(element.key).plain if isinstance(element, cst.DictElement) else None
                if isinstance(key, str):
                    found[key] = self._other(element.value)
        elif isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "dict":
            for argument in node.args:
                if argument.keyword is not None:
                    found[argument.keyword.value] = self._other(argument.value)
        return found

    def elements(self) -> list[Expression]:
        """The elements of a list, tuple or set display."""
        node = self._node
        return [self._other(element.value) for element in node.elements] if isinstance(node, _DISPLAYS) else []

    def item(self) -> tuple[str, str] | None:
        """`("tables.users", "id")` for `tables.users["id"]`: the dotted name that is looked into, and the key."""
        node = self._node
        if not isinstance(node, cst.Subscript) or len(node.slice) != 1:
            return None
        index = node.slice[0].slice
        key = self._other(index.value).text() if isinstance(index, cst.Index) else None
        owner = self._walker.dotted(node.value)
        return None if key is None or key.dynamic or owner is None else (owner, key.text)

    def call(self) -> Call | None:
        """The call; `within` is not known from here and is empty."""
        node = self._node.expression if isinstance(self._node, cst.Await) else self._node
        return self._walker.call(node, ()) if isinstance(node, cst.Call) else None


def _evaluated(written: str) -> str | None:
    """The text of a string literal; None for bytes."""
    import ast

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = ast.literal_eval(written)
    return value if isinstance(value, str) else None


def _unescaped(text: str, around: cst.FormattedString) -> str:
    """The static text of an f-string as it will be."""
    text = text.replace("{{", "{").replace("}}", "}")
    if "\\" not in text or "r" in around.prefix.lower():
        return text
    quotes = around.quote
    try:
        # The blank keeps a quote at the end of the text from joining the closing ones.
        value = _evaluated(f"{quotes}{text} {quotes}")
    except (SyntaxError, ValueError):
        return text
    return text if value is None else value[:-1]
