"""PL309 redundant-dependency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from planlint.diagnostics.remedy import RemoveDependency
from planlint.facts.references import Resolved
from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import named


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

    Dependencies that only a wave or phase implies, dependencies with a reason of their own, ranges, cycles.
    """

    code = "PL309"
    name = "redundant-dependency"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.DEPENDENCIES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task, at its first reference that could go."""
        for task, edges in _by_task(facts).items():
            spare = [(edge, other) for edge in edges if (other := _implied_by(facts, edge, edges)) is not None]
            if spare:
                yield self._report(facts, task, spare)

    def _report(self, facts: Facts, task: int, spare: list[tuple[Resolved, Resolved]]) -> Diagnostic:
        waiting = facts.task(task)
        needed = [facts.task(edge.needed) for edge, _ in spare]
        first, other = spare[0]
        if first.needed == other.needed:
            how = "is listed twice"
        elif len(spare) == 1:
            how = f"already follows from `{facts.task(other.needed).label}`"
        else:
            how = "already follow from its others"
        kept_at: dict[Resolved, list[Task]] = {}
        for edge, kept in spare:
            kept_at.setdefault(kept, []).append(facts.task(edge.needed))
        noun = "dependency" if len(spare) == 1 else "dependencies"
        return self.finding(
            f"the {noun} of `{waiting.label}` on {named(needed)} {how}",
            first.dependency.origin,
            help="remove it" if len(spare) == 1 else "remove them",
            related=[
                (kept.dependency.origin, f"implies {', '.join(task.label for task in implied)}")
                for kept, implied in kept_at.items()
            ],
            tasks=[waiting, *needed],
            remedies=[]
            if _told_twice(waiting, needed)
            else [
                RemoveDependency(
                    task,
                    tuple(waiting.depends_on.index(edge.dependency) for edge, _ in spare),
                    f"remove {named(needed)} from the list",
                )
            ],
        )


def _told_twice(waiting: Task, needed: Sequence[Task]) -> bool:
    """Whether one of `needed` says on its side too that `waiting` waits for it: both lists would have to change."""
    return any(edge.task == waiting.id for task in needed for edge in task.blocks)


def _implied_by(facts: Facts, edge: Resolved, edges: list[Resolved]) -> Resolved | None:
    """The other reference of the same task that makes `edge` unnecessary."""
    if edge.dependency.reason or facts.order.before(edge.waiting, edge.needed):
        return None
    for other in edges:
        if other is edge:
            twin = None
        elif other.needed == edge.needed:
            twin = other if edges.index(other) < edges.index(edge) else None
        else:
            before = facts.order.declared_before
            twin = other if before(edge.needed, other.needed) and not before(other.needed, edge.needed) else None
        if twin is not None:
            return twin
    return None


def _by_task(facts: Facts) -> dict[int, list[Resolved]]:
    """Waiting task to the references in its own list that mean one task each."""
    found: dict[int, list[Resolved]] = {}
    for edge in facts.references.dependencies:
        declared = edge.dependency.evidence is Evidence.DECLARED and edge.field == "depends_on"
        if declared and edge.holder == edge.waiting and facts.order.live >> edge.waiting & 1:
            found.setdefault(edge.waiting, []).append(edge)
    for task, edges in found.items():
        # A range or a parent means many tasks in one word; naming the last one instead says less, not more.
        words = Counter(_words(edge) for edge in edges)
        found[task] = [edge for edge in edges if words[_words(edge)] == 1]
    return found


def _words(edge: Resolved) -> tuple[int, int, str]:
    """What stands in the file for the reference: the ids of one range have it in common."""
    place = edge.dependency.origin
    return (place.start, place.end, edge.dependency.written)
