"""How rules about costs write their numbers."""

from __future__ import annotations


def about(number: int) -> str:
    """A token count as a person says it: `900`, `5,200`, `240k`."""
    return f"{round(number / 1000)}k" if number >= 10_000 else f"{round(number, -2 if number >= 1000 else 0):,}"


def percent(share: float) -> str:
    """A share of something: `70 %`."""
    return f"{round(100 * share)} %"
