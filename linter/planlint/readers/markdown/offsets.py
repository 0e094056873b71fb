"""From UTF-8 byte offsets, which the Rust parser counts, to code points, which `Source` counts."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate

_LEADS = bytes(0 if 0x80 <= byte < 0xC0 else 1 for byte in range(256))
"""1 for a byte that begins a character, 0 for a continuation byte."""


def code_point_offsets(text: str, first: int = 0) -> Sequence[int]:
    """A table from byte offset in `text.encode()` to code-point offset, counted from `first`.

    It has one entry more than there are bytes, for the end. ASCII needs no table: a `range` answers the same question.
    """
    if text.isascii():
        return range(first, first + len(text) + 1)
    encoded = text.encode("utf-8")
    return array("L", accumulate(encoded.translate(_LEADS), initial=first))
