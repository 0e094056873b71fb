"""The shape of one run of the command line in a test."""

from collections.abc import Callable
from typing import NamedTuple


class Outcome(NamedTuple):
    """What one command line gave."""

    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]
