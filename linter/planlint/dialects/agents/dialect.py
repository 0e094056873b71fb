"""The `agents` dialect: `.claude/agents/*.md` and the agent files of Codex, OpenCode, Gemini CLI, Cursor and GitHub
Copilot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.model import Capability, Plan

if TYPE_CHECKING:
    from planlint.diagnostics import Problem
    from planlint.readers.document import Document, Syntax
    from planlint.readers.tree import Mapping

_OTHER_NAMES = re.compile(
    r"(?:^|/)(?:README|INDEX|CLAUDE|CLAUDE\.local|AGENTS|GEMINI|SKILL|CHANGELOG|CONTRIBUTING|LICENSE)(?:\.[^/]*)?\.md\Z",
    re.IGNORECASE,
)
"""Files that explain a directory of agents, or belong to others."""
_CODEX = re.compile(r"(?:^|/)\.codex/agents/")
_DIRECTORY = re.compile(r"(?:^|/)agents?/")
_STANDING = re.compile(r"(?:^|/)(?:commands?|skills|prompts|rules|output-styles)/")
"""Directories of files that have some keys in common with agents."""
_COMMANDS = re.compile(r"(?:^|/)commands?/(?:.+/)?agents?/")
"""A directory of commands that are about agents."""
_MAX_DEPTH = 6
"""Levels of directories below the agents directory that are searched; people use two."""
_MAX_FILES = 2_000


class AgentsDialect(Dialect):
    """Agent files. An agent is a role, not a piece of work: the plan has agents and no task."""

    name = "agents"
    title = "Agent files (Claude Code, Codex, OpenCode, Gemini CLI, Cursor, GitHub Copilot)"
    version = "Claude Code 2.1.292 and the others' documentation, looked at 2026-11-20; Copilot 2026-12-01"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("markdown", "toml")
    capabilities: ClassVar[frozenset[Capability]] = frozenset({Capability.AGENT_DEFINITIONS})
    files = (
        "**/.claude/agents/**/*.md",
        "**/.codex/agents/*.toml",
        "**/.opencode/agent/*.md",
        "**/.opencode/agents/*.md",
        "**/.gemini/agents/*.md",
        "**/.cursor/agents/*.md",
        "**/.github/agents/**/*.md",
    )

    def might_be(self, path: str, text: str) -> bool:
        """It stands in a directory of agents, or begins with front matter that names and describes something."""
        if _OTHER_NAMES.search(path):
            return False
        if path.endswith(".toml"):
            return bool(_CODEX.search(path)) or "developer_instructions" in text
        return bool(_DIRECTORY.search(path)) or (text.startswith("---") and "\ndescription:" in text[:20_000])

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By its keys; in a product's own directory also by whom the text speaks to."""
        from planlint.dialects.agents.definition import read_keys, text_of
        from planlint.dialects.agents.faults import looks_like_agent
        from planlint.dialects.agents.formats import CLAUDE_CODE, format_by_kind, format_of

        if _OTHER_NAMES.search(document.path):
            return None
        known = format_of(document.path)
        kind = format_by_kind(document.path)
        keys, body = read_keys(document.source, kind)
        if document.syntax == "toml":
            if keys is not None and "developer_instructions" in keys:
                return Match(95, "`developer_instructions`, as Codex agents have")
            if known is not None and keys is not None and any(key in kind.keys for key in keys):
                return Match(80, f"in {kind.title}'s directory for agents, and it has keys of one")
            return None
        if known is not None:
            if keys is not None and all(text_of(keys, key) for key in known.required):
                return Match(95, f"an agent file in {known.title}'s directory for them")
            if looks_like_agent(keys, document.source.text[body:], known):
                return Match(80, f"in {known.title}'s directory for agents, and it speaks to one")
            return None
        if keys is None or text_of(keys, "name") is None or text_of(keys, "description") is None:
            return None
        if kind is CLAUDE_CODE and _of_another_product(keys):
            return None
        marks = [] if _STANDING.search(document.path) else [key for key in keys if key in _MARKS]
        if _DIRECTORY.search(document.path) and _COMMANDS.search(document.path) is None:
            return Match(80, "front matter with a name and a description, in a directory `agents`")
        return Match(60, f"front matter with name, description and {marks[0]}") if marks else None

    def reader_problems(self, document: Document) -> Sequence[Problem]:
        """Broken front matter is told once, in an agent's terms."""
        from planlint.dialects.agents.faults import reader_problems

        return reader_problems(document)

    def members(self, document: Document, workspace: Workspace) -> tuple[str, ...]:
        """All agent files of the directory, so that two of one name meet; only itself outside of such a directory."""
        from planlint.dialects.agents.formats import format_of, unit_directory

        directory = unit_directory(document.path)
        if directory is None:
            return (document.path,)
        known = format_of(document.path)
        suffix = ".toml" if document.syntax == "toml" else ".md"
        found = []
        for path in _walk(workspace, directory, _MAX_DEPTH):
            if not path.endswith(suffix) or _OTHER_NAMES.search(path):
                continue
            # In a directory of no product's, every file is asked for itself: it may hold anything.
            if known is not None or path == document.path or self._is_agent(path, workspace):
                found.append(path)
            if len(found) >= _MAX_FILES:
                break
        return tuple(found) if document.path in found else (document.path,)

    def plan_path(self, document: Document, members: tuple[str, ...]) -> str:
        """The directory of agents."""
        from planlint.dialects.agents.formats import unit_directory

        return unit_directory(document.path) or document.path

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """All agents of one directory as one plan without tasks."""
        from planlint.dialects.agents.definition import definition_of, read_keys
        from planlint.dialects.agents.faults import faults_of, same_names
        from planlint.dialects.agents.formats import CLAUDE_CODE, format_by_kind
        from planlint.dialects.agents.registered import registered_roles

        loaded = Loaded()
        agents, sources = [], []
        runtime = CLAUDE_CODE.runtime
        toml = bool(documents) and documents[0].syntax == "toml"
        registered = registered_roles(self.plan_path(documents[0], ()), workspace) if toml else {}
        for document in documents:
            format = format_by_kind(document.path)
            role = registered.get(document.path)
            if role is not None:
                format = format.replace(required=("developer_instructions",), named_by_file=True)
            keys, body = read_keys(document.source, format)
            loaded.problems += faults_of(document, keys, body, format)
            found = definition_of(document.source, keys, body, format) if keys is not None else None
            if found is not None and role is not None:
                found = found.replace(name=role.name, description=found.description or role.description)
            if found is not None:
                agents.append(found)
            runtime = format.runtime
            sources.append(document.source.origin(0, len(document.source.text)))
        if not sources:
            return loaded
        loaded.problems += same_names(agents)
        path = self.plan_path(documents[0], ())
        loaded.plans.append(
            Plan(
                path=path,
                dialect=self.name,
                origin=sources[0],
                tasks=(),
                agents=tuple(agents),
                runtime=runtime,
                capabilities=self.capabilities,
                sources=tuple(sources),
            )
        )
        return loaded

    def _is_agent(self, path: str, workspace: Workspace) -> bool:
        text = workspace.text(path)
        if text is None or not text.startswith("---"):
            return False
        document = workspace.document(path)
        return document is not None and self.recognise(document, workspace) is not None


_MARKS = ("tools", "disallowedTools", "permissionMode", "maxTurns", "model", "omitClaudeMd")
"""Keys that, beside a name and a description, agents have and notes have not."""


def _of_another_product(keys: Mapping) -> bool:
    """Whether an agent is given tools, and none of them is called as those of Claude Code are.

    Frameworks for agents keep theirs in files with the same first keys (`tools: [read_file, run]`).
    """
    from planlint.dialects.agents.definition import tools_of

    tools = tools_of(keys)
    return bool(tools) and not any(_TOOL.match(tool) for tool in tools)


_TOOL = re.compile(r"[A-Z]|mcp__|\*")
"""How names of tools begin in Claude Code."""


def _walk(workspace: Workspace, directory: str, depth: int) -> Iterator[str]:
    """The files below a directory, sorted."""
    for name in workspace.names(directory):
        if not name.endswith("/"):
            yield f"{directory}/{name}"
        elif depth > 0:
            yield from _walk(workspace, f"{directory}/{name[:-1]}", depth - 1)
