"""PL707 serialized-launch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from planlint.model import Capability, Launch, LaunchScript, Step
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint_rules._wording import short
from planlint_rules.execution._scripts import (
    enclosing,
    independent,
    is_conditional,
    is_ordered,
    label,
    launches,
    sound_scripts,
)


class SerializedLaunch(Rule):
    """Independent agents are launched in the foreground one after another, or in separate messages.

    ## Why

    Agents run side by side when their calls stand in one message, or when they run in the background. A call that is
    awaited before the next one is written costs the time of both.

    ## Example

    ````markdown title="CLAUDE.md" plan
    # Porting

    ```javascript
    await Task({ description: "Parser", prompt: "Port src/parser.ts to the new API" })
    await Task({ description: "Printer", prompt: "Port src/printer.ts to the new API" })
    ```
    ````

    ## Use instead

    ````markdown title="CLAUDE.md" plan
    # Porting

    ```javascript
    const both = await Promise.allSettled([
      Task({ description: "Parser", prompt: "Port src/parser.ts to the new API" }),
      Task({ description: "Printer", prompt: "Port src/printer.ts to the new API" }),
    ])
    ```
    ````

    ## Silent on

    Launches of which the second may need what the first did, by its files or its words; reviews and integration; loops
    over phases or attempts; code shown as what not to do.
    """

    code = "PL707"
    name = "serialized-launch"
    tier = Tier.STRICT
    severity = Severity.WARNING
    needs = (Capability.LAUNCHES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each script, and one for each loop."""
        for script in sound_scripts(facts):
            joined = _joined(script)
            yield from self._in_line(facts, script, joined)
            reported: set[int] = set()
            for _, step, launch in launches(script):
                if (
                    step.loop is not None
                    and step.loop not in reported
                    and _is_serial_loop(script, step, launch, joined)
                ):
                    reported.add(step.loop)
                    over = short(script.loops[step.loop].over)
                    yield self.finding(
                        f"the agents for `{over}` are awaited one by one",
                        launch.origin,
                        why="each round begins only when the agent of the one before has ended",
                        help="start them in batches, in the background or in one message, and wait for each batch",
                        related=[(script.loops[step.loop].origin, "in this loop")],
                        names=[over],
                    )

    def _in_line(self, facts: Facts, script: LaunchScript, joined: set[int]) -> Iterator[Diagnostic]:
        plain = [(step, launch) for _, step, launch in launches(script) if step.loop is None]
        for (step, launch), (after, following) in pairwise(plain):
            if not independent(facts, launch, following) or True in (launch.background, following.background):
                continue
            listed = (launch.handle or "").endswith("[]") or (following.handle or "").endswith("[]")
            apart = step.message != after.message
            if apart or (launch.awaited and following.awaited and not listed and launch.origin.start not in joined):
                yield self.finding(
                    f"`{label(following)}` waits for `{label(launch)}`, although it does not need it",
                    following.origin,
                    why="calls in separate messages run one after another"
                    if apart
                    else "a call in the foreground ends before the next one starts",
                    help="put both calls into one message, or run them in the background and wait for both",
                    related=[(launch.origin, "this one runs first")],
                    names=[label(launch), label(following)],
                )
                return


def _joined(script: LaunchScript) -> set[int]:
    """The steps of launches that stand in the parentheses of `Promise.all(...)` or its like, by where they begin."""
    found: set[int] = set()
    joins = [step.origin for step in script.steps if step.kind == "wait" and step.handle is None]
    starts = sorted(launch.origin.start for _, _, launch in launches(script))
    for origin in joins:
        found.update(starts[bisect_left(starts, origin.start) : bisect_right(starts, origin.end)])
    return found


def _is_serial_loop(script: LaunchScript, step: Step, launch: Launch, joined: set[int]) -> bool:
    """Whether each round awaits its agent in the foreground although the rounds are independent by all that is seen."""
    if not launch.awaited or launch.background is True or (launch.handle or "").endswith("[]"):
        return False
    around = enclosing(script, step.loop)
    if not around or any(is_conditional(loop) or is_ordered(loop) for loop in around):
        return False
    return launch.origin.start not in joined
