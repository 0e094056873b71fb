"""PL712 unavailable-tool."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.facts.denial import affirmed
from planlint.model import AgentDefinition, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option
from planlint.source.regex import regex
from planlint_rules.execution._briefs import Told, briefs
from planlint_rules.execution._scripts import sound_scripts

_ASKS = regex(
    r"\b(?:ask|prompt|consult|check with|confirm with)\s+(?:the )?(?:user|human|developer)\b"
    r"|\bwait for (?:the )?(?:user|human)(?:'s|’s)? (?:input|answer|reply|confirmation|approval|decision)\b",
    re.IGNORECASE,
)
_TOOLS = (
    "AskUserQuestion|EnterPlanMode|ExitPlanMode|ScheduleWakeup|WaitForMcpServers|EndConversation"
    "|TaskCreate|TaskUpdate|TaskList|TaskGet|TaskOutput|AgentOutputTool|TeamCreate|TeamDelete|TodoWrite"
    "|WebSearch|WebFetch|NotebookEdit|MultiEdit"
)
_TELLING = (*_TOOLS.lower().split("|"), "tool", "ask", "prompt", "consult", "check with", "confirm with", "wait for")
"""One of these stands in every file that this rule can say anything about."""
_VERBS = "(?i:use|using|call|calling|invoke|invoking|via|with|through|run)"
_CALLS = regex(
    rf"\b{_VERBS}\s+(?:the\s+)?[`*]{{0,2}}(?P<used>{_TOOLS}|Write|Edit|Bash|Grep|Glob)[`*]{{0,2}}(?:\(\))?\s+tool\b"
    rf"|\b{_VERBS}\s+(?:the\s+)?`?(?P<named>{_TOOLS})\b|\b(?P<called>{_TOOLS})\("
)

_HEADING = regex(r"^#{1,6}[ \t].*$", re.MULTILINE)
_WHEN_TO_USE = regex(r"\bwhen (?:not )?to (?:use|invoke|call|launch|delegate)\b", re.IGNORECASE)


class ToolOptions(Options):
    """Options of PL712."""

    removed: bool = option(False, "also report tools that newer versions of the runtime no longer have")


class UnavailableTool(Rule):
    """A brief needs a tool that the agent will not have.

    ## Why

    Sub-agents cannot ask the user anything, background agents lose more tools, and a tool list leaves out the rest. The
    agent guesses in place of the answer that it was to ask for, or ends without its result, and says so only in its
    last message.

    ## Example

    ```yaml
    plan: migration
    tasks:
      - id: schema
        title: Migrate the schema
        background: true
        modifies: [db/schema.sql]
        brief: Add the missing columns. Ask the user which of them may be null.
    ```

    ## Use instead

    ```yaml
    plan: migration
    tasks:
      - id: schema
        title: Migrate the schema
        background: true
        modifies: [db/schema.sql]
        brief: Add the missing columns. Only `note` and `closed_at` may be null.
    ```

    ## Silent on

    Tools that are forbidden in the same sentence; agents whose type and tools nobody knows; asking the user in words
    where the agent may run in the foreground. Tools that were removed are reported only with the option `removed`.

    ## Options

    `removed`: also report tools that newer versions of the runtime no longer have, such as `TaskOutput`.
    """

    code = "PL712"
    name = "unavailable-tool"
    tier = Tier.CORE
    severity = Severity.WARNING
    options = ToolOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each brief, and with the option one for removed tools in scripts."""
        removed = self.option(facts, ToolOptions).removed
        telling = facts.told.tasks(*_TELLING)
        for told in briefs(facts, telling):
            found = self._listed(facts, told) or self._tool(facts, told, removed) or self._question(facts, told)
            if found is not None:
                yield found
        if removed:
            yield from self._removed(facts)

    def _listed(self, facts: Facts, told: Told) -> Diagnostic | None:
        """A definition whose tool list has what no sub-agent gets."""
        definition = told.definition
        never = facts.runtime.never_given
        tool = next((tool for tool in definition.tools or () if tool in never), None) if definition else None
        if definition is None or tool is None:
            return None
        use = next((match for match in _CALLS.finditer(told.text) if tool in match.group()), None)
        return self.finding(
            f"agent `{definition.name}` lists the tool `{tool}`, which no sub-agent gets",
            definition.places.get("tools") or definition.origin,
            why=f"the runtime takes it off without a word ({facts.runtime.label})",
            help="take it off the list, and let the agent return its question as its result",
            related=[(told.place(use), "it is told to use it here")] if use is not None else (),
            names=[definition.name, tool],
        )

    def _tool(self, facts: Facts, told: Told, removed: bool) -> Diagnostic | None:
        for match in affirmed(_CALLS, told.text):
            tool = match.group("used") or match.group("named") or match.group("called")
            if tool in facts.runtime.removed_tools and not removed:
                continue
            if told.definition is not None and _speaks_to_the_caller(told.text, match.start()):
                continue
            reason = _reason(facts, told, tool)
            if reason is not None:
                return self._finding(told, match, f"`{told.label}` is told to use `{tool}`, but {reason}", tool, facts)
        return None

    def _question(self, facts: Facts, told: Told) -> Diagnostic | None:
        task = told.task
        if task is None or not facts.agents.in_background(task) or "AskUserQuestion" not in facts.runtime.never_given:
            return None
        match = next(affirmed(_ASKS, told.text), None)
        if match is None:
            return None
        message = f"`{told.label}` runs in the background and is told to `{' '.join(match.group().split())}`"
        return self._finding(told, match, message, "AskUserQuestion", facts)

    def _finding(self, told: Told, match: re.Match[str], message: str, tool: str, facts: Facts) -> Diagnostic:
        asks = tool == "AskUserQuestion"
        return self.finding(
            message,
            told.place(match),
            why=f"an agent cannot talk to the user, so it will guess ({facts.runtime.label})"
            if asks
            else f"the call fails, and the agent goes on without it ({facts.runtime.label})",
            help="decide before the launch and write it into the brief, or let the agent return the question"
            if asks
            else "give it the tool, or let the main session do this part",
            tasks=[told.task] if told.task is not None else (),
            names=[tool] if told.task is not None else [told.label, tool],
            severity=self.severity,
            evidence=Evidence.STATED,
        )

    def _removed(self, facts: Facts) -> Iterator[Diagnostic]:
        for script in sound_scripts(facts):
            for step in script.steps:
                text = step.origin.text
                tool = next((tool for tool in facts.runtime.removed_tools if tool in text), None)
                if tool is not None and step.kind in ("wait", "poll"):
                    yield self.finding(
                        f"`{tool}` does not exist any more",
                        step.origin,
                        why=f"{facts.runtime.removed_tools[tool]} ({facts.runtime.label})",
                        help="follow the replacement, or pin the version that the plan is meant for",
                        names=[tool],
                        severity=Severity.NOTE,
                    )
                    return


def _speaks_to_the_caller(prompt: str, place: int) -> bool:
    """Whether the section around `place` tells others when to start this agent, and what to do instead."""
    headings = list(_HEADING.finditer(prompt, 0, place))
    return bool(headings) and _WHEN_TO_USE.search(headings[-1].group()) is not None


def _reason(facts: Facts, told: Told, tool: str) -> str | None:
    """Why the agent has no `tool`; None where it has it, or where that is unknown."""
    runtime = facts.runtime
    if tool in runtime.removed_tools:
        return f"it was {runtime.removed_tools[tool].partition(';')[0]}"
    if told.definition is not None:
        return _not_defined(told.definition, runtime.never_given, tool)
    task: Task | None = told.task
    if task is None or facts.agents.has_tool(task, tool) is not False:
        return None
    if tool in runtime.never_given:
        return "sub-agents never get it"
    keeps = runtime.background_tools
    if facts.agents.in_background(task) and keeps is not None and tool not in keeps:
        return "background agents do not get it"
    allowed = facts.agents.tools(task)
    if allowed is not None and tool not in allowed:
        return "its tools do not include it"
    kind = facts.agents.of(task)
    return f"`{kind.name}` agents do not have it" if kind is not None else None


def _not_defined(definition: AgentDefinition, never: tuple[str, ...], tool: str) -> str | None:
    if tool in never:
        return "sub-agents never get it"
    bare = [entry.partition("(")[0].strip() for entry in definition.tools or ()]
    if definition.tools is not None and "*" not in bare and tool not in bare:
        return "its `tools` do not include it"
    denied = [entry.partition("(")[0].strip() for entry in definition.disallowed_tools]
    return "it is taken from it" if tool in denied else None
