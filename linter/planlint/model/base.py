"""What all model objects share: frozen, slotted, keyword-only, with origins.

Records, not pydantic models: only dialects make model objects, and mypy checks dialects. Pydantic stands at the
boundary, where text of others comes in (plan files, configuration); it is not even imported while a valid plan is
checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, TypeVar, dataclass_transform

from planlint.records import NOTHING, Record, make_record
from planlint.source import Origin

Place: TypeAlias = Origin
"""Where something stands."""

Places: TypeAlias = Mapping[str, Origin]
"""Field name to the place of its value (or of its key where the value is missing)."""

NO_PLACES: Places = NOTHING

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def part(cls: type[T]) -> type[T]:
    """Make a class a frozen part of a plan: a record whose fields are given by name."""
    return make_record(cls, keyword_only=True)


class Part(Record):
    """A frozen part of a plan; equal to another of its class with equal fields."""

    __slots__ = ()
