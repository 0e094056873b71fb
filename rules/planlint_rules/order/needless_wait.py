"""PL310 needless-wait."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from planlint.facts.subjects import subject_of
from planlint.facts.words import name_parts
from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex

_FOUNDATION = regex(
    r"[ \t]*(?:set(?:ting)?[ -]?up|initiali[sz]\w+|init|scaffold\w*|bootstrap\w*|foundation\w*|prepar\w+)\b",
    re.IGNORECASE,
)
"""Titles of work that everything stands on, whatever it is called like."""


class NeedlessWait(Rule):
    """A dependency on the critical path that nothing in the plan explains.

    ## Why

    The two could run at the same time. On the longest chain of the plan each such wait costs the whole run of a task.

    ## Example

    ```yaml
    plan: pages
    max_parallel: 3
    tasks:
      - id: imprint
        title: Imprint
        creates: [src/pages/imprint.html]
      - id: pricing
        title: Price calculator
        creates: [src/tools/calculator.js]
        depends_on: [imprint]
    ```

    ## Use instead

    ```yaml
    plan: pages
    max_parallel: 3
    tasks:
      - id: imprint
        title: Imprint
        creates: [src/pages/imprint.html]
      - id: pricing
        title: Price calculator
        creates: [src/tools/calculator.js]
    ```

    ## Silent on

    Tasks of which one does not say which files it touches, or says nothing but that; reviews, research and
    integration; set-up work; dependencies with a reason; tasks that share a file, a directory, a contract or a word of
    their subject, or of which one mentions the subject of the other; a task that many wait for, or that waits for many.
    """

    code = "PL310"
    name = "needless-wait"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.DEPENDENCIES, Capability.WRITES)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each step of the critical path without a reason."""
        if facts.plan.incomplete:
            return
        waiting = Counter(edge.needed for edge in facts.references.dependencies)
        needing = Counter(edge.waiting for edge in facts.references.dependencies)
        for first, second in pairwise(facts.costs.critical_path):
            edge = facts.order.edge(first, second)
            if edge is None or edge.dependency.evidence is not Evidence.DECLARED or edge.dependency.reason:
                continue
            maker, user = facts.task(first), facts.task(second)
            # A foundation for several needs no reason for each, and neither does what puts several together.
            if waiting[first] > 1 or needing[second] > 1 or _explained(facts, maker, user):
                continue
            yield self.finding(
                f"nothing in the plan explains why `{user.label}` waits for `{maker.label}`",
                edge.dependency.origin,
                why="they share no file, contract or subject, and the wait is on the longest chain of the plan",
                help="remove the dependency, or say what the second needs of the first (`reads`, `consumes`)",
                related=[(maker.name_origin, "what it waits for")],
                tasks=[user, maker],
                evidence=Evidence.DECLARED,
            )


def _explained(facts: Facts, maker: Task, user: Task) -> bool:
    effects = facts.effects
    if maker.kind is not Kind.BUILD or user.kind is not Kind.BUILD or _FOUNDATION.match(maker.title):
        return True
    if any(task.title in ("", task.id) and not task.brief.strip() for task in (maker, user)):
        return True  # a bare list of files does not say what for
    made, touched = effects.writes_of(maker), [*effects.writes_of(user), *effects.reads_of(user)]
    if not made or not effects.writes_of(user) or maker.scope_known is not True or user.scope_known is not True:
        return True
    directories = {effect.pattern.literal_prefix[:-1] for effect in made}
    if any(effect.pattern.literal_prefix[:-1] in directories for effect in touched):
        return True
    return bool(
        {effect.pattern.key for effect in effects.reads_of(maker)} & {effect.pattern.key for effect in touched}
        or facts.contracts.shared(maker, user)
        or maker.provides
        or user.consumes
        or _speaks_of(user, maker)
        or _speaks_of(maker, user)
        or any(name and name.lower() in user.brief.lower() for name in (maker.id, maker.title))
        or any(effect.pattern.segments and effect.pattern.segments[-1] in user.brief for effect in made)
    )


def _speaks_of(one: Task, other: Task) -> bool:
    """Whether the words of `one` have one of the subject of `other`."""
    return not subject_of(other).isdisjoint({*subject_of(one), *name_parts(f"{one.title} {one.brief}")})
