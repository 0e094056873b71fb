"""Tests by their names: which file `test_cart.py`, `cart.spec.ts` or `CartTest.kt` is about."""

from __future__ import annotations

import re
from typing import TypeAlias

from planlint.source.regex import regex

Subject: TypeAlias = tuple[str, str]
"""The name of what is tested without its suffix, in lower case, and the family of its suffix."""

_TEST_NAMES = (
    regex(r"(?:test|spec)_(?P<stem>\w{3,80})\.(?P<suffix>\w{1,8})"),
    regex(r"(?P<stem>[\w-]{3,80})[._](?:test|spec|tests)\.(?P<suffix>\w{1,8})", re.IGNORECASE),
    regex(r"(?P<stem>[A-Za-z]\w{2,80})(?:Test|Tests|Spec)\.(?P<suffix>\w{1,8})"),
)
_FAMILIES = {"tsx": "ts", "jsx": "ts", "js": "ts", "mts": "ts", "mjs": "ts", "cts": "ts", "cjs": "ts", "kts": "kt"}


def subject_of_test(name: str) -> Subject | None:
    """What a test file of this name is about; None for a file that is no test."""
    lowered = name.lower()
    if "test" not in lowered and "spec" not in lowered:
        return None
    for pattern in _TEST_NAMES:
        match = pattern.fullmatch(name)
        if match is not None:
            return (match["stem"].lower(), _family(match["suffix"]))
    return None


def subject_of_source(name: str) -> Subject:
    """What a test of the file of this name is about."""
    stem, _, suffix = name.partition(".")
    return (stem.lower(), _family(suffix))


def _family(suffix: str) -> str:
    return _FAMILIES.get(suffix.lower(), suffix.lower())
