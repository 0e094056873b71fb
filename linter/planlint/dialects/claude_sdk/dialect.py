"""The `claude-sdk` dialect: Python programs that define agents for the Claude Agent SDK."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.model import Capability, Plan

if TYPE_CHECKING:
    from planlint.readers.document import Document, Syntax

_IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+claude_(?:agent|code)_sdk\b", re.MULTILINE)


class ClaudeSdkDialect(Dialect):
    """`AgentDefinition(...)` in Python. The program is read, never imported, and defines roles, not tasks."""

    name = "claude-sdk"
    title = "Claude Agent SDK programs in Python (AgentDefinition)"
    version = "claude-agent-sdk 0.2.184, looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("python",)
    capabilities: ClassVar[frozenset[Capability]] = frozenset({Capability.AGENT_DEFINITIONS})
    files = ("**/*agent*.py",)

    def might_be(self, path: str, text: str) -> bool:
        """It names the class and a package that has it; other projects have classes of that name."""
        return "AgentDefinition" in text and ("claude_agent_sdk" in text or "claude_code_sdk" in text)

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By a call of the SDK's own `AgentDefinition`, found through the imports."""
        from planlint.dialects.claude_sdk.definitions import DEFINITIONS
        from planlint.readers.python import parse_python

        if document.syntax != "python":
            return None
        module = parse_python(document.source)
        if module.broken and _IMPORT.search(document.source.text):
            return Match(60, "it imports the Claude Agent SDK, though it cannot be parsed")
        if not module.calls_of(*DEFINITIONS):
            return None
        return Match(95, "it calls the Claude Agent SDK's AgentDefinition")

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """One plan for each program."""
        from planlint.dialects.claude_sdk.definitions import RUNTIME, definitions_in
        from planlint.readers.python import parse_python

        loaded = Loaded()
        for document in documents:
            module = parse_python(document.source)
            loaded.problems += module.problems
            whole = document.source.origin(0, len(document.source.text))
            loaded.plans.append(
                Plan(
                    path=document.path,
                    dialect=self.name,
                    origin=whole,
                    tasks=(),
                    agents=definitions_in(module),
                    runtime=RUNTIME,
                    capabilities=self.capabilities,
                    incomplete=module.broken,
                    sources=(whole,),
                )
            )
        return loaded
