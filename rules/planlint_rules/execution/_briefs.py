"""What agents are told, wherever a plan says it, and what they are told with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.model import AgentDefinition, Task
from planlint.rulekit import Facts
from planlint.source import Origin
from planlint.source.regex import regex

_SPEAKER = regex(
    r"\b(?:I'll|I’ll|I will|I'm|I’m|I am|let me|let's|I should|I can|we'll)\b|\b(?:assistant|user)\b[*\"]{0,3}:",
    re.IGNORECASE,
)
_SENTENCE = 120
"""How far back the speaker may stand."""


class Told(NamedTuple):
    """One brief: the task or agent definition that it is for."""

    text: str
    task: Task | None
    definition: AgentDefinition | None

    @property
    def label(self) -> str:
        """The task's label, or the agent's name."""
        return self.task.label if self.task is not None else self.definition.name if self.definition else ""

    def place(self, match: re.Match[str]) -> Origin:
        """Where `match` stands; the whole brief where its text is not the file's text.

        A brief without a place of its own is looked for in the whole task.
        """
        if self.task is not None:
            if "brief" in self.task.places:
                return _within(self.task.places["brief"], self.text, match)
            at = self.task.origin.text.find(self.text)
            if at < 0:
                return self.task.place_of("brief", match.group())
            return self.task.origin.narrow(at + match.start(), at + match.end())
        assert self.definition is not None
        return _within(self.definition.prompt_origin or self.definition.origin, self.text, match)


def briefs(facts: Facts, telling: frozenset[int] | None = None) -> Iterator[Told]:
    """The briefs of the live tasks, or those of `telling` (by index), that are handed to an agent, and the prompts of
    the agents that the plan defines.

    A task that names no agent may be a step that the main session does itself, with all its tools.
    """
    launched = {step.launch.task for script in facts.plan.scripts for step in script.steps if step.launch is not None}
    for task in facts.tasks if telling is None else [task for task in facts.tasks if task.index in telling]:
        agent = task.agent
        handed = agent.type or agent.tools is not None or agent.background or task.index in launched
        if task.brief and handed:
            yield Told(task.brief, task, None)
    for definition in facts.plan.agents:
        if definition.prompt:
            yield Told(definition.prompt, None, definition)


def spoken(match: re.Match[str]) -> bool:
    """Whether `match` stands in somebody's words (`assistant: "I'll use the Task tool ..."`): a scene, no order."""
    text = match.string
    first = max(0, match.start() - _SENTENCE)
    start = max(text.rfind("\n", first, match.start()) + 1, first)
    return _SPEAKER.search(text, start, match.start()) is not None


def _within(origin: Origin, text: str, match: re.Match[str]) -> Origin:
    """The place of `match` inside of `origin`, found where the written text holds the brief as it is."""
    written = origin.text
    at = 0 if written == text else written.find(text)
    if at >= 0:
        return origin.narrow(at + match.start(), at + match.end())
    word = match.group()
    found = written.find(word)
    return origin.narrow(found, found + len(word)) if found >= 0 else origin
