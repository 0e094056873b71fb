"""What a plan or a group of it says of its order in a field: one after another, or together."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.dialects.invented.vocabulary import HOLDERS
from planlint.dialects.keys import fold
from planlint.readers.tree import Mapping, Scalar

_SEQUENTIAL = frozenset({"sequential", "serial", "series", "inorder", "linear", "sequence"})
_PARALLEL = frozenset({"parallel", "concurrent", "parallelizable", "independent", "fanout"})
_STRATEGY = ("strategy", "execution_model", "execution", "mode", "parallel", "type", "tier")


def strategy_of(node: object) -> str | None:
    """`sequential` or `parallel`, where a plan or group says so in one of the usual fields."""
    if not isinstance(node, Mapping):
        return None
    for key in _STRATEGY:
        value = node.get(key)
        if isinstance(value, Scalar) and value.value is not None:
            word = fold(value.text.strip())
            if word in _SEQUENTIAL or (key == "parallel" and value.value is False):
                return "sequential"
            if word in _PARALLEL or (key == "parallel" and value.value is True):
                return "parallel"
    return None


def strategy_of_plan(root: Mapping | None) -> str | None:
    """`strategy_of` the plan itself, which may stand in a part of it (`execution: {mode: parallel}`); a number of
    agents that work at once says `parallel` too."""
    if root is None:
        return None
    parts = [root, *(value for key, value in root.values.items() if fold(key) in HOLDERS)]
    said = next((strategy for part in parts if (strategy := strategy_of(part)) is not None), None)
    widths = [width for part in parts for width in _widths(part)]
    return said or ("parallel" if any(width > 1 for width in widths) else "sequential" if widths else None)


def _widths(part: object) -> Iterator[int]:
    """How many agents a part of a plan allows at once."""
    from planlint.dialects.plan_words.synonyms import PLAN

    for key, value in part.values.items() if isinstance(part, Mapping) else ():
        if PLAN.canonical(key) == "max_parallel" and isinstance(value, Scalar) and value.value in range(1, 1000):
            yield int(value.text)
