"""PL003 invalid-plan."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class InvalidPlan(EngineRule):
    """A plan has an unknown key, a value of the wrong type, or lacks a field.

    ## Why

    An unknown key is most often a misspelled one: `depend_on` is accepted by no one, and the order that it should have
    given is gone without a word.

    ## Example

    ```yaml
    plan: billing
    tasks:
      - id: api
        creates: [src/billing.ts]
      - id: page
        modifes: [src/billing.ts]
    ```

    ## Use instead

    ```yaml
    plan: billing
    tasks:
      - id: api
        creates: [src/billing.ts]
      - id: page
        modifies: [src/billing.ts]
        depends_on: [api]
    ```

    ## Silent on

    Keys that begin with `x-` or `x_`, which are yours; synonyms that can mean only one thing (`files_to_create`).
    """

    code = "PL003"
    name = "invalid-plan"
    tier = Tier.CORE
    severity = Severity.ERROR
