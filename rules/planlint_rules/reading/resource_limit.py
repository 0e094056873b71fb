"""PL006 resource-limit."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class ResourceLimit(EngineRule):
    """A file is larger, deeper or more entangled than planlint reads.

    ## Why

    Nesting thousands of levels deep and aliases that stand for billions of values end other readers in a crash. The
    limits lie far above every real plan: 64 levels, 64 MB, 10,000 aliases, a million values behind them.

    ## Example

    ```yaml
    plan: deep
    tasks:
      - id: api
        x-data: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
          ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
    ```

    ## Use instead

    ```yaml
    plan: flat
    tasks:
      - id: api
        x-data: [1, 2, 3]
    ```

    ## Silent on

    Everything within the limits.
    """

    code = "PL006"
    name = "resource-limit"
    tier = Tier.CORE
    severity = Severity.ERROR
