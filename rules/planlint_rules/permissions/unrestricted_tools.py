"""PL804 unrestricted-tools."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint_rules._wording import named


class UnrestrictedTools(Rule):
    """Agents that run beside others inherit every tool.

    ## Why

    An agent with all tools can write anywhere, push, and call every connected server. A short list says what the agent
    is for, costs fewer tokens at start, and lets a reader see at once that two agents cannot meet.

    ## Example

    ```yaml
    plan: docs
    tasks:
      - {id: guide, title: Write the guide, agent: general-purpose, creates: [docs/guide.md]}
      - {id: reference, title: Write the reference, agent: general-purpose, creates: [docs/reference.md]}
    ```

    ## Use instead

    ```yaml
    plan: docs
    tasks:
      - {id: guide, title: Write the guide, agent: {tools: [Read, Write, Grep]}, creates: [docs/guide.md]}
      - {id: reference, title: Write the reference, agent: {tools: [Read, Write, Grep]}, creates: [docs/reference.md]}
    ```

    ## Silent on

    Tasks that name no agent; agents of unknown types; read-only agents; tasks that nothing runs beside.
    """

    code = "PL804"
    name = "unrestricted-tools"
    tier = Tier.AUDIT
    severity = Severity.NOTE

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for all tasks, and one for each agent definition."""
        tasks = (
            [task for task in facts.tasks if _is_unrestricted(facts, task)] if facts.plan.has(Capability.AGENTS) else []
        )
        if tasks:
            yield self.finding(
                f"{named(tasks)} run beside other tasks and inherit every tool"
                if len(tasks) > 1
                else f"{named(tasks)} runs beside other tasks and inherits every tool",
                tasks[0].at("agent"),
                why="with all tools an agent can write anywhere and call every connected server",
                help="list the tools that each needs, or use agent types that do",
                related=[(task.at("agent"), "this one too") for task in tasks[1:6]],
                tasks=tasks,
            )
        for definition in facts.plan.agents:
            if definition.tools is None and not definition.disallowed_tools:
                yield self.finding(
                    f"agent `{definition.name}` inherits every tool",
                    definition.places.get("name") or definition.origin,
                    why="with all tools an agent can write anywhere and call every connected server",
                    help="list the tools that it needs under `tools`",
                    names=[definition.name],
                )


def _is_unrestricted(facts: Facts, task: Task) -> bool:
    """Whether the task names an agent with all tools and may run beside another task."""
    agent = facts.agents.of(task)
    if task.agent.type is None and task.agent.background is None and task.agent.model is None:
        return False
    if agent is None or agent.read_only or agent.disallowed_tools or facts.agents.tools(task) is not None:
        return False
    return bool(facts.order.concurrent_mask(task.index))
