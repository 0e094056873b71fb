"""PL902 unknown-rule-code."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class UnknownRuleCode(EngineRule):
    """A suppression names no rule, or something that is none.

    ## Why

    It hides nothing and looks as if it did. Families and a comment without any rule are refused too: they would hide
    what nobody has seen yet.

    ## Example

    ```yaml
    plan: settings
    isolation: shared
    tasks:
      - id: form
        # planlint: ignore[shared-wirte] the panel only adds one line
        creates: [src/form.ts]
      - id: panel
        creates: [src/panel.ts]
    ```

    ## Use instead

    ```yaml
    plan: settings
    isolation: shared
    tasks:
      - id: form
        # planlint: ignore[shared-write] both only append to the list, and the merge is trivial
        modifies: [src/index.ts]
      - id: panel
        modifies: [src/index.ts]
    ```

    ## Fix

    Safe where the meaning is beyond doubt: a letter for a digit (`PL1O1`), or a name that is close to one rule's and to
    no other. A wrong word in a configuration file is an error of that file, not a finding.
    """

    code = "PL902"
    name = "unknown-rule-code"
    tier = Tier.CORE
    severity = Severity.WARNING
