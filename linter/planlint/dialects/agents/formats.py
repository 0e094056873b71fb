"""Where each product keeps its agent files and which keys they have.

Looked at on 2026-11-20: code.claude.com/docs/en/sub-agents (Claude Code 2.1.292), cursor.com/docs/agent/subagents,
developers.openai.com/codex/subagents, opencode.ai/v2/docs/agents, google-gemini/gemini-cli docs/core/subagents.md;
on 2026-12-01: docs.github.com/copilot/reference/custom-agents-configuration and
code.visualstudio.com/docs/agents/reference/custom-agent-file-reference.
"""

from __future__ import annotations

import re
from typing import Final

from planlint.records import Record, record
from planlint.source.regex import regex


@record
class AgentFormat(Record):
    """One product's agent files."""

    runtime: str
    """The name of its runtime profile."""
    title: str
    directory: re.Pattern[str]
    """Matches the path of an agent file up to the end of the directory that holds them all."""
    required: tuple[str, ...]
    """Without these the product passes over the file, or refuses it."""
    keys: frozenset[str]
    """All keys that the product knows."""
    named_by_file: bool = False
    """Whether a file without `name` is called as its file is."""
    suffix: str = ".md"
    name_suffix: str = ""
    """A longer ending of the file's name that is no part of the agent's name."""

    def name_of(self, path: str) -> str:
        """What the agent in the file at `path` is called where the file names none."""
        name = path.rpartition("/")[2]
        if self.name_suffix and name.endswith(self.name_suffix):
            return name.removesuffix(self.name_suffix)
        return name.rpartition(".")[0]


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _below(*directories: str) -> re.Pattern[str]:
    return regex(rf"(?:.*/)?(?:{'|'.join(re.escape(directory) for directory in directories)})(?=/)")


CLAUDE_CODE: Final = AgentFormat(
    "claude-code",
    "Claude Code",
    _below(".claude/agents"),
    ("name", "description"),
    _keys(
        "name description tools disallowedTools model permissionMode maxTurns skills mcpServers hooks memory "
        "background omitClaudeMd effort isolation color initialPrompt experimental"
    ),
)

FORMATS: Final = (
    CLAUDE_CODE,
    AgentFormat(
        "codex",
        "Codex",
        _below(".codex/agents"),
        ("name", "description", "developer_instructions"),
        _keys(
            "name description developer_instructions model model_reasoning_effort sandbox_mode mcp_servers skills "
            "nickname_candidates"
        ),
        suffix=".toml",
    ),
    AgentFormat(
        "opencode",
        "OpenCode",
        _below(".opencode/agents", ".opencode/agent"),
        ("description",),
        _keys("name description mode model temperature maxSteps hidden disable tools permission"),
        named_by_file=True,
    ),
    AgentFormat(
        "gemini",
        "Gemini CLI",
        _below(".gemini/agents"),
        ("name", "description"),
        _keys("name description kind tools mcpServers model temperature max_turns timeout_mins"),
    ),
    AgentFormat(
        "cursor",
        "Cursor",
        _below(".cursor/agents"),
        (),
        _keys("name description model readonly is_background"),
        named_by_file=True,
    ),
    AgentFormat(
        "copilot",
        "GitHub Copilot",
        _below(".github/agents"),
        # GitHub wants a description, VS Code nothing: a file for the editor alone is no fault.
        (),
        _keys(
            "name description target tools model disable-model-invocation user-invocable infer mcp-servers metadata "
            "argument-hint agents handoffs hooks"
        ),
        named_by_file=True,
        name_suffix=".agent.md",
    ),
)

_ANY_DIRECTORY = regex(r"(?:.*/)?agents?(?=/)")


def format_of(path: str) -> AgentFormat | None:
    """The product whose agents directory `path` lies in."""
    for one in FORMATS:
        if path.endswith(one.suffix) and one.directory.match(path):
            return one
    return None


def format_by_kind(path: str) -> AgentFormat:
    """The product whose agents directory `path` lies in; elsewhere by its name, else Codex for TOML and Claude Code."""
    known = format_of(path)
    if known is not None:
        return known
    by_name = (one for one in FORMATS if path.endswith(one.name_suffix or one.suffix) and one is not CLAUDE_CODE)
    return next((one for one in by_name if one.name_suffix or one.suffix == ".toml"), CLAUDE_CODE)


def unit_directory(path: str) -> str | None:
    """The directory that holds `path` and all agent files of its product; also that of a plugin (`agents/`)."""
    known = format_of(path)
    match = (known.directory if known is not None else _ANY_DIRECTORY).match(path)
    return match[0] if match else None


def format_for(runtime: str) -> AgentFormat | None:
    """The agent files of a runtime, `claude-code-workflow` included; None for one that has none."""
    return next((one for one in FORMATS if runtime == one.runtime or runtime.startswith(f"{one.runtime}-")), None)
