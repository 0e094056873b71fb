"""Contradictions between dependencies and the schedule, one for each reference."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.mismatches import Mismatch
from planlint.rulekit import Evidence, Facts


def mismatches(facts: Facts) -> Iterator[list[Mismatch]]:
    """Mismatches between unfinished tasks that a field or a sentence declares, those of one reference together.

    None in a pattern: in a form to fill in, drawings and lists are examples each by itself.
    """
    if facts.plan.pattern:
        return
    found: dict[tuple[int, str, int, int, bool], list[Mismatch]] = {}
    for item in facts.order.mismatches:
        live = facts.order.live >> item.task & facts.order.live >> item.needed & 1
        if not live or item.edge.dependency.evidence is Evidence.INFERRED or item.evidence is not Evidence.DECLARED:
            continue
        place = item.edge.dependency.origin
        key = (item.edge.holder, place.source.path, place.start, place.end, marked(facts, item))
        found.setdefault(key, []).append(item)
    yield from found.values()


def marked(facts: Facts, item: Mismatch) -> bool:
    """Whether the contradiction is between a parallel mark and a dependency (PL305), not between numbers (PL306)."""
    return (
        not item.reversed
        and facts.task(item.task).parallel is True
        and facts.task(item.needed).parallel is True
        and not same_wave(facts, item)
    )


def same_wave(facts: Facts, item: Mismatch) -> bool:
    """Whether both tasks are given the same number of a group."""
    wave = facts.task(item.task).wave
    return wave is not None and wave == facts.task(item.needed).wave


def restarted(facts: Facts, groups: list[list[Mismatch]]) -> list[list[Mismatch]]:
    """Those of `groups` that come from a later round, whose waves count from the first one again.

    It begins with the first task that is in the plan's first wave and needs something of a later wave; what is listed
    from there on needs, out of turn, only what is listed before. Only where dependencies decide: elsewhere a round has
    to be declared, or its tasks do start with the first ones.
    """
    if not groups or not facts.plan.dependencies_decide:
        return []
    earliest = facts.plan.tasks[0].wave
    starts = [group[0].task for group in groups if group[0].reversed and facts.task(group[0].task).wave == earliest]
    if not starts:
        return []
    start = min(starts)
    return [group for group in groups if group[0].task >= start and all(item.needed < start for item in group)]
