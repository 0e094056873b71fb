"""`Facts`: everything rules may ask about one plan, each fact computed once and only when asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.facts.settings import Settings
from planlint.facts.text_index import TextIndex
from planlint.model import FanOut, Plan, Task

if TYPE_CHECKING:
    from planlint.facts.agents import AgentCatalogue
    from planlint.facts.contracts import Contracts
    from planlint.facts.conventions import Conventions
    from planlint.facts.costs import Costs
    from planlint.facts.effects import Effects
    from planlint.facts.memory import Memory
    from planlint.facts.repository import Repository
    from planlint.facts.runtimes import Runtime


class Facts:
    """One plan with all that can be concluded from it. Rules get this and nothing else."""

    def __init__(self, plan: Plan, repository: Repository, settings: Settings | None = None) -> None:
        self.plan = plan
        self.repository = repository
        self.settings = settings or Settings()

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that rules should look at: work of their own, not finished (unless asked for), in file order."""
        return self.order.live_tasks

    def task(self, index: int) -> Task:
        """The task with this `index`."""
        return self.plan.tasks[index]

    @cached_property
    def told(self) -> TextIndex:
        """What agents are told, searched in all tasks at once: titles, briefs, checks and results; prompts of agent
        definitions belong to no task."""
        texts = (f"{task.title}\n{task.brief}\n{task.verify or ''}\n{task.returns or ''}" for task in self.plan.tasks)
        return TextIndex(texts, (definition.prompt for definition in self.plan.agents))

    @cached_property
    def paths(self) -> TextIndex:
        """The paths that tasks write and read, searched in all tasks at once."""
        return TextIndex("\n".join([scope.path for scope in (*task.writes, *task.reads)]) for task in self.plan.tasks)

    def mentions(self, *words: str) -> bool:
        """Whether any of `words` (in lower case) stands in what agents are told, be it part of a longer word."""
        return self.told.mentions(*words)

    @cached_property
    def references(self) -> References:
        """Which task each reference means."""
        return References(self.plan)

    @cached_property
    def order(self) -> Order:
        """Happens-before."""
        return Order(self.plan, self.references, include_done=self.settings.include_done)

    @cached_property
    def effects(self) -> Effects:
        """Who writes and reads which path."""
        from planlint.facts.effects import Effects

        return Effects(self.plan, self.order, case_sensitive=self.settings.case_sensitive)

    @cached_property
    def contracts(self) -> Contracts:
        """Who provides and consumes which interface, and whether it is fixed first."""
        from planlint.facts.contracts import Contracts

        return Contracts(self)

    @cached_property
    def runtime(self) -> Runtime:
        """Limits and costs of the runtime that executes the plan."""
        from planlint.facts.runtimes import runtime_for

        return runtime_for(self.settings.runtime or self.plan.runtime, self.settings.runtime_overrides)

    @cached_property
    def costs(self) -> Costs:
        """Agents, inherited context and work in tokens."""
        from planlint.facts.costs import Costs

        return Costs(self)

    @cached_property
    def fan_outs(self) -> tuple[FanOut, ...]:
        """Agents that are started for each of something."""
        from planlint.facts.fan_outs import fan_outs_of

        return fan_outs_of(self)

    @cached_property
    def memory(self) -> Memory:
        """The context files that agents inherit, imports followed."""
        from planlint.facts.memory import Memory

        return Memory(self)

    @cached_property
    def agents(self) -> AgentCatalogue:
        """Which agent types exist, what each may do and what it is given."""
        from planlint.facts.agents import AgentCatalogue

        return AgentCatalogue(self)

    @cached_property
    def conventions(self) -> Conventions:
        """Hub files, number sequences and scratch names, the project's own additions included."""
        from planlint.facts.conventions import Conventions

        return Conventions(self.settings.hubs)
