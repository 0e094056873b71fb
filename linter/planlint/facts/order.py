"""Happens-before: who is finished before whom, who may run at the same time, and why.

Built from declared dependencies and the format's own schedule (phases, waves, listing order). Two tasks may happen in
parallel when neither reaches the other and nothing excludes it (one worker for both, a declared mutual exclusion).
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from planlint.diagnostics import Evidence
from planlint.facts.exclusions import exclusive_sets
from planlint.facts.graph import (
    bit_set,
    covering_cycles,
    levels,
    members,
    reachability,
    shortest_path,
    strong_components,
    topological_order,
)
from planlint.facts.references import References, Resolved
from planlint.facts.schedule_edges import connect
from planlint.facts.schedule_groups import ScheduleGroups
from planlint.model import Parallel, Plan, Serial, Task
from planlint.source import Origin

if TYPE_CHECKING:
    from planlint.facts.mismatches import Mismatch


class Reason(NamedTuple):
    """Why one task happens before another: one step of `Order.why`."""

    before: int
    after: int
    text: str
    origin: Origin | None


class Concurrency(NamedTuple):
    """What lets two tasks run at the same time."""

    reason: str
    evidence: Evidence
    label: str | None = None
    """The concurrent group's name: `wave 2`."""
    origin: Origin | None = None


MAX_CYCLES = 10
"""Most cycles shown of one knot: whoever breaks those sees the rest with the next run."""

_NOTHING_ORDERS = Concurrency("nothing orders them", Evidence.INFERRED)


class Order:
    """The happens-before relation over `Plan.tasks` by index. Everything is computed once, on demand."""

    def __init__(self, plan: Plan, references: References, *, include_done: bool = False) -> None:
        self.plan = plan
        self.references = references
        self.include_done = include_done
        self._concurrent: list[int | None] = [None] * len(plan.tasks)

    # -- queries ---------------------------------------------------------------------------------------------------

    def before(self, first: int, second: int) -> bool:
        """Whether `first` is finished before `second` begins (true both ways inside a cycle)."""
        return bool(self.ancestors[second] >> first & 1)

    def ordered(self, first: int, second: int) -> bool:
        """Whether one of the two happens before the other."""
        return self.before(first, second) or self.before(second, first)

    def concurrent(self, first: int, second: int) -> bool:
        """Whether the two may run at the same time."""
        return bool(self.concurrent_mask(first) >> second & 1)

    def concurrent_mask(self, task: int) -> int:
        """Bit set of the tasks that may run at the same time as `task`."""
        known = self._concurrent[task]
        if known is None:
            known = 0
            if self.live >> task & 1:
                known = self.ancestors[task] | self.descendants[task] | self._exclusive[task] | 1 << task
                known = self.live & ~known
            self._concurrent[task] = known
        return known

    def has_rivals(self, task: int) -> bool:
        """Whether any task may run at the same time as `task`."""
        return self.concurrent_mask(task) != 0

    def concurrent_with(self, task: int) -> list[int]:
        """The tasks that may run at the same time as `task`, ascending."""
        return members(self.concurrent_mask(task))

    @cached_property
    def pair_count(self) -> int:
        """How many pairs of tasks may run at the same time."""
        return sum(self.concurrent_mask(task).bit_count() for task in members(self.live)) // 2

    @cached_property
    def live(self) -> int:
        """Bit set of the tasks that can still run: no containers, no finished ones (unless asked for)."""
        count = len(self.plan.tasks)
        # Mostly all of them.
        return (1 << count) - 1 if len(self.live_tasks) == count else bit_set(task.index for task in self.live_tasks)

    @cached_property
    def live_tasks(self) -> tuple[Task, ...]:
        """The tasks of `live`, in file order."""
        include_done = self.include_done
        return tuple([task for task in self.plan.tasks if not task.container and (include_done or not task.done)])

    def concurrency(self, first: int, second: int) -> Concurrency:
        """What lets two concurrent tasks run together: the innermost group of the schedule that holds both."""
        found = self.groups.innermost(first, second)
        if not isinstance(found, Parallel):
            return _NOTHING_ORDERS
        wave = self.plan.tasks[first].wave
        if found.evidence is not Evidence.DECLARED and wave is not None and wave == self.plan.tasks[second].wave:
            # An inferred group may hold more than one wave (GSD, where dependencies and wave numbers differ).
            return Concurrency("same wave", Evidence.DECLARED, f"wave {wave}")
        return Concurrency(found.reason, found.evidence, found.label, found.origin)

    def why(self, first: int, second: int) -> list[Reason]:
        """A shortest chain of reasons that `first` happens before `second`; empty when it does not."""
        if not self.before(first, second):
            return []
        reasons: list[Reason] = []
        last = first
        for node, following in pairwise(shortest_path(first, second, self._successors)):
            if following >= len(self.plan.tasks):
                continue
            edge = self.declared.get((node, following)) if node < len(self.plan.tasks) else None
            if edge is not None:
                reasons.append(Reason(node, following, "declared dependency", edge.dependency.origin))
            else:
                reasons.append(Reason(last, following, self.sequence(last, following)[0], None))
            last = following
        return reasons

    # -- structure -------------------------------------------------------------------------------------------------

    @cached_property
    def ancestors(self) -> list[int]:
        """For each task the bit set of the tasks that happen before it."""
        return self._reach[0]

    @cached_property
    def descendants(self) -> list[int]:
        """For each task the bit set of the tasks that happen after it."""
        return self._reach[1]

    def edge(self, needed: int, waiting: int) -> Resolved | None:
        """The reference that says that `waiting` waits for `needed`; None where none says so directly."""
        return self.declared.get((needed, waiting))

    def firmly_before(self, first: int, second: int) -> bool:
        """As `before`, leaving out what only sentences say: an executor that reads fields does not know of it."""
        return bool(self._firm_ancestors[second] >> first & 1)

    def declared_before(self, first: int, second: int) -> bool:
        """Whether dependencies alone put `first` before `second`, whatever waves, phases and listing say."""
        return bool(self._declared_ancestors[second] >> first & 1)

    @cached_property
    def _declared_ancestors(self) -> list[int]:
        if not self.groups.in_sequence:
            return self.ancestors
        return reachability(self._declared_successors, len(self.plan.tasks))[0]

    @cached_property
    def _firm_ancestors(self) -> list[int]:
        if all(edge.dependency.evidence is Evidence.DECLARED for edge in self.references.dependencies):
            return self.ancestors
        successors = [list(targets) for targets in self.schedule_successors]
        for edge in self.references.dependencies:
            if edge.dependency.evidence is Evidence.DECLARED:
                successors[edge.needed].append(edge.waiting)
        return reachability(successors, len(self.plan.tasks))[0]

    @cached_property
    def cycles(self) -> list[list[int]]:
        """Cycles of declared dependencies, each from its first task in the file, read as "a needs b needs ... a".

        For each knot a shortest cycle through every edge that no earlier one has, at most `MAX_CYCLES`.
        """
        successors = self._declared_successors
        if self._sorted is not None or topological_order(successors) is not None:
            return []
        return self._knots(successors)

    @staticmethod
    def _knots(successors: list[list[int]]) -> list[list[int]]:
        found = []
        for component in strong_components(successors):
            if len(component) > 1 or component[0] in successors[component[0]]:
                # Edges run from the needed task to the one that waits; people read "a needs b".
                found += [[cycle[0], *cycle[:0:-1]] for cycle in covering_cycles(component, successors, MAX_CYCLES)]
        return sorted(found)

    @cached_property
    def mismatches(self) -> list[Mismatch]:
        """Declared dependencies that contradict the schedule, in file order; what lies on a cycle no order can keep.

        None where all groups are without name, wave and marks: those only show what may run together.
        """
        from planlint.facts.mismatches import find_mismatches

        return find_mismatches(self)

    @cached_property
    def stages(self) -> list[list[int]]:
        """Earliest levels of the order, for people to look at; rules use reachability. Containers are left out."""
        level_of = levels(self._successors, len(self.plan.tasks), self._sorted)
        stages: dict[int, list[int]] = {}
        for task in self.plan.work:
            stages.setdefault(level_of[task.index], []).append(task.index)
        return [stages[level] for level in sorted(stages)]

    @cached_property
    def critical_path(self) -> list[int]:
        """A longest chain of tasks that must run one after another (by number of tasks), first to last."""
        chain: list[int] = []
        for stage in reversed(self.stages):
            for task in stage:
                if not chain or self.before(task, chain[-1]):
                    chain.append(task)
                    break
        return chain[::-1]

    @cached_property
    def _reach(self) -> tuple[list[int], list[int]]:
        return reachability(self._successors, len(self.plan.tasks), self._sorted)

    @cached_property
    def _sorted(self) -> list[int] | None:
        """The nodes of `_successors` in topological order; None where there is a cycle."""
        return topological_order(self._successors)

    @cached_property
    def declared(self) -> dict[tuple[int, int], Resolved]:
        """(needed, waiting) to the reference that says so."""
        edges: dict[tuple[int, int], Resolved] = {}
        for edge in self.references.dependencies:
            edges.setdefault((edge.needed, edge.waiting), edge)
        return edges

    @cached_property
    def _declared_successors(self) -> list[list[int]]:
        successors: list[list[int]] = [[] for _ in self.plan.tasks]
        for needed, waiting in self.declared:
            successors[needed].append(waiting)
        return successors

    @cached_property
    def schedule_successors(self) -> list[list[int]]:
        """Edges of the schedule tree; nodes past the tasks are barriers between crowds."""
        successors: list[list[int]] = [[] for _ in self.plan.tasks]
        if self.plan.schedule is not None and self.groups.in_sequence:
            connect(self.plan.schedule, successors)
        return successors

    @cached_property
    def _successors(self) -> list[list[int]]:
        """The edges of both, all that there are."""
        if not self.groups.in_sequence:
            return self._declared_successors
        successors = [list(targets) for targets in self.schedule_successors]
        for needed, waiting in self.declared:
            successors[needed].append(waiting)
        return successors

    @cached_property
    def _exclusive(self) -> list[int]:
        return exclusive_sets(self.plan.tasks, self.references.exclusions)

    @cached_property
    def groups(self) -> ScheduleGroups:
        """The groups of the schedule."""
        return ScheduleGroups(self.plan.schedule)

    def sequence(self, first: int, second: int) -> tuple[str, Evidence]:
        """Why the schedule puts one of the two before the other, and how sure it is."""
        found = self.groups.innermost(first, second)
        return (found.reason, found.evidence) if isinstance(found, Serial) else ("the plan's order", Evidence.DECLARED)
