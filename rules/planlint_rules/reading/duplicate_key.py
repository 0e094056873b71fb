"""PL004 duplicate-key."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class DuplicateKey(EngineRule):
    """One mapping has the same key twice.

    ## Why

    Most readers keep the last value and say nothing; some keep the first. Half of what was written does not happen.

    ## Example

    ```yaml
    plan: billing
    tasks:
      - id: api
        creates: [src/billing.ts]
        creates: [src/billing.test.ts]
    ```

    ## Use instead

    ```yaml
    plan: billing
    tasks:
      - id: api
        creates: [src/billing.ts, src/billing.test.ts]
    ```

    ## Silent on

    The same key in two mappings; keys that a YAML merge (`<<`) brings in.
    """

    code = "PL004"
    name = "duplicate-key"
    tier = Tier.CORE
    severity = Severity.ERROR
