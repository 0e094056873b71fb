"""The `transcript` dialect: recognises session transcripts that delegate."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.dialects.transcript.records import LAUNCHERS, read_records, text_of
from planlint.model import Capability
from planlint.readers.tree import Mapping

if TYPE_CHECKING:
    from planlint.readers.document import Document, Syntax

_LISTS = frozenset({"TaskCreate", "TodoWrite"})
_KINDS = frozenset({"user", "assistant", "system", "progress", "queue-operation", "attachment", "summary"})


class TranscriptDialect(Dialect):
    """`~/.claude/projects/<slug>/<session>.jsonl`: one plan for the agents launched, one for the task list kept."""

    name: ClassVar[str] = "transcript"
    title: ClassVar[str] = "Claude Code session transcript"
    version: ClassVar[str] = "Claude Code 2.1 (claude-agent-sdk 0.3.328), looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("jsonl",)
    files: ClassVar[tuple[str, ...]] = ("*.jsonl",)
    explicit_only: ClassVar[bool] = True
    capabilities: ClassVar[frozenset[Capability]] = frozenset(
        {
            Capability.TASKS,
            Capability.WRITES,
            Capability.READS,
            Capability.OFF_LIMITS,
            Capability.CONCURRENCY,
            Capability.AGENTS,
            Capability.ISOLATION,
            Capability.BRIEF,
            Capability.LAUNCHES,
        }
    )

    def might_be(self, path: str, text: str) -> bool:
        """Whether a tool that delegates is used anywhere."""
        return '"tool_use"' in text and any(f'"{tool}"' in text for tool in (*LAUNCHERS, *_LISTS))

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By lines with `type` and `message`, and a call that delegates or keeps a list."""
        lines = [root for root in islice(document.roots, 50) if isinstance(root, Mapping)]
        known = [root for root in lines if text_of(root, "type") in _KINDS]
        if not known or 2 * len(known) < len(lines):
            return None
        calls = read_records(document.roots).calls
        agents = sum(1 for call in calls if call.tool in LAUNCHERS)
        kept = sum(1 for call in calls if call.tool in _LISTS)
        if not agents and not kept:
            return None
        return Match(95, f"a session with {agents} launched agents" if agents else "a session that keeps a task list")

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """The agents of the session, and its task list."""
        from planlint.dialects.transcript.session import load_session

        loaded = Loaded()
        for document in documents:
            loaded.plans += load_session(document, self.name, self.capabilities)
        return loaded
