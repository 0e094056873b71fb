"""Limits of what a reader accepts, and the exception that carries a refusal out of a loop.

All are checked while events or tokens are pulled, so nothing is allocated past them. The values come from runs over
57 hostile inputs: real plans stay far below, crashes and hangs of other readers begin far above.
"""

from __future__ import annotations

from planlint.diagnostics import Problem
from planlint.source import Origin

MAX_DEPTH = 64
"""Levels of nesting, aliases followed. Plans need about 10; recursive readers die from 700 on a small stack."""

MAX_NODES = 2_000_000
"""Keys, values and collections of one document set. A task has about 25."""

MAX_YAML_CHARACTERS = 16_000_000
"""Longest YAML. Building its tree takes about half a second for each million; real plans stay below one."""

MAX_ALIASES = 10_000
"""Uses of `*name` in one file."""

MAX_EXPANSION = 1_000_000
"""Nodes reached through aliases and merge keys, were they written out (billion-laughs attacks grow tenfold a level)."""

MAX_MERGE_SOURCES = 16
"""Mappings in one `<<: [...]`."""

MAX_NUMBER_LENGTH = 400
"""Longest text turned into a number; `int()` is quadratic, and Python refuses 4,300 digits."""

MAX_REPORTED = 100
"""Complaints of one kind reported one by one in a file; the rest is counted."""

MAX_REPORTED_LINES = 20
"""Malformed lines reported one by one in a JSON Lines file; the rest is counted."""


class RefusedError(Exception):
    """Reading stops here: `problem` says why and where, and is fatal."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def too_much(origin: Origin, message: str, help: str | None = None) -> RefusedError:
    """A refusal for a resource limit (PL006)."""
    return RefusedError(Problem("PL006", message, origin, help=help, fatal=True))


def malformed(origin: Origin, message: str, help: str | None = None) -> RefusedError:
    """A refusal for broken syntax (PL002)."""
    return RefusedError(Problem("PL002", message, origin, help=help, fatal=True))
