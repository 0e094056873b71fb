"""A path of the plan file to a `Scope`: parts of files taken off."""

from __future__ import annotations

import re
from typing import Any

from planlint.model import Mode, Scope
from planlint.source import Origin
from planlint.source.regex import regex

_LINES = regex(r"(?P<path>.*[^:#\s])(?::|#L)(?P<first>\d{1,7})(?:(?:-L?|:)(?P<last>\d{1,7}))?", re.DOTALL)
_MEMBER = regex(r"(?P<path>[^:]+\.\w{1,10})(?P<member>::\S+)")


def split_part(path: str) -> tuple[str, str | None]:
    """A path and the part of the file that it ends in: `a.py:10-40`, `a.py#L10-L40`, `a.py::Class.method`."""
    if ":" not in path and "#L" not in path:
        return path, None
    member = _MEMBER.fullmatch(path)
    if member is not None:
        return member["path"], member["member"]
    lines = _LINES.fullmatch(path)
    if lines is None:
        return path, None
    first, last = lines["first"], lines["last"]
    return lines["path"], f"lines {first}-{last}" if last else f"line {first}"


def scope(item: str | dict[str, Any], mode: Mode, origin: Origin) -> Scope:
    """The scope that an item of a path list means."""
    if isinstance(item, str):
        path = item.strip()
        if ":" not in path and "#" not in path:
            return Scope(path=path, mode=mode, origin=origin)
        path, part = split_part(path)
        return Scope(path=path, mode=mode, origin=origin, part=part)
    path, part = split_part(item["path"].strip())
    return Scope(
        path=path,
        mode=mode,
        origin=origin,
        part=item.get("part") or part,
        note=item.get("note"),
        external=item.get("external", False),
        weak=item.get("weak", False),
    )
