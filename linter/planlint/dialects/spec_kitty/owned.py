"""`owned_files` and `create_intent`: lists of globs, now and then with line numbers or remarks left in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.dialects.prose.remarks import mode_of_remark
from planlint.model import Mode
from planlint.readers.tree import Node, Scalar, Sequence
from planlint.source import Origin

_REMARK = re.compile(r"(?P<path>\S+)\s+(?:\((?P<remark>[^()\n]{1,200})\)|[—–-]\s[^\n]*)")
_LINES = re.compile(r":\d{1,7}(?:-\d{1,7})?\Z")
_LITERAL = re.compile(r"[*?\[{]")


class Owned(NamedTuple):
    """One entry: its pattern without line numbers and remark, and where the pattern stands."""

    path: str
    origin: Origin
    mode: Mode | None
    """What the remark says; None without one."""
    note: str | None
    broad: bool
    """So wide (`src/**`) that it says where the work is rather than what it touches."""


def owned_files(node: Node | None) -> Iterator[Owned]:
    """The entries of a list of files (or of a single string), in order."""
    items = node.items if isinstance(node, Sequence) else [node]
    for item in items:
        if not isinstance(item, Scalar) or not isinstance(item.value, str) or not item.value.strip():
            continue
        match = _REMARK.fullmatch(item.text.strip())
        path = _LINES.sub("", match["path"] if match else item.text.strip())
        remark = match["remark"] if match else None
        yield Owned(path, _place(item, path), mode_of_remark(remark), remark, is_broad(path))


def is_broad(path: str) -> bool:
    """Whether a glob has at most one literal directory to hold on to and no name: `**`, `src/**`, `src/**/*.py`."""
    segments = [segment for segment in path.split("/") if segment not in ("", ".")]
    literal = next((at for at, segment in enumerate(segments) if _LITERAL.search(segment)), len(segments))
    if literal == len(segments) or "**" not in path:
        return False
    names = [re.sub(r"[*?]+", "", segment) for segment in segments[literal:]]
    return literal <= 1 and all(not name or re.fullmatch(r"\.\w{1,6}", name) is not None for name in names)


def _place(item: Scalar, path: str) -> Origin:
    """Where `path` stands inside the scalar; the whole scalar where an escape hides it."""
    at = item.origin.text.find(path)
    return item.origin if at < 0 else item.origin.narrow(at, at + len(path))
