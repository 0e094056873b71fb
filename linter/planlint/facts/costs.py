"""`Costs`: agents, what each of them inherits, and the work they carry, in tokens.

Tokens are estimates (`tokens`: o200k ±10 %, times the runtime's factor), start-up costs are middle values of users'
measurements (`Runtime.startup_tokens`). The numbers are for comparing with each other and with a budget, not for a
bill; `explain` says for each where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from planlint.diagnostics import Evidence
from planlint.facts.delegation import Delegation, delegation_of
from planlint.facts.file_tokens import FILE_TOKENS, FileTokens
from planlint.facts.memory_files import MemoryFile
from planlint.facts.tokens import estimate, estimate_at_most
from planlint.model import Capability, Kind, Task

if TYPE_CHECKING:
    from planlint.facts.facts import Facts
    from planlint.facts.fragmentation import Fragmentation

PASSES = 3
"""How often the text of a changed file goes through a window: read or drafted, edited, checked. An assumption."""

MINUTE_TOKENS = 3_000
"""Tokens of a minute of work where the plan estimates time: 50 a second. An assumption."""

LOOKING_TOKENS = 15_000
"""Tokens of a review or research task: whole runs of two exploring agents with 8 to 10 tool calls took 20.8k and 40.8k,
start-up included (antigravity-claude-proxy#276)."""


class Costs:
    """What a plan costs before and during its work."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.runtime = facts.runtime
        self._brief_tokens: dict[int, int] = {}
        self._file_tokens: dict[int, int] = {}
        self._startup: dict[tuple[str | None, tuple[str, ...] | None], int] = {}
        self._fragmentations: dict[bool, Fragmentation | None] = {}

    # -- agents ----------------------------------------------------------------------------------------------------

    @cached_property
    def delegation(self) -> Delegation:
        """Which tasks start an agent, and how sure that is."""
        return delegation_of(self._facts)

    @cached_property
    def delegated(self) -> tuple[Task, ...]:
        """The tasks that the plan really hands to agents, in plan order; none where that is only concluded from marks.

        A checklist with parallel marks may be walked through by one agent, so nothing can be said about its agents.
        """
        if self.delegation.evidence is Evidence.INFERRED:
            return ()
        return tuple(map(self._facts.plan.tasks.__getitem__, self.delegation.tasks))

    @cached_property
    def fresh(self) -> tuple[Task, ...]:
        """The tasks whose brief an agent without any other context gets: handed out, if by the executor; no forks."""
        facts = self._facts
        tasks = facts.tasks if facts.plan.has(Capability.FRESH_AGENTS) else self.delegated
        # Whether an agent is a fork depends on its type, of which a plan has few.
        types = {task.agent.type: task for task in tasks}
        forks = {sort for sort, task in types.items() if self._is_fork(task)}
        return tuple([task for task in tasks if task.agent.type not in forks]) if forks else tasks

    @property
    def agents(self) -> int:
        """How many agents the plan starts; 0 for a list that one agent walks through."""
        return self.delegation.agents

    @cached_property
    def agents_loading_memory(self) -> int:
        """How many of them get the memory files: all but types such as Explore and Plan, and forks."""
        catalogue = self._facts.agents
        delegated = set(self.delegation.tasks)
        loading = [
            task
            for alike in catalogue.alike
            if catalogue.loads_memory(alike[0]) and not self._is_fork(alike[0])
            for task in alike
            if task.index in delegated
        ]
        workers = {task.agent.name for task in loading if task.agent.name}
        return min(self.agents, len(workers) + sum(1 for task in loading if not task.agent.name))

    @cached_property
    def max_width(self) -> int:
        """The most delegated tasks that can run at the same moment (`width`)."""
        return len(self.widest)

    @cached_property
    def widest(self) -> tuple[int, ...]:
        """The tasks of one such moment, by index, ascending."""
        from planlint.facts.width import widest

        return tuple(widest(self._facts.order, list(self.delegation.tasks)))

    @cached_property
    def critical_path(self) -> tuple[int, ...]:
        """A longest chain of live tasks that must run one after another, first to last."""
        live = {task.index for task in self._facts.tasks}
        return tuple(task for task in self._facts.order.critical_path if task in live)

    # -- what is inherited -----------------------------------------------------------------------------------------

    @property
    def inherited(self) -> tuple[MemoryFile, ...]:
        """The files that every agent which loads memory gets, imports included; `MemoryFile.tokens` are o200k."""
        return self._facts.memory.files

    @cached_property
    def inherited_tokens(self) -> int:
        """Tokens of all inherited files for one agent, with the runtime's (low) factor."""
        return round(self._facts.memory.tokens * self.runtime.token_factor)

    @property
    def total_inherited_tokens(self) -> int:
        """Inherited tokens of all agents together."""
        return self.inherited_tokens * self.agents_loading_memory

    # -- start-up and work -----------------------------------------------------------------------------------------

    def startup_of(self, tasks: Iterable[int]) -> int:
        """Start-up and inherited tokens of the agents for `tasks`; one for each named worker."""
        total, seen = 0, set()
        everyone, known = self._facts.plan.tasks, self._startup
        for index in tasks:
            task = everyone[index]
            agent = task.agent
            if agent.name:
                if agent.name in seen:
                    continue
                seen.add(agent.name)
            sort = (agent.type, agent.tools)
            if sort not in known:
                known[sort] = self._startup_of(task)
            total += known[sort]
        return total

    def _startup_of(self, task: Task) -> int:
        """The same for one task; it depends on nothing but the type and the tools that the task asks for."""
        catalogue = self._facts.agents
        inherits = catalogue.loads_memory(task) and not self._is_fork(task)
        return catalogue.startup_tokens(task) + (self.inherited_tokens if inherits else 0)

    def brief_tokens(self, task: Task) -> int:
        """Tokens of what the agent is told."""
        known = self._brief_tokens.get(task.index)
        if known is None:
            known = self._brief_tokens[task.index] = estimate(task.brief, self.runtime.token_factor)
        return known

    def work_tokens(self, task: Task) -> int:
        """About how many tokens the work itself takes, start-up apart: a rough size, for comparison only.

        The brief, the files read once and the files written `PASSES` times; sizes as in the repository, else
        `FILE_TOKENS`. Reviews and research count at least `LOOKING_TOKENS`, a stated time `MINUTE_TOKENS` a minute.
        """
        return self._with_floor(task, self.brief_tokens(task) + self._files(task))

    def least_work_tokens(self, task: Task) -> int:
        """`work_tokens` but for the brief, whose tokens take long to count."""
        return self._with_floor(task, self._files(task))

    def _files(self, task: Task) -> int:
        effects = self._facts.effects
        writes, reads = effects.writes_of(task), effects.reads_of(task)
        if self._sizes.all_unknown:
            return (PASSES * len(writes) + len(reads)) * FILE_TOKENS
        known = self._file_tokens.get(task.index)
        if known is None:
            known = self._file_tokens[task.index] = PASSES * self._sizes.of(writes) + self._sizes.of(reads)
        return known

    @staticmethod
    def _with_floor(task: Task, total: int) -> int:
        if task.kind in (Kind.REVIEW, Kind.RESEARCH):
            total = max(total, LOOKING_TOKENS)
        if task.estimate is not None:
            total = max(total, round(task.estimate * MINUTE_TOKENS))
        return total

    def read_tokens(self, task: Task) -> int:
        """Tokens of the files that the task reads, each once; `FILE_TOKENS` where the size is not known."""
        return self._sizes.of(self._facts.effects.reads_of(task))

    def context_tokens(self, task: Task) -> int:
        """Tokens that stand in the agent's window before it acts: start-up, inherited files, brief, files to read."""
        sizes = self._sizes.known
        reads = sum(sizes.get(effect.pattern.normal, 0) for effect in self._facts.effects.reads_of(task))
        return self.startup_of([task.index]) + self.brief_tokens(task) + reads

    def given_at_most(self, characters: int, reads: int) -> int:
        """Tokens that a brief of so many characters and so many files to read do not exceed, none of them counted."""
        return estimate_at_most(characters, self.runtime.token_factor) + reads * self._sizes.largest_read

    def window_share(self, task: Task) -> float:
        """`context_tokens` as a part of the window of the task's model: 0.5 is half of it."""
        return self.context_tokens(task) / self.window_tokens(task)

    def window_tokens(self, task: Task) -> int:
        """Tokens of the window of the task's agent: its model's, else the smallest common one of the runtime."""
        return self.runtime.window_of(task.agent.model)

    def explain_window(self, task: Task) -> str:
        """Where the size of the task's window comes from."""
        window = self.window_tokens(task)
        if window == self.runtime.window_tokens:
            whose = f"the smallest common window of {self.runtime.title}"
        else:
            whose = f"the window of `{task.agent.model}`"
        return f"{_thousands(window)} tokens, {whose}"

    # -- files -----------------------------------------------------------------------------------------------------

    @cached_property
    def files_touched(self) -> tuple[str, ...]:
        """The distinct single files that delegated tasks write, in plan order; directories and globs left out."""
        return self.files_of(self.delegation.tasks)

    def files_of(self, tasks: Iterable[int]) -> tuple[str, ...]:
        """The distinct single files that `tasks` write."""
        everyone, writes_of = self._facts.plan.tasks, self._facts.effects.writes_of
        found = {
            pattern.key: pattern.normal
            for index in tasks
            for effect in writes_of(everyone[index])
            if (pattern := effect.pattern).kind == "file"
        }
        return tuple(found.values())

    def fragmentation(self, *, merging: bool = True) -> Fragmentation | None:
        """Whether more agents are started than the work carries (`fragmentation` holds the model); None if not.

        Without `merging` small tasks that belong together are no reason, so that none are looked for.
        """
        from planlint.facts.fragmentation import find_fragmentation

        if merging not in self._fragmentations:
            self._fragmentations[merging] = find_fragmentation(self._facts, self, merging=merging)
        return self._fragmentations[merging]

    def explain(self, what: str) -> str:
        """Where a number comes from, in one sentence for a message.

        `what` is `agents`, `startup`, `inherited`, `work` or `width`. Raises `KeyError` for anything else.
        """
        runtime, loading = self.runtime, self.agents_loading_memory
        loaders = f"each of the {loading} agents that load them" if loading != 1 else "the one agent that loads them"
        return {
            "agents": f"{self.agents} agents: {self.delegation.reason}",
            "startup": f"about {_thousands(runtime.startup_tokens)} tokens before any work "
            f"({runtime.label}; set `startup_tokens` to your own figure)",
            "inherited": f"about {_thousands(self.inherited_tokens)} tokens of inherited files for "
            + ("each agent" if loading == self.agents else loaders)
            + f" (estimate ±10 %, factor {runtime.token_factor:g} for {runtime.title})",
            "work": f"a rough size: brief, files read, files written {PASSES} times; {FILE_TOKENS} tokens for a file "
            "of unknown size",
            "width": f"{self.max_width} tasks that nothing orders",
        }[what]

    @cached_property
    def _sizes(self) -> FileTokens:
        return FileTokens(self._facts.effects, self._facts.repository, self.runtime.token_factor)

    def _is_fork(self, task: Task) -> bool:
        agent = self._facts.agents.of(task)
        return agent is not None and agent.inherits_conversation


def _thousands(number: int) -> str:
    return f"{number / 1000:.0f}k" if number >= 10_000 else f"{number:,}"
