"""Drafts: mutable tasks and plans that a dialect fills while it reads, frozen into the model at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from planlint.diagnostics import Evidence
from planlint.model import (
    Agent,
    ContractRef,
    Dependency,
    Isolation,
    Kind,
    Mode,
    Plan,
    Resource,
    Scope,
    Task,
)
from planlint.source import Origin


@dataclass(slots=True)
class TaskDraft:
    """A `Task` in the making; the fields are the model's, lists instead of tuples."""

    id: str
    origin: Origin
    index: int = -1
    """Set by `PlanDraft.add`."""
    title: str = ""
    brief: str = ""
    kind: Kind = Kind.BUILD
    agent: Agent = field(default_factory=Agent)
    isolation: Isolation | None = None
    phase: str | None = None
    wave: str | None = None
    parallel: bool | None = None
    done: bool = False
    optional: bool = False
    container: bool = False
    parent: int | None = None
    writes: list[Scope] = field(default_factory=list)
    reads: list[Scope] = field(default_factory=list)
    off_limits: list[Scope] = field(default_factory=list)
    scope_known: bool | None = None
    broad: bool = False
    resources: list[Resource] = field(default_factory=list)
    depends_on: list[Dependency] = field(default_factory=list)
    blocks: list[Dependency] = field(default_factory=list)
    conflicts_with: list[Dependency] = field(default_factory=list)
    provides: list[ContractRef] = field(default_factory=list)
    consumes: list[ContractRef] = field(default_factory=list)
    verify: str | None = None
    returns: str | None = None
    estimate: float | None = None
    places: dict[str, Origin] = field(default_factory=dict)

    def write(self, path: str, origin: Origin, mode: Mode = Mode.WRITE, **more: Any) -> None:
        """Add a write scope, unless the task has the same path, mode and place already."""
        self._add(self.writes, Scope(path=path, mode=mode, origin=origin, **more))

    def read(self, path: str, origin: Origin, **more: Any) -> None:
        """Add a read scope."""
        self._add(self.reads, Scope(path=path, mode=Mode.READ, origin=origin, **more))

    def keep_off(self, path: str, origin: Origin, **more: Any) -> None:
        """Add an off-limits scope."""
        self._add(self.off_limits, Scope(path=path, mode=Mode.WRITE, origin=origin, **more))

    def depend(self, task: str, origin: Origin, evidence: Evidence = Evidence.DECLARED, **more: Any) -> None:
        """Add a dependency, unless the same one is there with evidence as firm."""
        for known in self.depends_on:
            if known.task == task and known.target == more.get("target") and known.evidence.rank <= evidence.rank:
                return
        self.depends_on.append(Dependency(task=task, origin=origin, evidence=evidence, **more))

    def freeze(self) -> Task:
        """The finished task."""
        values: dict[str, Any] = {}
        for name in self.__slots__:
            value = getattr(self, name)
            values[name] = tuple(value) if isinstance(value, list) else value
        return Task(**values)

    @staticmethod
    def _add(scopes: list[Scope], scope: Scope) -> None:
        for known in scopes:
            if known.path == scope.path and known.mode == scope.mode and known.part == scope.part:
                return
        scopes.append(scope)


class PlanDraft:
    """Tasks in the order of the file, numbered as they come; `finish` freezes them into a `Plan`."""

    def __init__(self, path: str, dialect: str, origin: Origin) -> None:
        self.path = path
        self.dialect = dialect
        self.origin = origin
        self.tasks: list[TaskDraft] = []

    def add(self, task: TaskDraft) -> TaskDraft:
        """Number `task` and keep it."""
        task.index = len(self.tasks)
        self.tasks.append(task)
        return task

    def finish(self, **fields: Any) -> Plan:
        """The plan; `fields` are further fields of `Plan` (`schedule`, `capabilities`, `isolation`, ...)."""
        return Plan(
            path=self.path,
            dialect=self.dialect,
            origin=self.origin,
            tasks=tuple(task.freeze() for task in self.tasks),
            **fields,
        )
