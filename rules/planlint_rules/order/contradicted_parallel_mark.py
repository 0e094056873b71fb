"""PL305 contradicted-parallel-mark."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.diagnostics.remedy import DropParallelMark
from planlint.facts.mismatches import Mismatch
from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import clause, named
from planlint_rules.order._mismatches import marked, mismatches


class ContradictedParallelMark(Rule):
    """A task marked parallel depends on another one of its own group.

    ## Why

    The mark says "start together", the dependency says "wait". A runner that goes by the marks starts the task before
    what it needs is there.

    ## Example

    ```yaml
    plan: import
    tasks:
      - id: parser
        title: Parser for the import format
        creates: [src/parser.py]
        parallel: true
      - id: importer
        title: Importer on top of the parser
        creates: [src/importer.py]
        depends_on: [parser]
        parallel: true
    ```

    ## Use instead

    ```yaml
    plan: import
    tasks:
      - id: parser
        title: Parser for the import format
        creates: [src/parser.py]
        parallel: true
      - id: importer
        title: Importer on top of the parser
        creates: [src/importer.py]
        depends_on: [parser]
    ```

    ## Silent on

    Dependencies on tasks of another group or phase; marks in formats where they only allow running beside unrelated
    tasks. A dependency inside one numbered wave is `order-mismatch` (PL306). Where not the task itself says that it
    waits but a sentence elsewhere, such as the plan's section on dependencies, the finding is a note.
    """

    code = "PL305"
    name = "contradicted-parallel-mark"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.CONCURRENCY, Capability.DEPENDENCIES)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each reference."""
        for group in mismatches(facts):
            first = group[0]
            if not marked(facts, first):
                continue
            task = facts.task(first.task)
            needed = [facts.task(item.needed) for item in group]
            yield self.finding(
                f"`{task.label}` is marked parallel, but depends on {named(needed)} of the same group",
                first.edge.dependency.origin,
                why=f"{clause(first.reason)}; a runner that goes by the marks starts both at once",
                help=f"take the parallel mark off `{task.label}`, or the dependency if the two are independent",
                related=[(task.at("parallel"), "the mark")]
                + [(other.at("parallel"), f"{other.label} is in the same group") for other in needed],
                tasks=[task, *needed],
                severity=self.severity if _is_own(task, first) else self.severity.lowered(),
                evidence=first.edge.dependency.evidence,
                remedies=[DropParallelMark(task.index, f"take the parallel mark off `{task.label}`")],
            )


def _is_own(task: Task, item: Mismatch) -> bool:
    """Whether the dependency is a field, or stands in the text of the task itself."""
    dependency = item.edge.dependency
    place, whole = dependency.origin, task.origin
    inside = place.source is whole.source and whole.start <= place.start < whole.end
    return inside or dependency.evidence is Evidence.DECLARED
