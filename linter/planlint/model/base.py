"""What all model objects share: frozen, slotted, keyword-only, with origins.

Records, not pydantic models: only dialects make model objects, and mypy checks dialects. Pydantic stands at the
boundary, where text of others comes in (plan files, configuration); it is not even imported while a valid plan is
checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count, repeat
from typing import TypeAlias, TypeVar, cast, dataclass_transform

from planlint.records import NOTHING, Record, make_record
from planlint.source import Origin

Place: TypeAlias = Origin
"""Where something stands."""

Places: TypeAlias = Mapping[str, Origin]
"""Field name to the place of its value (or of its key where the value is missing)."""

NO_PLACES: Places = NOTHING

_zip = cast("Callable[..., Iterator[Place]]", zip)

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def part(cls: type[T]) -> type[T]:
    """Make a class a frozen part of a plan: a record whose fields are given by name."""
    return make_record(cls, keyword_only=True)


@dataclass_transform(frozen_default=True)
def listed(cls: type[T]) -> type[T]:
    """Make a class a frozen part of a plan of which there are many: its fields may also be given by their order.

    Its `origin` may be one of `late_places`.
    """
    return make_record(cls, late=("origin",))


def late_places(place_of: Callable[[str, int], Origin], field: str) -> Iterator[Place]:
    """The places of the items of `field`, without end, for `listed` parts: worked out by `place_of` when asked for.

    A large plan has some hundred thousand items, and findings point at a few of them.
    """
    # What `listed` makes of such a tuple is a place.
    return _zip(repeat(place_of), repeat(field), count())


class Part(Record):
    """A frozen part of a plan; equal to another of its class with equal fields."""

    __slots__ = ()
