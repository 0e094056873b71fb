"""PL008 ambiguous-value."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class AmbiguousValue(EngineRule):
    """An unquoted YAML value reads as something else than it says.

    ## Why

    `1.10` is the number 1.1, `08` is eight or a text, `no` is false for YAML 1.1 and a text for YAML 1.2. An id that
    one program reads as `1.1` and the next as `1.10` is two tasks.

    ## Example

    ```yaml
    plan: release
    tasks:
      - id: 1.10
        title: Tag the release
    ```

    ## Use instead

    ```yaml
    plan: release
    tasks:
      - id: "1.10"
        title: Tag the release
    ```

    ## Silent on

    Quoted values; plain integers such as `7`; values where a number is meant.
    """

    code = "PL008"
    name = "ambiguous-value"
    tier = Tier.CORE
    severity = Severity.WARNING
