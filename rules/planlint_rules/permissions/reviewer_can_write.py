"""PL801 reviewer-can-write."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Isolation, Kind, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import listed
from planlint_rules.permissions._roles import listed_writers, only_looks, told_to_write


class ReviewerCanWrite(Rule):
    """An agent that only reviews or researches is given tools that change files.

    ## Why

    A reviewer that can edit sooner or later fixes what it should report. The fix is seen by nobody, and lands in the
    middle of what a builder is writing at that moment. What cannot write is safe to run beside anything.

    ## Example

    ```yaml
    plan: release
    tasks:
      - id: review
        title: Review the payment code
        kind: review
        agent: {type: general-purpose, tools: [Read, Grep, Glob, Edit, Write]}
        brief: Read src/payments/ and list every place that rounds amounts. Do not change anything.
    ```

    ## Use instead

    ```yaml
    plan: release
    tasks:
      - id: review
        title: Review the payment code
        kind: review
        agent: {type: general-purpose, tools: [Read, Grep, Glob]}
        brief: Read src/payments/ and list every place that rounds amounts. Do not change anything.
    ```

    ## Silent on

    Agents that inherit all tools (that is `unrestricted-tools`, PL804); a shell, which reviewers need to run checks;
    reviewers whose text tells them to write a report or to fix what they find; tasks with files to write.
    """

    code = "PL801"
    name = "reviewer-can-write"
    tier = Tier.CORE
    severity = Severity.WARNING

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each agent definition, and one for each task with a tool list of its own."""
        for definition in facts.plan.agents:
            writers = listed_writers(facts, definition.tools, definition.disallowed_tools)
            reason = only_looks(definition) if writers else None
            if reason is not None:
                yield self.finding(
                    f"agent `{definition.name}` only looks, but its tools include {listed(writers)}",
                    definition.places.get("tools") or definition.origin,
                    why=f"{reason}; what it changes nobody expects, and it may run beside those who write",
                    help=f"take {listed(writers)} off its `tools`, or say in its description what it writes",
                    names=[definition.name],
                    severity=self.severity,
                    evidence=Evidence.STATED,
                )
        for alike in facts.agents.alike:
            writers = listed_writers(facts, alike[0].agent.tools)
            for task in alike if writers else ():
                if not _only_looks(facts, task):
                    continue
                what = f"`{task.label}` is a {task.kind.value} task that writes nothing"
                yield self.finding(
                    f"{what}, but its tools include {listed(writers)}",
                    task.agent.places.get("tools") or task.at("agent"),
                    why="an agent that can edit fixes what it should report, beside those who are writing",
                    help=f"take {listed(writers)} off its tools, or list what it writes",
                    tasks=[task],
                    severity=self.severity,
                )


def _only_looks(facts: Facts, task: Task) -> bool:
    """Whether the task reviews or researches and has nothing to write."""
    if task.kind not in (Kind.REVIEW, Kind.RESEARCH) or task.writes or told_to_write(task.brief):
        return False
    return facts.plan.isolation_of(task) is not Isolation.READ_ONLY
