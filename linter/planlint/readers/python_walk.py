"""Walks the syntax tree that libcst gives and fills a `PythonModule` from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import TypeAlias

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, CodeSpan, MetadataWrapper

from planlint.readers.code import Assignment, Call, Enclosing, EnclosingKind
from planlint.readers.markdown.offsets import code_point_offsets
from planlint.readers.python import Function, PythonModule
from planlint.readers.python_expression import PythonExpression
from planlint.source import Origin

_Comprehension: TypeAlias = cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp
_Context: TypeAlias = tuple[Enclosing, ...]
_Work: TypeAlias = tuple[cst.CSTNode, _Context, str, "Function | None"]
"""A node, what is around it, its scope, the function whose `return`s it may be."""

_LAYOUT = (
    "whitespace",
    "leading_lines",
    "lines_after",
    "header",
    "footer",
    "lpar",
    "rpar",
    "lbra",
    "rbra",
    "comma",
    "semicolon",
)
"""Fields, by how they begin, that hold blanks, comments and punctuation."""


class UnreadableError(Exception):
    """libcst does not know what the interpreter's parser accepted, or does not give it back as it was."""


def walk(module: PythonModule, text: str) -> None:
    """Fills `module` from `text`, which is its source, offset for offset, and was found harmless.

    Raises `UnreadableError`, and `RecursionError` for a chain that libcst turns into nesting (hundreds of strings).
    """
    # A form feed that opens the file is lost by libcst.
    shift = len(text) - len(text.lstrip("\f"))
    try:
        tree = cst.parse_module(text[shift:])
    except cst.ParserSyntaxError as error:
        raise UnreadableError(error.message.partition("\n")[0]) from error
    wrapper = MetadataWrapper(tree, unsafe_skip_copy=True)
    spans = wrapper.resolve(ByteSpanPositionProvider)
    if not text.startswith(tree.code.rstrip("\n"), shift):
        raise UnreadableError("its line ends are mixed in an unusual way")
    walker = Walker(module, spans, code_point_offsets(text[shift:], shift))
    walker.walk(tree)


class Walker:
    """Fills a module from its syntax tree, without recursion.

    `spans` holds where each node stands, in bytes, `offsets` turns bytes into offsets in the source.
    """

    def __init__(self, module: PythonModule, spans: Mapping[cst.CSTNode, CodeSpan], offsets: Sequence[int]) -> None:
        self.module = module
        self._spans = spans
        self._offsets = offsets

    def origin(self, node: cst.CSTNode) -> Origin:
        """Where a node stands."""
        span = self._spans[node]
        return Origin(self.module.source, self._offsets[span.start], self._offsets[span.start + span.length])

    def walk(self, tree: cst.Module) -> None:
        """Visits every node."""
        self._imports(tree)
        waiting: list[_Work] = [(tree, (), "", None)]
        while waiting:
            work = waiting.pop()
            self._visit(*work)
            waiting += reversed(list(self._children(*work)))
        self.module.calls.sort(key=lambda call: (call.start, -call.end))

    def dotted(self, node: cst.CSTNode) -> str | None:
        """The dotted name that `node` is, its first part replaced by what it was imported as."""
        written = _written_name(node)
        if written is None:
            return None
        first, dot, rest = written.partition(".")
        return self.module.imports.get(first, first) + dot + rest

    def call(self, node: cst.Call, within: _Context) -> Call:
        """A call node as a `Call`; arguments behind `*` and `**` are left out."""
        origin = self.origin(node)
        given = [argument for argument in node.args if not argument.star]
        return Call(
            self.module.source,
            origin.start,
            origin.end,
            name=self.dotted(node.func),
            callee=self.origin(node.func),
            arguments=[PythonExpression(self, argument.value) for argument in given if argument.keyword is None],
            keywords={
                argument.keyword.value: PythonExpression(self, argument.value)
                for argument in given
                if argument.keyword is not None
            },
            within=within,
        )

    def _imports(self, tree: cst.Module) -> None:
        names = self.module.imports
        waiting: list[cst.CSTNode] = [tree]
        while waiting:
            node = waiting.pop()
            if isinstance(node, cst.Import):
                for alias in node.names:
                    name = _written_name(alias.name) or ""
                    first = name.partition(".")[0]
                    local = _local(alias)
                    names[local or first] = name if local else first
            elif isinstance(node, cst.ImportFrom) and not isinstance(node.names, cst.ImportStar):
                package = "." * len(node.relative) + (_written_name(node.module) or "" if node.module else "")
                joint = "" if package.endswith(".") else "."
                for alias in node.names:
                    name = _written_name(alias.name) or ""
                    names[_local(alias) or name] = f"{package}{joint}{name}"
            elif not isinstance(node, cst.BaseExpression):
                waiting += reversed(list(_parts(node)))

    def _visit(self, node: cst.CSTNode, within: _Context, scope: str, function: Function | None) -> None:
        module = self.module
        if isinstance(node, cst.Call):
            module.calls.append(self.call(node, within))
        elif isinstance(node, cst.Return):
            if function is not None and node.value is not None:
                function.returns.append(PythonExpression(self, node.value))
        elif isinstance(node, cst.Assign):
            for target in node.targets:
                self._assign(target.target, node.value, scope, node)
        elif isinstance(node, cst.AnnAssign) and node.value is not None:
            self._assign(node.target, node.value, scope, node)

    def _assign(self, target: cst.CSTNode, value: cst.BaseExpression, scope: str, node: cst.CSTNode) -> None:
        name = _written_name(target)
        if isinstance(target, cst.Subscript):
            item = PythonExpression(self, target).item()
            name = ".".join(item) if item is not None else None
        if name is not None:
            self.module.assignments.append(Assignment(name, PythonExpression(self, value), scope, self.origin(node)))

    def _children(self, node: cst.CSTNode, within: _Context, scope: str, function: Function | None) -> Iterator[_Work]:
        """The parts of `node`, each with what is around it."""
        if isinstance(node, cst.ClassDef):
            scope, function = _inner(scope, node.name.value), None
        elif isinstance(node, cst.FunctionDef):
            function = Function(
                node.name.value,
                scope,
                [PythonExpression(self, decorator.decorator) for decorator in node.decorators],
                [],
                node.asynchronous is not None,
                self.origin(node),
            )
            self.module.functions.append(function)
            scope = _inner(scope, node.name.value)
        around = self._around(node, within)
        if isinstance(node, _Comprehension):
            # Only the first iterable is evaluated once.
            clause = node.for_in
            yield clause.iter, within, scope, function
            results = (node.key, node.value) if isinstance(node, cst.DictComp) else (node.elt,)
            rest = () if clause.inner_for_in is None else (clause.inner_for_in,)
            for child in chain((clause.target, *clause.ifs), rest, results):
                yield child, around, scope, function
            return
        outside = _outside(node)
        for child in _parts(node):
            yield child, within if any(child is part for part in outside) else around, scope, function

    def _around(self, node: cst.CSTNode, within: _Context) -> _Context:
        kind: EnclosingKind
        name = ""
        if isinstance(node, cst.Await):
            kind = "await"
        elif isinstance(node, cst.For | cst.While | _Comprehension):
            kind = "loop"
        elif isinstance(node, cst.If | cst.IfExp | cst.Match):
            kind = "condition"
        elif isinstance(node, cst.Call):
            kind, name = "call", _written_name(node.func) or ""
        elif isinstance(node, cst.FunctionDef):
            kind, name = "function", node.name.value
        elif isinstance(node, cst.Lambda):
            kind = "function"
        elif isinstance(node, cst.ClassDef):
            kind, name = "class", node.name.value
        else:
            return within
        return (*within, Enclosing(kind, name, self.origin(node)))


def _written_name(node: cst.CSTNode) -> str | None:
    """The dotted name that `node` is, as written."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return None
    return ".".join((node.value, *reversed(parts)))


def _local(alias: cst.ImportAlias) -> str | None:
    """The name after `as`."""
    name = alias.asname.name if alias.asname is not None else None
    return name.value if isinstance(name, cst.Name) else None


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a class of nodes that may hold expressions or statements."""
    return tuple(field.name for field in dataclasses.fields(kind) if not field.name.startswith(_LAYOUT))


def _parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes directly in `node`, layout left out."""
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, list | tuple):
            yield from value


def _outside(node: cst.CSTNode) -> tuple[cst.CSTNode, ...]:
    """The parts of `node` that are evaluated before what it does begins: tests, iterables, callees, decorators."""
    if isinstance(node, cst.For):
        return (node.iter,)
    if isinstance(node, cst.If | cst.IfExp):
        return (node.test,)
    if isinstance(node, cst.Match):
        return (node.subject,)
    if isinstance(node, cst.Call):
        return (node.func,)
    if isinstance(node, cst.FunctionDef | cst.ClassDef):
        return tuple(node.decorators)
    return ()


def _inner(scope: str, name: str) -> str:
    return f"{scope}.{name}" if scope else name
