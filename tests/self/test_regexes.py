"""Deferred patterns are patterns: each of them compiles."""

import importlib
from pathlib import Path

import pytest

from planlint.source.regex import DeferredRegex

ROOT = Path(__file__).parents[2]
MODULES = [
    ".".join(file.relative_to(top).with_suffix("").parts)
    for top in (ROOT / "linter", ROOT / "rules")
    for file in sorted(top.rglob("*.py"))
    if "import regex" in file.read_text(encoding="utf-8")
]


def _deferred(value: object) -> list[DeferredRegex]:
    if isinstance(value, DeferredRegex):
        return [value]
    if isinstance(value, dict):
        return [found for item in value.values() for found in _deferred(item)]
    return [found for item in value for found in _deferred(item)] if isinstance(value, (tuple, list)) else []


@pytest.mark.parametrize("name", MODULES)
def test_every_deferred_pattern_of_a_module_compiles(name: str) -> None:
    found = [regex for value in vars(importlib.import_module(name)).values() for regex in _deferred(value)]
    assert all(hasattr(regex, "search") for regex in found)


def test_a_deferred_pattern_answers_like_a_compiled_one() -> None:
    pattern = DeferredRegex("a(b)?", 0)
    assert pattern.pattern == "a(b)?"
    assert [match.group() for match in pattern.finditer("a ab")] == ["a", "ab"]
    assert pattern.sub("x", "cab") == "cx"
