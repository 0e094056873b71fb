"""What all model objects share: frozen, slotted, keyword-only, with origins.

Plain dataclasses, not pydantic models: only dialects make model objects, and mypy checks dialects. Pydantic stands at
the boundary, where text of others comes in (plan files, configuration); it is not even imported while a valid plan is
checked. Measured with CPython 3.11: `import planlint.model` takes 2.5 instead of 13 times `python -c pass`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeAlias, TypeVar, dataclass_transform

from planlint.source import Origin

Place: TypeAlias = Origin
"""Where something stands."""

Places: TypeAlias = Mapping[str, Origin]
"""Field name to the place of its value (or of its key where the value is missing)."""

T = TypeVar("T")
P = TypeVar("P", bound="Part")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def part(cls: type[T]) -> type[T]:
    """Make a class a frozen part of a plan.

    Frozen for the type checker, which is who checks all that makes and reads parts. At run time a class that refuses
    assignments has to be built through `object.__setattr__`, three times as slow for the 10 objects of a large plan's
    task.
    """
    # Equality and representation come from `Part`: generating them costs start-up for every class.
    return dataclass(slots=True, kw_only=True, repr=False, eq=False)(cls)


class Part:
    """A frozen part of a plan; equal to another of its class with equal fields."""

    __slots__ = ()

    def replace(self: P, **changes: Any) -> P:
        """A copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[type-var]  # every subclass is a dataclass, by `part`

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, item.name) for item in fields(self))  # type: ignore[arg-type]

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(tuple(value for value in self._values() if not isinstance(value, Mapping)))

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{item.name}={value!r}"
            for item in fields(self)  # type: ignore[arg-type]
            if (value := getattr(self, item.name)) not in (None, (), {}) and item.name not in ("origin", "places")
        )
        return f"{type(self).__name__}({shown})"
