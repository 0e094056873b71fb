"""PL402 micro-task."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, Kind, Mode, Task
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option
from planlint.source.regex import regex
from planlint_rules._numbers import about

_SMALL_EDIT = regex(
    r"(?:fix|correct)\w*\s+(?:a|the|one|an?other)?\s*(?:spelling|typo|typing)\b"
    r"|\b(?:one|single)[ -]line\b"
    r"|\bbump\w*\s+(?:the\s+)?(?:\w+\s+)?version\b"
    r"|\b(?:add|remove|delete|sort|fix|update)\w*\s+(?:the\s+|an?\s+|one\s+)?(?:missing\s+|unused\s+|new\s+)?"
    r"(?:import|export|re-export|comment|blank line|newline|semicolon)\b(?!\s+(?:button|dialog|feature|job|page))"
    r"|\b(?:change|set|raise|lower)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:version|port|timeout|default|constant|title|name|flag|url)\b"
    r"[^\n]{0,60}\bto\s+\S+\s*\Z"
    r"|\bTippfehler\b|错别字|誤字",
    re.IGNORECASE,
)
_LONGEST_BRIEF = 40
"""Words in title and brief of one small edit at most: whoever says more means more."""


class MicroTaskOptions(Options):
    """When a task is too short for an agent of its own."""

    seconds: float = option(
        30.0,
        "Estimated work below this is shorter than starting an agent is worth (start-up takes about as long).",
        gt=0,
    )


class MicroTask(Rule):
    """A delegated task is shorter than starting an agent for it.

    ## Why

    An agent needs tens of seconds and thousands of tokens before its first edit. A typo, one import or a version number
    is done sooner by whoever notices it.

    ## Example

    ```yaml
    plan: release
    tasks:
      - id: version
        title: Bump the version
        agent: general-purpose
        modifies: [package.json]
      - id: notes
        title: Write the release notes for the new importer
        agent: general-purpose
        creates: [docs/release.md]
    ```

    ## Use instead

    ```yaml
    plan: release
    tasks:
      - id: notes
        title: Write the release notes for the new importer, and bump the version
        agent: general-purpose
        creates: [docs/release.md]
        modifies: [package.json]
    ```

    ## Silent on

    Tasks that no agent of their own works on; reviews and research; tasks that touch more than one file; tasks that
    `over-fragmentation` (PL401) already asks to merge.

    ## Options

    - `seconds`: estimates below this are reported (30).
    """

    code = "PL402"
    name = "micro-task"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.TASKS,)
    options = MicroTaskOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each such task."""
        if facts.plan.pattern:
            return
        limit = self.option(facts, MicroTaskOptions).seconds
        fragmentation = facts.costs.fragmentation()
        said = {index for group in fragmentation.groups for index in group.tasks} if fragmentation else set()
        tasks = facts.costs.delegated
        for task in tasks:
            if task.index in said or len(tasks) < 2:
                continue
            short = task.estimate is not None and task.estimate * 60 < limit
            if not short and not _is_small_edit(facts, task):
                continue
            what = f"is estimated at {round((task.estimate or 0) * 60)} seconds" if short else "is one small edit"
            yield self.finding(
                f"`{task.label}` {what}, too little for an agent of its own",
                task.at("estimate") if short else task.name_origin,
                why=f"starting the agent costs {facts.costs.explain('startup')}"
                + ("" if short else f"; the work itself about {about(facts.costs.work_tokens(task))}"),
                help="let a neighbouring task do it, or do it without an agent",
                tasks=[task],
                severity=self.severity,
                evidence=facts.costs.delegation.evidence,
            )


def _is_small_edit(facts: Facts, task: Task) -> bool:
    if task.kind is not Kind.BUILD or task.estimate is not None:
        return False
    writes = facts.effects.writes_of(task)
    if len({effect.pattern.key for effect in writes}) != 1 or writes[0].pattern.kind != "file":
        return False
    text = f"{task.title}\n{task.brief}"
    small = writes[0].scope.mode in (Mode.MODIFY, Mode.WRITE) and len(text.split()) <= _LONGEST_BRIEF
    return small and _SMALL_EDIT.search(text) is not None
