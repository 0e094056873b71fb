"""Options of rules: defaults, values given, and what is checked."""

import pytest

from planlint.rulekit.options import Options, option


class Limits(Options):
    """Options of a made rule."""

    most: int = option(3, "The most.", ge=0)
    words: list[str] = option(["a"], "Words.")


def test_what_is_not_given_has_its_default():
    assert (Limits().most, Limits(most=5).most, Limits(most=5).words) == (3, 5, ["a"])


def test_a_list_is_not_shared_between_two_runs():
    Limits().words.append("b")
    assert Limits().words == ["a"]


def test_an_option_that_the_rule_does_not_have_is_an_error():
    with pytest.raises(TypeError, match="Limits has no option least"):
        Limits(least=1)


def test_values_are_checked_against_types_and_limits():
    from pydantic import ValidationError

    assert Limits.checked({"most": 0}).most == 0
    for wrong in ({"most": -1}, {"most": "many"}, {"least": 1}):
        with pytest.raises(ValidationError):
            Limits.checked(wrong)


def test_the_names_come_in_the_order_in_which_they_are_written():
    assert Limits.names() == ("most", "words")
