"""PL404 too-many-agents."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import FanOut
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import named


class TooManyAgents(Rule):
    """More agents at once than the runtime runs, or than the plan itself allows.

    ## Why

    Past its hard limit a runtime refuses to start agents, and the plan goes on without them or fails. Below it, but
    above the number that make progress at the same time, the others wait: the plan is slower than its author thinks.

    ## Example

    ```yaml
    plan: services
    max_parallel: 2
    tasks:
      - {id: users, title: User service, agent: general-purpose, wave: 1, creates: [src/users.ts]}
      - {id: orders, title: Order service, agent: general-purpose, wave: 1, creates: [src/orders.ts]}
      - {id: stock, title: Stock service, agent: general-purpose, wave: 1, creates: [src/stock.ts]}
    ```

    ## Use instead

    ```yaml
    plan: services
    max_parallel: 2
    tasks:
      - {id: users, title: User service, agent: general-purpose, wave: 1, creates: [src/users.ts]}
      - {id: orders, title: Order service, agent: general-purpose, wave: 1, creates: [src/orders.ts]}
      - {id: stock, title: Stock service, agent: general-purpose, wave: 2, creates: [src/stock.ts]}
    ```

    ## Silent on

    Tasks that an order, or one worker, puts one after another; runtimes without a known limit; checklists that are only
    marked as parallel; plans of which a part could not be read. Where the plan sets no groups and merely leaves its
    tasks unordered, its own limit is taken for a queue and only the runtime's hard limit counts. The number that
    make progress at a time while the others wait counts only where the runtime is named.

    The limits are those of the plan's runtime (`runtime`; Claude Code where it names none), each with the date and
    version they were read at. Set `max_concurrent` and `max_parallel` of the runtime to your own.
    """

    code = "PL404"
    name = "too-many-agents"
    tier = Tier.CORE
    severity = Severity.ERROR

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """At most one finding for the tasks, and one for each fan-out of a known size."""
        if facts.plan.incomplete:
            return
        found = self._tasks(facts)
        if found is not None:
            yield found
        for fan_out in facts.fan_outs:
            found = self._fan_out(facts, fan_out)
            if found is not None:
                yield found

    def _tasks(self, facts: Facts) -> Diagnostic | None:
        tasks = facts.costs.delegated
        if not tasks:
            return None
        plan, runtime = facts.plan, facts.runtime
        # What a task with a misspelled dependency runs beside is not known.
        widest = tuple(index for index in facts.costs.widest if index not in facts.references.unsettled)
        width = len(widest)
        grouped = self._grouped(facts, widest)
        assumed = _is_assumed(facts)
        if runtime.max_total is not None and len(tasks) > runtime.max_total:
            limit, severity = f"{runtime.title} starts at most {runtime.max_total} in one run", self.severity
            width = len(tasks)
        elif plan.max_parallel is not None and width > plan.max_parallel:
            if not grouped or not self._named(facts, widest):
                return None
            limit, severity = f"the plan allows {plan.max_parallel} at once", self.severity
        elif runtime.max_concurrent is not None and width > runtime.max_concurrent:
            limit = f"{runtime.title} runs at most {runtime.max_concurrent} at once"
            severity = self.severity.lowered(assumed or not grouped)
        elif runtime.max_parallel is not None and width > runtime.max_parallel and grouped and not assumed:
            limit, severity = f"{runtime.title} works on {runtime.max_parallel} at a time", Severity.WARNING
        else:
            return None
        own = limit.startswith("the plan")
        members = [facts.task(index) for index in widest]
        return self.finding(
            f"{width} agents may run at the same time, but {limit}: {named(members)}",
            plan.at("max_parallel") if own else members[0].name_origin,
            why=self._why(facts, own, limit.endswith("at a time")),
            help="put them into waves of that size with `depends_on` or `wave`, or merge tasks that belong together",
            related=[(task.name_origin, "may run at the same time") for task in members[1 - own : 6]],
            tasks=members,
            severity=severity,
            evidence=facts.costs.delegation.evidence,
        )

    def _why(self, facts: Facts, own: bool, queues: bool) -> str:
        if own:
            return "one of the two is wrong: the groups or the limit; whoever runs the plan has to choose"
        runtime = facts.runtime
        assumed = "; the plan names no runtime, so this one is assumed" if _is_assumed(facts) else ""
        field, effect = "max_concurrent", "launches past the limit wait or fail"
        if queues:
            field, effect = "max_parallel", "the others wait in a queue"
        return f"{effect} ({runtime.label}; {runtime.sources.get(field, 'set by the project')}){assumed}"

    def _fan_out(self, facts: Facts, fan_out: FanOut) -> Diagnostic | None:
        limit = facts.plan.max_parallel or facts.runtime.max_concurrent
        if fan_out.bound is None or fan_out.batched or limit is None or fan_out.bound <= limit:
            return None
        own = facts.plan.max_parallel is not None
        who = "the plan allows" if own else f"{facts.runtime.title} runs at most"
        return self.finding(
            f"`{' '.join(fan_out.over.split())}` starts up to {fan_out.bound} agents, but {who} {limit} at once",
            fan_out.origin,
            why=self._why(facts, own, False),
            help=f"start them in batches of at most {limit}",
            names=[fan_out.over],
            severity=Severity.WARNING,
            evidence=Evidence.STATED,
        )

    @staticmethod
    def _named(facts: Facts, widest: tuple[int, ...]) -> bool:
        """Whether words of the plan put them together: without any, its limit says how many of a queue run at once."""
        found = facts.order.concurrency(widest[0], widest[-1])
        marked = any(facts.task(index).parallel or facts.task(index).agent.background for index in widest)
        return marked or found.evidence is Evidence.STATED or found.label is not None or found.origin is not None

    @staticmethod
    def _grouped(facts: Facts, widest: tuple[int, ...]) -> bool:
        """Whether the plan says that the tasks run together, not just fails to order them."""
        if len(widest) < 2:
            return False
        first, last = widest[0], widest[-1]
        return (
            facts.order.concurrency(first, last).evidence is not Evidence.INFERRED
            or all(facts.task(index).parallel for index in widest)
            or (facts.plan.workers is None and all(facts.task(index).agent.background for index in widest))
        )


def _is_assumed(facts: Facts) -> bool:
    """Whether nobody named the runtime."""
    return facts.plan.runtime is None and facts.settings.runtime is None and not facts.settings.runtime_overrides
