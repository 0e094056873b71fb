"""What an unquoted YAML scalar means: the core schema of YAML 1.2, and where other readers disagree."""

from __future__ import annotations

from planlint.readers.limits import MAX_NUMBER_LENGTH
from planlint.readers.tree import Scalar
from planlint.source.regex import regex

TYPED_STARTS = frozenset("0123456789+-.tTfFnN~")
"""First characters of every plain scalar that is not a string."""

_NUMBER_STARTS = frozenset("0123456789+-.")

_WORDS: dict[str, bool | float | None] = {
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
for _inf in (".inf", ".Inf", ".INF"):
    _WORDS |= {_inf: float("inf"), "+" + _inf: float("inf"), "-" + _inf: float("-inf")}
for _nan in (".nan", ".NaN", ".NAN"):
    _WORDS[_nan] = float("nan")

_INTEGER = regex(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")

_OLD_BOOLEANS = {
    form: truth
    for word, truth in (("yes", "true"), ("on", "true"), ("no", "false"), ("off", "false"))
    for form in (word, word.capitalize(), word.upper())
}
_LEADING_ZERO = regex(r"[-+]?0[0-9]+\Z")
_UNDERSCORED = regex(r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?\Z")
_SEXAGESIMAL = regex(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z")


def resolve(content: str) -> bool | int | float | str | None:
    """The value of a plain scalar with this content. Numbers past `MAX_NUMBER_LENGTH` characters stay strings."""
    if content in _WORDS:
        return _WORDS[content]
    if content[0] not in _NUMBER_STARTS or len(content) > MAX_NUMBER_LENGTH:
        return content
    if _INTEGER.match(content):
        if content.startswith("0o"):
            return int(content, 0)
        return int(content, 16 if content.startswith("0x") else 10)
    if _FLOAT.match(content):
        return float(content)
    return content


def ambiguity(scalar: Scalar) -> str | None:
    """What another YAML reader makes of an unquoted scalar, in plain words, when that is not its text; else None.

    For places where the text matters (ids, dependencies, phases, versions). Dates are left alone: all readers that
    turn them into dates print them as they were.
    """
    return ambiguity_of(scalar.text, scalar.value) if scalar.style == "plain" else None


def ambiguity_of(text: str, value: bool | int | float | str | None) -> str | None:
    """The same for the unquoted `text`, which means `value`."""
    if text in _OLD_BOOLEANS:
        return f"YAML 1.1 readers take the unquoted `{text}` for {_OLD_BOOLEANS[text]}"
    if not text[:1] or text[0] not in "0123456789+-." or len(text) > MAX_NUMBER_LENGTH:
        return None
    if _LEADING_ZERO.match(text):
        digits = text.lstrip("+-")
        if set(digits) <= set("01234567"):
            old, new = int(text, 8), int(text)
            return f"YAML 1.1 readers take the unquoted `{text}` for the octal number {old}, YAML 1.2 ones for {new}"
        return f"YAML 1.2 readers take the unquoted `{text}` for the number {int(text)}, YAML 1.1 ones for text"
    if "_" in text and _UNDERSCORED.match(text):
        return f"YAML 1.1 readers take the unquoted `{text}` for the number {text.replace('_', '')}"
    if ":" in text and _SEXAGESIMAL.match(text):
        return f"YAML 1.1 readers take the unquoted `{text}` for a number in base 60"
    if text.startswith("0o") and _INTEGER.match(text):
        return f"YAML 1.2 readers take the unquoted `{text}` for the number {int(text, 0)}, YAML 1.1 ones for text"
    if isinstance(value, float) and repr(value) != text and _FLOAT.match(text):
        return f"the unquoted `{text}` is a number and becomes {value!r}"
    return None
