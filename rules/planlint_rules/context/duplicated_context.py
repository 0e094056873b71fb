"""PL503 duplicated-context."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.tokens import estimate
from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option
from planlint_rules._numbers import about
from planlint_rules._wording import listed, named

_MIN_LINE = 30
"""Characters of a line that is worth comparing: headings and short list items are alike by chance."""

_MIN_COPIES = 3


class DuplicatedContextOptions(Options):
    """From which size on repeated text is reported."""

    tokens: int = option(80, "The fewest tokens of repeated text worth reporting; 80 are about five lines.", gt=0)


class DuplicatedContext(Rule):
    """A brief repeats what its agent inherits anyway, or one block is pasted into many briefs.

    ## Why

    The copy is paid again for every agent, and when the rule changes the copies do not.

    ## Example

    ```yaml title="plan.yaml" plan
    plan: shop
    tasks:
      - id: cart
        title: Cart
        agent: general-purpose
        creates: [src/cart.ts]
        brief: |
          Create src/cart.ts with the class Cart and its methods add and remove.
          Prices are integers in cents; convert them to text only in the templates.
          Every public function has a test beside it, named after what it promises.
          Errors carry the id of the order they belong to, and are logged exactly once.
          Dates are stored in UTC and shown in the time zone of the customer's branch.
          Use the repository classes for the database, never the connection itself.
    ```

    ```markdown title="CLAUDE.md"
    Prices are integers in cents; convert them to text only in the templates.
    Every public function has a test beside it, named after what it promises.
    Errors carry the id of the order they belong to, and are logged exactly once.
    Dates are stored in UTC and shown in the time zone of the customer's branch.
    Use the repository classes for the database, never the connection itself.
    ```

    ## Use instead

    ```yaml title="plan.yaml" plan
    plan: shop
    tasks:
      - id: cart
        title: Cart
        agent: general-purpose
        creates: [src/cart.ts]
        brief: Create src/cart.ts with the class Cart and its methods add and remove.
    ```

    ```markdown title="CLAUDE.md"
    Prices are integers in cents; convert them to text only in the templates.
    ```

    ## Silent on

    Agent types that do not load memory files, which need the copy; short repetitions; a block in fewer than three
    briefs.

    ## Options

    - `tokens`: the fewest tokens of repeated text worth reporting (80).
    """

    code = "PL503"
    name = "duplicated-context"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.BRIEF, Capability.AGENTS)
    options = DuplicatedContextOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each brief that repeats inherited text, and one for what many briefs share."""
        least = self.option(facts, DuplicatedContextOptions).tokens
        tasks = facts.costs.delegated
        inherited = {line: file.path for file in facts.memory.files for line in _lines(file.source.text)}
        for task in tasks:
            repeated = [line for line in _lines(task.brief) if line in inherited]
            tokens = _tokens(facts, repeated)
            if tokens >= least and facts.agents.loads_memory(task):
                paths = dict.fromkeys(inherited[line] for line in repeated)
                yield self.finding(
                    f"the brief of `{task.label}` repeats about {about(tokens)} tokens that its agent inherits anyway",
                    task.at("brief"),
                    why=f"{listed(paths)} is loaded by every agent of this type",
                    help="take the copied lines out of the brief",
                    tasks=[task],
                    paths=list(paths),
                    severity=self.severity,
                )
        yield from self._pasted(facts, [task for task in tasks if task.brief], inherited, least)

    def _pasted(self, facts: Facts, tasks: list[Task], inherited: dict[str, str], least: int) -> Iterator[Diagnostic]:
        holders: dict[str, list[Task]] = {}
        for task in tasks:
            for line in dict.fromkeys(_lines(task.brief)):
                if line not in inherited:
                    holders.setdefault(line, []).append(task)
        blocks: dict[tuple[int, ...], list[str]] = {}
        for line, group in holders.items():
            if len(group) >= _MIN_COPIES:
                blocks.setdefault(tuple(task.index for task in group), []).append(line)
        for indexes, lines in blocks.items():
            tokens = _tokens(facts, lines)
            if tokens >= least:
                group = [facts.task(index) for index in indexes]
                yield self.finding(
                    f"{len(group)} briefs hold the same block of about {about(tokens)} tokens: {named(group)}",
                    group[0].at("brief"),
                    why=f"about {about(tokens * len(group))} tokens in all; every change is made {len(group)} times",
                    help="put the block into a file that the tasks read, or into the memory file they inherit",
                    related=[(task.at("brief"), "the same block") for task in group[1:6]],
                    tasks=group,
                    severity=self.severity,
                )


def _lines(text: str) -> list[str]:
    """The lines that are long enough to compare, without bullets and extra blanks."""
    found = (" ".join(line.strip().lstrip("-*+#> ").split()) for line in text.split("\n"))
    return [line for line in found if len(line) >= _MIN_LINE]


def _tokens(facts: Facts, lines: list[str]) -> int:
    return estimate("\n".join(dict.fromkeys(lines)), facts.runtime.token_factor)
