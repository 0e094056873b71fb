"""All dialects by name, imported one by one when asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from planlint.dialects.base import Dialect

if TYPE_CHECKING:
    from planlint.readers.document import Syntax


class Entry(NamedTuple):
    """Where a dialect lives and which syntaxes it reads; a self test keeps it equal to the class."""

    target: str
    """`module:class` below `planlint.dialects`."""
    syntaxes: tuple[Syntax, ...]


ENTRIES: dict[str, Entry] = {
    "planlint": Entry("native.dialect:NativeDialect", ("yaml", "json")),
    "spec-kitty": Entry("spec_kitty.dialect:SpecKittyDialect", ("markdown", "yaml", "json")),
    "spec-kit": Entry("spec_kit.dialect:SpecKitDialect", ("markdown",)),
    "ccpm": Entry("ccpm.dialect:CcpmDialect", ("markdown",)),
    "gsd": Entry("gsd.dialect:GsdDialect", ("markdown",)),
    "taskmaster": Entry("taskmaster.dialect:TaskmasterDialect", ("json",)),
    "claude-tasks": Entry("claude_tasks.dialect:ClaudeTasksDialect", ("json",)),
    "transcript": Entry("transcript.dialect:TranscriptDialect", ("jsonl",)),
    "superpowers": Entry("superpowers.dialect:SuperpowersDialect", ("markdown",)),
    "kiro": Entry("kiro.dialect:KiroDialect", ("markdown",)),
    "openspec": Entry("openspec.dialect:OpenSpecDialect", ("markdown",)),
    "crewai": Entry("crewai.dialect:CrewAiDialect", ("yaml", "json", "python")),
    "claude-sdk": Entry("claude_sdk.dialect:ClaudeSdkDialect", ("python",)),
    "workflow": Entry("workflow.dialect:WorkflowDialect", ("javascript",)),
    "agents": Entry("agents.dialect:AgentsDialect", ("markdown", "toml")),
    "claude-md": Entry("claude_md.dialect:ClaudeMdDialect", ("markdown",)),
    "invented": Entry("invented.dialect:InventedDialect", ("yaml", "json", "markdown")),
    "work-items": Entry("work_items.dialect:WorkItemsDialect", ("markdown",)),
}
"""Known here without importing anything: start-up pays only for the dialects of the syntaxes it meets."""


def dialect_names(syntax: Syntax | None = None) -> tuple[str, ...]:
    """The names of all dialects (of those that read `syntax`), in the order in which they are tried."""
    return tuple(name for name, entry in ENTRIES.items() if syntax is None or syntax in entry.syntaxes)


@cache
def get_dialect(name: str) -> Dialect:
    """The dialect called `name`; raises `KeyError` for an unknown one."""
    module_name, class_name = ENTRIES[name].target.split(":")
    found = getattr(import_module(f"planlint.dialects.{module_name}"), class_name)()
    assert isinstance(found, Dialect)
    return found
