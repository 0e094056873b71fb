"""The dialect of delegation sections in memory files, commands, skills and guides for Claude Code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.model import Capability

if TYPE_CHECKING:
    from planlint.diagnostics import Problem
    from planlint.model import Plan
    from planlint.readers.document import Document, Syntax

_MEMORY = re.compile(r"(?:^|/)(?:CLAUDE(?:\.local)?|AGENTS(?:\.override)?)\.md\Z")
_STANDING = re.compile(
    r"(?:^|/)(?:\.claude/)?commands/.+\.md\Z|(?:^|/)skills/.+/SKILL\.md\Z|(?:^|/)SKILL\.md\Z|(?:^|/)\.(?:codex"
    r"|opencode|cursor|gemini)/(?:prompts|commands?)/.+\.md\Z",
)
_FOR_PEOPLE = re.compile(r"(?:^|/)(?:README|CHANGELOG|CONTRIBUTING)\.md\Z", re.IGNORECASE)
"""What people read, never a command, also where it explains a directory `commands/` of sources."""
_OTHERS = re.compile(
    r"(?:^|/)(?:\.claude|\.opencode|\.codex|\.cursor|\.gemini)/agents?/|(?-i:-PLAN\.md)\Z", re.IGNORECASE
)
_STRONG_WORDS = tuple(
    # Each begins with letters, which are searched for far faster than a boundary; the look behind stands for that.
    re.compile(pattern)
    for pattern in (
        r"Task(?<!\wTask)(?:[ \t]*\(|:|Output\b)",
        r"Agent(?<!\wAgent)[ \t]*\(",
        r"subagent_type(?<!\wsubagent_type)\b",
        r"CLAUDE_CODE_TASK_LIST_ID",
        r"claude -p\b",
        r"[Pp]aste (?=[^\n]{0,80}(?:[Tt]erminal|[Ss]ession|[Aa]gent|[Cc]omposer|[Cc]laude|[Cc]odex|[Cc]ursor))",
        r"[Oo]wns[ \t]+`",
        r"OWNS\b",
        r"[Ww]ave[ \t]?[1-9]\b",
        r"(?:[Aa]gent|[Ww]orker|[Tt]eammate|[Ss]ession|[Ll]ane|[Ii]mplementer)(?:[ \t]|-)?#?(?:\d{1,2}|[A-H])(?![\w.])",
        # the header of a table with somebody and files
        r"\|(?=[^\n]{0,200}\b(?:(?:[Ss]ub-?)?[Aa]gents?|[Ww]orkers?|[Tt]eammates?|[Ll]anes?|(?:[Ww]ork)?[Ss]treams?"
        r"|[Ww]ho|[Oo]wners?|[Aa]ssignees?|[Rr]oles?|[Mm]embers?|[Ss]essions?|[Ii]nstances?|[Ww]orktrees?|Tasks?)\b)"
        r"[^\n]{0,200}\b(?:[Oo]wn(?:s|ed|ership)|[Ff]iles?|[Pp]aths?|[Mm]ay edit|[Ss]cope|[Aa]rea|[Dd]irector(?:y|ies)"
        r"|[Ff]olders?|[Ee]dits|[Tt]ouch(?:es)?|[Cc]hanges|[Ww]rites)\b",
    )
)


def _is_standing(path: str) -> bool:
    """Whether a file is read again for each new piece of work: a command, a skill."""
    return _STANDING.search(path) is not None and _FOR_PEOPLE.search(path) is None


class ClaudeMdDialect(Dialect):
    """Delegation sections of CLAUDE.md, AGENTS.md, commands, skills, and of guides that show how to delegate."""

    name = "claude-md"
    title = "Claude Code delegation sections (CLAUDE.md, AGENTS.md, commands, skills, guides)"
    version = "Claude Code 2.1.292 (Agent tool, formerly Task), looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("markdown",)
    files = (
        "**/CLAUDE.md",
        "**/CLAUDE.local.md",
        "**/AGENTS.md",
        "**/.claude/commands/**/*.md",
        "**/.claude/skills/**/SKILL.md",
    )

    capabilities: ClassVar[frozenset[Capability]] = frozenset(
        {
            Capability.TASKS,
            Capability.WRITES,
            Capability.DECLARED_WRITES,
            Capability.READS,
            Capability.OFF_LIMITS,
            Capability.DEPENDENCIES,
            Capability.CONCURRENCY,
            Capability.WAVES,
            Capability.AGENTS,
            Capability.ISOLATION,
            Capability.BRIEF,
            Capability.VERIFY,
            Capability.RETURNS,
            Capability.CONTEXT,
            Capability.LAUNCHES,
            Capability.LIMITS,
        }
    )

    def __init__(self) -> None:
        self._latest: tuple[Document, list[Plan]] | None = None

    def might_be(self, path: str, text: str) -> bool:
        """By name, else by the words of a launch."""
        if _MEMORY.search(path) or _is_standing(path):
            return True
        if _FOR_PEOPLE.search(path) is not None or _OTHERS.search(path) is not None:
            return False
        return any(word.search(text) is not None for word in _STRONG_WORDS)

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """A memory file or command always, surely when it delegates; a guide only when it launches agents."""
        if document.markdown is None:
            return None
        memory = _MEMORY.search(document.path) is not None
        standing = _is_standing(document.path)
        plans = self._plans(document)
        tasks = sum(len(plan.tasks) for plan in plans)
        scripts = sum(len(plan.scripts) for plan in plans)
        if memory or standing:
            kind = "a memory file" if memory else "a command or skill"
            if tasks:
                return Match(70, f"{kind} with a section that gives work to agents")
            if scripts:
                return Match(60, f"{kind} with calls that start agents")
            if plans:
                return Match(50, f"{kind} that says how many agents to start")
            return Match(31, f"{kind} without a delegation section")
        if any(plan.tasks and not plan.scripts for plan in plans):
            return Match(33, "a section that divides files among agents")
        steps = [step for plan in plans for script in plan.scripts for step in script.steps]
        launches = [step for step in steps if step.kind == "launch"]
        several = len(launches) > 1 or any(step.loop is not None for step in launches)
        if several or (launches and any(step.kind == "wait" for step in steps)):
            return Match(35, "a guide with calls that start agents")
        return None

    def reader_problems(self, document: Document) -> Sequence[Problem]:
        """None of the front matter: it holds nothing of a plan, and Claude Code reads it more leniently than YAML.

        `argument-hint: [issue] [priority]` is no YAML, and stands in a good part of all published commands.
        """
        from planlint.readers.front_matter import front_matter_span

        span = front_matter_span(document.source)
        end = 0 if span is None else span[2]
        return [problem for problem in document.problems if problem.origin.start >= end]

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """One plan for each delegation section; none where nothing is delegated.

        What was not recognised before is read so because somebody decided it: then it speaks to an agent.
        """
        loaded = Loaded()
        for document in documents:
            loaded.plans += self._plans(document, decided=True)
        return loaded

    def _plans(self, document: Document, *, decided: bool = False) -> list[Plan]:
        """The plans of `document`; recognising has read it in full already, so that loading need not do it again."""
        if self._latest is None or self._latest[0] is not document:
            from planlint.dialects.claude_md.loading import load_sections

            memory = _MEMORY.search(document.path) is not None
            standing = decided or _is_standing(document.path)
            self._latest = (document, load_sections(document, self.capabilities, memory=memory, standing=standing))
        return self._latest[1]
