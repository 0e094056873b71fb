"""PL701 wait-after-spawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planlint.model import Capability, Launch, LaunchScript, Step
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import short
from planlint_rules.execution._scripts import (
    enclosing,
    independent,
    is_call,
    is_conditional,
    is_ordered,
    is_shell_wait,
    label,
    launches,
    sound_scripts,
)

_CONDITION = regex(r"\bif\b|\[\[|\(\(|\btest\b|&&|\|\||\bdone\b|\bwait[ \t]+-n\b|\bjobs\b")
"""In a shell: the wait holds back only some rounds, or stands behind the loop."""


class WaitAfterSpawn(Rule):
    """Agents are started in the background, but each is waited for before the next one starts.

    ## Why

    The work is split, every agent pays its start-up, and still only one of them runs at any time. It looks parallel in
    the plan and takes as long as one after another.

    ## Example

    ````markdown title="CLAUDE.md" plan
    # Porting

    ```javascript
    for (const module of modules.slice(0, 5)) {
      const agent = await Task({ prompt: `Port ${module}`, run_in_background: true })
      const result = await TaskOutput({ task_id: agent.id, block: true })
      if (result.status === "failed") report(module)
    }
    ```
    ````

    ## Use instead

    ````markdown title="CLAUDE.md" plan
    # Porting

    ```javascript
    const ids = []
    for (const module of modules.slice(0, 5)) {
      const agent = await Task({ prompt: `Port ${module}`, run_in_background: true })
      ids.push(agent.id)
    }
    for (const id of ids) {
      const result = await TaskOutput({ task_id: id, block: true })
      if (result.status === "failed") report(id)
    }
    ```
    ````

    ## Silent on

    Loops over phases, batches or attempts, and loops that run until something holds: their rounds need what came
    before. Two launches of which the second may use the result of the first. Code that is shown as what not to do.
    """

    code = "PL701"
    name = "wait-after-spawn"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.LAUNCHES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each loop, and one for each run of launches that wait for each other."""
        for script in sound_scripts(facts):
            reported: set[int] = set()
            chain: list[tuple[Launch, Step]] = []
            for index, step, launch in launches(script):
                wait = _waited_at_once(script, index, launch)
                if wait is None:
                    continue
                if step.loop is None:
                    chain.append((launch, wait))
                elif step.loop == wait.loop and step.loop not in reported and _is_parallel(script, step.loop):
                    reported.add(step.loop)
                    yield self._in_loop(script, step.loop, launch, wait)
            yield from self._in_line(facts, chain)

    def _in_loop(self, script: LaunchScript, loop: int, launch: Launch, wait: Step) -> Diagnostic:
        over = short(script.loops[loop].over)
        return self.finding(
            f"each agent for `{over}` is waited for as soon as it is started, so they run one after another",
            wait.origin,
            why="the launch is in the background, but the next round begins only when this agent has ended",
            help="start all of them first and keep their ids, then wait in a second loop",
            related=[(launch.origin, "started here")],
            names=[over],
        )

    def _in_line(self, facts: Facts, chain: list[tuple[Launch, Step]]) -> Iterator[Diagnostic]:
        """A launch whose wait holds back the next, independent one; a run of them is one finding."""
        held: list[tuple[Launch, Step]] = []
        for (launch, wait), (following, _) in pairwise(chain):
            if wait.origin.start < following.origin.start and independent(facts, launch, following):
                held.append((launch, wait))
            elif held:
                break
        if held:
            launch, wait = held[0]
            after = chain[chain.index(held[0]) + 1][0]
            yield self.finding(
                f"`{label(after)}` starts only after the wait for `{label(launch)}`, which it does not need",
                wait.origin,
                why="both are started in the background, but one after another",
                help="start both first and keep their ids, then wait for both",
                related=[(launch.origin, "started here"), (after.origin, "could start beside it")],
                names=[label(launch), label(after)],
            )


def _waited_at_once(script: LaunchScript, index: int, launch: Launch) -> Step | None:
    """The wait for `launch` when nothing else is started before it."""
    if launch.background is not True:
        return None
    for step in script.steps[index + 1 :]:
        if step.kind == "launch":
            return None
        if is_call(step) and step.handle in (None, launch.handle):
            return step
        if is_shell_wait(step) and _is_plain_wait(launch, step):
            return step
    return None


def _is_plain_wait(launch: Launch, wait: Step) -> bool:
    """Whether a shell waits right after a command in every round, not only when enough of them run."""
    between = wait.origin.source.text[launch.origin.end : wait.origin.end]
    return "\n\n" not in between and _CONDITION.search(between) is None


def _is_parallel(script: LaunchScript, loop: int) -> bool:
    """Whether the rounds of the loop are meant to be independent."""
    around = enclosing(script, loop)
    return bool(around) and not is_conditional(around[0]) and not is_ordered(around[0])
