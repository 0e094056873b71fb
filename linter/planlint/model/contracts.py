"""What tasks promise each other: types, endpoints, tables, events, functions."""

from __future__ import annotations

from planlint.diagnostics import Evidence
from planlint.model.base import NO_PLACES, Part, Place, Places, listed, part


@part
class Contract(Part):
    """An interface that the plan itself names.

    `signature` is the shape to build against (a function signature, a type, a request/response shape, columns); a
    contract that has one is fixed before any task runs. `file` is where it will be defined.
    """

    id: str
    origin: Place
    kind: str | None = None
    """`function`, `type`, `endpoint`, `table`, `event`, `module` or the plan's own word."""
    file: str | None = None
    signature: str | None = None
    description: str | None = None
    evidence: Evidence = Evidence.DECLARED
    places: Places = NO_PLACES


@listed
class ContractRef(Part):
    """A task's end of a contract: it provides or consumes `contract`.

    `signature` and `file` are what this task says about it; they may differ from what others say (PL203).
    """

    contract: str
    origin: Place
    evidence: Evidence = Evidence.DECLARED
    signature: str | None = None
    file: str | None = None
    kind: str | None = None
