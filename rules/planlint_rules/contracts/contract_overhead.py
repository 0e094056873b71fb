"""PL209 contract-overhead."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option


class ContractOverheadOptions(Options):
    """Options of PL209."""

    ratio: float = option(1.0, "Agreements may be this many times as long as the work.", gt=0)
    least: int = option(400, "Agreements with fewer characters than this are never too long.", ge=0)


class ContractOverhead(Rule):
    """The contracts and constraints between concurrent tasks are longer than the work that they protect.

    ## Why

    Where most of the text says how to keep out of each other's way, the split costs more than it saves. One agent that
    does both halves needs none of it.

    ## Example

    ```yaml
    plan: greeting
    contracts:
      - id: greet
        file: src/greet.ts
        signature: "greet(name: string, locale: Locale, options: { formal: boolean; title?: string }): string"
        description: |
          Returns the greeting without a line break. Never throws; unknown locales fall back to English. The caller
          escapes the result. Formal greetings use the title when there is one, and the name alone otherwise. The
          function is synchronous and must not read files. Both sides treat an empty name as an error of the caller.
    tasks:
      - id: function
        title: Greeting function
        creates: [src/greet.ts]
        off_limits: [src/cli.ts, src/index.ts, package.json]
        provides: [greet]
      - id: command
        title: Greeting command
        creates: [src/cli.ts]
        off_limits: [src/greet.ts, src/index.ts, package.json]
        consumes: [greet]
    ```

    ## Use instead

    ```yaml
    plan: greeting
    tasks:
      - id: greeting
        title: Greeting function and its command
        creates: [src/greet.ts, src/cli.ts]
    ```

    ## Silent on

    Plans without concurrent tasks; agreements of a few lines; tasks whose work has an estimate or many files.

    ## Options

    `ratio`: how many times as long as the work the agreements may be (1). `least`: the length in characters from which
    on they count (400).
    """

    code = "PL209"
    name = "contract-overhead"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.CONTRACTS, Capability.CONCURRENCY)
    options = ContractOverheadOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """At most one finding, about the plan."""
        plan = facts.plan
        if plan.incomplete or plan.pattern or not facts.order.pair_count:
            return
        options = self.option(facts, ContractOverheadOptions)
        agreed = sum(_length(entry.signature) + _length(entry.description) for entry in plan.contracts)
        agreed += sum(len(constraint.origin.text) for constraint in plan.constraints)
        agreed += sum(_agreements_of(task) for task in facts.tasks)
        work = sum(_work_of(task) for task in facts.tasks)
        contracts = facts.contracts.interfaces
        if agreed < options.least or not contracts or agreed <= options.ratio * work:
            return
        tasks = [task for task in facts.tasks if facts.order.concurrent_mask(task.index)]
        first = next(iter(contracts.values()))
        yield self.finding(
            f"contracts and constraints take {agreed} characters, the work of the {len(facts.tasks)} tasks only {work}",
            plan.at("contracts") if plan.contracts else first.origin,
            why="where agreeing costs more than doing, the split does not pay; the work is a rough size: title, brief "
            f"and {_FILE} characters for each file to write, at least {_MINUTE} for each estimated minute",
            help="give the work to one agent, or split it where less has to be agreed",
            related=[(task.name_origin, "part of the split") for task in tasks[:5]],
            tasks=tasks,
            severity=self.severity,
            evidence=Evidence.DECLARED,
            discriminator="plan",
        )


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


def _agreements_of(task: Task) -> int:
    """Characters that the task spends on contracts and on what it must not touch."""
    refs = sum(_length(ref.signature) for ref in (*task.provides, *task.consumes))
    return refs + sum(len(scope.path) for scope in task.off_limits)


_FILE = 100
"""Characters that a file to be written counts for: a hundred characters of instructions come to about one file."""
_MINUTE = 100
"""Characters that an estimated minute counts for."""


def _work_of(task: Task) -> int:
    """A rough size of the work, in characters of what would have to be said about it."""
    files = _FILE * len(task.writes)
    return max(_length(task.title) + _length(task.brief) + files, round(_MINUTE * (task.estimate or 0)))
