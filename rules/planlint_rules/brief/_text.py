"""The text of a brief without code."""

from __future__ import annotations

import re

from planlint.source.regex import regex

_FENCE = regex(r"^[ \t]*(?:```|~~~).*?(?:^[ \t]*(?:```|~~~)[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CODE = regex(r"`[^`\n]*`")


def without_code(text: str) -> str:
    """`text` with fenced blocks and code spans blanked; offsets and line breaks stay."""
    if "`" not in text and "~~~" not in text:
        return text
    return _CODE.sub(_blank, _FENCE.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())
