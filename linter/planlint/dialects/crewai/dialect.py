"""The `crewai` dialect: which files are a crew's, and which of them belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.model import Capability
from planlint.source.regex import regex

if TYPE_CHECKING:
    from planlint.readers.document import Document, Syntax

_CONFIG = ("tasks.yaml", "tasks.yml", "agents.yaml", "agents.yml")
_IMPORT = regex(r"^[ \t]*(?:from|import)[ \t]+crewai\b", re.MULTILINE)
_MAX_MODULES = 50
"""Python files of one directory that are looked into; crews have one to five."""


class CrewAiDialect(Dialect):
    """CrewAI crews. A crew is sequential by rule; only `async_execution` starts tasks that run at the same time."""

    name = "crewai"
    title = "CrewAI crews (tasks.yaml and agents.yaml, crew.py, crew.jsonc)"
    version = "CrewAI 1.15.30, looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("yaml", "json", "python")
    capabilities: ClassVar[frozenset[Capability]] = frozenset(
        {
            Capability.TASKS,
            Capability.WRITES,
            Capability.DEPENDENCIES,
            Capability.CONCURRENCY,
            Capability.AGENTS,
            Capability.AGENT_DEFINITIONS,
            Capability.BRIEF,
            Capability.RETURNS,
        }
    )
    files = ("**/config/tasks.yaml", "**/config/agents.yaml", "**/crew.py", "**/crew.jsonc")

    def might_be(self, path: str, text: str) -> bool:
        """CrewAI's name in Python, its own fields elsewhere."""
        if path.endswith(".py"):
            return "crewai" in text and any(word in text for word in ("Task(", "Crew(", "Agent("))
        return "expected_output" in text or "backstory" in text

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By the fields that CrewAI demands of every task and agent, in Python by what is imported from it."""
        from planlint.dialects.crewai.fields import entries_of, is_agent, is_task
        from planlint.readers.tree import Mapping
        from planlint.readers.tree import Sequence as SequenceNode

        if document.syntax == "python":
            from planlint.dialects.crewai.code import makes_tasks
            from planlint.readers.python import parse_python

            module = parse_python(document.source)
            if module.broken and _IMPORT.search(document.source.text):
                return Match(60, "it imports crewai, though it cannot be parsed")
            reason = makes_tasks(module)
            return None if reason is None else Match(95, reason)
        root = document.root
        if not isinstance(root, Mapping):
            return None
        listed = root.get("tasks")
        if isinstance(listed, SequenceNode):
            good = bool(listed.items) and all(is_task(item) for item in listed)
            return Match(90, "tasks with `description` and `expected_output`") if good and "agents" in root else None
        if is_agent(root) and "backstory" in root:
            return Match(80, "`role`, `goal` and `backstory`, as CrewAI agents have")
        entries = [value for _, value in entries_of(root) if isinstance(value, Mapping)]
        if entries and all(is_task(value) for value in entries):
            return Match(90, "every entry has `description` and `expected_output`")
        if entries and all(is_agent(value) and "backstory" in value for value in entries):
            return Match(90, "every entry has `role`, `goal` and `backstory`")
        return None

    def members(self, document: Document, workspace: Workspace) -> tuple[str, ...]:
        """The configuration and the Python of a crew's directory, or a JSON crew with the agents that it names."""
        home = crew_directory(document.path)
        prefix = f"{home}/" if home else ""
        if document.syntax == "json":
            crew = next((name for name in workspace.names(home) if name in ("crew.jsonc", "crew.json")), None)
            if crew is None:
                return (document.path,)
            agents = [
                f"{prefix}agents/{name}"
                for name in workspace.names(f"{prefix}agents")
                if name.endswith((".json", ".jsonc"))
            ]
            found = (f"{prefix}{crew}", *agents)
            return found if document.path in found else (document.path,)
        here = workspace.names(home)
        beside = workspace.names(f"{prefix}config") if "config/" in here else ()
        config = [f"{prefix}config/{name}" for name in _CONFIG if name in beside]
        config += [f"{prefix}{name}" for name in _CONFIG if name in here]
        modules = [f"{prefix}{name}" for name in here if name.endswith(".py")][:_MAX_MODULES]
        members = (*config, *(path for path in modules if self._is_crew_module(path, workspace)))
        return members if document.path in members else (document.path,)

    def plan_path(self, document: Document, members: tuple[str, ...]) -> str:
        """The crew's directory where it has several files."""
        return (crew_directory(document.path) or ".") if len(members) > 1 else document.path

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """The crews in the files."""
        from planlint.dialects.crewai.crew import load_crew

        if not documents:
            return Loaded()
        path = self.plan_path(documents[0], tuple(document.path for document in documents))
        return load_crew(path, documents, self.name, self.capabilities)

    def _is_crew_module(self, path: str, workspace: Workspace) -> bool:
        text = workspace.text(path)
        return text is not None and self.might_be(path, text)


def crew_directory(path: str) -> str:
    """The directory of the crew that a file belongs to: above `config/` and `agents/`, else its own."""
    directory, _, name = path.rpartition("/")
    parent, _, last = directory.rpartition("/")
    if (last == "config" and name in _CONFIG) or (last == "agents" and name.endswith((".json", ".jsonc"))):
        return parent
    return directory
