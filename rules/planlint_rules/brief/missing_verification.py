"""PL602 missing-verification."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import named
from planlint_rules.brief._vague import is_vague

_CHECKED = regex(
    r"\b(?:tests?|tested|testing|verif\w+|check(?:s|ed)?|assert\w*|lint\w*|type-?check\w*|tsc|mypy|pytest|jest|vitest|"
    r"compil\w+|builds?\s+(?:passes|succeeds|cleanly)|pass(?:es)?|acceptance|done\s+when|criteri(?:a|on)|expect\w*|"
    r"must|should|run|runs|succeed\w*|confirm\w*|validat\w+|ensure\w*|make\s+sure)\b",
    re.IGNORECASE,
)

_ALL_ARE_CHECKED = regex(
    r"\b(?:each|every|all)[ ](?:of[ ](?:them|these)|agents?|tasks?|workers?|streams?|lanes?|teammates?)\b[^.\n]{0,80}?"
    r"(?:\btests?\b|\bchecks?\b|\bverif\w+|\blint\w*|\bpasses\b)",
    re.IGNORECASE,
)
""" "Each agent ends with `cargo test`": said once for all."""


class MissingVerification(Rule):
    """Nothing says how a task is checked on its own.

    ## Why

    An agent that cannot check its work reports that it is done. The fault shows when all pieces meet, and then nobody
    knows whose it is.

    ## Example

    ```yaml
    plan: import
    tasks:
      - {id: reader, title: CSV reader, creates: [src/reader.py], brief: Read the rows of a CSV file into Row objects.}
      - {id: writer, title: CSV writer, creates: [src/writer.py], brief: Write Row objects into a CSV file.}
    ```

    ## Use instead

    ```yaml
    plan: import
    tasks:
      - id: reader
        title: CSV reader
        creates: [src/reader.py, tests/test_reader.py]
        brief: Read the rows of a CSV file into Row objects.
        verify: pytest tests/test_reader.py
      - id: writer
        title: CSV writer
        creates: [src/writer.py, tests/test_writer.py]
        brief: Write Row objects into a CSV file.
        verify: pytest tests/test_writer.py
    ```

    ## Silent on

    Briefs that speak of tests, checks, builds or of what must hold in any way; research, reviews and documents. A task
    that a later task tests or reviews. Plans that say how each of their agents checks its work. Briefs that name
    nothing at all (`vague-scope`, PL601).
    """

    code = "PL602"
    name = "missing-verification"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.BRIEF, Capability.VERIFY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for all such tasks of a plan."""
        if facts.plan.incomplete or facts.plan.pattern or _ALL_ARE_CHECKED.search(facts.plan.origin.text):
            return
        checkers = sum(1 << task.index for task in facts.tasks if task.kind in (Kind.REVIEW, Kind.INTEGRATE))
        tasks = [task for task in facts.costs.fresh if _is_unchecked(facts, task, checkers)]
        if tasks:
            yield self.finding(
                f"nothing says how {named(tasks)} {'is' if len(tasks) == 1 else 'are'} checked",
                tasks[0].name_origin,
                why="an agent that cannot check its work reports that it is done, whatever it made",
                help="add `verify` with a command that looks at this task alone, or say in the brief what must hold",
                related=[(task.name_origin, "no check either") for task in tasks[1:6]],
                tasks=tasks,
                severity=self.severity,
            )


def _is_unchecked(facts: Facts, task: Task, checkers: int) -> bool:
    """Whether neither the task nor one of `checkers` (a bit set of tasks), after it, says how it is checked."""
    if task.kind is not Kind.BUILD or task.verify or not task.brief:
        return False
    writes = facts.effects.writes_of(task)
    if writes and all(effect.pattern.normal.lower().endswith((".md", ".txt", ".rst", ".mdx")) for effect in writes):
        return False
    if is_vague(task.brief) and not writes:
        return False  # what is to be checked is not known either: PL601
    if _CHECKED.search(f"{task.title}\n{task.brief}\n{task.returns or ''}"):
        return False
    return not facts.order.descendants[task.index] & checkers
