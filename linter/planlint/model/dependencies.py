"""References from one task to another."""

from __future__ import annotations

from planlint.diagnostics import Evidence
from planlint.model.base import Part, Place, listed


@listed
class Dependency(Part):
    """A reference to another task by its id, as an element of `depends_on`, `blocks` or `conflicts_with`.

    `task` is the id as the plan writes ids (dialects resolve ranges, parents, short forms and numbers to it: one
    `Dependency` for each task meant, all with the place of the words they came from). `written` is the reference as it
    stands in the file. An id that no task has stays as written; PL301 reports it.
    """

    task: str
    origin: Place
    evidence: Evidence = Evidence.DECLARED
    written: str = ""
    reason: str | None = None
    target: int | None = None
    """`Task.index` where the id alone is not enough (duplicate ids); otherwise None."""
