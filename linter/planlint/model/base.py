"""What all model objects share: frozen pydantic models that carry origins."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, SkipValidation

from planlint.source import Origin

Place: TypeAlias = Annotated[Origin, SkipValidation]
"""Where something stands. Not validated: only readers and dialects make places."""

Places: TypeAlias = Annotated[dict[str, Origin], SkipValidation]
"""Field name to the place of its value (or of its key where the value is missing)."""


class Part(BaseModel):
    """A frozen part of a plan. Unknown fields are a programming error in a dialect and raise."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
