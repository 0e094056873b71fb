"""Edits of marks and of lists that stand in running text: `(P)`, `_Depends: 1.1, 1.2_`."""

from __future__ import annotations

import re

from planlint.diagnostics import Edit
from planlint.source import Origin

_BEFORE = re.compile(r"[ \t]*,[ \t]*\Z")
_AFTER = re.compile(r"[ \t]*,[ \t]*")
_NEAR = 20
"""Characters around an item in which its comma is looked for."""


def without_mark(mark: Origin) -> Edit:
    """Take out a mark and the blank that kept it apart."""
    text = mark.source.text
    if text[mark.end : mark.end + 1] == " ":
        return Edit(mark.source.origin(mark.start, mark.end + 1), "")
    start = mark.start - 1 if text[mark.start - 1 : mark.start] == " " else mark.start
    return Edit(mark.source.origin(start, mark.end), "")


def without_item(item: Origin) -> Edit | None:
    """Take an item out of a list with commas; None where no comma sets it apart."""
    source = item.source
    before = _BEFORE.search(source.text[max(0, item.start - _NEAR) : item.start])
    if before is not None:
        return Edit(source.origin(item.start - len(before.group()), item.end), "")
    after = _AFTER.match(source.text, item.end)
    return Edit(source.origin(item.start, after.end()), "") if after is not None else None
