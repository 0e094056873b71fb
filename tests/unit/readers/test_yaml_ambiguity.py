"""YAML that different readers take for different values."""

import pytest

from planlint.readers.tree import Scalar
from planlint.readers.yaml import read_yaml
from planlint.readers.yaml.scalars import ambiguity
from planlint.source import Source


def said(written: str) -> str | None:
    root = read_yaml(Source("plan.yaml", written)).root
    assert isinstance(root, Scalar)
    return ambiguity(root)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("no", "for false"),
        ("On", "for true"),
        ("08", "for the number 8"),
        ("010", "octal number 8"),
        ("1.10", "becomes 1.1"),
        ("1e3", "becomes 1000.0"),
        ("12:30", "base 60"),
        ("1_000", "for the number 1000"),
        ("0o17", "for the number 15"),
    ],
)
def test_a_value_that_other_readers_change_is_explained(written: str, words: str) -> None:
    assert words in str(said(written))


@pytest.mark.parametrize(
    "written",
    [
        "y",
        "n",
        "'no'",
        '"08"',
        "10",
        "0",
        "-4",
        "1.1",
        "1.0",
        "1.2.3",
        "2024-01-01",
        "T-01",
        "01-setup",
        "noon",
        "12:99",
        "true",
        "a:30",
        "|\n  no",
        "9" * 5000,
    ],
)
def test_a_value_that_all_readers_agree_on_is_not_mentioned(written: str) -> None:
    assert said(written) is None
