"""PL704 unbatched-launch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, FanOut, Launch, LaunchScript, Step
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import short
from planlint_rules.execution._scripts import (
    enclosing,
    is_call,
    is_conditional,
    is_shell_wait,
    launches,
    sound_scripts,
)

_BATCH = regex(r"batch|chunk|group|wave|partition|slice|pool|limit|semaphore|concurren", re.IGNORECASE)
_TOGETHER = regex(
    r"\b(?:parallel\w*|simultaneous\w*|concurrent\w*|all at once|at the same time|in the background"
    r"|(?:one|single|same) message)\b",
    re.IGNORECASE,
)
"""Words by which a section says that agents run side by side."""
_JOINS = ("Promise.", "gather", "asyncio.gather")


class UnbatchedLaunch(Rule):
    """A loop starts agents side by side without a limit, or more of them than the runtime works on at a time.

    ## Why

    Launches past the runtime's limit fail and are not repeated; before that they wait in a queue while each has
    already cost its start-up. Twenty agents at once are also the quickest way into a rate limit, which then stops all
    of them half-way.

    ## Example

    ````markdown title="CLAUDE.md" plan
    # Porting

    ```javascript
    for (const file of files) {
      Task({ prompt: `Port ${file}`, run_in_background: true })
    }
    ```
    ````

    ## Use instead

    ````markdown title="CLAUDE.md" plan
    # Porting

    ```javascript
    const BATCH_SIZE = 5
    for (const batch of chunks(files, BATCH_SIZE)) {
      const ids = batch.map(file => Task({ prompt: `Port ${file}`, run_in_background: true }).id)
      for (const id of ids) await TaskOutput({ task_id: id, block: true })
    }
    ```
    ````

    ## Silent on

    Plain calls in a loop where nothing says that they run side by side; batches, slices and lists that are written
    out, up to the runtime's limit; loops that wait for each agent (that is `wait-after-spawn`, PL701, or
    `serialized-launch`, PL707); sections that state a limit. Workflow scripts, whose runtime queues by itself, and
    sentences ("one agent per file") are `unbounded-fan-out` (PL405).
    """

    code = "PL704"
    name = "unbatched-launch"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.LAUNCHES,)

    def skip(self, facts: Facts) -> str | None:
        """Workflows queue what is past their limit."""
        return "the runtime queues launches itself" if facts.runtime.name == "claude-code-workflow" else None

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each outermost loop."""
        if facts.plan.max_parallel is not None:
            return
        together: bool | None = None
        for script in sound_scripts(facts):
            waits = _Waits(script)
            reported: set[int] = set()
            for _, step, launch in launches(script):
                around = [loop for loop in enclosing(script, step.loop) if not is_conditional(loop)]
                if not around or around[-1].origin.start in reported:
                    continue
                if together is None:
                    together = _TOGETHER.search(facts.plan.origin.text) is not None
                if not _side_by_side(step, launch, around, waits, together) or waits.batch(around):
                    continue
                found = self._loop(facts, around)
                if found is not None:
                    reported.add(around[-1].origin.start)
                    yield found

    def _loop(self, facts: Facts, around: list[FanOut]) -> Diagnostic | None:
        """The finding about a launch inside of the loops `around`, the innermost first."""
        runtime = facts.runtime
        limit = runtime.max_concurrent
        unbounded = [loop for loop in around if loop.bound is None]
        size = min(runtime.max_parallel or limit or 5, 5)
        if unbounded:
            loop = unbounded[-1]
            past = f"{runtime.title} runs at most {limit} at once, and further launches fail" if limit else None
            return self.finding(
                f"one agent is started for each of `{short(loop.over)}`, all at once, and nothing bounds how many",
                loop.origin,
                why=f"{past} ({runtime.label})" if past else "each launch costs its start-up and counts towards limits",
                help=f"start them in batches of about {size}, and wait for each batch before the next",
                names=[short(loop.over)],
            )
        most = runtime.max_parallel or limit
        count = 1
        for loop in around:
            count *= loop.bound or 1
        if most is None or count <= most:
            return None
        fails = limit is not None and count > limit
        rest = f"at most {limit} at once" if fails else f"{most} at a time"
        return self.finding(
            f"{count} agents are started at once, but {runtime.title} runs {rest}",
            around[-1].origin,
            why=f"{'further launches fail' if fails else 'the others wait in a queue'} ({runtime.label})",
            help=f"start them in batches of about {size}, and wait for each batch before the next",
            names=[short(around[-1].over)],
        )


class _Waits:
    """Where a script waits: in which loops by a call, in which for several at once, and inside of which at all."""

    def __init__(self, script: LaunchScript) -> None:
        self.calls = {step.loop for step in script.steps if is_call(step) or is_shell_wait(step)}
        joins = [step for step in script.steps if step.kind == "wait" and step.origin.text.startswith(_JOINS)]
        self.joins = {step.loop for step in joins}
        inner = {step.loop for step in script.steps if step.kind == "wait"}
        self._around = {loop.origin.start for number in inner for loop in enclosing(script, number)}

    def batch(self, around: list[FanOut]) -> bool:
        """Whether the loops cut their launches into batches: they say so, or the outer one waits in each round."""
        if not any(loop.batched for loop in around):
            return False
        named = any(_BATCH.search(loop.over) is not None for loop in around)
        return named or around[-1].origin.start in self._around


def _side_by_side(step: Step, launch: Launch, around: list[FanOut], waits: _Waits, together: bool) -> bool:
    """Whether the next round starts before this agent has ended; `together`: the text says that agents run so."""
    if launch.background is not True and not (launch.handle or "").endswith("[]"):
        if launch.awaited:
            return bool(waits.joins - {step.loop})
        # A plain call in a loop: one of a list to send, or one that blocks. Only the text, or a `.map`, can tell.
        mapped = around[0].origin.text.lstrip().startswith((".map", ".flatMap"))
        if not mapped and not (together and launch.background is None):
            return False
    return step.loop not in waits.calls
