"""PL603 missing-output-format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import named

_FORMAT = regex(
    r"\b(?:return|report|respond|reply|answer|output|hand\s+back|deliver|produce|format|json|yaml|csv|table|bullets?|"
    r"list|summary|summari[sz]e|schema|template|sections?|columns?|markdown|lines?)\b",
    re.IGNORECASE,
)


class MissingOutputFormat(Rule):
    """The results of several agents are to be combined, and nothing says in what shape they come.

    ## Why

    Three agents that answer freely give a list, an essay and a table. The task that joins them spends its window on
    finding out which statements are about the same thing.

    ## Example

    ```yaml
    plan: choose-queue
    tasks:
      - {id: redis, title: Redis, kind: research, brief: Look into Redis streams for our job queue.}
      - {id: rabbit, title: RabbitMQ, kind: research, brief: Look into RabbitMQ for our job queue.}
      - {id: choose, title: Choose one, kind: integrate, depends_on: [redis, rabbit], brief: Weigh both and choose.}
    ```

    ## Use instead

    ```yaml
    plan: choose-queue
    tasks:
      - {id: redis, title: Redis, kind: research, brief: Look into Redis streams., returns: a table of six criteria}
      - {id: rabbit, title: RabbitMQ, kind: research, brief: Look into RabbitMQ., returns: a table of six criteria}
      - {id: choose, title: Choose one, kind: integrate, depends_on: [redis, rabbit], brief: Weigh both and choose.}
    ```

    ## Silent on

    Agents that write files, whose form the file gives; briefs that speak of a list, a table, a summary, a report or any
    other form; results that nobody combines.
    """

    code = "PL603"
    name = "missing-output-format"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.BRIEF, Capability.RETURNS, Capability.DEPENDENCIES)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task that combines such results."""
        if facts.plan.incomplete or facts.plan.pattern:
            return
        formless = [task for task in facts.costs.fresh if _is_formless(task)]
        reported: set[int] = set()
        for joiner in facts.tasks:
            if joiner.kind not in (Kind.INTEGRATE, Kind.REVIEW, Kind.COORDINATE, Kind.BUILD):
                continue
            direct = {edge.needed for edge in facts.references.dependencies if edge.waiting == joiner.index}
            parts = [task for task in formless if task.index in direct and task.index not in reported]
            if len(parts) < 2:
                continue
            reported.update(task.index for task in parts)
            yield self.finding(
                f"`{joiner.label}` combines what {named(parts)} hand back, and nothing says in what shape",
                parts[0].name_origin,
                why="free answers differ in shape and depth, and have to be sorted before they can be compared",
                help="give all of them the same `returns`: the fields, the order and the length",
                related=[(joiner.name_origin, "the results are combined here")],
                tasks=[*parts, joiner],
                severity=self.severity,
            )


def _is_formless(task: Task) -> bool:
    return (
        task.kind in (Kind.RESEARCH, Kind.REVIEW)
        and not task.returns
        and not task.writes
        and bool(task.brief)
        and _FORMAT.search(task.brief) is None
    )
