"""Prose whose words are replaced keeps the places of all others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planlint.readers.prose import Prose
from planlint.readers.tree import Scalar
from planlint.source import Source


@given(
    st.lists(st.tuples(st.sampled_from(["a", "`b` ", "c d", "x.ts "]), st.sampled_from([None, "", "new"])), max_size=8)
)
def test_what_is_not_replaced_stays_where_it_stands(pieces: list[tuple[str, str | None]]) -> None:
    """Pieces without a new text keep their characters and offsets; those with one are gone."""
    text = "".join(piece for piece, _ in pieces)
    prose = Prose.of_scalar(Scalar(Source("plan.md", text), 0, len(text), text, text, "plain"))
    edits: list[tuple[int, int, str]] = []
    expected: list[tuple[str, int | None]] = []
    at = 0
    for piece, new in pieces:
        length = len(piece.replace("`", ""))
        if new is None:
            expected += [(prose.text[place], prose.offset(place)) for place in range(at, at + length)]
        else:
            edits.append((at, at + length, new))
            expected += [(character, None) for character in new]
        at += length
    changed = prose.replaced(edits)
    assert changed.text == "".join(character for character, _ in expected)
    for place, (_, offset) in enumerate(expected):
        assert offset is None or changed.offset(place) == offset
