"""Effects: who writes and reads which path.

One `Effect` is one scope of one live task, parsed. Everything is looked up in tables over canonical paths, so asking
for the writers of a path costs its depth plus the globs of the plan, never all of its tasks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Set
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from planlint.diagnostics import Evidence
from planlint.facts.order import Order
from planlint.model import Plan, Scope, Task
from planlint.paths import Alias, PathIndex, Pattern, PatternError, covers, overlap, same_file
from planlint.paths.match import matches_parts
from planlint.paths.pattern import read_pattern
from planlint.paths.spelling import fold, split_path

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
        return [] if pattern is None else self._writers_of(pattern, path)

    def _writers_of(self, pattern: Pattern, path: str) -> list[Effect]:
        found = self._writes_naming(pattern.key)
        if not self._wide_writes:
            return found
        place = pattern.key.rstrip("/")
        while place:
            found += self._directory_writes.get(place, ())
            place = place.rpartition("/")[0]
        if not pattern.root:
            found += self._directory_writes.get(".", ())
        if self._glob_writes:
            root, names = split_path(path)
            compared = names if self.case_sensitive else [fold(name) for name in names]
            for depth in range(len(names) + 1):
                for effect in self._glob_writes.get("/".join(compared[:depth]), ()):
                    if matches_parts(effect.pattern, root, names):
                        found.append(effect)
        return sorted(found, key=_place)

    def writers_meeting(self, pattern: Pattern) -> list[Effect]:
        """All write effects that share a path with `pattern`, in task order."""
        if pattern.names_file and not self._wide_writes and not self.index.equal(pattern.key):
            return []
        known = self._meeting.get(pattern.normal)
        if known is None:
            known = self._writers_of(pattern, pattern.normal) if pattern.names_file else self._overlapping(pattern)
            self._meeting[pattern.normal] = known
        return known

    def _overlapping(self, pattern: Pattern) -> list[Effect]:
        """The write effects that share a path with a pattern of more than one file, in task order."""
        candidates = self._candidates(pattern)
        found = {(e.task, e.position): e for e in candidates if overlap(pattern, e.pattern) is not None}
        return [found[place] for place in sorted(found)]

    def _candidates(self, pattern: Pattern) -> Iterable[Effect]:
        """The writes among which those that share a path with `pattern` are."""
        if pattern.root:
            return self._rooted_writes
        prefix = "/".join(pattern.literal_prefix)
        if not prefix:
            return self.writes
        names, effects = self._sorted_writes
        start, end = bisect_left(names, prefix), bisect_left(names, f"{prefix}0")
        # Below the prefix, at one of its ancestors, or globs that begin above or below it.
        globs = [
            effect
            for place, same in self._glob_writes.items()
            if place.startswith(prefix) or prefix.startswith(place)
            for effect in same
        ]
        return [*effects[start:end], *self._above(prefix), *globs]

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

    @cached_property
    def index(self) -> PathIndex:
        """The patterns of `writes`, in the same order."""
        return PathIndex([effect.pattern for effect in self.writes])

    def _writes_naming(self, key: str) -> list[Effect]:
        """The writes that name the literal path with this key as a file."""
        return [effect for number in self.index.equal(key) if (effect := self.writes[number]).names_file]

    @cached_property
    def _wide_writes(self) -> list[Effect]:
        """The writes that do not name one file: directories, globs, and names that may be either."""
        return [effect for effect in self.writes if not effect.pattern.names_file]

    @cached_property
    def _directory_writes(self) -> dict[str, list[Effect]]:
        """Directory (or a literal name that may be one) to the writes that claim all of it."""
        found: dict[str, list[Effect]] = {}
        for effect in self._wide_writes:
            if effect.pattern.kind != "glob":
                found.setdefault(effect.pattern.key.rstrip("/"), []).append(effect)
        return found

    @cached_property
    def _glob_writes(self) -> dict[str, list[Effect]]:
        """The literal names that a glob begins with, joined by `/`, to the writes that are such globs."""
        found: dict[str, list[Effect]] = {}
        for effect in self._wide_writes:
            if effect.pattern.kind == "glob":
                found.setdefault("/".join(effect.pattern.literal_prefix), []).append(effect)
        return found

    @cached_property
    def _rooted_writes(self) -> list[Effect]:
        """The writes that may lie outside of the repository."""
        return [effect for effect in self.writes if any(route.root for route in effect.pattern.routes)]

    @cached_property
    def _sorted_writes(self) -> tuple[list[str], list[Effect]]:
        """Keys of the literal writes, ascending, and the writes beside them."""
        literal = sorted((e for e in self.writes if e.pattern.kind != "glob"), key=lambda effect: effect.pattern.key)
        return [effect.pattern.key for effect in literal], literal

    def _above(self, place: str) -> list[Effect]:
        found = [*self._directory_writes.get(".", ())]
        while place:
            found += self._directory_writes.get(place, ())
            place = place.rpartition("/")[0]
        return found


def _place(effect: Effect) -> tuple[int, int]:
    return (effect.task, effect.position)


def _by_task(effects: list[Effect]) -> dict[int, list[Effect]]:
    return {task: list(same) for task, same in groupby(effects, attrgetter("task"))}
