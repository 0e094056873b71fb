"""`record`: small classes of named and typed values, as dataclasses are, at a fraction of what those cost at start-up.

A run makes some fifty such classes before it looks at a plan. `dataclasses` writes and compiles up to six methods for
each of them, which was a tenth of the time that a small plan takes; here it is `__init__` alone, for those of which
one is ever made, and what else there is comes from `Record`. Records are frozen for the type checker, which looks at
all code that makes or reads them: at run time, a class that refuses assignments would have to be filled through
`object.__setattr__`, three times as slow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform

T = TypeVar("T")
R = TypeVar("R", bound="Record")

NOTHING: Mapping[Any, Any] = MappingProxyType({})
"""The default of a field that holds a mapping: defaults are shared, so they must not change."""


class Record:
    """Base of records: equal to another of its class with equal fields."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()
    """The names of the fields, in the order in which they are written."""

    def replace(self: R, **changes: Any) -> R:
        """A copy with some fields changed."""
        values = {name: getattr(self, name) for name in self.__match_args__}
        return type(self)(**{**values, **changes})

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(tuple(value for value in self._values() if not isinstance(value, Mapping)))

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{name}={value!r}"
            for name in self.__match_args__
            if (value := getattr(self, name)) not in (None, (), {}) and name not in ("origin", "places")
        )
        return f"{type(self).__name__}({shown})"


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a class whose annotations are its fields, in this order; a value in the class body is a field's default.

    Defaults are shared by all records, so they are values that cannot change. The methods of a record do not call
    `super()`.
    """
    return make_record(cls)


def make_record(cls: type[T], *, keyword_only: bool = False, late: tuple[str, ...] = ()) -> type[T]:
    """What `record` does, for decorators of one's own. `keyword_only`: fields are given by name only, in any order.

    A field that is `late` may be given as a plain tuple of a function and its arguments instead of its value: the
    function is called when the field is first read, which for most records of a run never happens.
    """
    body = dict(cls.__dict__)
    names = tuple(body["__annotations__"])
    # A slot and a class attribute of one name cannot be.
    defaults = {name: body.pop(name) for name in names if name in body}

    def first(self: object, *given: Any, **named: Any) -> None:
        """Most records of a run are never made, so the real `__init__` is compiled for the first one."""
        initialise = _initialiser(slots, defaults, keyword_only=keyword_only)
        type.__setattr__(made, "__init__", initialise)
        initialise(self, *given, **named)

    for name in ("__dict__", "__weakref__"):
        body.pop(name, None)
    slots = {name: f"_{name}" if name in late else name for name in names}
    body.update(__init__=first, __slots__=tuple(slots.values()), __match_args__=names)
    made: type[T] = type(cls.__name__, cls.__bases__, body)
    for name in late:
        type.__setattr__(made, name, _late_field(made.__dict__[slots[name]]))
    return made


def _late_field(slot: Any) -> property:
    """The value in `slot`, worked out where only the way to it was given."""
    read, write = slot.__get__, slot.__set__

    def value_of(self: object) -> Any:
        value = read(self)
        if type(value) is tuple:
            function, *arguments = value
            value = function(*arguments)
            write(self, value)
        return value

    return property(value_of)


def _initialiser(slots: dict[str, str], defaults: dict[str, Any], *, keyword_only: bool) -> Callable[..., None]:
    """An `__init__` that fills the slot of each field."""
    parameters = ", ".join(f"{name}=defaults[{name!r}]" if name in defaults else name for name in slots)
    lines = "".join(f"\n self.{slot} = {name}" for name, slot in slots.items())
    made: dict[str, Any] = {}
    # The names are those of a class in this program; nothing that was read from a file gets here.
    exec(f"def __init__(self, {'*, ' * keyword_only}{parameters}):{lines}", {"defaults": defaults}, made)
    return cast("Callable[..., None]", made["__init__"])
