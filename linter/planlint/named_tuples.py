"""`NamedTuple`: `typing.NamedTuple` to the type checker and in use, at a tenth of what that costs at start-up.

A run makes some eighty such classes before it looks at a plan, and uses a third of them. `typing` compiles every
annotation and a constructor for each class, which was a tenth of the time that a small plan takes.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]
from typing import TYPE_CHECKING, Any


class _Row(tuple[Any, ...]):
    """What all named tuples share."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({shown})"

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def _replace(self, **changes: Any) -> Any:
        return type(self)(**{**self._asdict(), **changes})


class _Maker(type):
    """Makes of a class that is written below `NamedTuple` a `_Row` whose fields are its annotations."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        if not bases:
            return super().__new__(cls, name, bases, body)
        fields = tuple(body.get("__annotations__", ()))
        defaults = {field: body[field] for field in fields if field in body}

        def first(row: Any, *given: Any, **named: Any) -> Any:
            """Most of these classes are never used in a run, so the real `__new__` is compiled for the first tuple."""
            made.__new__ = _constructor(fields, defaults)
            return made(*given, **named)

        for index, field in enumerate(fields):
            body[field] = _tuplegetter(index, None)
        body.update(__new__=first, __slots__=(), _fields=fields, __match_args__=fields)
        made: Any = type(name, (_Row,), body)
        return made


def _constructor(fields: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """A `__new__` that takes the fields by place or by name."""
    parameters = ", ".join(f"{field}=defaults[{field!r}]" if field in defaults else field for field in fields)
    values = "".join(f"{field}, " for field in fields)
    space: dict[str, Any] = {"defaults": defaults, "new": tuple.__new__}
    # The names are those of a class in this program; nothing that was read from a file gets here.
    exec(f"def __new__(row, {parameters}): return new(row, ({values}))", space)
    return space["__new__"]


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class NamedTuple(metaclass=_Maker):
        """As `typing` has it, without what planlint does not use."""
