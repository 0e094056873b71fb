"""PL901 unused-suppression."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class UnusedSuppression(EngineRule):
    """A suppression hides nothing, or has expired.

    ## Why

    What it once hid is mended, or it stands on the wrong line. Left behind, it hides the same mistake when somebody
    makes it again, and readers take it for a known problem.

    A suppression with a date (`expires=2027-03-31`) no longer hides anything after that day: what it hid is reported
    again, and this finding says why.

    ## Example

    ```yaml
    plan: settings
    isolation: shared
    tasks:
      - id: form
        # planlint: ignore[PL101] the panel only adds one line
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
        creates: [src/form.ts]
      - id: panel
        creates: [src/panel.ts]
    ```

    ## Silent on

    Rules that did not run on the plan; plans that could not be read completely; plans with finished tasks, because a
    suppression may be about one of those (unless `--include-done` looks at them). A named ignore (`[[ignore]]`) is
    judged only by a run that searches the whole directory of the configuration file.

    ## Fix

    Safe: removes the comment, or only the rules in it that hide nothing. Entries of a configuration file are left to
    people.
    """

    code = "PL901"
    name = "unused-suppression"
    tier = Tier.CORE
    severity = Severity.WARNING
