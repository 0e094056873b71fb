"""The YAML merge key `<<`: entries of other mappings, taken over where a mapping does not say otherwise."""

from __future__ import annotations

from planlint.diagnostics import Problem
from planlint.readers.limits import MAX_MERGE_SOURCES, too_much
from planlint.readers.tree import Mapping, Node, Scalar, Sequence

MERGE_KEY = "<<"


def merge_into(target: Mapping, merges: list[tuple[Scalar, Node]]) -> tuple[int, list[Problem]]:
    """Add to `target` the entries that `merges` (pairs of `<<` key and its value) bring; own and earlier ones win.

    Gives the number of entries looked at, for the caller's expansion limit, and a problem for each value that is no
    mapping. Raises `RefusedError` for a list of more than `MAX_MERGE_SOURCES`.
    """
    looked_at = 0
    problems: list[Problem] = []
    for key, value in merges:
        sources = value.items if isinstance(value, Sequence) else [value]
        if len(sources) > MAX_MERGE_SOURCES:
            raise too_much(key.origin, f"`<<` merges {len(sources):,} mappings; the limit is {MAX_MERGE_SOURCES}")
        for source in sources:
            if not isinstance(source, Mapping):
                message = "`<<` takes a mapping or a list of mappings, usually through an alias such as `*defaults`"
                place = key if isinstance(source, Scalar) and source.style == "empty" else source
                problems.append(Problem("PL002", message, place.origin))
                continue
            looked_at += len(source.values)
            for name, entry in source.values.items():
                if name not in target.values:
                    target.keys[name] = source.keys[name]
                    target.values[name] = entry
    return looked_at, problems
