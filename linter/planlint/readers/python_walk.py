"""Walks a Python syntax tree: `PythonExpression`, and the `Walker` that fills a `PythonModule`."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from planlint.readers.code import Assignment, Call, Enclosing, EnclosingKind, Expression, StaticText
from planlint.readers.markdown.offsets import code_point_offsets
from planlint.readers.python import Function, PythonModule
from planlint.readers.tree import Mapping, Node, Scalar, Style
from planlint.readers.tree import Sequence as SequenceNode
from planlint.source import Origin, Source

_CLEANERS = {"textwrap.dedent": textwrap.dedent, "inspect.cleandoc": inspect.cleandoc}
"""Functions of the standard library that only change the indentation of the text they are given."""

_Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
_Context: TypeAlias = tuple[Enclosing, ...]
_Work: TypeAlias = tuple[ast.AST, _Context, str, "Function | None", "Origin | None"]
"""A node, what is around it, its scope, the function whose `return`s it may be, the f-string it stands in."""


class Places:
    """Turns the parser's places (1-based line, column in UTF-8 bytes) into code-point offsets."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._lines: Sequence[int] = source.line_starts
        self._ascii = source.text.isascii()
        if not self._ascii:
            text = source.text.encode("utf-8", "replace").decode("utf-8")
            self._offsets = code_point_offsets(text)
            starts = [0]
            for begin, end in zip(self._lines, self._lines[1:], strict=False):
                starts.append(starts[-1] + len(text[begin:end].encode("utf-8")))
            self._byte_starts = starts

    def offset(self, line: int, column: int) -> int:
        """The offset of a place."""
        if self._ascii:
            return self._lines[line - 1] + column
        return self._offsets[self._byte_starts[line - 1] + column]

    def origin(self, node: ast.expr | ast.stmt | ast.keyword) -> Origin:
        """Where a node stands."""
        start = self.offset(node.lineno, node.col_offset)
        if node.end_lineno is None or node.end_col_offset is None:
            return Origin(self.source, start, start)
        return Origin(self.source, start, self.offset(node.end_lineno, node.end_col_offset))


class PythonExpression(Expression):
    """An expression of a Python file."""

    __slots__ = ("_inside", "_node", "_walker")

    def __init__(self, walker: Walker, node: ast.expr, inside: Origin | None = None) -> None:
        # Before Python 3.12 places within an f-string are wrong, so what stands in one answers with the whole string.
        origin = inside or walker.places.origin(node)
        super().__init__(walker.places.source, origin.start, origin.end)
        self._walker = walker
        self._node = node
        self._inside = inside

    def _other(self, node: ast.expr) -> PythonExpression:
        return PythonExpression(self._walker, node, self._inside)

    @property
    def name(self) -> str | None:
        """The dotted name, its first part replaced by what it was imported as."""
        return self._walker.dotted(self._node)

    def literal(self) -> Node | None:
        """The value; strings may be concatenated, dedented, or a name assigned once at the top of the file.

        Tuples and sets are sequences. Of a duplicate key the last value is kept, as Python does.
        """
        try:
            return self._literal(follow=True)
        except RecursionError:
            return None

    def _literal(self, follow: bool) -> Node | None:
        node = self._node
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            return self._sequence(node.elts, follow)
        if isinstance(node, ast.Dict):
            return self._mapping(node, follow)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
            number = node.operand.value
            if isinstance(number, int | float) and not isinstance(number, bool):
                return self._scalar(-number)
            return None
        if isinstance(node, ast.Constant):
            value = node.value
            return self._scalar(value) if value is None or isinstance(value, bool | int | float | str) else None
        if isinstance(node, ast.Name) and follow:
            target = self._walker.module.constant(node.id)
            return target._literal(follow=False) if isinstance(target, PythonExpression) else None
        text = self.text()
        return self._scalar(text.text) if text is not None and not text.dynamic else None

    def _scalar(self, value: str | float | bool | None) -> Scalar:
        style: Style = "plain"
        if isinstance(value, str):
            written = self.source.text[self.start : self.end].lstrip("rRuUbBfF")
            style = "single" if written.startswith("'") else "double"
        return Scalar(self.source, self.start, self.end, value, str(value), style)

    def _sequence(self, elements: list[ast.expr], follow: bool) -> Node | None:
        items: list[Node] = []
        for element in elements:
            item = self._other(element)._literal(follow)
            if item is None:
                return None
            items.append(item)
        return SequenceNode(self.source, self.start, self.end, items)

    def _mapping(self, node: ast.Dict, follow: bool) -> Node | None:
        keys: dict[str, Scalar] = {}
        values: dict[str, Node] = {}
        for key_node, value_node in zip(node.keys, node.values, strict=True):
            key = self._other(key_node)._literal(follow) if key_node is not None else None
            value = self._other(value_node)._literal(follow)
            if value is None or not isinstance(key, Scalar) or not isinstance(key.value, str):
                return None
            keys[key.value] = key
            values[key.value] = value
        return Mapping(self.source, self.start, self.end, keys, values)

    def text(self) -> StaticText | None:
        """The string: plain, concatenated, dedented or an f-string, whose fields stay as written (`{name}`)."""
        if isinstance(self._node, ast.Call):
            return self._cleaned(self._node)
        parts: list[str] = []
        dynamic = known = False
        waiting = [self._node]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                parts.append(node.value)
                known = True
            elif isinstance(node, ast.JoinedStr):
                waiting += reversed(node.values)
                known = True
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                waiting += (node.right, node.left)
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
                waiting.append(node.left)
                dynamic = True
            else:
                parts.append(_field(node))
                dynamic = True
        return StaticText("".join(parts), dynamic) if known else None

    def _cleaned(self, node: ast.Call) -> StaticText | None:
        function = node.func
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Constant | ast.JoinedStr | ast.BinOp):
            text = self._other(function.value).text()
            if text is None or function.attr not in ("strip", "format"):
                return None
            return (
                StaticText(text.text, True)
                if function.attr == "format"
                else StaticText(text.text.strip(), text.dynamic)
            )
        clean = _CLEANERS.get(self._walker.dotted(function) or "")
        if clean is None or len(node.args) != 1:
            return None
        text = self._other(node.args[0]).text()
        return None if text is None else StaticText(clean(text.text), text.dynamic)

    def entries(self) -> dict[str, Expression]:
        """The entries of a dict display, and of a call of `dict` with keywords."""
        node = self._node
        found: dict[str, Expression] = {}
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    found[key.value] = self._other(value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
            for keyword in node.keywords:
                if keyword.arg is not None:
                    found[keyword.arg] = self._other(keyword.value)
        return found

    def elements(self) -> list[Expression]:
        """The elements of a list, tuple or set display."""
        node = self._node
        return (
            [self._other(element) for element in node.elts] if isinstance(node, ast.List | ast.Tuple | ast.Set) else []
        )

    def call(self) -> Call | None:
        """The call; `within` is not known from here and is empty."""
        node = self._node.value if isinstance(self._node, ast.Await) else self._node
        return self._walker.call(node, (), self._inside) if isinstance(node, ast.Call) else None


class Walker:
    """Fills a module from its syntax tree, without recursion."""

    def __init__(self, module: PythonModule) -> None:
        self.module = module
        self.places = Places(module.source)

    def walk(self, tree: ast.Module) -> None:
        """Visits every node in the order of the source."""
        self._imports(tree)
        waiting: list[_Work] = [(tree, (), "", None, None)]
        while waiting:
            work = waiting.pop()
            self._visit(*work)
            waiting += reversed(list(self._children(*work)))
        self.module.calls.sort(key=lambda call: call.start)

    def dotted(self, node: ast.AST) -> str | None:
        """The dotted name that `node` is, its first part replaced by what it was imported as."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        parts.append(self.module.imports.get(node.id, node.id))
        return ".".join(reversed(parts))

    def call(self, node: ast.Call, within: _Context, inside: Origin | None) -> Call:
        """A call node as a `Call`; arguments behind `*` and `**` are left out."""
        origin = inside or self.places.origin(node)
        return Call(
            self.module.source,
            origin.start,
            origin.end,
            name=self.dotted(node.func),
            callee=inside or self.places.origin(node.func),
            arguments=[
                PythonExpression(self, argument, inside)
                for argument in node.args
                if not isinstance(argument, ast.Starred)
            ],
            keywords={
                keyword.arg: PythonExpression(self, keyword.value, inside)
                for keyword in node.keywords
                if keyword.arg is not None
            },
            within=within,
        )

    def _imports(self, tree: ast.Module) -> None:
        names = self.module.imports
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    names[alias.asname or alias.name.split(".")[0]] = (
                        alias.name if alias.asname else alias.name.split(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom):
                package = "." * node.level + (node.module or "")
                joint = "" if package.endswith(".") else "."
                for alias in node.names:
                    if alias.name != "*":
                        names[alias.asname or alias.name] = f"{package}{joint}{alias.name}"

    def _visit(
        self, node: ast.AST, within: _Context, scope: str, function: Function | None, inside: Origin | None
    ) -> None:
        module = self.module
        if isinstance(node, ast.Call):
            module.calls.append(self.call(node, within, inside))
        elif isinstance(node, ast.Return):
            if function is not None and node.value is not None:
                function.returns.append(PythonExpression(self, node.value))
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(target, node.value, scope, node)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            self._assign(node.target, node.value, scope, node)

    def _assign(self, target: ast.expr, value: ast.expr, scope: str, node: ast.stmt) -> None:
        if isinstance(target, ast.Name):
            entry = Assignment(target.id, PythonExpression(self, value), scope, self.places.origin(node))
            self.module.assignments.append(entry)

    def _children(
        self, node: ast.AST, within: _Context, scope: str, function: Function | None, inside: Origin | None
    ) -> Iterator[_Work]:
        """The parts of `node`, each with what is around it."""
        if isinstance(node, ast.JoinedStr) and inside is None:
            inside = self.places.origin(node)
        elif isinstance(node, ast.ClassDef):
            scope, function = _inner(scope, node.name), None
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function = Function(
                node.name,
                scope,
                [PythonExpression(self, decorator) for decorator in node.decorator_list],
                [],
                isinstance(node, ast.AsyncFunctionDef),
                self.places.origin(node),
            )
            self.module.functions.append(function)
            scope = _inner(scope, node.name)
        around = self._around(node, within, inside)
        outside = _outside(node)
        parts: Iterable[ast.AST] = ast.iter_child_nodes(node)
        if isinstance(node, _Comprehension):
            # What is iterated over comes first, and only the first such iterable is evaluated once.
            first = node.generators[0]
            yield first.iter, within, scope, function, inside
            parts = chain([first.target, *first.ifs, *node.generators[1:]], _results(node))
        for child in parts:
            yield child, within if child in outside else around, scope, function, inside

    def _around(self, node: ast.AST, within: _Context, inside: Origin | None) -> _Context:
        kind: EnclosingKind
        name = ""
        if isinstance(node, ast.Await):
            kind = "await"
        elif isinstance(node, ast.For | ast.AsyncFor | ast.While | _Comprehension):
            kind = "loop"
        elif isinstance(node, ast.If | ast.IfExp | ast.Match):
            kind = "condition"
        elif isinstance(node, ast.Call):
            callee = inside or self.places.origin(node.func)
            kind, name = "call", callee.text if self.dotted(node.func) else ""
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            kind, name = "function", node.name
        elif isinstance(node, ast.Lambda):
            kind = "function"
        elif isinstance(node, ast.ClassDef):
            kind, name = "class", node.name
        else:
            return within
        return (*within, Enclosing(kind, name, inside or self.places.origin(node)))


def _field(node: ast.expr) -> str:
    """An inserted value as it may be shown: `{name}`."""
    if isinstance(node, ast.FormattedValue):
        node = node.value
    try:
        return "{" + ast.unparse(node) + "}"
    except RecursionError:
        return "{...}"


def _outside(node: ast.AST) -> list[ast.AST]:
    """The parts of `node` that are evaluated before what it does begins: tests, iterables, callees, decorators."""
    if isinstance(node, ast.For | ast.AsyncFor):
        return [node.iter]
    if isinstance(node, ast.If | ast.IfExp):
        return [node.test]
    if isinstance(node, ast.Match):
        return [node.subject]
    if isinstance(node, ast.Call):
        return [node.func]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [*node.decorator_list]
    return []


def _results(node: _Comprehension) -> list[ast.expr]:
    return [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]


def _inner(scope: str, name: str) -> str:
    return f"{scope}.{name}" if scope else name
