"""Effects: who writes and reads which path.

One `Effect` is one scope of one live task, parsed. Everything is looked up in tables over canonical paths, so asking
for the writers of a path costs its depth plus the globs of the plan, never all of its tasks.
"""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from planlint.diagnostics import Evidence
from planlint.facts.order import Order
from planlint.facts.write_tables import WriteTables
from planlint.model import Plan, Scope, Task
from planlint.paths import Alias, PathIndex, Pattern, PatternError, covers, same_file
from planlint.paths.pattern import read_pattern

if TYPE_CHECKING:
    from planlint.facts.conflicts import Conflict


class Effect(NamedTuple):
    """One scope of one task. `field` is `writes`, `reads` or `off_limits`; `position` its index there."""

    task: int
    field: str
    position: int
    scope: Scope
    pattern: Pattern

    @property
    def names_file(self) -> bool:
        """Whether one file is named, as far as its name tells; `src/api` and `src/*.ts` may be many."""
        return self.pattern.names_file

    @property
    def firmness(self) -> tuple[int, bool]:
        """Sorts firm claims before weak ones."""
        return (self.scope.evidence.rank, self.scope.weak)


class Effects:
    """What the tasks of a plan do to files, without external targets and patterns beyond the limits of `Pattern`."""

    def __init__(self, plan: Plan, order: Order, *, case_sensitive: bool = True) -> None:
        self.plan = plan
        self.order = order
        self.case_sensitive = case_sensitive
        self._patterns: dict[str, Pattern] = {}
        self._refused: set[str] = set()
        """What `parse` has found by text, and what it could not read."""
        self._paths: dict[int, dict[str, list[Pattern]]] = {}
        self._meeting: dict[str, list[Effect]] = {}
        self._respelt: dict[str, list[Effect]] = {}

    @cached_property
    def writes(self) -> list[Effect]:
        """All write scopes of live tasks, in task order."""
        return self._effects("writes")

    @cached_property
    def reads(self) -> list[Effect]:
        """All read scopes of live tasks, in task order."""
        return self._effects("reads")

    @cached_property
    def met_reads(self) -> list[Effect]:
        """The reads that may share a path with a write: all but those of one file that nobody writes."""
        return [read for read in self.reads if not read.names_file or self.writers_meeting(read.pattern)]

    @cached_property
    def keys(self) -> set[str]:
        """Keys of all patterns that are written or read."""
        return {*self.index.keys, *[read.pattern.key for read in self.reads]}

    @cached_property
    def directories(self) -> set[str]:
        """The directories of all literal paths that are written or read, the root among them as the empty text."""
        reads = {read.pattern.normal for read in self.reads if read.pattern.kind == "file"}
        found = {path.rpartition("/")[0] for path in reads}
        if self.case_sensitive:
            return found | self.index.directories
        return found | {
            write.pattern.normal.rpartition("/")[0] for write in self.writes if write.pattern.kind == "file"
        }

    def respelt(self, field: Literal["writes", "reads"]) -> list[Effect]:
        """Those of `writes` or `reads` whose path is not spelt as their key is: few, or none, in most plans."""
        getattr(self, field)  # they are noted on the way
        return self._respelt[field]

    @property
    def writers(self) -> Set[int]:
        """The tasks that write something, by index."""
        return self._writes_by_task.keys()

    def writes_of(self, task: Task) -> list[Effect]:
        """The write scopes of one task."""
        return self._writes_by_task.get(task.index, [])

    def reads_of(self, task: Task) -> list[Effect]:
        """The read scopes of one task."""
        return self._reads_by_task.get(task.index, [])

    def off_limits_of(self, task: Task) -> list[Effect]:
        """The scopes that the task must keep away from."""
        return self._off_limits_by_task.get(task.index, [])

    @property
    def fenced_tasks(self) -> list[Task]:
        """The tasks that must keep away from something, in file order."""
        return [self.plan.tasks[index] for index in self._off_limits_by_task]

    def parse(self, path: str) -> Pattern | None:
        """`path` as a pattern under the plan's case rule; None beyond the limits of `Pattern`."""
        pattern = self._patterns.get(path)
        if pattern is None and path not in self._refused:
            try:
                pattern = self._patterns[path] = read_pattern(path, self.case_sensitive)
            except PatternError:
                self._refused.add(path)
        return pattern

    def covers(self, outer: str, inner: str) -> bool:
        """Whether everything that `inner` names lies in `outer`; false beyond the limits of `Pattern`."""
        one, other = self.parse(outer), self.parse(inner)
        return one is not None and other is not None and covers(one, other)

    @staticmethod
    def alias(first: str, second: str) -> Alias | None:
        """How two literal spellings name one file (`paths.same_file`); None when equal, or two files."""
        return same_file(first, second)

    def key(self, path: str) -> str:
        """What is equal for every spelling of one path; beyond the limits of `Pattern` the text itself."""
        pattern = self.parse(path)
        return path if pattern is None else pattern.key

    def writers_of(self, path: str) -> list[Effect]:
        """All write effects that the concrete file `path` belongs to, in task order."""
        pattern = self.parse(path)
        return [] if pattern is None else self._tables.of_file(pattern, path)

    def writers_meeting(self, pattern: Pattern) -> list[Effect]:
        """All write effects that share a path with `pattern`, in task order."""
        tables = self._tables
        if pattern.names_file and not tables.wide and not tables.index.equal(pattern.key):
            return []
        known = self._meeting.get(pattern.normal)
        if known is None:
            known = tables.of_file(pattern, pattern.normal) if pattern.names_file else tables.overlapping(pattern)
            self._meeting[pattern.normal] = known
        return known

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """Every group of concurrent writers that meet, in the order of the first writer's place in the plan."""
        from planlint.facts.conflicts import find_conflicts

        return find_conflicts(self)

    # -- tables ----------------------------------------------------------------------------------------------------

    def _effects(self, field: str) -> list[Effect]:
        found: list[Effect] = []
        respelt = self._respelt[field] = []
        scopes_of = attrgetter(field)
        known, parse, declared = self._patterns.get, self.parse, Evidence.DECLARED
        for task in self.order.live_tasks:
            scopes = scopes_of(task)
            if not scopes:
                continue
            index = task.index
            for position, scope in enumerate(scopes):
                path = scope.path
                pattern = None if scope.external else known(path) or parse(path)
                if pattern is None or (pattern.kind == "glob" and not pattern.is_possible):
                    continue
                if scope.evidence is not declared:
                    pattern = self._in_full(task, pattern)
                found.append(Effect(index, field, position, scope, pattern))
                if pattern.key != path:
                    respelt.append(found[-1])
        return found

    def _in_full(self, task: Task, pattern: Pattern) -> Pattern:
        """What a sentence means by the end of a path (`config/schema.ts`) that its task names in full elsewhere."""
        if pattern.kind != "file" or pattern.root:
            return pattern
        names = pattern.segments
        meant = {
            full.key: full
            for full in self._paths_of(task).get(names[-1], ())
            if len(full.segments) > len(names) and full.segments[-len(names) :] == names
        }
        return next(iter(meant.values())) if len(meant) == 1 else pattern

    def _paths_of(self, task: Task) -> dict[str, list[Pattern]]:
        """File name to the literal paths with that name which the task writes or reads, at most 20 of them."""
        known = self._paths.get(task.index)
        if known is None:
            known = self._paths[task.index] = {}
            for scope in (*task.writes, *task.reads):
                pattern = self.parse(scope.path)
                if pattern is not None and pattern.kind == "file" and len(pattern.segments) > 1:
                    same = known.setdefault(pattern.segments[-1], [])
                    if len(same) < 20:
                        same.append(pattern)
        return known

    @cached_property
    def _writes_by_task(self) -> dict[int, list[Effect]]:
        return _by_task(self.writes)

    @cached_property
    def _reads_by_task(self) -> dict[int, list[Effect]]:
        return _by_task(self.reads)

    @cached_property
    def _off_limits_by_task(self) -> dict[int, list[Effect]]:
        return _by_task(self._effects("off_limits"))

    @property
    def index(self) -> PathIndex:
        """The patterns of `writes`, in the same order."""
        return self._tables.index

    @cached_property
    def _tables(self) -> WriteTables:
        return WriteTables(self.writes, case_sensitive=self.case_sensitive)


def _by_task(effects: list[Effect]) -> dict[int, list[Effect]]:
    return {task: list(same) for task, same in groupby(effects, attrgetter("task"))}
