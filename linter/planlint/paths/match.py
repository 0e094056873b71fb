"""Whether one concrete path, or one whole pattern, lies inside of a pattern. Linear-time, no regular expressions."""

from __future__ import annotations

from planlint.paths.pattern import Pattern, Route, Tail
from planlint.paths.segment import match_segment
from planlint.paths.spelling import fold, split_path
from planlint.paths.steps import match_items


def matches(pattern: str | Pattern, path: str) -> bool:
    """Whether the file at `path` belongs to the pattern's set. Nothing in `path` is taken for a wildcard.

    Raises `PatternError` for a pattern text beyond the limits of `Pattern.parse`; a path may have any length.
    """
    if isinstance(pattern, str):
        pattern = Pattern.parse(pattern)
    if pattern.kind == "file" and path == pattern.normal:
        return True
    return matches_parts(pattern, *split_path(path))


def matches_parts(pattern: Pattern, root: str, names: tuple[str, ...]) -> bool:
    """As `matches`, for a path that `split_path` has taken apart: worth it where one path meets many patterns."""
    if not names:
        return False
    if not pattern.case_sensitive:
        names = tuple(fold(name) for name in names)
    return any(route.root == root and match_items(route.full, names) for route in pattern.routes)


def covers(a: str | Pattern, b: str | Pattern) -> bool:
    """Whether pattern `a` contains what `b` names, as in "is this write inside of that off-limits list".

    Exact when `b` is a file (the path itself counts) or a literal directory, unless only several alternatives of `a`
    together contain it. Conservative for globs in `b`: `True` is always right; contained ones may be missed. Letter
    case counts as `a` was parsed. Raises `PatternError` as `Pattern.parse` does.
    """
    if isinstance(a, str):
        a = Pattern.parse(a)
    if isinstance(b, str) or b.case_sensitive != a.case_sensitive:
        b = Pattern.parse(b if isinstance(b, str) else b.text, case_sensitive=a.case_sensitive)
    if not b.routes:
        return False
    outer = a.routes
    return a.key == b.key or all(any(_contains(one, other) for one in outer) for other in b.routes)


def _contains(outer: Route, inner: Route) -> bool:
    """Whether one route contains another, as far as `covers` promises."""
    if outer.root != inner.root:
        return False
    if inner.is_literal and inner.tail is not Tail.BELOW:
        return match_items(outer.full, inner.prefix)
    if outer.tail is not Tail.EXACT and _reaches(outer, inner.prefix):
        return True
    same_depth = len(outer.exact) == len(inner.exact) and outer.tail is inner.tail
    return same_depth and all(
        one == other
        or (one is not None and isinstance(other, str) and match_segment(one, other))
        or (one is not None and other is not None and getattr(one, "text", "") == "*")
        for one, other in zip(outer.exact, inner.exact, strict=True)
    )


def _reaches(outer: Route, names: tuple[str, ...]) -> bool:
    """Whether everything below the directory `names` is covered: `outer` is that directory or an ancestor."""
    if outer.tail is not Tail.BELOW:
        return match_items(outer.full, names)
    # A directory's steps end with `**` and `*`: any name below stands for all of them.
    return match_items(outer.full, (*names, "x"))
