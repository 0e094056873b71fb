"""Words in a marker that are no rule: what to say, and when the right word is beyond doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.config.run import ConfigurationError
from planlint.engine.selection import did_you_mean, expand

if TYPE_CHECKING:
    from planlint.engine.registry import RuleRegistry

_DIGITS = str.maketrans("OoIl", "0011")
"""Letters that are taken for digits."""


def unknown_word(word: str, registry: RuleRegistry) -> tuple[str, str]:
    """Message and help for a word that is neither code nor name of a rule."""
    try:
        expand(word, registry)
    except ConfigurationError:
        certain = certain_correction(word, registry)
        hint = f"; did you mean {certain!r}?" if certain is not None else did_you_mean(word, registry)
        return f"{word!r} is no rule that is installed{hint}", "see `planlint rules` for codes and names"
    return (
        f"{word!r} is not one rule but a family, which cannot be suppressed",
        "name each rule, so that the comment does not hide what comes later",
    )


def certain_correction(word: str, registry: RuleRegistry) -> str | None:
    """The rule that `word` means beyond doubt: a letter for a digit in a code, or one name close and no other."""
    from difflib import get_close_matches

    entry = registry.entry(word[:2] + word[2:].translate(_DIGITS))
    if entry is not None and word[:2].upper() == entry.code[:2]:
        return entry.code
    if any(character.isdigit() for character in word):
        return None  # all codes are alike
    names = [entry.name for entry in registry.entries]
    close = get_close_matches(word.lower().replace("_", "-"), names, n=2, cutoff=0.8)
    return close[0] if len(close) == 1 else None
