"""PL505 context-not-inherited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint.source.regex import regex

_FILE = r"`?(?:\./)?(?:\.claude/)?(?:CLAUDE(?:\.local)?|AGENTS|GEMINI)\.md`?"
_FOLLOWS = regex(
    r"\b(?:follow(?:s|ing)?|obey(?:s|ing)?|respect(?:s|ing)?|adher(?:e|es|ing)\s+to|compl(?:y|ies|ying)\s+with|"
    r"conform(?:s|ing)?\s+to|stick(?:s|ing)?\s+to|according\s+to|as\s+per|per|in\s+line\s+with|"
    r"(?:rules?|conventions?|guidelines?|instructions?|standards?|style)\s+(?:in|of|from))\s+"
    rf"(?:(?:all|the|our|this|project's|project|repository's|rules?|conventions?|guidelines?|instructions?|standards?|"
    rf"style|coding|memory|file|in|of|from)\s+){{0,6}}\(?{_FILE}"
    rf"|\b(?:halte?\s+dich\s+an|befolge|beachte|gemäß|entsprechend|laut)\s+[^.\n]{{0,40}}?{_FILE}"
    rf"|(?:遵循|遵守|按照|依照|根据)[^.\n\u3002]{{0,30}}?{_FILE}"
    rf"|{_FILE}[^.\n\u3002]{{0,20}}に(?:従|準拠)",
    re.IGNORECASE,
)
_READS = regex(rf"\b(?:read|open|load|see|check|consult|start with)\b[^.\n]{{0,40}}?{_FILE}", re.IGNORECASE)
_MEMORY_FILE = regex(_FILE, re.IGNORECASE)


class ContextNotInherited(Rule):
    """An agent type that does not load the memory files is told to follow them.

    ## Why

    Exploring and planning agents start without `CLAUDE.md` to keep their window small. An instruction that refers to it
    refers to nothing: the agent guesses what the conventions are, and does not say so.

    ## Example

    ```yaml
    plan: audit
    tasks:
      - id: names
        title: Find badly named modules
        agent: Explore
        kind: research
        reads: [src/]
        brief: List the modules under src/ whose names do not follow the conventions in CLAUDE.md.
    ```

    ## Use instead

    ```yaml
    plan: audit
    tasks:
      - id: names
        title: Find badly named modules
        agent: Explore
        kind: research
        reads: [src/, CLAUDE.md]
        brief: Read CLAUDE.md first. List the modules under src/ whose names do not follow its conventions.
    ```

    ## Silent on

    Agents that are told to read the file, or have it in their list of files to read; agent types that nobody defines.
    """

    code = "PL505"
    name = "context-not-inherited"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.AGENTS,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each brief, and for each agent definition that turns its own memory off."""
        for alike in facts.agents.alike:
            agent = facts.agents.of(alike[0])
            if agent is None or agent.loads_memory or agent.inherits_conversation:
                continue
            for task in alike:
                for field in ("brief", "title") if not _reads_it(facts, task) else ():
                    told = _follows(getattr(task, field))
                    if told is not None:
                        place = task.place_of(field, told.phrase)
                        yield self._report(facts, f"`{task.label}`", agent.name, told.file, place, [task])
                        break
        for definition in facts.plan.agents:
            told = None if definition.loads_memory else _follows(definition.prompt)
            if told is not None:
                place = definition.prompt_origin or definition.origin
                yield self._report(facts, "its prompt", definition.name, told.file, place, [])

    def _report(
        self, facts: Facts, subject: str, agent: str, told: str, place: Origin, tasks: list[Task]
    ) -> Diagnostic:
        return self.finding(
            f"{subject} tells agent type `{agent}` to follow `{told}`, which it does not load",
            place,
            why=f"`{agent}` starts without memory files ({facts.runtime.label})",
            help=f"say what to follow in the brief, tell it to read `{told}`, or use an agent type that loads it",
            tasks=tasks,
            names=[agent],
            paths=[told],
            severity=self.severity,
        )


class _Told(NamedTuple):
    """A memory file that a text says to follow, and in which words."""

    file: str
    phrase: str


def _follows(text: str) -> _Told | None:
    """What `text` says to follow without saying to read it; None for any other text."""
    match = _FOLLOWS.search(text)
    if match is None or _READS.search(text):
        return None
    name = _MEMORY_FILE.search(match.group())
    return _Told(name.group().strip("`"), match.group()) if name else None


def _reads_it(facts: Facts, task: Task) -> bool:
    """Whether the task lists the file. What its brief says about it is looked at by `_follows`."""
    return any(
        effect.scope.evidence is Evidence.DECLARED and _MEMORY_FILE.fullmatch(effect.pattern.normal)
        for effect in facts.effects.reads_of(task)
    )
