"""PL502 context-overflow."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.tokens import ERROR
from planlint.model import Task
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option
from planlint_rules._numbers import about, percent

_SHOWN_FILES = 3


class ContextOverflowOptions(Options):
    """When an agent's window is too full before it acts."""

    share: float = option(
        0.5,
        "The most of the window that may be taken before the agent acts. The other half is for its own reading, tool "
        "output and edits; Claude Code compacts a window that is nearly full.",
        gt=0,
        le=1,
    )


class ContextOverflow(Rule):
    """What an agent is given to start with takes more than its share of the window.

    ## Why

    System prompt, inherited files, brief and the files it must read stand in the window before the first edit. An agent
    that starts half full is compacted in the middle of its work, and what it read first is gone.

    ## Example

    ```yaml title="plan.yaml" plan
    plan: shop
    tasks:
      - id: cart
        title: Cart
        agent: general-purpose
        creates: [src/cart.ts]
        reads: [docs/protocol.md]
    ```

    ```markdown title="docs/protocol.md" repeat=2000
    The field `total` of a cart message holds the sum of all lines in cents, with all discounts already taken off; the
    field `lines` holds one entry for each article, the one that was added first at its head.
    ```

    ## Use instead

    ```yaml title="plan.yaml" plan
    plan: shop
    tasks:
      - {id: cart, title: Cart, agent: general-purpose, creates: [src/cart.ts], reads: [docs/cart.md]}
    ```

    ```markdown title="docs/cart.md"
    The field `total` of a cart message holds the sum of all lines in cents, with all discounts already taken off.
    ```

    ## Silent on

    Files whose size is not known, and directories and patterns of files; checklists that one agent may walk through.
    The numbers are estimates (±10 %): the finding comes only when the estimate less a tenth is over the share.

    ## Options

    - `share`: the part of the window that may be taken before the agent acts (0.5).
    """

    code = "PL502"
    name = "context-overflow"
    tier = Tier.CORE
    severity = Severity.WARNING
    options = ContextOverflowOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each such task."""
        if facts.plan.pattern:
            return
        share = self.option(facts, ContextOverflowOptions).share
        costs = facts.costs
        for task in _suspects(facts, share):
            taken = costs.window_share(task)
            if taken * (1 - ERROR) <= share:
                continue
            brief = costs.brief_tokens(task)
            reads = _largest_reads(facts, task)
            startup = costs.startup_of([task.index])
            read_tokens = costs.context_tokens(task) - startup - brief
            yield self.finding(
                f"`{task.label}` starts with about {about(costs.context_tokens(task))} tokens, "
                f"{percent(taken)} of the agent's window",
                task.at("reads" if read_tokens > brief else "brief"),
                why=f"start-up and inherited files about {about(startup)}, brief about {about(brief)}, "
                f"files to read about {about(read_tokens)}; the window is {costs.explain_window(task)}",
                help="let it read the parts it needs, or split the task"
                + (f"; largest: {', '.join(reads)}" if reads else ""),
                tasks=[task],
                severity=self.severity,
                evidence=costs.delegation.evidence,
            )


def _suspects(facts: Facts, share: float) -> list[Task]:
    """The delegated tasks with so long a brief, or so much to read, that it may be too much."""
    costs = facts.costs
    suspects: list[Task] = []
    for alike in facts.agents.alike:
        most = share * costs.window_tokens(alike[0]) / (1 - ERROR) - costs.startup_of([alike[0].index])
        longest, reads = max(len(task.brief) for task in alike), max(len(task.reads) for task in alike)
        if costs.given_at_most(longest, reads) > most:
            suspects += [task for task in alike if costs.given_at_most(len(task.brief), len(task.reads)) > most]
    delegated = {task.index for task in costs.delegated} if suspects else set()
    return [task for task in suspects if task.index in delegated]


def _largest_reads(facts: Facts, task: Task) -> list[str]:
    """The largest files that the task must read, each with its size in kilobytes."""
    sizes = {
        effect.pattern.normal: facts.repository.size(effect.pattern.normal) or 0
        for effect in facts.effects.reads_of(task)
        if effect.pattern.kind == "file"
    }
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:_SHOWN_FILES]
    return [f"`{path}` ({size // 1024} KiB)" for path, size in largest if size >= 1024]
