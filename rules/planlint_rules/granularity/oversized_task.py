"""PL403 oversized-task."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability, Mode, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option
from planlint_rules._numbers import about, percent


class OversizedTaskOptions(Options):
    """When a task is too large for one agent."""

    files: int = option(
        15,
        "The most files that one task may create or change. GSD's planning advice calls 15 too many; 8 is usual.",
        gt=0,
    )
    share: float = option(
        0.5,
        "The most of the agent's window that the work may fill. Half leaves room for tool output and second attempts.",
        gt=0,
        le=1,
    )


class OversizedTask(Rule):
    """One task holds more files or text than one agent's window and attention.

    ## Why

    An agent that has to keep twenty files in mind fills its window, is compacted in the middle of the work, and forgets
    what it did to the first ones.

    ## Example

    ```yaml
    plan: rename
    tasks:
      - id: handlers
        title: Give all handlers the new request type
        modifies: [a/one.go, a/two.go, a/three.go, a/four.go, a/five.go, a/six.go, a/seven.go, a/eight.go,
                   b/one.go, b/two.go, b/three.go, b/four.go, b/five.go, b/six.go, b/seven.go, b/eight.go]
    ```

    ## Use instead

    ```yaml
    plan: rename
    tasks:
      - id: a
        title: Give the handlers of a the new request type
        modifies: [a/one.go, a/two.go, a/three.go, a/four.go, a/five.go, a/six.go, a/seven.go, a/eight.go]
      - id: b
        title: Give the handlers of b the new request type
        modifies: [b/one.go, b/two.go, b/three.go, b/four.go, b/five.go, b/six.go, b/seven.go, b/eight.go]
    ```

    ## Silent on

    Files that are only deleted or read; files that a sentence merely mentions; directories and patterns, whose number
    of files is not known; tasks declared to touch the whole code base.

    ## Options

    - `files`: the most files that one task may write (15).
    - `share`: the most of the window that the work may fill, files read and written counted (0.5).
    """

    code = "PL403"
    name = "oversized-task"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.WRITES,)
    options = OversizedTaskOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each such task."""
        if facts.plan.pattern:
            return
        options = self.option(facts, OversizedTaskOptions)
        window = facts.runtime.window_tokens
        for task in facts.tasks:
            files = _files(facts, task)
            # A time that a person estimates says little about the text that an agent has to hold.
            work = facts.costs.work_tokens(task) if files and task.estimate is None else 0
            if task.broad or (len(files) <= options.files and work <= options.share * window):
                continue
            if len(files) > options.files:
                size = f"writes {len(files)} files"
                why = f"more than {options.files} files are hard to keep in mind, and a second agent could take half"
            else:
                size = f"takes about {about(work)} tokens, {percent(work / window)} of the agent's window"
                why = f"the work is {facts.costs.explain('work')}; the window is {facts.costs.explain('window')}"
            yield self.finding(
                f"`{task.label}` {size}",
                task.at("writes"),
                why=why,
                help="split it along directories or features, into tasks that do not share files",
                tasks=[task],
                severity=self.severity,
            )


def _files(facts: Facts, task: Task) -> set[str]:
    """The files that the task surely creates or changes."""
    return {
        effect.pattern.key
        for effect in facts.effects.writes_of(task)
        if effect.names_file
        and effect.scope.mode is not Mode.DELETE
        and effect.scope.evidence is not Evidence.INFERRED
        and not effect.scope.weak
    }
