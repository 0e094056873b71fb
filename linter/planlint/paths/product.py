"""Whether two patterns share a path, decided exactly, with such a path as the proof.

A product construction on two levels: here the states are places in two lists of segments, where `**` consumes any
number of them; whether two segments share a name is decided the same way over their tokens (`segment`). Iterative, at
worst quadratic in the lengths of the patterns.
"""

from __future__ import annotations

from collections import deque

from planlint.paths.pattern import Pattern, Route, Tail
from planlint.paths.segment import meet_segments
from planlint.paths.spelling import Spelling, fold
from planlint.paths.steps import Item


def overlap(a: str | Pattern, b: str | Pattern, *, case_sensitive: bool = True) -> str | None:
    """A path that belongs to both patterns, written to be read by people, or `None` when no such path exists.

    Letter case counts unless `case_sensitive` is false or one of the patterns was parsed so. Raises `PatternError` for
    a text beyond the limits of `Pattern.parse`.
    """
    first, second = _as_patterns(a, b, case_sensitive)
    for one in first.routes:
        for other in second.routes:
            witness = meet_routes(one, other)
            if witness is not None:
                if not first.case_sensitive:
                    witness = _recase(witness, first, second)
                return str(Spelling(one.root, tuple(witness), False))
    return None


def _as_patterns(a: str | Pattern, b: str | Pattern, case_sensitive: bool) -> tuple[Pattern, Pattern]:
    """Both operands parsed with one and the same case option."""
    given = [operand for operand in (a, b) if isinstance(operand, Pattern)]
    exact = case_sensitive and all(pattern.case_sensitive for pattern in given)
    first, second = (
        operand
        if isinstance(operand, Pattern) and operand.case_sensitive == exact
        else Pattern.parse(operand.text if isinstance(operand, Pattern) else operand, case_sensitive=exact)
        for operand in (a, b)
    )
    return first, second


def meet_routes(a: Route, b: Route) -> list[str] | None:
    """The names of a path, without its root, that two routes share; `None` when there is none."""
    if a.root != b.root:
        return None
    for one, other in zip(a.prefix, b.prefix, strict=False):
        if one != other:
            return None
    return _meet(_steps(a, b), _steps(b, a))


def _steps(route: Route, other: Route) -> tuple[Item, ...]:
    """The steps of `route` when it meets `other`, which may be what tells that a file's name is a directory."""
    if route.tail is not Tail.FILE:
        return route.exact
    depth = len(route.prefix)
    below = other.tail is Tail.BELOW or not other.is_literal
    spelt_out = len(other.prefix) > depth or (below and len(other.prefix) == depth)
    return route.full if spelt_out else route.exact


def _meet(a: tuple[Item, ...], b: tuple[Item, ...]) -> list[str] | None:
    """Breadth-first over pairs of places, shallow paths first; each state remembers the name that led to it."""
    common = 0
    while common < len(a) and common < len(b) and isinstance(a[common], str) and a[common] == b[common]:
        common += 1
    start, goal = (common, common), (len(a), len(b))
    came: dict[tuple[int, int], tuple[tuple[int, int], str | None] | None] = {start: None}
    queue = deque([start])
    while queue and goal not in came:
        state = queue.popleft()
        i, j = state
        one = a[i] if i < len(a) else ""
        other = b[j] if j < len(b) else ""
        steps: list[tuple[tuple[int, int], str | None]] = []
        if one is None:
            steps.append(((i + 1, j), None))
            if other:
                steps.append(((i, j + 1), meet_segments(other, other)))
        if other is None:
            steps.append(((i, j + 1), None))
            if one:
                steps.append(((i + 1, j), meet_segments(one, one)))
        if one and other:
            name = meet_segments(one, other)
            if name is not None:
                steps.append(((i + 1, j + 1), name))
        for target, name in steps:
            if target not in came:
                came[target] = (state, name)
                # Steps that consume nothing go first, so that the path found has the fewest segments.
                if name is None:
                    queue.appendleft(target)
                else:
                    queue.append(target)
    if goal not in came:
        return None
    names: list[str] = []
    step = came[goal]
    while step is not None:
        if step[1] is not None:
            names.append(step[1])
        step = came[step[0]]
    return [item for item in a[:common] if isinstance(item, str)] + names[::-1]


def _recase(witness: list[str], a: Pattern, b: Pattern) -> list[str]:
    """A witness found without letter case, with its names spelt as the patterns spell them where they do."""
    result: list[str] = []
    for index, name in enumerate(witness):
        spelt = [p.segments[index] for p in (a, b) if index < len(p.segments) and fold(p.segments[index]) == name]
        result.append(spelt[0] if spelt else name)
    return result
