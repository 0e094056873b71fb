"""PL407 inherently-sequential."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import named

_DEBUGGING = regex(
    r"\b(?:debug(?:ging)?(?!\s+(?:log|mode|output|info|panel|flag|level|build|menu|view|tool|endpoint|symbol|page|statement))|"
    r"root[- ]cause|find out why|figure out why|track down|reproduce)\b"
    r"|\b(?:suchen|finden|aufspüren)\s+und\s+(?:beheben|beseitigen)\b|\bFehlersuche\b"
    r"|\binvestigate\s+(?:why|the\s+(?:\w+\s+){0,3}(?:bug|crash|failure|regression|leak|flake|timeout|hang))\b",
    re.IGNORECASE,
)
_RIPPLE = regex(
    r"\b(?:rename|move|replace|migrate|convert|change|refactor|switch)\w*\b[^.\n]{0,100}?"
    r"(?:\b(?:across|throughout|in)\s+(?:the\s+)?(?:whole|entire|all\s+of\s+the)\s+(?:code\s?base|repo(?:sitory)?|project)\b"
    r"|\b(?:across|throughout)\s+the\s+(?:code\s?base|repo(?:sitory)?|project)\b"
    r"|\beverywhere\b|\ball\s+(?:its\s+)?(?:call\s*sites|callers|usages|references|importers)\b)",
    re.IGNORECASE,
)
_WORD = regex(r"[^\W\d_][\w-]{3,}")
_COMMON = frozenset({
    "debug", "debugging", "reproduce", "root", "cause", "find", "figure", "track", "down", "investigate", "issue",
    "failure", "crash", "regression", "when", "with", "from", "that", "this", "what", "after", "before", "into",
    "write", "tests", "test", "code", "file", "files", "agent", "task",
})  # fmt: skip


class InherentlySequential(Rule):
    """Work that goes step by step, such as debugging or a refactoring that ripples, is split between agents.

    ## Why

    The next step of a search for a fault depends on what the last one showed; agents that search side by side repeat
    each other and change things under each other's hands. A renaming of what everybody uses pulls the ground away from
    every task that runs beside it.

    ## Example

    ```yaml
    plan: checkout
    tasks:
      - {id: rename, title: Rename Order to Purchase across the codebase, writes: [src/order/]}
      - {id: refunds, title: Refunds, creates: [src/refunds/refund.ts]}
    ```

    ## Use instead

    ```yaml
    plan: checkout
    tasks:
      - {id: rename, title: Rename Order to Purchase across the codebase, writes: [src/order/]}
      - {id: refunds, title: Refunds, creates: [src/refunds/refund.ts], depends_on: [rename]}
    ```

    ## Silent on

    Such work in one task that nothing runs beside; faults that have nothing in common; agents that only look (several
    hypotheses tested side by side are a good use of agents); separate worktrees are no excuse.
    """

    code = "PL407"
    name = "inherently-sequential"
    tier = Tier.STRICT
    severity = Severity.WARNING
    needs = (Capability.CONCURRENCY,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each rippling task beside others, and one for each group that looks for one fault."""
        if facts.plan.pattern:
            return
        tasks = [task for task in facts.costs.delegated if task.kind is Kind.BUILD]
        rippling: set[int] = set()
        for task in tasks:
            if _RIPPLE.search(task.title or task.brief):
                beside = [
                    other
                    for other in tasks
                    if facts.order.concurrent(task.index, other.index) and facts.effects.writes_of(other)
                    if other.index not in rippling  # the two were told together
                ]
                rippling.add(task.index)
                if beside:
                    yield self._ripple(task, beside)
        searching = [task for task in tasks if _DEBUGGING.search(task.title or task.brief)]
        seen: set[int] = set()
        for task in searching:
            group = [task, *(other for other in searching if _same_fault(facts, task, other))]
            if len(group) > 1 and not seen.intersection(member.index for member in group):
                seen.update(member.index for member in group)
                yield self._search(group)

    def _ripple(self, task: Task, beside: list[Task]) -> Diagnostic:
        runs = "runs" if len(beside) == 1 else "run"
        return self.finding(
            f"`{task.label}` changes what the whole code base uses while {named(beside)} {runs} too",
            task.name_origin,
            why="the others read and write code that is changing under their hands",
            help="let it run alone, before the others or after them",
            related=[(other.name_origin, "may run at the same time") for other in beside[:5]],
            tasks=[task],
            severity=self.severity,
            evidence=Evidence.STATED,
        )

    def _search(self, group: list[Task]) -> Diagnostic:
        return self.finding(
            f"{named(group)} look for the same fault at the same time",
            group[0].name_origin,
            why="in a search each step depends on what the last one showed; side by side they repeat each other",
            help="give the search to one agent, or let several only look (`kind: research`) and one repair",
            related=[(other.name_origin, "looks for it too") for other in group[1:6]],
            tasks=group,
            severity=self.severity,
            evidence=Evidence.STATED,
        )


def _same_fault(facts: Facts, task: Task, other: Task) -> bool:
    """Whether both are concurrent and their titles share two telling words."""
    return facts.order.concurrent(task.index, other.index) and len(_subject(task) & _subject(other)) >= 2


def _subject(task: Task) -> set[str]:
    return {word.lower() for word in _WORD.findall(task.title or task.brief[:200])} - _COMMON
