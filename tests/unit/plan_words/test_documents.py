"""What a heading calls the text below it."""

import pytest

from planlint.dialects.plan_words.documents import is_account, names_a_plan


@pytest.mark.parametrize(
    ("heading", "account"),
    [
        ("Review Report: Feature 031", True),
        ("Tutorial 1: Building a shop", True),
        ("PLAN.md changes summary - Phase 4", True),
        ("Data Model", True),
        ("測試報告", True),
        ("Implementation plan: sales report", False),
        ("Audit report and remediation plan", False),
        ("Phase 2: Sales reports", False),
        ("Tutorials for new users: tasks", False),
    ],
)
def test_an_account_is_known_by_the_noun_that_heads_the_heading(heading: str, account: bool) -> None:
    assert is_account(heading) is account


def test_a_text_about_plans_is_no_plan() -> None:
    assert names_a_plan("Implementation plan")
    assert not names_a_plan("Plan lifecycle")
