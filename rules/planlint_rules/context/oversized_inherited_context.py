"""PL501 oversized-inherited-context."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.memory_files import MemoryFile
from planlint.facts.tokens import ERROR
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option
from planlint.source import Origin
from planlint_rules._numbers import about
from planlint_rules._wording import listed

_SHOWN_SECTIONS = 3
_SMALLEST_SHARE = 0.05
"""The part of all inherited tokens below which a section is not worth naming."""


class InheritedContextOptions(Options):
    """When inherited context is too much."""

    budget: int | None = option(
        None,
        "Tokens of inherited files over all agents together. Unset: what starting one more agent costs "
        "(`startup_tokens` of the runtime, 20,000 for Claude Code). A plan's own `limits.inherited_tokens` goes first.",
        gt=0,
    )
    lines: int = option(
        200,
        "Inherited files of at most this many lines together are never reported against the default budget. 200 is "
        "the length that Claude Code's documentation advises to stay under.",
        ge=0,
    )
    tokens: int = option(
        3_000,
        "The same in tokens for one agent, for files with long lines; 3,000 are 200 lines of 15 tokens.",
        ge=0,
    )


class OversizedInheritedContext(Rule):
    """Every agent inherits the memory files, and all copies together cost more than the budget.

    ## Why

    A sub-agent starts with the whole chain of memory files: `CLAUDE.md`, what it imports, the rules directory. Four
    hundred lines times seven agents are seven copies in seven windows, paid before any work and mostly about things
    that the one task has nothing to do with.

    ## Example

    ```yaml title="plan.yaml" plan
    plan: shop
    context: [docs/handbook.md]
    limits: {inherited_tokens: 60}
    tasks:
      - {id: cart, title: Cart, agent: general-purpose, creates: [src/cart.ts]}
      - {id: stock, title: Stock, agent: general-purpose, creates: [src/stock.ts]}
    ```

    ```markdown title="docs/handbook.md"
    # Handbook

    ## History of the project

    The shop began as a script for a market stall in the year two thousand and nine, was rewritten twice, and moved to
    its own service when the second warehouse opened. The old script is still used for the yearly stocktaking.
    ```

    ## Use instead

    ```yaml title="plan.yaml" plan
    plan: shop
    context: [docs/rules.md]
    limits: {inherited_tokens: 60}
    tasks:
      - {id: cart, title: Cart, agent: general-purpose, creates: [src/cart.ts]}
      - {id: stock, title: Stock, agent: general-purpose, creates: [src/stock.ts], reads: [docs/history.md]}
    ```

    ```markdown title="docs/rules.md"
    Prices are integers, in cents.
    ```

    ```markdown title="docs/history.md"
    The shop began as a script for a market stall.
    ```

    ## Silent on

    A single agent; agent types that do not load memory files (Claude Code's Explore and Plan); checklists that are only
    marked as parallel; a memory file of advised length, whatever the number of agents, unless the plan or the project
    sets a budget. Block comments are not counted where the runtime strips them, and files of the home directory are
    out of sight.

    ## Options

    - `budget`: the most tokens over all agents together. Unset, it is the start-up of one more agent.
    - `lines` and `tokens`: what one agent may inherit without being held against that default (200 and 3,000).

    Token counts are estimates (±10 %, the low factor for the runtime's models). The finding is a warning, and comes
    only when the estimate less a tenth is over the budget.
    """

    code = "PL501"
    name = "oversized-inherited-context"
    tier = Tier.CORE
    severity = Severity.WARNING
    options = InheritedContextOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """At most one finding for a plan."""
        costs, memory = facts.costs, facts.memory
        agents = costs.agents_loading_memory if memory.files and costs.delegated else 0
        if agents < 2:
            return
        budget, whose = self._budget(facts)
        total = costs.total_inherited_tokens
        if budget is None or total * (1 - ERROR) <= budget:
            return
        worst = max(memory.files, key=lambda file: file.tokens)
        least = memory.tokens * _SMALLEST_SHARE
        sections = [one for one in memory.sections if one.title and one.tokens >= least][:_SHOWN_SECTIONS]
        factor = facts.runtime.token_factor
        what = f"`{worst.path}`" if len(memory.files) == 1 else f"{len(memory.files)} files"
        costly = _sections([(section.title, round(section.tokens * factor)) for section in sections])
        yield self.finding(
            f"{agents} agents inherit {what} of about {about(costs.inherited_tokens)} tokens each: "
            f"about {about(total)} together, over the budget of {about(budget)}",
            _place(facts, worst),
            why=_why(facts, costs.agents - agents, whose),
            help="keep what every agent needs, and let tasks read the rest themselves"
            + (f"; most expensive: {costly}" if costly else "")
            + "; or start fewer agents",
            related=[
                (section.origin, f"about {about(round(section.tokens * factor))} tokens for each agent")
                for section in sections
            ],
            paths=[file.path for file in memory.files],
            severity=self.severity,
            evidence=costs.delegation.evidence,
        )

    def _budget(self, facts: Facts) -> tuple[int | None, str]:
        """The budget in tokens (None: nothing to hold against), and whose it is."""
        options = self.option(facts, InheritedContextOptions)
        if facts.plan.inherited_budget is not None:
            return facts.plan.inherited_budget, "the plan sets the budget"
        if options.budget is not None:
            return options.budget, "the project sets the budget"
        lines = sum(file.lines for file in facts.memory.files)
        if lines <= options.lines and facts.costs.inherited_tokens <= options.tokens:
            return None, ""
        return facts.runtime.startup_tokens, "the budget is what starting one more agent costs"


def _sections(sections: list[tuple[str, int]]) -> str:
    """Section titles with their tokens: `` `API rules` (1,900) and `History` (700) ``."""
    shown = [f"`{title}` (about {about(tokens)})" for title, tokens in sections]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _why(facts: Facts, skipping: int, budget: str) -> str:
    files = facts.memory.files
    sizes = listed(file.path for file in files)
    lines = sum(file.lines for file in files)
    parts = [f"{sizes}: {lines} lines", facts.costs.explain("inherited"), budget]
    if skipping > 0:
        others = "agent does" if skipping == 1 else "agents do"
        parts.append(
            f"{skipping} further {others} not load memory files and {'is' if skipping == 1 else 'are'} not counted"
        )
    return "; ".join(parts)


def _place(facts: Facts, worst: MemoryFile) -> Origin:
    """The plan's entry for the largest file it names itself, else the first line of the largest file."""
    declared = [file for file in facts.memory.files if file.declared is not None]
    if declared:
        entry = max(declared, key=lambda file: file.tokens).declared
        assert entry is not None
        return entry.origin
    source = worst.source
    end = source.text.find("\n")
    return source.origin(0, end if end > 0 else len(source.text))
