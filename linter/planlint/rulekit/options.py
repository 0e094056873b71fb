"""`Options`: a rule's settings, typed and documented, checked when the configuration is read.

Plain classes, neither dataclasses nor pydantic models, so that a rule with options costs next to nothing at start-up.
`checked` brings in pydantic, and is only called for a rule that a configuration file really sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar, cast, dataclass_transform, get_type_hints

if TYPE_CHECKING:
    from pydantic import BaseModel

OptionsT = TypeVar("OptionsT", bound="Options")
T = TypeVar("T")


class _Option(NamedTuple):
    """What `option` says of one field."""

    default: Any
    description: str
    limits: dict[str, Any]


def option(default: T, description: str, **limits: Any) -> T:
    """A field of `Options`: its default, what it means, and limits in pydantic's words (`ge`, `le`, ...)."""
    return cast("T", _Option(default, description, limits))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(option,))
class Options:
    """Base of a rule's options. Subclasses name their fields with a type and `option(default, description)`."""

    _options: ClassVar[dict[str, _Option]] = {}

    def __init_subclass__(cls) -> None:
        """Note the fields."""
        own = {name: value for name, value in vars(cls).items() if isinstance(value, _Option)}
        cls._options = {**cls._options, **own}

    def __init__(self, **values: Any) -> None:
        for name, item in self._options.items():
            default = item.default
            # A list of its own, should a rule change it.
            value = type(default)(default) if isinstance(default, list | dict | set) else default
            setattr(self, name, values.pop(name, value))
        if values:
            raise TypeError(f"{type(self).__name__} has no option {', '.join(values)}")

    @classmethod
    def model(cls) -> type[BaseModel]:
        """The pydantic model of these options: for checking values and for the JSON Schema."""
        from pydantic import ConfigDict, create_model
        from pydantic import Field as Described

        hints = get_type_hints(cls)
        found: dict[str, Any] = {
            name: (hints[name], Described(item.default, description=item.description, **item.limits))
            for name, item in cls._options.items()
        }
        return create_model(cls.__name__, __config__=ConfigDict(extra="forbid"), __doc__=cls.__doc__, **found)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The fields in the order in which they are written."""
        return tuple(cls._options)

    @classmethod
    def checked(cls: type[OptionsT], values: Mapping[str, Any]) -> OptionsT:
        """Options with `values` in place of defaults; raises `pydantic.ValidationError` where they do not fit."""
        return cls(**cls.model().model_validate(dict(values)).model_dump())
