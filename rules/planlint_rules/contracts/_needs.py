"""What several contract rules ask about one interface."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.facts.contracts import End, Interface
from planlint.facts.signatures import is_full_signature, parse_signature
from planlint.rulekit import Facts
from planlint.source.regex import regex

_NAMES_FIELDS = regex(
    r"\b(?:columns?|fields?|keys?|properties)[ :]{1,3}`?\w+`?(?:,[ ]?`?\w+`?| and `?\w+`?)+", re.IGNORECASE
)
""" "A CSV with the columns id, name and price"."""


class Needs(NamedTuple):
    """Consumers that cannot rely on an interface, and who is still to define it while they run."""

    consumers: tuple[End, ...]
    definers: tuple[int, ...]
    """Tasks by index, in plan order."""
    late: bool
    """Every definer runs only after the consumers."""


def unfixed(facts: Facts, interface: Interface) -> Needs | None:
    """The consumers for which nothing fixes the interface before they begin; None when there are none."""
    makers = {end.task for end in interface.providers} | facts.contracts.definers(interface)
    consumers = []
    definers: set[int] = set()
    for end in interface.consumers:
        if end.task in facts.references.unsettled:
            continue  # a misspelled dependency is reported as such
        others = {task for task in makers if task != end.task and not facts.order.before(task, end.task)}
        concurrent = any(facts.order.concurrent(task, end.task) for task in others)
        if not concurrent and is_full_signature(end.ref.signature or ""):
            continue  # written first on purpose: this consumer says what the later task has to provide
        if others and facts.contracts.fixed_first(interface, end.task) is None:
            consumers.append(end)
            definers |= others
    if not consumers:
        return None
    late = not any(facts.order.concurrent(task, end.task) for task in definers for end in consumers)
    if late and not any(facts.order.before(end.task, task) for task in definers for end in consumers):
        return None  # never at the same time: one worker, or a declared exclusion
    return Needs(tuple(consumers), tuple(sorted(definers)), late)


def is_vague(interface: Interface) -> bool:
    """Whether the interface is described, but neither by a signature or shape nor by the place where it will be.

    A bare name says nothing at all; that is no description.
    """
    if interface.files or any(end.ref.file for end in interface.consumers) or parse_signature(interface.id) is not None:
        return False
    texts = [statement.text for statement in interface.statements]
    texts += [interface.contract.description or ""] if interface.contract is not None else []
    if any(parse_signature(text) is not None or _NAMES_FIELDS.search(text) for text in texts):
        return False
    entry = interface.contract
    if entry is None:
        return bool(interface.statements)
    return True
