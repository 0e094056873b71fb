"""What a plan or a group of it says of its order in a field: one after another, or together."""

from __future__ import annotations

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
