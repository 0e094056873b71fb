"""Which titles begin a task that only checks."""

from __future__ import annotations

import pytest

from planlint.dialects.plan_words.looking import begins_with_check


@pytest.mark.parametrize(
    "title",
    [
        "Run the whole suite",
        "Checkpoint: totals agree",
        "Final checkpoint",
        "Smoke-test the cart",
        "Final verification",
        "Manual verification, second round: resize the window",
        "Full review of the ledger",
        "Final test run: `make test`",
        "驗證 收據",
        "检查点 - 小票",
    ],
)
def test_a_title_that_opens_with_a_check_or_is_the_name_of_one_checks(title: str) -> None:
    assert begins_with_check(title)


@pytest.mark.parametrize(
    "title",
    [
        "Checkout page",
        "Verification status page",
        "Build review screen",
        "Validation rules",
        "Audit logs",
        "Reviewer list",
    ],
)
def test_a_title_that_names_a_thing_to_make_after_a_check_does_not_check(title: str) -> None:
    assert not begins_with_check(title)
