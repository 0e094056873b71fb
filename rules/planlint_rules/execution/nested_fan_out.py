"""PL710 nested-fan-out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.facts.denial import affirmed
from planlint.model import AgentDefinition, Kind, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules.execution._briefs import Told, briefs, spoken

_SPAWNS = regex(
    r"\b(?:spawn|launch|dispatch|start|delegate to|fan out to)\b(?![^\n.]{0,40}\bthis agent\b)[^\n.;:]{0,40}"
    r"\b(?:sub-?agents|(?:a|one|another|new) sub-?agent|(?:parallel|more|further|helper|worker|background|additional"
    r"|explore|explorer|research|reviewer|child) agents)\b"
    r"|\b(?:spawn|launch|start)\b[^\n.;:]{0,20}\bforks\b|\bfork (?:yourself|off|into)\b"
    r"|\bdelegates? [^\n.;:]{1,60} to (?:its own|a|an|one|separate|parallel) (?:[\w-]+ )?sub-?agents?\b"
    r"|\buse (?:the )?`?(?:Task|Agent)`? tool to (?:spawn|launch|start|dispatch|delegate|run)\b"
    r"(?![^\n.]{0,60}\bthis agent\b)",
    re.IGNORECASE,
)
_FORKS = regex(r"\bforks?\b", re.IGNORECASE)


class NestedFanOut(Rule):
    """An agent is told to start agents of its own, but it cannot.

    ## Why

    Most runtimes let agents start agents only to a certain depth, some not at all, and some agent types never get the
    tool. The agent then does everything itself, in one context that was meant for a part, or reports that it could not.

    ## Example

    ```yaml
    plan: survey
    tasks:
      - id: survey
        title: Survey the code
        agent: {type: Explore}
        kind: research
        brief: Spawn three sub-agents, one for each package, and combine what they find.
    ```

    ## Use instead

    ```yaml
    plan: survey
    tasks:
      - id: survey
        title: Survey the code
        agent: {type: general-purpose}
        kind: research
        brief: Spawn three sub-agents, one for each package, and combine what they find.
    ```

    ## Silent on

    Runtimes whose depth is not known, and depths that still allow it; coordinators, which are the main session in most
    plans; briefs that forbid it ("do not spawn sub-agents"); scenes in which somebody else starts the agent.
    """

    code = "PL710"
    name = "nested-fan-out"
    tier = Tier.CORE
    severity = Severity.WARNING

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each brief."""
        if not facts.mentions("agents", "sub-agent", "subagent", "tool", "fork"):
            return
        for told in briefs(facts):
            match = next((match for match in affirmed(_SPAWNS, told.text) if not spoken(match)), None)
            if match is None:
                continue
            reason = self._reason(facts, told, match.group())
            if reason is None:
                continue
            yield self.finding(
                f"`{told.label}` is told to start agents, but {reason}",
                told.place(match),
                why="without the tool the agent does it all by itself in one context, or gives up",
                help="let the main session start these agents, or give the job to an agent type that may start some",
                tasks=[told.task] if told.task is not None else (),
                names=[] if told.task is not None else [told.label],
                severity=self.severity,
                evidence=Evidence.STATED,
            )

    def _reason(self, facts: Facts, told: Told, order: str) -> str | None:
        if told.definition is not None:
            return _lacks_tool(facts, told.definition) or _too_deep(facts)
        assert told.task is not None
        return _cannot(facts, told.task, order)


def _cannot(facts: Facts, task: Task, order: str) -> str | None:
    """Why the agent of `task` cannot start the agents that `order` asks for; None where it can, or it is unknown."""
    runtime = facts.runtime
    agent = facts.agents.of(task)
    if agent is not None and agent.inherits_conversation and _FORKS.search(order) is not None:
        return "a fork cannot fork"
    if agent is not None and not agent.can_delegate and not agent.inherits_conversation:
        return f"`{agent.name}` agents cannot start others"
    allowed = facts.agents.tools(task)
    if allowed is not None and "*" not in allowed and not any(tool in allowed for tool in runtime.launch_tools):
        return f"its tools do not include `{runtime.launch_tools[0]}`"
    return _too_deep(facts) if task.kind is not Kind.COORDINATE else None


def _too_deep(facts: Facts) -> str | None:
    """Why no sub-agent of the runtime starts others; None where some may."""
    runtime = facts.runtime
    if runtime.max_depth is not None and runtime.max_depth <= 1:
        return f"sub-agents of {runtime.title} start none themselves ({runtime.label})"
    return None


def _lacks_tool(facts: Facts, definition: AgentDefinition) -> str | None:
    """Why agents of this type cannot start others by their own definition."""
    launchers = facts.runtime.launch_tools
    allowed = definition.tools
    bare = {tool.partition("(")[0].strip() for tool in allowed or ()}
    if allowed and "*" not in bare and bare.isdisjoint(launchers):
        return f"its `tools` do not include `{launchers[0]}`"
    if launchers and {tool.partition("(")[0].strip() for tool in definition.disallowed_tools}.issuperset(launchers):
        return f"`{launchers[0]}` is taken from it"
    return None
