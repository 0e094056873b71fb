"""`Plan`: tasks with their order, contracts, limits and inherited context."""

from __future__ import annotations

from enum import StrEnum

from planlint.diagnostics import Evidence
from planlint.model.agents import AgentDefinition, Isolation
from planlint.model.base import NO_PLACES, Part, Place, Places, part
from planlint.model.contracts import Contract
from planlint.model.execution import FanOut, LaunchScript
from planlint.model.schedule import Schedule
from planlint.model.scopes import Scope
from planlint.model.task import Task
from planlint.source import Origin


class Capability(StrEnum):
    """What a format can express. A rule names what it needs and is skipped, with a reason, where it is missing."""

    TASKS = "tasks"
    WRITES = "writes"
    """Files that a task changes, declared or told in prose."""
    DECLARED_WRITES = "declared-writes"
    """A field or marker for them, so that a missing one means something."""
    READS = "reads"
    OFF_LIMITS = "off-limits"
    DEPENDENCIES = "dependencies"
    CONCURRENCY = "concurrency"
    """The format can say, or defines, that tasks run at the same time."""
    WAVES = "waves"
    CONTRACTS = "contracts"
    AGENTS = "agents"
    """Tasks name agent types."""
    AGENT_DEFINITIONS = "agent-definitions"
    ISOLATION = "isolation"
    BRIEF = "brief"
    """A text that is handed to the agent."""
    FRESH_AGENTS = "fresh-agents"
    """The executor starts a new agent for each task, which gets the brief and no earlier conversation."""
    VERIFY = "verify"
    RETURNS = "returns"
    ESTIMATES = "estimates"
    CONTEXT = "context"
    """Agents inherit context files."""
    LAUNCHES = "launches"
    """Code or pseudo-code that starts agents."""
    LIMITS = "limits"
    """How many agents may run at once."""
    STATUS = "status"
    """Which tasks are finished."""


@part
class ContextFile(Part):
    """A file that agents inherit at start (`CLAUDE.md`): path as the plan names it."""

    path: str
    origin: Place
    evidence: Evidence = Evidence.DECLARED


@part
class Constraint(Part):
    """A plan-wide statement about files.

    `kind`: `off-limits` (nobody), `single-owner` (only `owner`), `hub` (its owner alone, or one task at a time),
    `acknowledged` (the plan admits that several tasks touch it and says how that is handled).
    """

    kind: str
    scope: Scope
    origin: Place
    owner: str | None = None
    """Id, agent name or title of the task that may; None: nobody in this plan."""
    tasks: tuple[str, ...] = ()
    """The tasks concerned; empty: all."""
    note: str | None = None


@part
class Plan(Part):
    """A delegation plan in planlint's own terms."""

    path: str
    """The file, or the directory for a plan spread over files; relative to the root, with `/`."""
    dialect: str
    origin: Place
    """The part of the file that is the plan (all of it for most formats)."""
    tasks: tuple[Task, ...]
    schedule: Schedule | None = None
    """None: nothing but dependencies orders the tasks (the same as one inferred `Parallel` of all)."""
    dependencies_decide: bool = False
    """The executor orders tasks by their dependencies; where a wave number says otherwise it only warns."""
    name: str = ""
    isolation: Isolation = Isolation.UNKNOWN
    runtime: str | None = None
    max_parallel: int | None = None
    contracts: tuple[Contract, ...] = ()
    context: tuple[ContextFile, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    agents: tuple[AgentDefinition, ...] = ()
    """Agent types defined by the plan or beside it."""
    scripts: tuple[LaunchScript, ...] = ()
    fan_outs: tuple[FanOut, ...] = ()
    """One-agent-per-element statements outside of scripts ("one agent per service")."""
    workers: int | None = None
    """How many workers the plan says it starts, where that is said apart from the tasks."""
    inherited_budget: int | None = None
    """The most tokens of inherited context that the plan allows itself, over all agents together."""
    capabilities: frozenset[Capability] = frozenset()
    known_ids: frozenset[str] = frozenset()
    """Ids of tasks that exist but are not part of this load (executed earlier, another tag): never unknown."""
    incomplete: bool = False
    """A part of the plan could not be read, so nothing may be concluded from what is missing."""
    pattern: bool = False
    """A template or standing pattern, not one concrete piece of work: files and ids it leaves open are not missing."""
    design_documents: tuple[str, ...] = ()
    """Patterns of the plan's own documents (spec, research, contracts): cited, not written."""
    sources: tuple[Origin, ...] = ()
    """One origin for each file that was read into the plan."""
    places: Places = NO_PLACES

    def at(self, field: str, index: int | None = None) -> Origin:
        """Where `field` (and its item `index`) stands; the nearest parent answers for what is missing."""
        if index is not None:
            items = getattr(self, field, ())
            if isinstance(items, tuple) and 0 <= index < len(items):
                found = getattr(items[index], "origin", None)
                if isinstance(found, Origin):
                    return found
        return self.places.get(field) or self.head

    @property
    def head(self) -> Origin:
        """The plan's name, else its first task, else its first line: where a finding about all of it points."""
        place = self.places.get("name") or self.places.get("plan")
        if place is not None:
            return place
        if self.tasks:
            return self.tasks[0].name_origin
        return self.origin.narrow(0, len(self.origin.text.split("\n", 1)[0]))

    def has(self, *capabilities: Capability) -> bool:
        """Whether the format can express all of `capabilities`."""
        return all(capability in self.capabilities for capability in capabilities)

    def isolation_of(self, task: Task) -> Isolation:
        """The isolation that counts for `task`."""
        return task.isolation or self.isolation

    @property
    def work(self) -> tuple[Task, ...]:
        """The tasks that are work of their own (no containers)."""
        return tuple(task for task in self.tasks if not task.container)
