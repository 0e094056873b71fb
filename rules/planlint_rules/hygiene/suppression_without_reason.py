"""PL903 suppression-without-reason."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class SuppressionWithoutReason(EngineRule):
    """A suppression does not say why.

    ## Why

    The finding is hidden all the same, but whoever reads the plan later cannot tell whether the reason still holds.
    A plan is also read by agents: the reason is what keeps them from "mending" what was meant.

    ## Example

    ```yaml
    plan: settings
    isolation: shared
    tasks:
      - id: form
        # planlint: ignore[PL101]
        modifies: [src/index.ts]
      - id: panel
        modifies: [src/index.ts]
    ```

    ## Use instead

    ```yaml
    plan: settings
    isolation: shared
    tasks:
      - id: form
        # planlint: ignore[PL101] both only append to the list, and the merge is trivial
        modifies: [src/index.ts]
      - id: panel
        modifies: [src/index.ts]
    ```

    ## Silent on

    Named ignores in the configuration file: without a `reason` that file is refused.
    """

    code = "PL903"
    name = "suppression-without-reason"
    tier = Tier.CORE
    severity = Severity.WARNING
