"""Fixes: text edits with a promise about what they may cost."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from planlint.source import Origin


class Applicability(StrEnum):
    """What applying a fix may cost."""

    SAFE = "safe"
    """The plan means the same or strictly what was evidently intended."""
    UNSAFE = "unsafe"
    """It can lose intent (a parallel mark, an order, a file's owner); a person must ask for it."""


class Edit(NamedTuple):
    """Replace the characters of `origin` by `text`; an empty origin inserts."""

    origin: Origin
    text: str


class Fix(NamedTuple):
    """One way to remove a finding. Edits of one fix are applied together or not at all and do not overlap."""

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...]
    reason: str | None = None
    """Why an unsafe fix is unsafe."""
