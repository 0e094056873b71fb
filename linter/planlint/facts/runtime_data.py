"""The dated table of runtime profiles. Facts only; `runtimes` says what each field means.

Read from the vendors' documentation and changelogs as of the dates below; what was only measured or reported by users
says so in `sources`. When a number changes, change it here, with its date and version.
"""

from __future__ import annotations

from planlint.facts.runtimes import AgentType, MemoryRules, Runtime

_CLAUDE_BACKGROUND_TOOLS = (
    "Read",
    "Grep",
    "Glob",
    "LSP",
    "Bash",
    "PowerShell",
    "Edit",
    "Write",
    "NotebookEdit",
    "WebFetch",
    "WebSearch",
    "TodoWrite",
    "Skill",
    "ToolSearch",
    "EnterWorktree",
    "ExitWorktree",
    "Monitor",
    "TaskStop",
    "SendMessage",
    "Artifact",
    "SubagentHandback",
)


CLAUDE_CODE = Runtime(
    name="claude-code",
    title="Claude Code",
    as_of="2026-11-20",
    version="2.1.292",
    sources={
        "max_concurrent": "code.claude.com/docs/en/sub-agents: 20 running sub-agents per session since 2.1.217",
        "max_parallel": "code.claude.com/docs/en/env-vars: CLAUDE_CODE_MAX_TOOL_USE_CONCURRENCY, 10",
        "max_depth": "code.claude.com/docs/en/sub-agents: 3 levels since 2.1.219",
        "startup_tokens": "measured by users: 10k for a lean agent, 20k to 35k for a general one, 48k with plugins "
        "(anthropics/claude-code#50213, #82739, #84289, #77834); 20k is the middle, not a documented constant",
        "lean_startup_tokens": "measured by users: 10.1k to 11.4k (anthropics/claude-code#50213, #17457, #82739)",
        "window_tokens": "code.claude.com/docs/en/model-config: 200k without extended context, 1M with it",
        "model_windows": "platform.claude.com/docs/en/build-with-claude/context-windows; the models that have no "
        "200k boundary",
        "result_chars": "code.claude.com/docs/en/env-vars: TASK_MAX_OUTPUT_LENGTH, 32,000",
        "token_factor": "1.15 for models up to 4.6, against o200k on a real CLAUDE.md; kept as the low end",
        "token_factor_high": "1.6 for models from 4.7 on (published samples: 1.4 to 1.7)",
        "memory": "code.claude.com/docs/en/memory; AGENTS.md in place of CLAUDE.md since 2.1.277",
        "agents": "code.claude.com/docs/en/sub-agents",
        "background_tools": "code.claude.com/docs/en/sub-agents",
        "removed_tools": "changelog 2.1.277",
        "background_default": "code.claude.com/docs/en/sub-agents: since 2.1.198",
    },
    max_concurrent=20,
    max_parallel=10,
    max_depth=3,
    startup_tokens=20_000,
    lean_startup_tokens=10_000,
    window_tokens=200_000,
    model_windows=tuple(
        (name, 1_000_000) for name in ("fable-5", "mythos-5", "opus-4-7", "opus-4-8", "opus-5", "sonnet-5", "haiku-5-5")
    ),
    result_chars=32_000,
    token_factor=1.15,
    token_factor_high=1.6,
    memory=MemoryRules(
        groups=(("CLAUDE.md",), (".claude/CLAUDE.md",), ("CLAUDE.local.md",)),
        fallback=(("AGENTS.md",), (".claude/AGENTS.md",)),
        rules_directory=".claude/rules",
        imports=True,
        max_hops=4,
        strips_comments=True,
    ),
    agents=(
        AgentType("general-purpose"),
        AgentType("claude"),
        AgentType("Explore", read_only=True, loads_memory=False, can_delegate=False),
        AgentType("Plan", read_only=True, loads_memory=False, can_delegate=False),
        AgentType("statusline-setup", can_delegate=False),
        AgentType("claude-code-guide", read_only=True, can_delegate=False),
        AgentType("fork", inherits_conversation=True),
    ),
    default_agent="general-purpose",
    agents_directory=".claude/agents",
    launch_tools=("Agent", "Task"),
    write_tools=("Edit", "Write", "NotebookEdit", "MultiEdit"),
    shell_tools=("Bash", "PowerShell"),
    never_given=(
        "AskUserQuestion",
        "EndConversation",
        "EnterPlanMode",
        "ExitPlanMode",
        "ScheduleWakeup",
        "WaitForMcpServers",
        "Workflow",
    ),
    background_tools=_CLAUDE_BACKGROUND_TOOLS,
    removed_tools={
        "TaskOutput": "removed in 2.1.277; read the agent's output file instead",
        "AgentOutputTool": "replaced by TaskOutput, itself removed in 2.1.277; read the agent's output file instead",
        "TeamCreate": "removed in 2.1.178; launch an agent with a `name` instead",
        "TeamDelete": "removed in 2.1.178; a team ends with its session",
    },
    background_default=True,
)

CLAUDE_CODE_WORKFLOW = CLAUDE_CODE.replace(
    name="claude-code-workflow",
    title="Claude Code workflow",
    sources={
        **CLAUDE_CODE.sources,
        "max_concurrent": "code.claude.com/docs/en/workflows: min(16, processors - 2)",
        "max_parallel": "code.claude.com/docs/en/workflows: min(16, processors - 2)",
        "max_total": "code.claude.com/docs/en/workflows: 1,000 agents a run",
        "warn_agents": "code.claude.com/docs/en/workflows: warned above 25 agents",
    },
    max_concurrent=16,
    max_parallel=16,
    max_total=1000,
    warn_agents=25,
    launch_tools=("agent", "Agent", "Task"),
)

CODEX = Runtime(
    name="codex",
    title="Codex CLI",
    as_of="2026-11-20",
    version="0.145",
    sources={
        "max_concurrent": "developers.openai.com/codex/subagents: agents.max_threads, 6 (newer keys disagree)",
        "max_depth": "developers.openai.com/codex/subagents: agents.max_depth, 1",
        "memory": "developers.openai.com/codex: AGENTS.override.md before AGENTS.md, 32 KiB in all",
    },
    max_concurrent=6,
    max_parallel=6,
    max_depth=1,
    window_tokens=272_000,
    memory=MemoryRules(groups=(("AGENTS.override.md", "AGENTS.md"),), max_bytes=32 * 1024),
    agents=(AgentType("default"), AgentType("worker"), AgentType("explorer", read_only=True)),
    default_agent="default",
    agents_directory=".codex/agents",
    launch_tools=("spawn_agent", "spawn_agents_on_csv"),
)

CURSOR = Runtime(
    name="cursor",
    title="Cursor",
    as_of="2026-11-20",
    version="2.0",
    sources={
        "max_concurrent": "articles on Cursor 2.0 (2025-10-29): 8 agents, each in a worktree of its own",
        "memory": "cursor.com/docs: AGENTS.md and rules with alwaysApply",
    },
    max_concurrent=8,
    max_parallel=8,
    memory=MemoryRules(
        groups=(("AGENTS.md",),),
        rules_directory=".cursor/rules",
        rules_suffix=".mdc",
        rules_condition="always-apply",
    ),
    agents=(AgentType("Explore", read_only=True), AgentType("Bash"), AgentType("Browser", read_only=True)),
    agents_directory=".cursor/agents",
    launch_tools=("Task",),
)

OPENCODE = Runtime(
    name="opencode",
    title="OpenCode",
    as_of="2026-11-20",
    version="2",
    sources={
        "memory": "anomalyco/opencode#4483 (2025-11): AGENTS.md, else CLAUDE.md, also for sub-agents",
        "agents": "opencode.ai/v2/docs/agents",
    },
    max_depth=1,
    memory=MemoryRules(groups=(("AGENTS.md", "CLAUDE.md"),)),
    agents=(
        AgentType("build"),
        AgentType("plan", read_only=True),
        AgentType("general", can_delegate=False),
        AgentType("explore", read_only=True, can_delegate=False),
    ),
    default_agent="general",
    agents_directory=".opencode/agent",
    launch_tools=("task",),
    write_tools=("edit", "write", "patch"),
    shell_tools=("bash",),
)

GEMINI = Runtime(
    name="gemini",
    title="Gemini CLI",
    as_of="2026-11-20",
    version="",
    sources={
        "max_depth": "google-gemini/gemini-cli docs/core/subagents.md: sub-agents start none",
        "memory": "google-gemini/gemini-cli: GEMINI.md",
    },
    max_depth=1,
    window_tokens=1_000_000,
    memory=MemoryRules(groups=(("GEMINI.md",),), imports=True, max_hops=5),
    agents=(
        AgentType("codebase_investigator", read_only=True, can_delegate=False),
        AgentType("cli_help", read_only=True, can_delegate=False),
        AgentType("generalist", can_delegate=False),
        AgentType("browser_agent", can_delegate=False),
    ),
    agents_directory=".gemini/agents",
    launch_tools=("invoke_agent",),
)

COPILOT = Runtime(
    name="copilot",
    title="GitHub Copilot",
    as_of="2026-12-01",
    version="",
    sources={
        "memory": "docs.github.com/copilot: .github/copilot-instructions.md and AGENTS.md",
        "agents_directory": "docs.github.com/copilot/reference/custom-agents-configuration",
    },
    memory=MemoryRules(groups=((".github/copilot-instructions.md",), ("AGENTS.md",))),
    agents_directory=".github/agents",
    launch_tools=("agent", "task", "runSubagent"),
)

GENERIC = Runtime(
    name="generic",
    title="any runtime",
    as_of="2026-11-20",
    version="",
    sources={"startup_tokens": "as for Claude Code; no other figure is published"},
)

PROFILES: dict[str, Runtime] = {
    profile.name: profile
    for profile in (CLAUDE_CODE, CLAUDE_CODE_WORKFLOW, CODEX, CURSOR, OPENCODE, GEMINI, COPILOT, GENERIC)
}
"""All profiles by name."""

ALIASES: dict[str, str] = {
    "claude": "claude-code",
    "claudecode": "claude-code",
    "workflow": "claude-code-workflow",
    "codex-cli": "codex",
    "openai-codex": "codex",
    "gemini-cli": "gemini",
    "github-copilot": "copilot",
    "none": "generic",
    "other": "generic",
}
"""Other names people write for a profile."""
