"""PL606 missing-constraints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import named

_BOUND = regex(
    r"\b(?:only|do\s+not|don't|never|avoid|must\s+not|nothing\s+else|no\s+other\s+files?|stay\s+(?:in|within|inside)|"
    r"limit(?:ed)?\s+to|leave\s+\S+\s+(?:alone|as)|without\s+(?:changing|touching|modifying)|out\s+of\s+scope|"
    r"off[- ]limits|read-only|boundar(?:y|ies))\b",
    re.IGNORECASE,
)


class MissingConstraints(Rule):
    """A task that writes beside others has no list of what it must keep away from.

    ## Why

    A list of files to write says what the agent should do. What it must not do, it does not know: it fixes an import in
    a file next door while the owner of that file is rewriting it.

    ## Example

    ```yaml
    plan: profile
    tasks:
      - {id: page, title: Page, creates: [src/pages/Profile.tsx], brief: Create the profile page with name and picture.}
      - {id: store, title: Store, creates: [src/store/profile.ts], brief: Create the profile store with load and save.}
    ```

    ## Use instead

    ```yaml
    plan: profile
    off_limits: [src/routes/, package.json]
    tasks:
      - {id: page, title: Page, creates: [src/pages/Profile.tsx], brief: Create the profile page with name and picture.}
      - {id: store, title: Store, creates: [src/store/profile.ts], brief: Create the profile store with load and save.}
    ```

    ## Silent on

    Plans with a do-not-touch list or owners for all; briefs that limit themselves in words; tasks in worktrees, where
    nothing of others is overwritten; tasks that nothing runs beside.
    """

    code = "PL606"
    name = "missing-constraints"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.BRIEF, Capability.OFF_LIMITS, Capability.CONCURRENCY, Capability.AGENTS)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for all such tasks of a plan."""
        plan = facts.plan
        if (
            plan.incomplete
            or plan.pattern
            or any(c.kind in ("off-limits", "single-owner", "hub") for c in plan.constraints)
        ):
            return
        handed = set(facts.costs.delegation.tasks) if facts.costs.delegated else set()
        writers = [
            task
            for task in facts.costs.fresh
            if task.index in handed and task.kind is not Kind.COORDINATE and facts.effects.writes_of(task)
        ]
        mask = sum(1 << task.index for task in writers)
        tasks = [
            task
            for task in writers
            if facts.order.concurrent_mask(task.index) & mask
            and not plan.isolation_of(task).separate
            and not _is_bound(task)
        ]
        if tasks:
            yield self.finding(
                f"{named(tasks)} {'writes' if len(tasks) == 1 else 'write'} beside others without a do-not-touch list",
                tasks[0].name_origin,
                why="an agent that only knows what to write also repairs what belongs to others",
                help="say in each brief (in a plan file by `off_limits`) what is not its own: shared files, other work",
                related=[(task.name_origin, "no list either") for task in tasks[1:6]],
                tasks=tasks,
                severity=self.severity,
            )


def _is_bound(task: Task) -> bool:
    return bool(task.off_limits) or _BOUND.search(task.brief) is not None
