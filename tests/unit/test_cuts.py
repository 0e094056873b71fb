"""`planlint.dialects.cuts`: the quick look before the patterns never hides a part that one of them names."""

import re

from hypothesis import given
from hypothesis import strategies as st

from planlint.dialects import cuts

WORDS = (
    "only", "the", "a", "function", "Method", "section", "heading", "hook", "login", "place()", '"Usage"', "`x`",
    "lines", "Line", "12", "10-40", "10 - 40", "of", "in", "from", "von", "inside", "within", "In", "and", "`", "",
)  # fmt: skip
BLANKS = (" ", " ", "  ", "\n", "")


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(BLANKS)), max_size=9))
def test_a_part_is_found_wherever_a_pattern_finds_it(pieces: list[tuple[str, str]]) -> None:
    before = "".join(word + blank for word, blank in pieces)
    named = any(pattern.search(before) for pattern in _patterns())
    if named:
        assert cuts._may_end_in_cut(before)


def test_words_that_name_a_part_cut_the_file() -> None:
    for text, part in (
        ("change lines 10-40 of the `", "lines 10-40"),
        ('rewrite the "Usage" section of ', "section Usage"),
        ("only the method place() in ", "method place"),
        ("fix the login function in the ", "function login"),
        ("change lines 1 to 100 in ", "lines 1-100"),
        ("add a helper and its types in ", None),
    ):
        assert cuts.cut_of(text, len(text)) == part


def test_lines_right_behind_a_path_cut_the_file() -> None:
    for text, part in (
        ("` lines 1-100", "lines 1-100"),
        (" (lines 101 to 200)", "lines 101-200"),
        (": lines 5–9 only", "lines 5-9"),
        (" (line 9)", None),
        (" and change lines 1-100 of b.ts", None),
    ):
        assert cuts.cut_behind(text, 0) == part


def _patterns() -> list[re.Pattern[str]]:
    return [cuts._LINES, cuts._TITLED, cuts._CALLED, cuts._MEMBER]
