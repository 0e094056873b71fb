"""Over-fragmentation: more agents than the work carries, and which tasks to merge.

The model. Every agent costs its start-up and the files it inherits before it does anything; that cost is spent N - 1
times more than by one agent, for at most N times the speed. A split is over-fragmented when start-up outweighs the work
(`share` of at least one half) and one of these holds:

* `files`: at least `MIN_WRITERS` agents write fewer files than there are agents, by `AGENTS_PER_FILE` or more (twelve
  agents for four files);
* `merge`: at least `MIN_SAVED` agents, and at least half, would be saved by merging small tasks that belong together.

Tasks belong together when they write the same file, or all their files lie in the same directory, for the same type of
agent, and merging makes no other task wait in the middle. One change made in a file each, told in the same words, is no
such group: independent pieces of one transformation are what fan-out is good at. Reviews and research do not count:
those agents buy separate contexts, and nobody can say which of them are one. Only look-ups do (`lookups`):
`MIN_LOOKUPS` agents that each search one place once, which one agent does with a few calls.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from planlint.diagnostics import Evidence
from planlint.facts.words import name_parts
from planlint.model import Kind, Task
from planlint.source.regex import regex

if TYPE_CHECKING:
    from planlint.facts.costs import Costs
    from planlint.facts.facts import Facts
    from planlint.facts.order import Order

MIN_WRITERS = 4
"""Fewer agents than this are never called too many."""

AGENTS_PER_FILE = 1.5
"""Agents for each file from which on the files alone show the fault."""

MIN_SAVED = 3
"""Agents that merging must save before it is worth saying."""

SMALL_WORK = 10_000
"""Tokens of work below which a task is small: the start-up of a lean agent (`Runtime.lean_startup_tokens`)."""

SMALL_BRIEF = 120
"""Tokens of a small task's brief at most: two or three sentences. Whoever writes more has thought about the task."""

MIN_LOOKUPS = 8
"""Look-ups with an agent each from which on they are too many: as many calls as one agent makes in a row."""

LOOKUP_BRIEF = 60
"""Tokens of a look-up's brief at most: a sentence or two."""

_LOOKUP = regex(
    r"(?:please\s+)?(?:grep|glob|look\s+up|count|search\s+for|check\s+(?:whether|if)|say\s+(?:whether|if)|print|"
    r"list\s+(?:all|the|every)|find\s+(?:all\s+|every\s+)?(?:the\s+)?(?:occurrences?|usages?|uses|calls?|mentions?|imports?)"
    r"|suche\s+nach|zähle)\b|(?:查找|搜索|统计)",
    re.IGNORECASE,
)
"""How the brief of a look-up begins."""

SHORT_MINUTES = 1.0
"""Minutes below which an estimate says that a task is small, whatever else speaks for an agent of its own."""

GROUP_WORK = 40_000
"""Most tokens of work that are merged for one agent: twice a start-up, far from any window."""


class MergeGroup(NamedTuple):
    """Tasks that one agent should do."""

    tasks: tuple[int, ...]
    reason: str
    """`all write src/types/`, `all write src/app.ts`."""
    saved_tokens: int
    """Start-up tokens saved."""


class Fragmentation(NamedTuple):
    """An over-fragmented split."""

    agents: int
    """Agents that write files, or that look something up."""
    files: tuple[str, ...]
    """The distinct files they write, or look at."""
    startup_tokens: int
    work_tokens: int
    reason: Literal["files", "merge", "lookups"]
    groups: tuple[MergeGroup, ...]
    """Which tasks to merge, the largest saving first; may be empty for `files`."""
    evidence: Evidence
    """How sure it is that each task is an agent; inferred for `merge` and `lookups`."""

    @property
    def share(self) -> float:
        """Start-up as a part of all tokens: 0.8 is four fifths."""
        return self.startup_tokens / max(1, self.startup_tokens + self.work_tokens)

    @property
    def saved_agents(self) -> int:
        """How many agents fewer after merging."""
        return sum(len(group.tasks) - 1 for group in self.groups)


def find_fragmentation(facts: Facts, costs: Costs, *, merging: bool = True) -> Fragmentation | None:
    """Whether the plan is over-fragmented, by the model above; None if not, or if too little is known about files.

    Without `merging` the reason `merge` does not count.
    A plan that was only partly read, and tasks whose files are unknown, are left out of the account. So are lists whose
    tasks are merely marked parallel: one agent may walk through them, and most Spec Kit lists would be "fragmented".
    """
    if facts.plan.incomplete or facts.plan.pattern or costs.delegation.evidence is Evidence.INFERRED:
        return None
    writers = _writers(facts, costs)
    workers = len({task.agent.name or task.index for task in writers})
    if workers < MIN_WRITERS:
        return _lookups(facts, costs)
    few_files = _few_files(facts, writers, workers)
    # What rules most plans out goes first: they have no small tasks, or too few of them to save anything.
    if not (few_files or merging):
        return None
    small = [task for task in writers if _is_small(costs, task)]
    if not few_files and not _is_worthwhile(len(small) - 1, workers):
        return None
    startup = costs.startup_of(task.index for task in writers)
    if startup < sum(map(costs.least_work_tokens, writers)):
        return None
    groups = tuple(_merge_groups(facts, costs, writers, small))
    saved = sum(len(group.tasks) - 1 for group in groups)
    if not few_files and not _is_worthwhile(saved, workers):
        return None
    work = sum(map(costs.work_tokens, writers))
    if startup < work:
        return None
    evidence = costs.delegation.evidence
    files = costs.files_of(task.index for task in writers)
    if few_files:
        return Fragmentation(workers, files, startup, work, "files", groups, evidence)
    weakest = Evidence.weakest(evidence, Evidence.INFERRED)
    return Fragmentation(workers, files, startup, work, "merge", groups, weakest)


def _lookups(facts: Facts, costs: Costs) -> Fragmentation | None:
    """Agents for one search each, if there are too many of them."""
    tasks = [task for task in map(facts.task, costs.delegation.tasks) if _is_lookup(facts, costs, task)]
    if len(tasks) < MIN_LOOKUPS:
        return None
    indexes = tuple(task.index for task in tasks)
    reads = {effect.pattern.normal: None for task in tasks for effect in facts.effects.reads_of(task)}
    startup = costs.startup_of(indexes)
    group = MergeGroup(indexes, "one search each", startup - costs.startup_of(indexes[:1]))
    work = sum(costs.brief_tokens(task) + costs.read_tokens(task) for task in tasks)
    evidence = Evidence.weakest(costs.delegation.evidence, Evidence.INFERRED)
    return Fragmentation(len(tasks), tuple(reads), startup, work, "lookups", (group,), evidence)


def _is_lookup(facts: Facts, costs: Costs, task: Task) -> bool:
    """Whether the task only searches one place for one thing."""
    if facts.effects.writes_of(task) or task.agent.name or task.estimate is not None:
        return False
    text = task.brief.strip() or task.title
    return (
        len(facts.effects.reads_of(task)) <= 1
        and costs.brief_tokens(task) <= LOOKUP_BRIEF
        and _LOOKUP.match(text) is not None
    )


def _writers(facts: Facts, costs: Costs) -> list[Task]:
    """The delegated tasks that build something, and of which all that they write are single, certain files."""
    writers = facts.effects.writers - {effect.task for effect in facts.effects.writes if effect.pattern.kind != "file"}
    building = (Kind.BUILD, Kind.INTEGRATE)
    return [
        task
        for task in costs.delegated
        if task.index in writers and task.kind in building and not task.broad and task.scope_known is not False
    ]


MAX_OPEN = 50
"""Groups of one file or directory that a task is tried with, the oldest first. Only tasks that lie between each other
in the order make so many, and none of those can be merged."""


class _Group:
    """A merge group while it grows."""

    def __init__(self, order: Order, task: Task, key: str, work: int) -> None:
        self.order = order
        self.tasks = [task]
        self.key = key
        self.work = work
        self.mask = 1 << task.index
        self.before = order.ancestors[task.index]
        self.after = order.descendants[task.index]

    def takes(self, task: Task, work: int) -> bool:
        """Add `task`, unless the work would be too much or a task outside would have to run between two of them."""
        if self.work + work > GROUP_WORK:
            return False
        index = task.index
        before, after = self.before | self.order.ancestors[index], self.after | self.order.descendants[index]
        mask = self.mask | 1 << index
        if before & after & ~mask:
            return False
        self.tasks.append(task)
        self.work += work
        self.mask, self.before, self.after = mask, before, after
        return True


def _few_files(facts: Facts, writers: list[Task], workers: int) -> bool:
    """Whether there are `AGENTS_PER_FILE` workers for each file; most plans soon turn out to have more files."""
    found: set[str] = set()
    for task in writers:
        found.update([effect.pattern.key for effect in facts.effects.writes_of(task)])
        if AGENTS_PER_FILE * len(found) > workers:
            return False
    return bool(found)


def _is_worthwhile(saved: int, workers: int) -> bool:
    """Whether merging saves so many of the agents that it is worth saying."""
    return saved >= MIN_SAVED and 2 * saved >= workers


def _merge_groups(facts: Facts, costs: Costs, writers: list[Task], small: list[Task]) -> list[MergeGroup]:
    """The `small` tasks put together greedily in plan order: first those of one file, then those of one directory.

    Only tasks for the same sort of agent, under the same isolation, are put together.
    """
    if not _any_meet(facts, small):
        return []
    one_change = _same_change(facts, writers)
    small = [task for task in small if task.index not in one_change or _is_short(task)]
    least = min((costs.work_tokens(task) for task in small), default=0)
    groups: list[_Group] = []
    for by_file in (True, False):
        grouped = {member.index for group in groups if len(group.tasks) > 1 for member in group.tasks}
        fresh: list[_Group] = []
        opened: dict[tuple[object, ...], list[_Group]] = {}
        for task in small:
            if task.index in grouped:
                continue
            key = _file_key(facts, task) if by_file else _directory_key(facts, task)
            if key is None:
                continue
            work = costs.work_tokens(task)
            agent = task.agent
            alike = opened.setdefault((key, agent.type, agent.model, task.kind, facts.plan.isolation_of(task)), [])
            if any(group.takes(task, work) for group in alike):
                continue
            group = _Group(facts.order, task, key, work)
            fresh.append(group)
            # One that is full for the least of the tasks is full for all.
            alike[:] = [known for known in alike if known.work + least <= GROUP_WORK]
            if len(alike) < MAX_OPEN:
                alike.append(group)
        groups += [group for group in fresh if len(group.tasks) > 1]
    found = []
    for group in groups:
        indexes = tuple(task.index for task in group.tasks)
        saved = costs.startup_of(indexes) - costs.startup_of(indexes[:1])
        found.append(MergeGroup(indexes, f"all write {group.key}", saved))
    return sorted(found, key=lambda group: (-group.saved_tokens, group.tasks))


def _is_small(costs: Costs, task: Task) -> bool:
    """Whether the work is less than starting an agent for it, and is told in a few sentences."""
    return (
        not task.agent.name
        and costs.least_work_tokens(task) < SMALL_WORK
        and costs.brief_tokens(task) < SMALL_BRIEF
        and costs.work_tokens(task) < SMALL_WORK
    )


def _any_meet(facts: Facts, tasks: list[Task]) -> bool:
    """Whether any two of `tasks` have a file or directory in common to be merged by; cheap beside the rest."""
    for key_of in (_file_key, _directory_key):
        keys = [key for task in tasks if (key := key_of(facts, task)) is not None]
        if len(set(keys)) < len(keys):
            return True
    return False


def _same_change(facts: Facts, writers: list[Task]) -> set[int]:
    """Tasks that make one change in a file each, told in the same words: what fan-out is good at."""
    by_words: dict[tuple[str, ...], list[int]] = {}
    for task in writers:
        if not (task.brief or task.title):
            continue
        own = {part for effect in facts.effects.writes_of(task) for part in name_parts(effect.pattern.normal)}
        told = tuple(part for part in name_parts(task.brief or task.title) if part not in own)
        by_words.setdefault(told, []).append(task.index)
    return {index for told, alike in by_words.items() if len(alike) > 2 and len(told) >= 3 for index in alike}


def _is_short(task: Task) -> bool:
    """Whether the plan itself says that the work takes less time than starting an agent is worth."""
    return task.estimate is not None and task.estimate < SHORT_MINUTES


def _file_key(facts: Facts, task: Task) -> str | None:
    """The one file that the task writes."""
    effects = facts.effects.writes_of(task)
    return effects[0].pattern.normal if len({effect.pattern.key for effect in effects}) == 1 else None


def _directory_key(facts: Facts, task: Task) -> str | None:
    """The one directory, not the root, that all the task's files lie in; a `tests` directory inside belongs to it."""
    found = set()
    for effect in facts.effects.writes_of(task):
        parts = effect.pattern.normal.split("/")[:-1]
        if parts and parts[-1] in ("__tests__", "tests", "test"):
            parts.pop()
        found.add("/".join(parts))
    directory = found.pop() if len(found) == 1 else ""
    return f"{directory}/" if directory else None
