"""PL005 unrecognized-format."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class UnrecognizedFormat(EngineRule):
    """A file named on the command line is in no format that planlint knows.

    ## Why

    Who names a file wants it checked. Silence would look like a clean plan.

    ## Example

    ```yaml plan title="shopping.yaml"
    fruit: [apples, pears]
    bread: 2
    ```

    ## Use instead

    ```yaml plan title="shopping.yaml"
    plan: shopping
    tasks:
      - id: fruit
        title: Buy apples and pears
      - id: bread
        title: Buy two loaves
    ```

    ## Silent on

    Files that a directory search meets; a file for which `--dialect` names the format.
    """

    code = "PL005"
    name = "unrecognized-format"
    tier = Tier.CORE
    severity = Severity.ERROR
