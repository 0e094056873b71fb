"""Effects: who writes and reads which path, and where concurrent tasks meet on one.

Conflicts are grouped by path, not listed by pair: a path written by twenty tasks is one `Conflict`. Candidates come
from `paths.PathIndex`, concurrency from bit sets, so cost follows the number of scopes and not of pairs
(benchmarks/ holds the measurements).
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.facts.graph import members
from planlint.facts.order import Concurrency, Order
from planlint.model import Mode, Plan, Scope, Task
from planlint.paths import PathIndex, Pattern, PatternError, matches, overlap


class Effect(NamedTuple):
    """One scope of one task. `field` is `writes` or `reads`; `position` its index there."""

    task: int
    field: str
    position: int
    scope: Scope
    pattern: Pattern


class Conflict(NamedTuple):
    """Concurrent writers that meet on `path`.

    `kind` says how: `file` (at least one of them names this very file), `directory` (the same directory or one inside
    the other), `pattern` (two patterns that can match a common file which neither names; `path` is then a witness).
    `writers` are all effects that meet here and are concurrent with at least one other, in task order, at most one a
    task; `first` and `second` are one concurrent pair.
    """

    path: str
    kind: str
    writers: tuple[Effect, ...]
    pairs: int
    first: Effect
    second: Effect
    evidence: Evidence
    """The weakest of the firmest pair: how sure it is that the two write here."""
    concurrency: Concurrency


class Effects:
    """What the tasks of a plan do to files."""

    def __init__(self, plan: Plan, order: Order, *, case_sensitive: bool = True) -> None:
        self.plan = plan
        self.order = order
        self.case_sensitive = case_sensitive

    @cached_property
    def writes(self) -> list[Effect]:
        """All write scopes of live tasks in task order; patterns beyond the limits and external targets left out."""
        return self._effects("writes")

    @cached_property
    def reads(self) -> list[Effect]:
        """All read scopes of live tasks in task order."""
        return self._effects("reads")

    def writes_of(self, task: Task) -> list[Effect]:
        """The write scopes of one task."""
        return self._writes_by_task.get(task.index, [])

    def reads_of(self, task: Task) -> list[Effect]:
        """The read scopes of one task."""
        return self._reads_by_task.get(task.index, [])

    def writers_of(self, path: str) -> list[Effect]:
        """All write effects whose pattern matches the concrete file `path`."""
        literal = self._literal_writers.get(self.key(path), [])
        found = [self.writes[number] for number in literal]
        found += [effect for effect in self._open_writes if matches(effect.pattern, path)]
        return sorted(found, key=lambda effect: (effect.task, effect.position))

    def key(self, path: str) -> str:
        """The canonical key of a literal path under the plan's case rule."""
        normal = Pattern.parse(path, case_sensitive=self.case_sensitive).normal
        return normal if self.case_sensitive else normal.casefold()

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """Every group of concurrent writers that meet, in the order of the first writer's place in the plan."""
        found = [*self._file_conflicts, *self._scope_conflicts]
        return sorted(found, key=lambda conflict: (conflict.writers[0].task, conflict.writers[0].position))

    # -- how it is found -------------------------------------------------------------------------------------------

    def _effects(self, field: str) -> list[Effect]:
        live = self.order.live
        found = []
        for task in self.plan.tasks:
            if not live >> task.index & 1:
                continue
            for position, scope in enumerate(getattr(task, field)):
                if scope.external:
                    continue
                try:
                    pattern = Pattern.parse(scope.path, case_sensitive=self.case_sensitive)
                except PatternError:
                    continue  # reported where it stands by the dialect's loader
                found.append(Effect(task.index, field, position, scope, pattern))
        return found

    @cached_property
    def _writes_by_task(self) -> dict[int, list[Effect]]:
        return _by_task(self.writes)

    @cached_property
    def _reads_by_task(self) -> dict[int, list[Effect]]:
        return _by_task(self.reads)

    @cached_property
    def _literal_writers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, effect in enumerate(self.writes):
            if effect.pattern.is_literal and not effect.pattern.is_directory_form:
                found.setdefault(self.key(effect.scope.path), []).append(number)
        return found

    @cached_property
    def _open_writes(self) -> list[Effect]:
        """Writes that are no single file: directories and globs."""
        return [e for e in self.writes if not e.pattern.is_literal or e.pattern.is_directory_form]

    @cached_property
    def _index(self) -> PathIndex:
        return PathIndex([effect.pattern for effect in self.writes])

    @cached_property
    def _file_conflicts(self) -> list[Conflict]:
        """One for each literal path that concurrent tasks write, wider scopes that contain it included."""
        around: dict[str, list[int]] = {}
        for number, effect in enumerate(self.writes):
            if effect in self._broad:
                continue
            if not effect.pattern.is_literal or effect.pattern.is_directory_form:
                for rival in self._index.scope_rivals(number):
                    other = self.writes[rival]
                    if other.pattern.is_literal and not other.pattern.is_directory_form and other not in self._broad:
                        around.setdefault(self.key(other.scope.path), []).append(number)
        found = []
        for key, numbers in self._literal_writers.items():
            group = sorted({*numbers, *around.get(key, ())}) if key in around else numbers
            effects = [self.writes[number] for number in group if self.writes[number] not in self._broad]
            conflict = self._group(self.writes[numbers[0]].pattern.normal, "file", effects)
            if conflict is not None:
                found.append(conflict)
        return found

    @cached_property
    def _scope_conflicts(self) -> list[Conflict]:
        """Directories and patterns that meet each other; one for each scope, the earlier one named first."""
        found: list[Conflict] = []
        seen: set[tuple[int, int]] = set()
        for number, effect in enumerate(self.writes):
            if effect.pattern.is_literal and not effect.pattern.is_directory_form:
                continue
            if effect in self._broad:
                continue
            rivals = []
            for rival in self._index.scope_rivals(number):
                other = self.writes[rival]
                if other.pattern.is_literal and not other.pattern.is_directory_form:
                    continue
                pair = (min(number, rival), max(number, rival))
                if pair not in seen and other not in self._broad and self.order.concurrent(effect.task, other.task):
                    seen.add(pair)
                    rivals.append(other)
            if not rivals:
                continue
            plain = all(e.pattern.is_literal or e.pattern.is_directory_form for e in (effect, *rivals))
            same = all(other.pattern.normal == effect.pattern.normal for other in rivals)
            kind = "directory" if plain or same else "pattern"
            witness = overlap(effect.pattern, rivals[0].pattern, case_sensitive=self.case_sensitive)
            path = effect.pattern.normal if same else witness or effect.pattern.normal
            conflict = self._group(path, kind, [effect, *rivals])
            if conflict is not None:
                found.append(conflict)
        return found

    @cached_property
    def _broad(self) -> frozenset[Effect]:
        """Effects of tasks that are declared to touch everything."""
        return frozenset(effect for effect in self.writes if self.plan.tasks[effect.task].broad)

    def _group(self, path: str, kind: str, effects: list[Effect]) -> Conflict | None:
        """The conflict among `effects`, or None where no two of them are concurrent."""
        best: dict[int, Effect] = {}
        for effect in effects:
            known = best.get(effect.task)
            if known is None or _firmness(effect) < _firmness(known):
                best[effect.task] = effect
        if len(best) < 2:
            return None
        mask = 0
        for task in best:
            mask |= 1 << task
        pairs, involved = 0, 0
        for task in best:
            rivals = self.order.concurrent_mask(task) & mask
            if rivals:
                pairs += rivals.bit_count()
                involved |= 1 << task
        if not pairs:
            return None
        writers = tuple(best[task] for task in members(involved))
        first, second = self._example(writers)
        return Conflict(
            path,
            kind,
            writers,
            pairs // 2,
            first,
            second,
            Evidence.weakest(first.scope.evidence, second.scope.evidence),
            self.order.concurrency(first.task, second.task),
        )

    def _example(self, writers: tuple[Effect, ...]) -> tuple[Effect, Effect]:
        """The concurrent pair with the firmest evidence, earliest in the plan among equals."""
        ranked = sorted(writers, key=lambda effect: (_firmness(effect), effect.task))
        by_task = {effect.task: effect for effect in writers}
        for effect in ranked:
            rivals = self.order.concurrent_mask(effect.task)
            for other in ranked:
                if other.task != effect.task and rivals >> other.task & 1:
                    first, second = sorted((effect.task, other.task))
                    return by_task[first], by_task[second]
        raise AssertionError("a conflict without a concurrent pair")


def _firmness(effect: Effect) -> tuple[int, bool, bool]:
    return (effect.scope.evidence.rank, effect.scope.weak, effect.scope.mode is Mode.READ)


def _by_task(effects: list[Effect]) -> dict[int, list[Effect]]:
    found: dict[int, list[Effect]] = {}
    for effect in effects:
        found.setdefault(effect.task, []).append(effect)
    return found
