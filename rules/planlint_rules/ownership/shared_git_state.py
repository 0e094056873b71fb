"""PL113 shared-git-state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.facts.denial import affirmed
from planlint.model import Capability, Isolation, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint.source.regex import regex
from planlint_rules._wording import clause, is_topic, named
from planlint_rules.execution._briefs import Told
from planlint_rules.ownership._overlaps import confidence_of

_GIT = r"\bgit(?:[ \t]+-[cC][ \t]+\S{1,60})?[ \t]+"
_END = r"(?=[\s`'\";&|),.]|\Z)"


class _Kind(NamedTuple):
    """A family of commands that act on the whole checkout."""

    pattern: re.Pattern[str]
    does: str
    harm: str
    help: str
    needs_shared: bool = False
    """Counts only where the plan itself says that all work in one checkout."""


_KINDS = (
    _Kind(
        regex(
            rf"{_GIT}(?:reset[ \t]+--hard\b|clean[ \t]+-\w{{0,8}}f\w{{0,8}}\b|stash\b(?![ \t]+(?:list|show|create)\b)"
            rf"|rebase\b|(?:checkout|restore)(?:[ \t]+(?:-{{1,2}}[\w=-]{{0,20}}|HEAD))*[ \t]+(?:\.|:/|\*){_END}"
            rf"|checkout[ \t]+(?:-f|--force)\b)"
        ),
        "throws away or moves what others have not committed",
        "the command takes every uncommitted change in the checkout with it, whoever made it",
        "let it undo its own files only (`git restore <path>`), or give each agent a worktree",
    ),
    _Kind(
        regex(
            rf"{_GIT}(?:add[ \t]+(?:-A|--all|-u|\.|:/){_END}"
            rf"|commit[ \t]+-(?!-)\w{{0,6}}a\w{{0,6}}\b|commit[ \t]+--all\b)"
        ),
        "commits whatever is in the checkout",
        "half-done work of the others goes into the commit, and their own commit is then empty",
        "name the files to commit (`git add <path> ...`), or give each agent a worktree",
    ),
    _Kind(
        regex(rf"{_GIT}(?:switch\b|checkout[ \t]+(?:-[bB][ \t]+)[\w./-]+)"),
        "switches the branch under all others",
        "a checkout has one branch: the others go on writing, and commit to a branch that is not theirs",
        "give each agent a worktree, or create the branch before the agents start",
        needs_shared=True,
    ),
)


class SharedGitState(Rule):
    """A task is told to run a git command on the whole checkout while other tasks work in it.

    ## Why

    Agents of one checkout share its index, its stash and its branch. `git stash` or `git reset --hard` of one agent
    takes the unfinished work of all others away, and `git add -A` commits it half-done. Nobody sees an error: the files
    are just gone, or in the wrong commit.

    ## Example

    ```yaml
    plan: forms
    isolation: shared
    tasks:
      - id: login
        title: Login form
        creates: [src/login.ts]
        brief: Write the form. When the tests fail, run `git checkout .` and start again.
      - id: signup
        title: Signup form
        creates: [src/signup.ts]
        brief: Write the form in src/signup.ts and run its tests.
    ```

    ## Use instead

    ```yaml
    plan: forms
    isolation: shared
    tasks:
      - id: login
        title: Login form
        creates: [src/login.ts]
        brief: Write the form. When the tests fail, run `git restore src/login.ts` and start again.
      - id: signup
        title: Signup form
        creates: [src/signup.ts]
        brief: Write the form in src/signup.ts and run its tests.
    ```

    ## Silent on

    Tasks with a worktree, branch or clone of their own; tasks that run alone, or beside agents that only read; commands
    that name files; briefs that forbid the command.
    """

    code = "PL113"
    name = "shared-git-state"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.CONCURRENCY, Capability.BRIEF)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each family of commands."""
        if not facts.mentions("git "):
            return
        endangered = {task.index for task in facts.tasks if _works_here(facts, task)}
        for kind in _KINDS:
            found: list[tuple[Task, Origin, str, int]] = []
            for task in facts.tasks:
                other = _beside(facts, task, endangered) if task.brief else None
                match = _command(kind, task.brief) if other is not None else None
                if other is None or match is None or not _counts(facts, kind, task):
                    continue
                place = Told(task.brief, task, None).place(match)
                found.append((task, place, " ".join(match.group().split()), other))
            if found:
                yield self._report(facts, kind, found)

    def _report(self, facts: Facts, kind: _Kind, found: list[tuple[Task, Origin, str, int]]) -> Diagnostic:
        task, place, command, other = found[0]
        concurrency = facts.order.concurrency(task.index, other)
        severity = self.severity_for(Evidence.STATED)
        if concurrency.evidence is Evidence.INFERRED:
            severity = severity.lowered()
        return self.finding(
            f"`{task.label}` runs `{command}` while {named([facts.task(other)])} works in the same checkout, "
            f"which {kind.does}",
            place,
            why=f"{clause(concurrency.reason)}; {kind.harm}",
            help=kind.help,
            related=[(origin, f"{one.label} does it too") for one, origin, _, _ in found[1:6]],
            tasks=[one for one, _, _, _ in found],
            names=[command],
            severity=severity,
            evidence=Evidence.STATED,
            confidence=confidence_of(Evidence.STATED, concurrency),
        )


def _command(kind: _Kind, brief: str) -> re.Match[str] | None:
    """The first command of the family that the agent is to run."""
    return next((match for match in affirmed(kind.pattern, brief) if not is_topic(brief, match.start())), None)


def _works_here(facts: Facts, task: Task) -> bool:
    """Whether a task changes files in the common checkout."""
    isolation = facts.plan.isolation_of(task)
    return not isolation.separate and isolation is not Isolation.READ_ONLY and bool(facts.effects.writes_of(task))


def _beside(facts: Facts, task: Task, endangered: set[int]) -> int | None:
    """A task that works in the checkout of `task` at the same time; None where there is none."""
    if facts.plan.isolation_of(task).separate or not facts.order.concurrent_mask(task.index):
        return None
    return next((index for index in facts.order.concurrent_with(task.index) if index in endangered), None)


def _counts(facts: Facts, kind: _Kind, task: Task) -> bool:
    return not kind.needs_shared or facts.plan.isolation_of(task) is Isolation.SHARED
