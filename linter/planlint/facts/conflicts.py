"""Where concurrent writers meet, grouped by path and not listed by pair.

A file that twenty tasks name is one `Conflict`; a directory that two hundred tasks write into while another claims all
of it is one as well. Candidates come from `paths.PathIndex`, concurrency from bit sets, so the cost follows the number
of scopes and of groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.facts.effects import Effect, Effects
from planlint.facts.graph import bit_set, members
from planlint.facts.order import Concurrency
from planlint.model import Isolation
from planlint.paths import PathIndex, covers, overlap

MAX_RELATIONS = 500_000
"""Most pairs of a scope and a pattern meeting it that one plan is examined for, pairs with many stars counted for what
they cost: a few seconds. Ten thousand ordinary tasks need some thousands; only plans crafted out of crossing globs come
near it."""


class Conflict(NamedTuple):
    """Concurrent writers that meet on `path`.

    `kind` says how: `file` (each names this very file), `directory` (one scope, `around`, contains what the others
    name, or all name the same directory or pattern), `pattern` (neither contains the other, yet both match `path`, a
    witness). `writers` are all effects that meet here and are concurrent with another, in task order, at most one a
    task; `first` and `second` are the firmest concurrent pair.
    """

    path: str
    kind: str
    writers: tuple[Effect, ...]
    pairs: int
    first: Effect
    second: Effect
    evidence: Evidence
    """The weaker of the firmest pair: how sure it is that the two write here."""
    concurrency: Concurrency
    around: Effect | None = None


def find_conflicts(effects: Effects) -> list[Conflict]:
    """The conflicts of a plan, in the order of the first writer's place in it.

    Tasks declared to touch everything (`Task.broad`) and tasks that cannot write (read-only isolation) take no part.
    """
    plan = effects.plan
    aside = {task.index for task in plan.tasks if task.broad or plan.isolation_of(task) is Isolation.READ_ONLY}
    finder = _Finder(effects, aside)
    found = [*finder.equal(), *finder.nested()]
    return sorted(found, key=lambda conflict: (conflict.writers[0].task, conflict.writers[0].position))


class _Finder:
    def __init__(self, effects: Effects, aside: set[int]) -> None:
        self.effects = effects
        self.order = effects.order
        self.claims, self.index = effects.writes, effects.index
        if aside:
            self.claims = [effect for effect in effects.writes if effect.task not in aside]
            self.index = PathIndex([claim.pattern for claim in self.claims])
        self.relations = 0

    def equal(self) -> Iterator[Conflict]:
        """Writers that name the same file, directory or pattern."""
        for equal in self.index.equals():
            claims = [self.claims[number] for number in equal]
            wide = None if claims[0].names_file else claims[0]
            conflict = self._group(claims, claims, "directory" if wide else "file", wide)
            if conflict is not None:
                yield conflict

    def nested(self) -> Iterator[Conflict]:
        """Scopes that meet other patterns: those inside of it, and those that cross it."""
        crossed: set[tuple[str, str]] = set()
        for group in self.index.scope_groups():
            owners = [self.claims[number] for number in group.owners]
            if not group.rivals:
                continue
            concurrent = 0
            for owner in owners:
                concurrent |= self.order.concurrent_mask(owner.task)
            # Two that claim the same scope have met there already, whatever else they name inside of it.
            concurrent &= ~bit_set(owner.task for owner in owners)
            inside: list[Effect] = []
            across: list[Effect] = []
            relation: dict[str, str] = {}
            for number in group.rivals:
                rival = self.claims[number]
                if not concurrent >> rival.task & 1:
                    continue
                key = rival.pattern.key
                if key not in relation:
                    self.relations += 1 + owners[0].pattern.text.count("*") * rival.pattern.text.count("*") // 8
                    if self.relations > MAX_RELATIONS:
                        return
                    relation[key] = self._relate(owners[0], rival, crossed)
                if relation[key] == "inside":
                    inside.append(rival)
                elif relation[key] == "across":
                    across.append(rival)
            for rivals, kind in ((inside, "directory"), (across, "pattern")):
                conflict = self._group(owners, rivals, kind, owners[0]) if rivals else None
                if conflict is not None:
                    yield conflict

    @staticmethod
    def _relate(owner: Effect, rival: Effect, crossed: set[tuple[str, str]]) -> str:
        """`inside` the owner's scope, `around` it (so the rival's group has it), `across`, or `seen` from there."""
        if covers(owner.pattern, rival.pattern):
            return "inside"
        if covers(rival.pattern, owner.pattern):
            return "around"
        pair = (owner.pattern.key, rival.pattern.key)
        if pair[::-1] in crossed:
            return "seen"
        crossed.add(pair)
        return "across"

    def _group(self, owners: list[Effect], rivals: list[Effect], kind: str, around: Effect | None) -> Conflict | None:
        """The conflict between `owners` and `rivals` (the same list for equals), None where no pair is concurrent."""
        firmest = _firmest(owners)
        others = firmest if owners is rivals else _firmest(rivals)
        mask = bit_set(others)
        meets: dict[int, int] = {}
        for owner in firmest:
            met = self.order.concurrent_mask(owner) & mask & ~self._carved_out(owner, rivals, kind)
            if met:
                meets[owner] = met
        if not meets:
            return None
        involved, pairs = 0, 0
        for owner, met in meets.items():
            pairs += met.bit_count()
            involved |= met | 1 << owner
        if owners is rivals:
            pairs //= 2
        writers = tuple(firmest[task] if task in firmest else others[task] for task in members(involved))
        first, second = self._example(meets, firmest, others)
        return Conflict(
            self._path(kind, around, first, second, len(writers)),
            kind,
            writers,
            pairs,
            first,
            second,
            Evidence.weakest(first.scope.evidence, second.scope.evidence),
            self.order.concurrency(first.task, second.task),
            around,
        )

    def _carved_out(self, owner: int, rivals: list[Effect], kind: str) -> int:
        """Tasks whose writes the owner of a wide scope is told to keep away from: its claim does not reach them."""
        fences = self.effects.off_limits_of(self.effects.plan.tasks[owner])
        if kind == "file" or not fences:
            return 0
        outside = {
            rival.pattern.key for rival in rivals if any(covers(fence.pattern, rival.pattern) for fence in fences)
        }
        return bit_set(rival.task for rival in rivals if rival.pattern.key in outside)

    @staticmethod
    def _path(kind: str, around: Effect | None, first: Effect, second: Effect, writers: int) -> str:
        if kind == "pattern":
            return overlap(first.pattern, second.pattern) or first.pattern.normal
        if around is not None and writers == 2:
            # What the narrower of the two names says most.
            narrow = second if first.pattern.key == around.pattern.key else first
            return narrow.pattern.normal
        return (around or first).pattern.normal

    @staticmethod
    def _example(meets: dict[int, int], owners: dict[int, Effect], rivals: dict[int, Effect]) -> tuple[Effect, Effect]:
        """The concurrent pair with the firmest evidence, earliest in the plan among equals, in task order."""
        ranked = sorted(rivals.values(), key=lambda effect: (effect.firmness, effect.task))
        owner = min(meets, key=lambda task: (owners[task].firmness, task))
        rival = next(effect for effect in ranked if meets[owner] >> effect.task & 1)
        return (owners[owner], rival) if owner < rival.task else (rival, owners[owner])


def _firmest(effects: Iterable[Effect]) -> dict[int, Effect]:
    """The firmest effect of each task."""
    found: dict[int, Effect] = {}
    for effect in effects:
        known = found.get(effect.task)
        if known is None or effect.firmness < known.firmness:
            found[effect.task] = effect
    return found
