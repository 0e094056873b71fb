"""Whether two statements about one interface agree, and how they differ. Everything unclear counts as agreement."""

from __future__ import annotations

import re

from planlint.facts.signatures import Parameter, Signature, endpoint_key


def signature_difference(ours: Signature, theirs: Signature) -> str | None:
    """How two statements about one interface disagree, for a message; None when they agree or cannot be compared.

    Parameter names alone do not differ, nor do types that one side leaves out; the order of fields does not count.
    """
    if ours.kind != theirs.kind:
        return None
    if ours.kind == "endpoint":
        if endpoint_key(ours.name) != endpoint_key(theirs.name):
            return f"`{ours.name}` against `{theirs.name}`"
        closed = not ours.open and not theirs.open
        return _field_difference(ours.parameters, theirs.parameters, closed=closed) or _field_difference(
            ours.answer, theirs.answer, closed=closed
        )
    if ours.kind == "shape":
        return _field_difference(ours.parameters, theirs.parameters, closed=not ours.open and not theirs.open)
    if ours.kind == "constant":
        same = ours.name != theirs.name or _same_type(ours.returns or "", theirs.returns or "")
        return None if same else f"it is `{ours.returns}` against `{theirs.returns}`"
    return _call_difference(ours, theirs)


def _call_difference(ours: Signature, theirs: Signature) -> str | None:
    if ours.name.lower() != theirs.name.lower():
        return None
    mine, other = ours.parameters or (), theirs.parameters or ()
    required = [sum(not parameter.optional for parameter in side) for side in (mine, other)]
    if not ours.open and not theirs.open and (len(mine) < required[1] or len(other) < required[0]):
        return f"{len(mine)} parameter{'' if len(mine) == 1 else 's'} against {len(other)}"
    for number, (left, right) in enumerate(zip(mine, other, strict=False), 1):
        if left.type and right.type and not _same_type(left.type, right.type):
            return f"parameter {number} is `{left.type}` against `{right.type}`"
    if ours.returns and theirs.returns and not _same_type(ours.returns, theirs.returns):
        return f"it returns `{ours.returns}` against `{theirs.returns}`"
    return None


def _field_difference(
    ours: tuple[Parameter, ...] | None, theirs: tuple[Parameter, ...] | None, *, closed: bool
) -> str | None:
    mine = {field.name.lower(): field for field in ours or ()}
    other = {field.name.lower(): field for field in theirs or ()}
    for key in mine.keys() & other.keys():
        left, right = mine[key], other[key]
        if left.type and right.type and not _same_type(left.type, right.type):
            return f"`{left.name}` is `{left.type}` against `{right.type}`"
    only_mine = [field.name for key, field in mine.items() if key not in other and not field.optional]
    only_other = [field.name for key, field in other.items() if key not in mine and not field.optional]
    if only_mine and only_other and closed:
        return f"field `{only_mine[0]}` against `{only_other[0]}`"
    return None


_ALIKE = (
    frozenset({"str", "string", "text", "varchar", "char"}),
    frozenset({"int", "integer", "number", "float", "i32", "i64", "u32", "u64", "int64", "bigint", "double"}),
    frozenset({"bool", "boolean"}),
    frozenset({"none", "null", "void", "undefined", "()", "unit"}),
    frozenset({"object", "dict", "record", "json", "jsonb", "map"}),
)
"""Types of different languages that say the same to a reader."""


def _same_type(left: str, right: str) -> bool:
    """Whether two types are the same, as far as can be told; wrappers of one value (`Promise<T>`) do not differ."""
    left, right = _unwrapped(left), _unwrapped(right)
    return left == right or any(left in alike and right in alike for alike in _ALIKE)


def _unwrapped(text: str) -> str:
    text = text.lower()
    match = re.fullmatch(r"(?:promise|awaitable|future|task|coroutine|readonly|result)[<\[](.+)[>\]]", text)
    return match[1] if match else text
