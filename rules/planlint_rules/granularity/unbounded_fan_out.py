"""PL405 unbounded-fan-out."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import FanOut, LaunchScript
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import short


class UnboundedFanOut(Rule):
    """One agent for each element of a list whose length nothing bounds.

    ## Why

    "One agent per module" is five agents in one repository and two hundred in the next. Every one of them pays its
    start-up, the runtime refuses or queues what is past its limit, and nobody has said which modules matter.

    ## Example

    ```markdown title="CLAUDE.md" plan
    # Delegation

    ## Parallel review

    Spawn one agent per changed file to review it, all of them in parallel.
    ```

    ## Use instead

    ```markdown title="CLAUDE.md" plan
    # Delegation

    ## Parallel review

    Spawn one agent per changed file to review it, at most 5 of them in parallel.
    ```

    ## Silent on

    Lists that are written out, cut off or counted; launches in batches; loops that wait for each agent before they
    start the next; text that shows what not to do. Loops in pseudo-code are `unbatched-launch` (PL704).
    """

    code = "PL405"
    name = "unbounded-fan-out"
    tier = Tier.CORE
    severity = Severity.WARNING

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each statement, and one for each loop of a workflow."""
        if facts.plan.max_parallel is not None:
            return
        for fan_out in facts.fan_outs:
            if fan_out.bound is None and not fan_out.batched:
                yield self._report(facts, fan_out, Evidence.STATED)
        if facts.runtime.name != "claude-code-workflow":
            return  # elsewhere a loop without a batch limit is `unbatched-launch` (PL704)
        for script in facts.plan.scripts:
            if not script.example_of_wrong:
                for fan_out in _unbounded_loops(script):
                    yield self._report(facts, fan_out, Evidence.DECLARED)

    def _report(self, facts: Facts, fan_out: FanOut, evidence: Evidence) -> Diagnostic:
        runtime = facts.runtime
        limit = runtime.max_concurrent
        past = f"{runtime.title} runs at most {limit} at once; " if limit else ""
        return self.finding(
            f"one agent for each of `{short(fan_out.over)}`, and nothing bounds how many that are",
            fan_out.origin,
            why=f"{past}each costs {facts.costs.explain('startup')}",
            help=f"say a limit (at most {min(limit or 5, 5)} at a time), start them in batches, or name the elements",
            names=[short(fan_out.over)],
            severity=self.severity,
            evidence=evidence,
        )


def _unbounded_loops(script: LaunchScript) -> Iterator[FanOut]:
    """Loops that start agents side by side; the outermost without a bound stands for those inside."""
    found: dict[int, FanOut] = {}
    for step in script.steps:
        launch = step.launch
        if step.kind != "launch" or launch is None or step.loop is None:
            continue
        if launch.awaited and not launch.background:
            continue
        chain: list[int] = []
        loop: int | None = step.loop
        while loop is not None and loop in script.loops and len(chain) < len(script.loops):
            chain.append(loop)
            loop = script.parents.get(loop)
        if any(script.loops[number].batched for number in chain):
            continue
        unbounded = [number for number in chain if script.loops[number].bound is None]
        if unbounded:
            found.setdefault(unbounded[-1], script.loops[unbounded[-1]])
    yield from found.values()
