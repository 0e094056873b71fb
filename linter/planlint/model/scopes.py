"""What a task touches: files by pattern (`Scope`) and everything that is no file (`Resource`)."""

from __future__ import annotations

from enum import StrEnum

from planlint.diagnostics import Evidence
from planlint.model.base import Part, Place, listed, part


class Mode(StrEnum):
    """What is done to the files of a scope."""

    CREATE = "create"
    MODIFY = "modify"
    DELETE = "delete"
    WRITE = "write"
    """Created or changed; the plan does not say which."""
    READ = "read"

    @property
    def writes(self) -> bool:
        """Whether the files change."""
        return self is not Mode.READ


@listed
class Scope(Part):
    """Files by pattern, and what is done to them.

    `path` is the pattern as the plan means it: annotations (`(NEW)`, `:10-40`, `- reason`) taken off, absolute paths
    into the repository made relative, otherwise spelled as written, so that aliases stay visible. `planlint.paths`
    defines which files a pattern stands for.
    """

    path: str
    mode: Mode
    origin: Place
    evidence: Evidence = Evidence.DECLARED
    weak: bool = False
    """Only perhaps: "if needed", "possibly"; of a read also: background that the work does not come back to."""
    part: str | None = None
    """The part of the file that is meant where it cuts a file: `lines 10-40`, `function login`, `::Class.method`."""
    external: bool = False
    """Declared to lie outside the repository on purpose."""
    body: bool = False
    """Named in the task's body, not in its declaration (formats that have both, such as GSD; see PL112)."""
    note: str | None = None
    """The annotation that was taken off, as written."""


@part
class Resource(Part):
    """Something exclusive that is no file: a port, database, migration slot, branch, worktree, lock key.

    `kind` is one word (`port`, `database`, `branch`, `worktree`, `container`, `lock`, `scratch`), `name` its value.
    """

    kind: str
    name: str
    origin: Place
    evidence: Evidence = Evidence.STATED
