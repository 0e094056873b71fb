"""`Options`: a rule's settings, typed and documented, checked when the configuration is read.

Plain dataclasses, so that a rule with options costs nothing at start-up. `checked` brings in pydantic, and is only
called for a rule that a configuration file really sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, get_type_hints

if TYPE_CHECKING:
    from pydantic import BaseModel

OptionsT = TypeVar("OptionsT", bound="Options")
T = TypeVar("T")


def option(default: T, description: str, **limits: Any) -> T:
    """A field of `Options`: its default, what it means, and limits in pydantic's words (`ge`, `le`, ...)."""
    metadata = {"description": description, "limits": limits}
    if isinstance(default, list | dict | set):
        return field(default_factory=lambda: default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(option,))
class Options:
    """Base of a rule's options. Subclasses name their fields with a type and `option(default, description)`."""

    def __init_subclass__(cls) -> None:
        """Make the subclass a frozen dataclass."""
        dataclass(frozen=True, kw_only=True)(cls)

    @classmethod
    def model(cls) -> type[BaseModel]:
        """The pydantic model of these options: for checking values and for the JSON Schema."""
        from pydantic import ConfigDict, create_model
        from pydantic import Field as Described

        hints = get_type_hints(cls)
        found: dict[str, Any] = {}
        for item in cls.fields():
            given = {"description": item.metadata["description"], **item.metadata["limits"]}
            default = item.default_factory() if callable(item.default_factory) else item.default
            found[item.name] = (hints[item.name], Described(default, **given))
        return create_model(cls.__name__, __config__=ConfigDict(extra="forbid"), __doc__=cls.__doc__, **found)

    @classmethod
    def fields(cls) -> tuple[Field[Any], ...]:
        """The fields in the order in which they are written."""
        return fields(cls)  # type: ignore[arg-type]

    @classmethod
    def checked(cls: type[OptionsT], values: Mapping[str, Any]) -> OptionsT:
        """Options with `values` in place of defaults; raises `pydantic.ValidationError` where they do not fit."""
        return cls(**cls.model().model_validate(dict(values)).model_dump())
