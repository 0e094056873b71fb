"""PL409 duplicate-task."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Mode, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import named

_WORD = regex(r"\w+")
_ON_PURPOSE = regex(
    r"\b(?:independent(?:ly)?|vote|votes|voting|consensus|second opinion|opinions|compete|competing|best[- ]of|"
    r"adversarial|cross[- ]check|without seeing|compare)\b",
    re.IGNORECASE,
)
_GATE = regex(
    r"\W*(?:(?:re-?)?run|verify|validate|check|confirm|ensure|test|execute|lint|build|format|commit|review)\b",
    re.IGNORECASE,
)
"""How a check begins that a plan repeats after each of its phases."""
_MIN_WORDS = 6
"""Words of title and brief at least: "Run the tests" may well stand in a plan twice."""


class DuplicateTask(Rule):
    """Two tasks have the same brief.

    ## Why

    Both agents do the same work: paid twice, and the second one changes what the first has finished, or reports that
    there was nothing to do while the task that was meant is missing.

    ## Example

    ```yaml
    plan: search
    tasks:
      - id: index
        title: Search index
        brief: Build the inverted index over title and body of all articles and store it in Redis.
      - id: query
        title: Search query
        brief: Build the inverted index over title and body of all articles and store it in Redis.
    ```

    ## Use instead

    ```yaml
    plan: search
    tasks:
      - id: index
        title: Search index
        brief: Build the inverted index over title and body of all articles and store it in Redis.
      - id: query
        title: Search query
        brief: Answer a query from the index in Redis, best matches first, ten on a page.
    ```

    ## Silent on

    Tasks that differ in the files they touch, in their agent or in what they hand back; the same check at the end of
    several phases; several agents on one question on purpose (opinions, votes, independent reviews); short texts.
    """

    code = "PL409"
    name = "duplicate-task"
    tier = Tier.CORE
    severity = Severity.WARNING

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each group of equal tasks, at the second of them."""
        if facts.plan.pattern:
            return
        alike: dict[tuple[object, ...], list[Task]] = {}
        for task in _sharers(facts):
            alike.setdefault(_frame(facts, task), []).append(task)
        groups: dict[tuple[object, ...], list[Task]] = {}
        for frame, tasks in alike.items():
            for task in tasks if len(tasks) > 1 else ():
                words = _words(task)
                if words is not None:
                    groups.setdefault((frame, words), []).append(task)
        for group in sorted(groups.values(), key=lambda group: group[0].index):
            twins = _twins(facts, group)
            if twins:
                yield self.finding(
                    f"{named(twins)} are told the same",
                    twins[1].at("brief" if twins[1].brief else "title"),
                    why="agents with one brief do one piece of work, and the other that was meant is missing",
                    help="take the copy out, or say in each brief what is its own",
                    related=[(twins[0].at("brief" if twins[0].brief else "title"), "the same brief")],
                    tasks=twins,
                    severity=self.severity,
                    evidence=Evidence.DECLARED,
                )


def _sharers(facts: Facts) -> list[Task]:
    """The tasks that write nothing, or of whose files another task writes one as well: the rest has no twin."""
    effects = facts.effects
    shared = [effects.writes[number] for numbers in effects.index.equals() for number in numbers]
    # Of a task's files one is enough: twins write the same.
    sharers = {effect.task for effect in shared if effects.writes_of(facts.task(effect.task))[0] is effect}
    return [task for task in facts.tasks if task.index in sharers or task.index not in effects.writers]


def _frame(facts: Facts, task: Task) -> tuple[object, ...]:
    """What two tasks that are one piece of work have in common besides their text."""
    agent = task.agent
    return (
        frozenset([(effect.pattern.key, effect.scope.mode) for effect in facts.effects.writes_of(task)]),
        frozenset([effect.pattern.key for effect in facts.effects.reads_of(task)]),
        frozenset([ref.contract for ref in (*task.provides, *task.consumes)]),
        (agent.type, agent.name, agent.model, task.kind, task.returns),
    )


def _words(task: Task) -> tuple[str, ...] | None:
    """The words that the agent is told; None for texts that say too little."""
    words = _WORD.findall((task.brief or task.title).lower())
    if words and words[0] == task.id.lower():
        words = words[1:]
    return None if len(words) < _MIN_WORDS else tuple(words)


def _twins(facts: Facts, group: list[Task]) -> list[Task]:
    """Those of the group that run side by side, or that create the same file one after another."""
    group = [task for task in group if not _ON_PURPOSE.search(f"{task.title}\n{task.brief}")] if len(group) > 1 else []
    ids = [task.id for task in group if task.id]
    if len(group) < 2 or len(set(ids)) < len(ids):
        return []  # a line that stands there twice, id and all, is a duplicate id (PL303)
    mask = sum(1 << task.index for task in group)
    side_by_side = [task for task in group if facts.order.concurrent_mask(task.index) & mask]
    if side_by_side:
        apart = len({task.phase for task in side_by_side}) == len(side_by_side)
        gates = apart and all(_GATE.match(task.title) and not task.writes for task in side_by_side)
        return [] if gates else side_by_side
    creates = any(effect.scope.mode is Mode.CREATE for effect in facts.effects.writes_of(group[0]))
    return group if creates else []
