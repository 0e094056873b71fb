"""PL002 invalid-syntax."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class InvalidSyntax(EngineRule):
    """A file is not valid YAML, JSON, front matter, Python or JavaScript.

    ## Why

    A plan that one reader repairs and another refuses is not one plan. Left-over git conflict markers and two documents
    in one JSON file are named as such, since both happen when agents edit a plan at the same time.

    ## Example

    ```yaml
    plan: billing
    tasks:
      - id: api
        creates: [src/billing.ts
      - id: page
        creates: [src/page.tsx]
    ```

    ## Use instead

    ```yaml
    plan: billing
    tasks:
      - id: api
        creates: [src/billing.ts]
      - id: page
        creates: [src/page.tsx]
    ```

    ## Silent on

    Follow-on faults: what a broken file would have held is not reported as missing elsewhere.
    """

    code = "PL002"
    name = "invalid-syntax"
    tier = Tier.CORE
    severity = Severity.ERROR
