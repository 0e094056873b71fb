"""What counts as a read that has to wait, for rules about order and about ownership."""

from __future__ import annotations

from planlint.facts.effects import Effect
from planlint.rulekit import Facts

DOCUMENTS = (".md", ".mdx", ".rst", ".adoc", ".txt")
"""Endings of texts for people, which a task cites more often than it needs them."""


def is_reference(facts: Facts, read: Effect) -> bool:
    """Whether a design document of the plan is read: it is settled before the work begins."""
    return any(facts.effects.covers(pattern, read.pattern.normal) for pattern in facts.plan.design_documents)
