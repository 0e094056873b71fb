"""PL110 shared-scratch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.facts.conventions import ScratchMention
from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint.source.regex import regex
from planlint_rules._wording import clause, is_topic, named
from planlint_rules.ownership._overlaps import confidence_of, meeting

_WRITES = regex(
    r"(?:>|\btee|\s-o|--out\w*|\bwrit\w+|\bsav\w+|\bstor\w+|(?<!the )(?<!a )(?<!this )\bdump\w*|\bcreat\w+|\bput\w*"
    r"|\bcp|\bmv|\bdownload\w*|\bcollect\w*|\bgather\w*|\bcommit -F)[^.\n]{0,50}$",
    re.IGNORECASE,
)
_SERVES = regex(
    r"\b(?:(?:start|run|launch|serve|listen|bind|boot|expose)(?!s\b)\w*"
    r"|spin up|dev server|uvicorn|gunicorn|http-server|vite)",
    re.IGNORECASE,
)
_SENTENCE_END = regex(r"\n|[.;]\s")
_CHANGES_DATABASE = regex(r"\b(?:createdb|dropdb|migrat|seed|reset|drop|truncate|(?:re)?create)\w*", re.IGNORECASE)

_NOUNS = {
    "scratch": "scratch file",
    "port": "port",
    "database": "database",
    "container": "container name",
    "branch": "branch",
    "worktree": "worktree",
    "lock": "lock",
}


_HELP = "give each task a name of its own, such as one with the task's id in it, or put the tasks in sequence"
_LOCK_HELP = (
    "let one of them depend on the other, or give all work under the lock to one task: a lock lets one run at a time"
)


class _Holder(NamedTuple):
    """One task's use of a shared name."""

    task: int
    field: str
    position: int | None
    evidence: Evidence
    claims: bool
    """Whether the text says that the task makes or takes it, not only that it looks at it."""


class SharedScratch(Rule):
    """Concurrent tasks use one scratch file, port, database, branch, worktree or container name.

    ## Why

    These names lie outside of the repository, so neither worktrees nor file lists keep them apart. One agent commits
    with the other's message, tests against the other's server, or fails because the name is taken.

    ## Example

    ```yaml
    plan: reports
    tasks:
      - id: sales
        title: Sales report
        creates: [reports/sales.md]
        brief: Write the query result to /tmp/result.json and summarise it.
      - id: stock
        title: Stock report
        creates: [reports/stock.md]
        brief: Write the query result to /tmp/result.json and summarise it.
    ```

    ## Use instead

    ```yaml
    plan: reports
    tasks:
      - id: sales
        title: Sales report
        creates: [reports/sales.md]
        brief: Write the query result to /tmp/sales-result.json and summarise it.
      - id: stock
        title: Stock report
        creates: [reports/stock.md]
        brief: Write the query result to /tmp/stock-result.json and summarise it.
    ```

    ## Silent on

    Names that differ; ordered tasks; names made unique by a variable; a port or database that the tasks only talk to; a
    scratch file that nobody writes; a feature branch that all tasks of one checkout share.
    """

    code = "PL110"
    name = "shared-scratch"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.TASKS, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each name."""
        shared: dict[tuple[str, str], dict[int, _Holder]] = {}
        telling = facts.told.tasks(*facts.conventions.scratch_hints)
        for task in facts.tasks:
            if (task.resources or task.index in telling) and facts.order.has_rivals(task.index):
                for kind, name, holder in _holders(facts, task):
                    known = shared.setdefault((kind, name), {}).get(task.index)
                    if known is None or (holder.claims and not known.claims):
                        shared[kind, name][task.index] = holder
        for (kind, name), holders in shared.items():
            # A scratch file is unsafe as soon as one writes it; everything else must be taken by both.
            counted = holders if kind == "scratch" else {i: h for i, h in holders.items() if h.claims}
            claiming = [index for index, holder in counted.items() if holder.claims]
            together = [counted[index] for index in meeting(facts, claiming, counted)]
            if len(together) > 1 and not _is_written(facts, name, together):
                yield self._report(facts, kind, name, together)

    def _report(self, facts: Facts, kind: str, name: str, holders: list[_Holder]) -> Diagnostic:
        first = holders[0]
        other = next((h for h in holders[1:] if facts.order.concurrent(first.task, h.task)), holders[-1])
        tasks = [facts.task(holder.task) for holder in holders]
        concurrency = facts.order.concurrency(first.task, other.task)
        evidence = Evidence.weakest(first.evidence, other.evidence)
        severity = self.severity_for(evidence)
        if concurrency.evidence is Evidence.INFERRED:
            severity = severity.lowered()
        return self.finding(
            f"{named(tasks)} use the same {_NOUNS.get(kind, kind)} `{name}` at the same time",
            _place(tasks[0], first, name),
            why=f"{clause(concurrency.reason)}, and nothing keeps the name apart for them",
            help=_LOCK_HELP if kind == "lock" else _HELP,
            related=[
                (_place(task, holder, name), f"{task.label} uses it too")
                for task, holder in zip(tasks[1:], holders[1:], strict=True)
            ],
            tasks=tasks,
            names=[name],
            severity=severity,
            evidence=evidence,
            confidence=confidence_of(evidence, concurrency),
        )


def _place(task: Task, holder: _Holder, name: str) -> Origin:
    """Where the task names it."""
    if holder.field == "brief":
        return task.place_of("brief", name)
    return task.at(holder.field, holder.position)


def _holders(facts: Facts, task: Task) -> Iterator[tuple[str, str, _Holder]]:
    separate = facts.plan.isolation_of(task).separate
    for position, resource in enumerate(task.resources):
        if resource.kind == "branch" and not separate:
            continue  # one branch for one checkout is how it should be
        yield resource.kind, resource.name, _Holder(task.index, "resources", position, resource.evidence, True)
    for mention in facts.conventions.scratch_in(task.brief):
        if is_topic(task.brief, mention.start):
            continue
        if mention.kind == "scratch" and separate and not mention.name.startswith("/"):
            continue  # lies in the worktree
        holder = _Holder(task.index, "brief", None, Evidence.STATED, _claims(task.brief, mention))
        yield mention.kind, mention.name, holder


def _claims(text: str, mention: ScratchMention) -> bool:
    """Whether the words around the mention say that the task makes or takes the thing."""
    before = text[max(0, mention.start - 80) : mention.start]
    if mention.kind == "scratch":
        return _WRITES.search(before) is not None
    if mention.kind == "port":
        sentence = _SENTENCE_END.split(before)[-1]
        return _SERVES.search(sentence) is not None or re.search(r"(?:--port|PORT)[ =]$", before) is not None
    if mention.kind == "database":
        return _CHANGES_DATABASE.search(text) is not None
    return True


def _is_written(facts: Facts, name: str, holders: list[_Holder]) -> bool:
    """Whether the tasks name it as a file to write, which PL101 reports."""
    writers = {effect.task for effect in facts.effects.writers_of(name)}
    return all(holder.task in writers for holder in holders)
