"""`mode_of_remark`: a new file is created, something new inside of a file is not."""

from __future__ import annotations

import pytest

from planlint.dialects.prose.remarks import mode_of_remark
from planlint.model import Mode


@pytest.mark.parametrize(
    "remark",
    ["NEW", "new file", "new test file", "new: service", "brand-new", "new routes file", "new: read/write lock"],
)
def test_a_new_file_is_created(remark: str) -> None:
    assert mode_of_remark(remark) is Mode.CREATE


@pytest.mark.parametrize(
    "remark",
    [
        "new test case",
        "new logic after line 12",
        "new function before main",
        "new export",
        "new table",
        "new Tauri command",
    ],
)
def test_a_new_part_of_a_file_says_nothing_about_the_file(remark: str) -> None:
    assert mode_of_remark(remark) is None


def test_a_remark_that_names_another_new_file_says_nothing_about_this_one() -> None:
    assert [mode_of_remark(remark) for remark in ("new: `odd/lock_test.py`", "new file lock_test.py")] == [None, None]
