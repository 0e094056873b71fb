"""PL007 empty-plan."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class EmptyPlan(EngineRule):
    """A plan has no task.

    ## Why

    Nothing can be wrong with nothing, so an empty plan always looks clean. Most often the tasks stand under another key
    or heading than the format wants.

    ## Example

    ```yaml
    plan: billing
    tasks: []
    ```

    ## Use instead

    ```yaml
    plan: billing
    tasks:
      - id: api
        creates: [src/billing.ts]
    ```

    ## Silent on

    Templates; plans of which a part could not be read.
    """

    code = "PL007"
    name = "empty-plan"
    tier = Tier.CORE
    severity = Severity.WARNING
