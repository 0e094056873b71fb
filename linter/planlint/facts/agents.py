"""`AgentCatalogue`: which agent types exist for a plan, which tools each has, and what it is given at start."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from planlint.facts.runtimes import AgentType, Runtime, agent_key
from planlint.model import AgentDefinition, Isolation, Task

if TYPE_CHECKING:
    from planlint.facts.facts import Facts


class AgentCatalogue:
    """The agent types that the runtime has, the plan defines, or the repository holds files for.

    A person's own agent types (`~/.claude/agents`) and those of plugins are out of sight, so a missing name is only as
    good as `complete` says.
    """

    def __init__(self, facts: Facts) -> None:
        self.runtime: Runtime = facts.runtime
        self._plan = facts.plan
        self._tasks = facts.tasks
        self._repository = facts.repository

    # -- types -----------------------------------------------------------------------------------------------------

    @cached_property
    def types(self) -> dict[str, AgentType]:
        """Every known type by its key (`runtimes.agent_key`). The plan wins over the repository, it over built-ins."""
        found = {agent_key(agent.name): agent for agent in self.runtime.agents}
        for definition in (*self.in_repository, *self._plan.agents):
            found[agent_key(definition.name)] = self._as_type(definition)
        return found

    @cached_property
    def in_repository(self) -> tuple[AgentDefinition, ...]:
        """The definitions in the runtime's agents directory (`.claude/agents/**`), in path order.

        Read lightly: files without a name, which the runtime skips, are left out.
        """
        from planlint.dialects.agents.formats import format_for

        directory, format = self.runtime.agents_directory, format_for(self.runtime.name)
        if directory is None or format is None:
            return ()
        from planlint.dialects.agents.definition import read_definition

        found = []
        for path in sorted(self._repository.walk(directory)):
            source = self._repository.source(path) if path.endswith(format.suffix) else None
            definition = None if source is None else read_definition(source, format)
            if definition is not None:
                found.append(definition)
        return tuple(found)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all known types, for suggestions."""
        return tuple(agent.name for agent in self.types.values())

    @property
    def complete(self) -> bool:
        """Whether a name that is not here is likely wrong.

        True where the repository defines types of its own, so that people keep them there, and the runtime's are known.
        """
        return self._repository.known and bool(self.runtime.agents) and bool(self.in_repository or self._plan.agents)

    def find(self, name: str | None) -> AgentType | None:
        """The type called `name`; None where nobody defines it. Without a name, the runtime's default type."""
        wanted = name or self.runtime.default_agent
        return None if wanted is None else self.types.get(agent_key(wanted))

    def of(self, task: Task) -> AgentType | None:
        """The type of the agent that `task` asks for, or that a launch without a type gets; None when unknown."""
        return self.find(task.agent.type)

    @cached_property
    def alike(self) -> list[list[Task]]:
        """The live tasks, those together whose agents are alike: what this catalogue says of one holds for the others.

        A plan of many tasks has few sorts of agents, so rules about agents ask once for each sort.
        """
        found: dict[tuple[object, ...], list[Task]] = {}
        for task in self._tasks:
            agent = task.agent
            sort = (agent.type, agent.model, agent.tools, agent.background, task.isolation)
            alike = found.get(sort)
            if alike is None:
                found[sort] = [task]
            else:
                alike.append(task)
        return list(found.values())

    # -- tools -----------------------------------------------------------------------------------------------------

    def tools(self, task: Task) -> frozenset[str] | None:
        """The tools that the task's agent is limited to; None: it has all that a sub-agent may have, or is unknown.

        The task's own list counts before the type's. MCP tools are part of it only where they are named.
        """
        agent = self.of(task)
        allowed = task.agent.tools if task.agent.tools is not None else agent.tools if agent else None
        if allowed is None:
            return None
        denied = set(agent.disallowed_tools) if agent else set()
        return frozenset(bare for tool in allowed if (bare := _bare(tool)) not in denied)

    def has_tool(self, task: Task, tool: str) -> bool | None:
        """Whether the task's agent can use `tool`; None when that cannot be known."""
        wanted = _bare(tool)
        agent = self.of(task)
        if wanted in self.runtime.never_given or wanted in self.runtime.removed_tools:
            return agent is not None and agent.inherits_conversation and wanted not in self.runtime.removed_tools
        if agent is not None and wanted in agent.disallowed_tools:
            return False
        keeps = self.runtime.background_tools
        if self.in_background(task) and keeps is not None and wanted not in keeps and not wanted.startswith("mcp__"):
            return False
        allowed = self.tools(task)
        if allowed is not None:
            return wanted in allowed or "*" in allowed
        if agent is None:
            return None
        return not (agent.read_only and wanted in self.runtime.write_tools)

    def in_background(self, task: Task) -> bool:
        """Whether the task itself says that its agent runs in the background (the runtime's default does not count)."""
        return task.agent.background is True

    def can_write(self, task: Task) -> bool | None:
        """Whether the task's agent has a tool that is made for changing files; None when its type is unknown.

        A shell is no such tool: nearly every read-only reviewer has one, to run checks.
        """
        if task.isolation is Isolation.READ_ONLY:
            return False
        agent = self.of(task)
        if agent is not None and agent.read_only:
            return False
        allowed = self.tools(task)
        if allowed is None:
            if agent is None:
                return None
            return any(tool not in agent.disallowed_tools for tool in self.runtime.write_tools) or None
        if "*" in allowed:
            return True
        return any(tool in allowed for tool in self.runtime.write_tools) if self.runtime.write_tools else None

    def can_run_commands(self, task: Task) -> bool | None:
        """Whether the task's agent has a shell; None when its type is unknown."""
        allowed = self.tools(task)
        if allowed is not None:
            return "*" in allowed or any(tool in allowed for tool in self.runtime.shell_tools)
        agent = self.of(task)
        return None if agent is None else any(tool not in agent.disallowed_tools for tool in self.runtime.shell_tools)

    # -- context ---------------------------------------------------------------------------------------------------

    def loads_memory(self, task: Task) -> bool:
        """Whether the task's agent gets the memory files; an unknown type is taken for an ordinary one, which does."""
        agent = self.of(task)
        return agent is None or agent.loads_memory

    def startup_tokens(self, task: Task) -> int:
        """What the agent costs before it does anything, memory files apart: the lean figure for a short tool list.

        "Short" is up to eight tools, as the measured lean agents had (five). A fork reuses its parent's context.
        """
        agent = self.of(task)
        if agent is not None and agent.inherits_conversation:
            return 0
        allowed = self.tools(task)
        lean = allowed is not None and "*" not in allowed and len(allowed) <= 8
        return self.runtime.lean_startup_tokens if lean else self.runtime.startup_tokens

    def _as_type(self, definition: AgentDefinition) -> AgentType:
        tools = None if definition.tools is None else tuple(_bare(tool) for tool in definition.tools)
        denied = tuple(_bare(tool) for tool in definition.disallowed_tools)
        writers = self.runtime.write_tools
        if tools is not None:
            read_only = bool(writers) and "*" not in tools and not any(t in tools and t not in denied for t in writers)
        else:
            read_only = bool(writers) and all(tool in denied for tool in writers)
        delegates = tools is None or any(tool in tools for tool in self.runtime.launch_tools)
        return AgentType(
            definition.name,
            read_only=read_only,
            loads_memory=definition.loads_memory,
            tools=tools,
            disallowed_tools=denied,
            can_delegate=delegates,
        )


def _bare(tool: str) -> str:
    """`Bash(git diff:*)` is the tool `Bash`."""
    return tool.partition("(")[0].strip()
