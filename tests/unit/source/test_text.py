"""Lines, columns and offsets of a text."""

from hypothesis import given
from hypothesis import strategies as st

from planlint.source import Source


@given(st.text(alphabet="ab\r\n\u2028\x85😀"))
def test_lines_end_where_editors_end_them(text: str) -> None:
    source = Source("p", text)
    expected = [0]
    at = 0
    while at < len(text):
        if text.startswith("\r\n", at):
            at += 2
            expected.append(at)
        else:
            at += 1
            if text[at - 1] in "\r\n":
                expected.append(at)
    assert source.line_starts == expected


def test_a_lone_carriage_return_at_the_end_of_many_lines_is_cheap() -> None:
    assert len(Source("p", "x\n" * 200_000 + "\r").line_starts) == 200_002


def test_a_position_counts_code_points() -> None:
    source = Source("p", "a\n😀b")
    place = source.position(3)
    assert (place.line, place.column) == (2, 2)
