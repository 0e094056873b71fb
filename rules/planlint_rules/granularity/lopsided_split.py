"""PL406 lopsided-split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option
from planlint_rules._numbers import percent

_MIN_TASKS = 3
_MAX_TASKS = 500
"""Above this the longest chain is not computed; such plans are generated and have no author to advise."""

_MIN_WORK = 20_000
"""Tokens of the large task at least: below the start-up of one agent no split is worth talking about."""


class LopsidedSplitOptions(Options):
    """When a split is lopsided."""

    share: float = option(0.6, "The part of the longest chain that one task may be.", gt=0, le=1)


class LopsidedSplit(Rule):
    """One task is most of the longest chain, so the agents beside it save next to nothing.

    ## Why

    A plan is done when its longest chain is done. Where one task is most of it, the other agents finish early and wait.

    ## Example

    ```yaml
    plan: importer
    tasks:
      - {id: parser, title: Parser, creates: [src/parser.py], estimate: 60m}
      - {id: help, title: Help text, creates: [docs/help.md], estimate: 5m}
      - {id: icon, title: Icon, creates: [assets/icon.svg], estimate: 5m}
    ```

    ## Use instead

    ```yaml
    plan: importer
    tasks:
      - {id: reader, title: Read the columns, creates: [src/columns.py], estimate: 30m}
      - {id: types, title: Convert the values, creates: [src/values.py], estimate: 30m}
      - {id: help, title: Help text and icon, creates: [docs/help.md, assets/icon.svg], estimate: 10m}
    ```

    ## Silent on

    Plans with fewer than three tasks for agents or without any that run side by side; a task that works alone by
    design, such as integration; plans whose tasks neither estimate their time nor name their files.

    ## Options

    - `share`: the part of the longest chain from which on a task is reported (0.6).
    """

    code = "PL406"
    name = "lopsided-split"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.CONCURRENCY,)
    options = LopsidedSplitOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """At most one finding for a plan."""
        tasks = facts.costs.delegated
        if not _MIN_TASKS <= len(tasks) <= _MAX_TASKS or facts.plan.incomplete or facts.plan.pattern:
            return
        sizes = _sizes(facts, tasks)
        if sizes is None:
            return
        chain = _longest_chain(facts, tasks, sizes)
        largest = max(tasks, key=lambda task: sizes[task.index])
        share = sizes[largest.index] / max(1, chain)
        beside = [task for task in tasks if facts.order.concurrent(largest.index, task.index)]
        if (
            share <= self.option(facts, LopsidedSplitOptions).share
            or sizes[largest.index] < _MIN_WORK
            or largest.kind is not Kind.BUILD
            or len(beside) < 2
            or 2 * sum(sizes[task.index] for task in beside) > sizes[largest.index]
        ):
            return
        timed = largest.estimate is not None
        yield self.finding(
            f"`{largest.label}` is {percent(share)} of the longest chain; all beside it is less than half as much",
            largest.at("estimate") if timed else largest.name_origin,
            why="by the plan's own estimates" if timed else f"the work is {facts.costs.explain('work')}",
            help="split it, or give the small tasks to fewer agents",
            tasks=[largest],
            severity=self.severity,
            evidence=Evidence.DECLARED if timed else Evidence.INFERRED,
        )


def _sizes(facts: Facts, tasks: Sequence[Task]) -> dict[int, int] | None:
    """The work of each task in tokens, all by estimates or all by files; None where some say neither."""
    if all(task.estimate is not None for task in tasks) or all(facts.effects.writes_of(task) for task in tasks):
        return {task.index: facts.costs.work_tokens(task) for task in tasks}
    return None


def _longest_chain(facts: Facts, tasks: Sequence[Task], sizes: dict[int, int]) -> int:
    """The work of the heaviest chain of tasks that must run one after another."""
    ends: dict[int, int] = {}
    wanted = {task.index for task in tasks}
    for stage in facts.order.stages:
        for index in stage:
            if index in wanted:
                before = facts.order.ancestors[index]
                ends[index] = sizes[index] + max((end for other, end in ends.items() if before >> other & 1), default=0)
    return max(ends.values(), default=0)
