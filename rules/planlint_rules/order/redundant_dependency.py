"""PL309 redundant-dependency."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.references import Resolved
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier


class RedundantDependency(Rule):
    """A dependency that another dependency of the same task already implies, or that is listed twice.

    ## Why

    It changes nothing about the order and hides which dependencies matter. When the order changes later, it is the one
    that everybody forgets.

    ## Example

    ```yaml
    plan: search
    tasks:
      - id: index
        title: Search index
        creates: [src/index.py]
      - id: query
        title: Query parser
        creates: [src/query.py]
        depends_on: [index]
      - id: page
        title: Result page
        creates: [src/page.py]
        depends_on: [index, query]
    ```

    ## Use instead

    ```yaml
    plan: search
    tasks:
      - id: index
        title: Search index
        creates: [src/index.py]
      - id: query
        title: Query parser
        creates: [src/query.py]
        depends_on: [index]
      - id: page
        title: Result page
        creates: [src/page.py]
        depends_on: [query]
    ```

    ## Silent on

    Dependencies that only a wave or phase implies, dependencies with a reason of their own, cycles.
    """

    code = "PL309"
    name = "redundant-dependency"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.DEPENDENCIES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each reference that could go."""
        for task, edges in _by_task(facts).items():
            seen: dict[int, Resolved] = {}
            for edge in edges:
                twin = seen.setdefault(edge.needed, edge)
                if twin is not edge:
                    yield self._report(facts, edge, twin, "is listed twice")
                    continue
                if edge.dependency.reason or facts.order.before(task, edge.needed):
                    continue
                for other in edges:
                    implied = other.needed != edge.needed and facts.order.declared_before(edge.needed, other.needed)
                    if implied and not facts.order.declared_before(other.needed, edge.needed):
                        label = facts.task(other.needed).label
                        yield self._report(facts, edge, other, f"already follows from `{label}`")
                        break

    def _report(self, facts: Facts, edge: Resolved, other: Resolved, how: str) -> Diagnostic:
        waiting, needed = facts.task(edge.waiting), facts.task(edge.needed)
        return self.finding(
            f"the dependency of `{waiting.label}` on `{needed.label}` {how}",
            edge.dependency.origin,
            help="remove it",
            related=[(other.dependency.origin, "this one is enough")],
            tasks=[waiting, needed],
        )


def _by_task(facts: Facts) -> dict[int, list[Resolved]]:
    """Waiting task to the references in its own list, each of which means one task."""
    found: dict[int, list[Resolved]] = {}
    for edge in facts.references.dependencies:
        declared = edge.dependency.evidence is Evidence.DECLARED and edge.field == "depends_on"
        if declared and edge.holder == edge.waiting and facts.order.live >> edge.waiting & 1:
            single = len(facts.references.find(edge.dependency.task)) == 1
            if single and not facts.task(facts.references.find(edge.dependency.task)[0]).container:
                found.setdefault(edge.waiting, []).append(edge)
    return {task: edges for task, edges in found.items() if len(edges) > 1}
