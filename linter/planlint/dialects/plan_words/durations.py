"""How long a task takes, as people write it."""

from __future__ import annotations

import math

from planlint.source.regex import regex

_MINUTES = {"s": 1 / 60, "m": 1.0, "h": 60.0, "d": 1440.0}
_PIECE = r"(\d{1,6}(?:\.\d{1,6})?) ?(s|m|h|d)(?:ecs?|econds?|ins?|inutes?|rs?|ours?|ays?)?"
_ESTIMATE = regex(rf"{_PIECE}(?: ?{_PIECE})?")


def minutes(text: str | float) -> float | None:
    """An estimate in minutes: a number is minutes already, a text says its units (`30s`, `5m`, `1h30m`, `2 days`).

    None for a text that is no duration and for a number that is not finite.
    """
    if not isinstance(text, str):
        return float(text) if math.isfinite(text) else None
    match = _ESTIMATE.fullmatch(text.strip().lower())
    if match is None:
        return None
    first, first_unit, second, second_unit = match.groups()
    return float(first) * _MINUTES[first_unit] + (float(second) * _MINUTES[second_unit] if second else 0.0)
