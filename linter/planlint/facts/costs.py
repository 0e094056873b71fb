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
from planlint.facts.memory_files import MemoryFile
from planlint.facts.tokens import estimate
from planlint.model import Kind, Task

if TYPE_CHECKING:
    from planlint.facts.effects import Effect
    from planlint.facts.facts import Facts
    from planlint.facts.fragmentation import Fragmentation

FILE_TOKENS = 1_500
"""Tokens of a source file whose size is not known: 150 lines of ten tokens. An assumption."""

PASSES = 3
"""How often the text of a changed file goes through a window: read or drafted, edited, checked. An assumption."""

OPEN_SCOPE_FILES = 3
"""Files that a directory or glob counts for when its true number is not known. An assumption."""

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
        self._work_tokens: dict[int, int] = {}
        self._sizes: dict[str, int | None] = {}
        self._startup: dict[tuple[str | None, tuple[str, ...] | None], int] = {}

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
        return tuple(self._facts.task(index) for index in self.delegation.tasks)

    @cached_property
    def fresh(self) -> tuple[Task, ...]:
        """Those of them whose brief an agent without any other context gets: no forks."""
        return tuple(task for task in self.delegated if not self._is_fork(task))

    @property
    def agents(self) -> int:
        """How many agents the plan starts; 0 for a list that one agent walks through."""
        return self.delegation.agents

    @cached_property
    def agents_loading_memory(self) -> int:
        """How many of them get the memory files: all but types such as Explore and Plan, and forks."""
        catalogue = self._facts.agents
        loading = [self._facts.task(index) for index in self.delegation.tasks]
        loading = [task for task in loading if catalogue.loads_memory(task) and not self._is_fork(task)]
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

    @cached_property
    def startup_tokens_total(self) -> int:
        """Tokens spent before any work: each agent's start-up and the files it inherits."""
        return self.startup_of(self.delegation.tasks)

    def startup_of(self, tasks: Iterable[int]) -> int:
        """Start-up and inherited tokens of the agents for `tasks`; one for each named worker."""
        total, seen = 0, set()
        for index in tasks:
            task = self._facts.task(index)
            agent = task.agent
            if agent.name:
                if agent.name in seen:
                    continue
                seen.add(agent.name)
            sort = (agent.type, agent.tools)
            known = self._startup.get(sort)
            total += self._startup.setdefault(sort, self._startup_of(task)) if known is None else known
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
        known = self._work_tokens.get(task.index)
        if known is not None:
            return known
        effects = self._facts.effects
        total = self.brief_tokens(task)
        total += sum(PASSES * self._scope_tokens(effect) for effect in effects.writes_of(task))
        total += self.read_tokens(task)
        if task.kind in (Kind.REVIEW, Kind.RESEARCH):
            total = max(total, LOOKING_TOKENS)
        if task.estimate is not None:
            total = max(total, round(task.estimate * MINUTE_TOKENS))
        self._work_tokens[task.index] = total
        return total

    def read_tokens(self, task: Task) -> int:
        """Tokens of the files that the task reads, each once; `FILE_TOKENS` where the size is not known."""
        return sum(self._scope_tokens(effect) for effect in self._facts.effects.reads_of(task))

    def context_tokens(self, task: Task) -> int:
        """Tokens that stand in the agent's window before it acts: start-up, inherited files, brief, files to read."""
        reads = sum(self._scope_tokens(effect, known_only=True) for effect in self._facts.effects.reads_of(task))
        return self.startup_of([task.index]) + self.brief_tokens(task) + reads

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
        found = {
            effect.pattern.key: effect.pattern.normal
            for index in tasks
            for effect in self._facts.effects.writes_of(self._facts.task(index))
            if effect.pattern.kind == "file"
        }
        return tuple(found.values())

    @cached_property
    def _fragmentation(self) -> Fragmentation | None:
        from planlint.facts.fragmentation import find_fragmentation

        return find_fragmentation(self._facts, self)

    def fragmentation(self) -> Fragmentation | None:
        """Whether more agents are started than the work carries (`fragmentation` holds the model); None if not."""
        return self._fragmentation

    def explain(self, what: str) -> str:
        """Where a number comes from, in one sentence for a message.

        `what` is `agents`, `startup`, `inherited`, `work` or `width`. Raises `KeyError` for anything else.
        """
        runtime = self.runtime
        return {
            "agents": f"{self.agents} agents: {self.delegation.reason}",
            "startup": f"about {_thousands(runtime.startup_tokens)} tokens for each agent before any work "
            f"({runtime.label}; set `startup_tokens` to your own figure)",
            "inherited": f"about {_thousands(self.inherited_tokens)} tokens of inherited files for each agent "
            f"(estimate ±10 %, factor {runtime.token_factor:g} for {runtime.title})",
            "work": f"a rough size: brief, files read, files written {PASSES} times; {FILE_TOKENS} tokens for a file "
            "of unknown size",
            "width": f"{self.max_width} tasks that nothing orders",
        }[what]

    def _is_fork(self, task: Task) -> bool:
        agent = self._facts.agents.of(task)
        return agent is not None and agent.inherits_conversation

    def _scope_tokens(self, effect: Effect, *, known_only: bool = False) -> int:
        """Tokens of the file that a scope names, or of the files it stands for."""
        if effect.pattern.kind != "file":
            return 0 if known_only else OPEN_SCOPE_FILES * FILE_TOKENS
        path = effect.pattern.normal
        if path not in self._sizes:
            self._sizes[path] = self._facts.repository.size(path)
        size = self._sizes[path]
        if size is None:
            return 0 if known_only else FILE_TOKENS
        return round(size / 4 * self.runtime.token_factor)


def _thousands(number: int) -> str:
    return f"{number / 1000:.0f}k" if number >= 10_000 else f"{number:,}"
