"""`Problem`: what readers and dialects report before any rule runs."""

from __future__ import annotations

from typing import NamedTuple

from planlint.diagnostics.fix import Fix
from planlint.diagnostics.levels import Severity
from planlint.source import Origin


class Problem(NamedTuple):
    """Something that could not be read or understood (PL0xx), found where it stands.

    The engine turns it into a `Diagnostic` with the catalogue's metadata for `code`. `fatal` means that nothing of
    the document can be used, so nothing must be concluded from what is missing in it.
    """

    code: str
    message: str
    origin: Origin
    help: str | None = None
    why: str | None = None
    fatal: bool = False
    severity: Severity | None = None
    related: tuple[tuple[Origin, str], ...] = ()
    fixes: tuple[Fix, ...] = ()
