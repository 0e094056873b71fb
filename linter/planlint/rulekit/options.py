"""`Options`: a rule's settings, typed and documented, checked when the configuration is read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Options(BaseModel):
    """Base of a rule's options. Every field has a default, a type and a description (`Field(description=...)`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
