"""PL805 invalid-agent-file."""

from __future__ import annotations

from planlint.rulekit import EngineRule, Severity, Tier


class InvalidAgentFile(EngineRule):
    """An agent definition that its runtime would skip or misread without a word.

    ## Why

    A definition with broken front matter, without a name or without a description is left out silently, and a
    misspelled key is ignored. The launch that asks for the agent fails, or the agent runs with tools, model or rights
    that nobody meant to give it.

    ## Example

    ```markdown title=".claude/agents/doc-writer.md"
    ---
    name: doc-writer
    tools: Read, Write, Grep
    ---

    You write documentation pages for users of this project.
    ```

    ## Use instead

    ```markdown title=".claude/agents/doc-writer.md"
    ---
    name: doc-writer
    description: Writes documentation pages. Use it for every change under docs/.
    tools: Read, Write, Grep
    ---

    You write documentation pages for users of this project.
    ```

    ## Silent on

    Keys that any known version of the runtime reads; files that are no agent definitions, such as a README.
    """

    code = "PL805"
    name = "invalid-agent-file"
    tier = Tier.CORE
    severity = Severity.WARNING
