"""Text on a terminal: nothing that moves the cursor reaches it, and how many columns the rest fills."""

import pytest

from planlint.reporters.terminal import cells, visible, wants_color, width_of, wrap


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\x1b[31mb", "a␛[31mb"),
        ("bell\x07 nul\0", "bell␇ nul␀"),
        ("del\x7f", "del␡"),
        ("c1\x9b", "c1\\u{9b}"),
        ("\u202eevil\u2066", "\\u{202e}evil\\u{2066}"),
        ("zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"),
        ("line\u2028separator", "line\\u{2028}separator"),
        ("lone\udc80", "lone\\u{dc80}"),
        ("two\nlines", "two␊lines"),
        ("中文 é", "中文 é"),
    ],
)
def test_nothing_that_moves_the_cursor_or_hides_reaches_the_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_columns_are_those_of_a_terminal() -> None:
    text, starts = cells("a\t中e\u0301x")
    assert text == "a   中e\u0301x"
    assert starts == [0, 1, 4, 6, 7, 7, 8]


def test_wide_characters_fill_two_columns_and_accents_none() -> None:
    assert width_of("中文ab") == 6
    assert width_of("e\u0301") == 1


def test_text_is_wrapped_under_its_own_beginning_and_long_words_stay_whole() -> None:
    lines = wrap("give the barrel to one task " + "x" * 40, "  = help: ", 30)
    assert lines == ["  = help: give the barrel to", "          one task", "          " + "x" * 40]


def test_line_ends_in_a_text_are_kept() -> None:
    assert wrap("one\ntwo", "- ", 40) == ["- one", "  two"]


@pytest.mark.parametrize(
    ("choice", "terminal", "environment", "colored"),
    [
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "0"}, False),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
    ],
)
def test_colours_follow_the_option_then_the_environment_then_the_terminal(
    choice: str, terminal: bool, environment: dict[str, str], colored: bool
) -> None:
    assert wants_color(choice, terminal, environment) is colored
