"""PL004: the same key twice in one mapping, collected while a tree is built."""

from __future__ import annotations

from planlint.diagnostics import Problem, Severity
from planlint.readers.limits import MAX_REPORTED
from planlint.readers.tree import Scalar

_SHOWN_PLACES = 8
"""Places named for one key; more tell nothing new."""


class DuplicateKeys:
    """Repeated keys of one file. One problem for each key of a mapping, however often it returns."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str], list[Scalar]] = {}

    def add(self, first: Scalar, again: Scalar) -> None:
        """Note that `again` repeats the key `first` of the same mapping."""
        self._found.setdefault((first.start, first.text), [first]).append(again)

    def problems(self) -> list[Problem]:
        """The problems, at most `MAX_REPORTED` and one that counts the rest."""
        found = list(self._found.values())
        problems = [_problem(places) for places in found[:MAX_REPORTED]]
        rest = found[MAX_REPORTED:]
        if rest:
            message = f"{len(rest):,} more keys are given more than once in this file"
            problems.append(Problem("PL004", message, rest[0][1].origin, severity=Severity.ERROR))
        return problems


def _problem(places: list[Scalar]) -> Problem:
    first, second, *others = places
    times = "twice" if not others else f"{len(places):,} times"
    name = first.text if len(first.text) <= 60 else first.text[:57] + "..."
    related = [(first.origin, "first given here")]
    related += [(other.origin, "and again here") for other in others[: _SHOWN_PLACES - 2]]
    return Problem(
        "PL004",
        f"key `{name}` is given {times} in one mapping",
        second.origin,
        help="merge the values, or rename or remove one of the keys",
        why="readers keep one of the values and drop the others silently; which one differs between them",
        severity=Severity.ERROR,
        related=tuple(related),
    )
