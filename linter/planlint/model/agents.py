"""Who does the work: the agent asked for by a task, the agent types a repository defines, and isolation."""

from __future__ import annotations

from enum import StrEnum

from planlint.model.base import NO_PLACES, Part, Place, Places, part


class Isolation(StrEnum):
    """What concurrent tasks work in; it decides what an overlap costs."""

    SHARED = "shared"
    """One checkout: the last write wins and the others are lost."""
    WORKTREE = "worktree"
    """A git worktree each: overlaps become merge conflicts."""
    BRANCH = "branch"
    """A branch or clone each: as a worktree."""
    STACKED = "stacked"
    """Branches on top of each other: as a branch, and more than one parent is impossible."""
    READ_ONLY = "read-only"
    """Nothing can be written."""
    UNKNOWN = "unknown"
    """The plan does not say; planlint assumes one shared checkout and says so."""

    @property
    def separate(self) -> bool:
        """Whether concurrent writers cannot see each other's files."""
        return self in (Isolation.WORKTREE, Isolation.BRANCH, Isolation.STACKED)


@part
class Agent(Part):
    """The agent that a task asks for. Every field may be unsaid (None)."""

    type: str | None = None
    """The agent type, as `subagent_type` has it."""
    name: str | None = None
    """The name of this one worker ("Agent A", "backend"): tasks of one worker run one after another."""
    model: str | None = None
    tools: tuple[str, ...] | None = None
    """The tools it may use; None: it inherits all."""
    background: bool | None = None
    mode: str | None = None
    """Permission mode, as the runtime spells it."""
    origin: Place | None = None
    places: Places = NO_PLACES


@part
class AgentDefinition(Part):
    """An agent type as a file or a call defines it (`.claude/agents/*.md`, `AgentDefinition(...)`)."""

    name: str
    origin: Place
    runtime: str = "claude-code"
    description: str | None = None
    model: str | None = None
    tools: tuple[str, ...] | None = None
    """Allowed tools; None: all are inherited."""
    disallowed_tools: tuple[str, ...] = ()
    isolation: Isolation | None = None
    background: bool | None = None
    loads_memory: bool = True
    """Whether it gets the memory files (`omitClaudeMd` turns it off)."""
    permission_mode: str | None = None
    max_turns: int | None = None
    directories: tuple[str, ...] = ()
    """Directories it is confined to, where the format can say so."""
    prompt: str = ""
    prompt_origin: Place | None = None
    places: Places = NO_PLACES
