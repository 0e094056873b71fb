"""PL308 stale-base."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.facts.effects import Effect
from planlint.facts.graph import bit_set, members
from planlint.model import Capability, Isolation, Kind, Mode, Plan, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import listed, named

_MERGES = r"merg(?:e|es|ed|ing)|rebas(?:e|es|ed|ing)|cherry-pick\w*"
_MERGED = regex(rf"\b(?:{_MERGES})\b", re.IGNORECASE)
_JOINED = regex(rf"\b(?:{_MERGES}|stacked|base branch|(?:from|onto|off) the branch)\b", re.IGNORECASE)


class StaleBase(Rule):
    """A task in a worktree of its own needs what a task in another worktree wrote, and nothing merges it first.

    ## Why

    A fresh worktree starts from the main branch. Waiting for the other task to finish does not bring its files over:
    they are on its branch until somebody merges it. A branch in a stack starts from one other branch: of two tasks that
    it waits for it has the work of one.

    ## Example

    ```yaml
    plan: profile
    isolation: worktree
    tasks:
      - id: service
        title: Profile service
        creates: [src/profile.py]
      - id: export
        title: Profile export
        creates: [src/export.py]
        reads: [src/profile.py]
        depends_on: [service]
    ```

    ## Use instead

    ```yaml
    plan: profile
    isolation: worktree
    tasks:
      - id: service
        title: Profile service
        creates: [src/profile.py]
      - id: join
        title: Merge the service into the main branch
        kind: integrate
        depends_on: [service]
      - id: export
        title: Profile export
        creates: [src/export.py]
        reads: [src/profile.py]
        depends_on: [join]
    ```

    ## Silent on

    Plans that do not name the isolation of both tasks; a stack in which each task waits for one other; two tasks
    between which the plan's words (the briefs, or what stands above all tasks) speak of merging, rebasing or a base
    branch, or that have an integrating task in between; tasks of one worker.
    """

    code = "PL308"
    name = "stale-base"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.ISOLATION, Capability.WRITES)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task, about all whose output it misses."""
        isolations = {facts.plan.isolation, *[task.isolation for task in facts.tasks]}
        if isolations.isdisjoint((Isolation.WORKTREE, Isolation.BRANCH, Isolation.STACKED)):
            return
        for task, tips in _many_parents(facts):
            yield self._forked_stack(task, tips)
        makers = _Makers(facts)
        for task in makers.fresh if not _speaks_above(_JOINED, facts) else ():
            if task.kind is Kind.INTEGRATE:
                continue
            missed = [
                (need, write)
                for need in (*facts.effects.reads_of(task), *facts.effects.writes_of(task))
                if not need.scope.weak
                for write in makers.latest_writes(task, need)
                if _is_missed(facts, facts.task(write.task), task)
            ]
            if missed:
                yield self._report(facts, task, missed)

    def _forked_stack(self, task: Task, tips: list[Task]) -> Diagnostic:
        return self.finding(
            f"`{task.label}` starts from one branch of the stack, but waits for {named(tips)}",
            task.at("depends_on"),
            why="a stacked branch has one parent, and none of these is built on another; the rest is missing",
            help=f"let {named(tips[1:])} depend on `{tips[0].label}`, so that the stack is one line, "
            "or merge them in a task in between",
            related=[(tip.name_origin, f"the branch of {tip.label}") for tip in tips],
            tasks=[task, *tips],
            severity=self.severity,
        )

    def _report(self, facts: Facts, task: Task, pairs: list[tuple[Effect, Effect]]) -> Diagnostic:
        paths = list(dict.fromkeys(write.pattern.normal for _, write in pairs))
        makers = [facts.task(index) for index in dict.fromkeys(write.task for _, write in pairs)]
        need = pairs[0][0]
        return self.finding(
            f"`{task.label}` starts from a fresh worktree that lacks {listed(paths)} of {named(makers)}",
            need.scope.origin,
            why="a new worktree starts from the main branch; waiting for a task does not merge its branch",
            help=f"merge {named(makers)} before `{task.label}` starts and say so in the plan, "
            f"or let {'both' if len(makers) == 1 else 'all of them'} work in one worktree",
            related=list(
                dict.fromkeys((write.scope.origin, f"{facts.task(write.task).label} writes it") for _, write in pairs)
            ),
            tasks=[task, *makers],
            paths=paths,
            severity=self.severity,
            evidence=Evidence.weakest(*(effect.scope.evidence for effect in pairs[0])),
        )


class _Makers:
    """Who writes what in a checkout of its own; each path is looked up once, however many tasks need it."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.fresh = [task for task in facts.tasks if _is_fresh(facts.plan, task)]
        """The tasks that get one."""
        self._fresh = bit_set([task.index for task in self.fresh])
        self._workers: dict[str, int] = {}
        for task in self.fresh:
            if task.agent.name:
                self._workers[task.agent.name] = self._workers.get(task.agent.name, 0) | 1 << task.index
        self._writes: dict[str, tuple[dict[int, Effect], int]] = {}

    def latest_writes(self, task: Task, need: Effect) -> list[Effect]:
        """The writes of what `task` needs, by others in fresh worktrees before it, that no other of these comes after.

        What the same worker has done lies in the worktree of `task`.
        """
        order = self._facts.order
        before = order.ancestors[task.index]
        if before >> task.index & 1:
            return []  # in a cycle nothing comes first
        writes, remaining = self._writes_of(need)
        remaining &= before & self._fresh & ~self._workers.get(task.agent.name or "", 0)
        latest: list[int] = []
        while remaining:
            index = remaining.bit_length() - 1
            remaining &= ~(order.ancestors[index] | 1 << index)
            latest = [index, *(other for other in latest if not order.before(other, index))]
        return [writes[index] for index in sorted(latest)]

    def _writes_of(self, need: Effect) -> tuple[dict[int, Effect], int]:
        """The writes of single files that share a path with `need`, by task, and these tasks as a bit set."""
        known = self._writes.get(need.pattern.normal)
        if known is None:
            writes = {
                write.task: write
                for write in self._facts.effects.writers_meeting(need.pattern)
                # A fresh worktree still has what another one deletes.
                if write.names_file and write.scope.mode is not Mode.DELETE
            }
            known = self._writes[need.pattern.normal] = (writes, bit_set(writes))
        return known


def _is_missed(facts: Facts, maker: Task, task: Task) -> bool:
    """Whether nobody brings the work of `maker` over before `task` starts."""
    between = facts.order.descendants[maker.index] & facts.order.ancestors[task.index]
    if any(facts.task(other).kind in (Kind.INTEGRATE, Kind.COORDINATE) for other in members(between)):
        return False
    return not _speaks_of(_JOINED, facts, maker, task)


def _is_fresh(plan: Plan, task: Task) -> bool:
    """Whether the plan itself says that the task gets a checkout of its own."""
    apart = plan.isolation_of(task) in (Isolation.WORKTREE, Isolation.BRANCH)
    return apart and (task.isolation is not None or "isolation" in plan.places)


def _many_parents(facts: Facts) -> Iterator[tuple[Task, list[Task]]]:
    """Tasks in a stack of branches that wait for several others, none of which is built on another, with these."""
    plan, order = facts.plan, facts.order
    stacked = {task.index: task for task in facts.tasks if task.kind is not Kind.INTEGRATE and _is_stacked(plan, task)}
    needed: dict[int, set[int]] = {}
    for edge in facts.references.dependencies if stacked else ():
        if edge.waiting in stacked and edge.needed in stacked:
            needed.setdefault(edge.waiting, set()).add(edge.needed)
    if not needed or _speaks_above(_MERGED, facts):
        return
    for index, needs in sorted(needed.items()):
        tips = [
            stacked[need] for need in sorted(needs) if not any(order.before(need, other) for other in needs - {need})
        ]
        if len(tips) > 1 and not any(_speaks_of(_MERGED, facts, tip, stacked[index]) for tip in tips):
            yield stacked[index], tips


def _is_stacked(plan: Plan, task: Task) -> bool:
    stacked = plan.isolation_of(task) is Isolation.STACKED
    return stacked and (task.isolation is not None or "isolation" in plan.places)


def _speaks_of(joining: re.Pattern[str], facts: Facts, maker: Task, task: Task) -> bool:
    """Whether the two, or those between them, say that branches are joined on the way."""
    between = facts.order.descendants[maker.index] & facts.order.ancestors[task.index]
    tasks = [maker, task, *(facts.task(other) for other in members(between))]
    return any(joining.search(f"{one.title}\n{one.brief}") for one in tasks)


def _speaks_above(joining: re.Pattern[str], facts: Facts) -> bool:
    """Whether the words above all tasks say that branches are joined."""
    plan = facts.plan.origin
    start = min((one.origin.start for one in facts.plan.tasks if one.origin.source is plan.source), default=plan.end)
    return joining.search(plan.source.text, plan.start, max(plan.start, start)) is not None
