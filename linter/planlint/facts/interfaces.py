"""Interfaces that nobody names: concurrent tasks on the two sides of one feature with nothing agreed between them.

The case that planlint exists for: types, migration, route and form of one settings feature, all in parallel, each with
a shape of its own in mind. A pair of concurrent tasks is a gap when all of this holds:

* they build different sides (`sides.Side`) that meet in an interface;
* both are about one subject: they share a telling word in title or file names, or a file of each has the same name
  but for the part that it is (`orders.ts`, `OrderForm.vue`);
* at least one of them makes something new;
* nothing agrees the shape: no full signature and no mock in either brief, no endpoint named by both, no contract of
  both, no document that both read, no earlier task that defines types or tables of the subject, no design documents.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple

from planlint.diagnostics import Evidence
from planlint.facts.denial import denied
from planlint.facts.events import handovers
from planlint.facts.sides import SIDE_WORDS, Side, headline, side_of_path, sides_of
from planlint.facts.signatures import endpoints_in, signatures_in
from planlint.facts.subjects import is_weak, stem_of, subject_of
from planlint.facts.words import name_parts, singular, written_parts
from planlint.model import Kind, Mode, Task
from planlint.source.regex import regex

if TYPE_CHECKING:
    from planlint.facts.facts import Facts

_MEET = frozenset(
    {
        frozenset({Side.DATA, Side.SERVICE}),
        frozenset({Side.TYPES, Side.SERVICE}),
        frozenset({Side.TYPES, Side.CLIENT}),
        frozenset({Side.SERVICE, Side.CLIENT}),
    }
)
"""Sides that build against each other directly."""


class Role(NamedTuple):
    """A task with the side it builds; `evidence` is stated when files say so, inferred when only words do."""

    task: int
    side: Side
    evidence: Evidence


class InterfaceGap(NamedTuple):
    """One feature whose sides are built at the same time with no agreed shape."""

    subject: str
    """The feature in words, as the first title writes them: `user settings`."""
    roles: tuple[Role, ...]
    """The tasks concerned, in plan order."""
    pairs: tuple[tuple[int, int], ...]
    """The pairs of tasks that build against each other."""
    evidence: Evidence
    """Of the firmest pair: declared where both sides list files of one name that they create, and their texts agree."""


MAX_TASKS = 400
"""Plans with more candidates than this are not searched: no feature is cut into that many sides."""

_AGREED = regex(
    r"\b(?:mock(?:ed|s)?|stub(?:s|bed)?|openapi|swagger|contracts?|\.proto)\b"
    r"(?! (?:is|are|was|were)(?: not|n't| missing| undefined| unclear| open)\b)",
    re.IGNORECASE,
)
"""Words for a shape that is agreed, unless the text goes on that it is open ("contracts are not defined")."""


def find_gaps(facts: Facts) -> list[InterfaceGap]:
    """All gaps of a plan, one for each feature, in plan order; empty where the plan rests on design documents."""
    if facts.plan.design_documents or facts.plan.incomplete or facts.plan.pattern:
        return []
    search = _Search(facts)
    return [*search.gaps(), *search.events()]


class _Feature:
    """The pairs of one feature while they are found."""

    def __init__(self, subject: frozenset[str]) -> None:
        self.subject = subject
        """Words that all pairs share."""
        self.roles: dict[int, Role] = {}
        self.pairs: list[tuple[int, int]] = []
        self.firm = False
        """Whether one pair rests on declared files alone."""

    def takes(self, shared: frozenset[str], pair: tuple[int, int]) -> bool:
        """Whether a pair with these words is about this feature: a common word and a common task."""
        return bool(self.subject & shared) and (pair[0] in self.roles or pair[1] in self.roles)

    def add(self, shared: frozenset[str], pair: tuple[int, int], roles: tuple[Role, Role]) -> None:
        """Take a pair in."""
        self.subject &= shared
        self.roles.update({role.task: role for role in roles})
        self.pairs.append(pair)


class _Search:
    """One pass over a plan."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.tasks = [task for task in facts.tasks if task.kind is Kind.BUILD]
        sided = ((task.index, sides) for task in self.tasks if (sides := sides_of(task)))
        self.sides = dict(islice(sided, MAX_TASKS + 1))
        self.searched = 1 < len(self.sides) <= MAX_TASKS
        self.subjects = {task.index: subject_of(task) for task in self.tasks} if self.searched else {}
        self.stems = {task.index: self._stems(task) for task in self.tasks} if self.searched else {}

    def gaps(self) -> list[InterfaceGap]:
        """Pairs put together by feature."""
        if not self.searched:
            return []
        features: list[_Feature] = []
        for first, second in combinations(sorted(self.sides), 2):
            if not self.facts.order.concurrent(first, second):
                continue
            roles = self._roles(first, second)
            shared = self._shared(first, second)
            if roles is None or not shared or self._agreed(first, second, shared):
                continue
            pair = (first, second)
            feature = next((known for known in features if known.takes(shared, pair)), None)
            if feature is None:
                feature = _Feature(shared)
                features.append(feature)
            feature.add(shared, pair, roles)
            feature.firm |= self._is_firm(*roles)
        return [self._gap(feature) for feature in features]

    def events(self) -> list[InterfaceGap]:
        """Events between two tasks of which neither says what is in them, nor anything else does."""
        found = []
        for name, publisher, consumer in handovers(self.facts):
            one, other = self.facts.task(publisher), self.facts.task(consumer)
            words = frozenset(singular(word) for word in name_parts(name))
            if not (
                self._spells_out(one)
                or self._spells_out(other)
                or self.facts.contracts.shared(one, other)
                or self._reads_meet(one, other)
                or self._given(words)
            ):
                roles = (
                    Role(publisher, Side.PUBLISHER, Evidence.STATED),
                    Role(consumer, Side.CONSUMER, Evidence.STATED),
                )
                pairs = ((publisher, consumer),)
                found.append(InterfaceGap(name, tuple(sorted(roles)), pairs, Evidence.STATED))
        return found

    def _gap(self, feature: _Feature) -> InterfaceGap:
        known = feature.roles
        roles = tuple(known[task] for task in sorted(known))
        spelling: dict[str, str] = {}
        for role in roles:
            for word in written_parts(headline(self.facts.task(role.task))):
                spelling.setdefault(singular(word), word)
        order = list(spelling)
        named = sorted(feature.subject, key=lambda word: (order.index(word) if word in order else len(order), word))
        firmest = min(
            (Evidence.weakest(known[a].evidence, known[b].evidence) for a, b in feature.pairs),
            key=lambda item: item.rank,
        )
        evidence = Evidence.DECLARED if feature.firm else firmest
        return InterfaceGap(" ".join(spelling.get(word, word) for word in named), roles, tuple(feature.pairs), evidence)

    def _roles(self, first: int, second: int) -> tuple[Role, Role] | None:
        """The sides on which the two meet; None when they build the same side or sides that do not meet."""
        ours, theirs = self.sides[first], self.sides[second]
        if ours.keys() & theirs.keys():
            return None
        for mine in ours:
            for other in theirs:
                if frozenset({mine, other}) in _MEET:
                    return Role(first, mine, ours[mine]), Role(second, other, theirs[other])
        return None

    def _shared(self, first: int, second: int) -> frozenset[str]:
        """The telling words of both: of files with one name, else all; empty when there is only a weak one."""
        shared = self.subjects[first] & self.subjects[second] - self._everywhere
        same = frozenset(word for stem in self.stems[first].keys() & self.stems[second].keys() for word in stem)
        weight = sum(0.5 if is_weak(word) else 1.0 for word in shared)
        return shared | same if same or weight >= 1 else frozenset()

    def _stems(self, task: Task) -> dict[frozenset[str], frozenset[Side]]:
        """The names of the files that the task writes for some side, with the sides for which it declares new ones.

        Not the name of a directory in which everything happens, which is no feature's.
        """
        found: dict[frozenset[str], frozenset[Side]] = {}
        for scope in task.writes:
            side = None if scope.weak or scope.mode is Mode.DELETE else side_of_path(scope.path)
            stem = stem_of(scope.path) if side is not None else frozenset()
            if side is None or not stem or (stem <= self._everywhere and not stem_of(scope.path.rpartition("/")[2])):
                continue
            new = scope.mode is Mode.CREATE and scope.evidence is Evidence.DECLARED
            found[stem] = found.get(stem, frozenset()) | ({side} if new else frozenset())
        return found

    def _is_firm(self, one: Role, other: Role) -> bool:
        """Whether both list a new file of one name for their side, and each one's text names the side or the thing."""
        for stem in self.stems[one.task].keys() & self.stems[other.task].keys():
            if all(
                role.side in self.stems[role.task][stem]
                and (stem | SIDE_WORDS.get(role.side, frozenset())) & self._words(role.task)
                and not self._looks_up(role.task, stem)
                for role in (one, other)
            ):
                return True
        return False

    def _words(self, index: int) -> frozenset[str]:
        task = self.facts.task(index)
        return frozenset(name_parts(f"{task.id} {headline(task)} {task.brief[:2000]}"))

    def _looks_up(self, index: int, stem: frozenset[str]) -> bool:
        """Whether the task reads something about the subject, which may tell it the shape."""
        reads = self.facts.effects.reads_of(self.facts.task(index))
        return any(stem & set(name_parts(read.pattern.normal)) for read in reads)

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        """Words in most tasks of a large plan: the project's or product's name rather than a feature's."""
        if len(self.tasks) <= 6:
            return frozenset()
        counts = Counter(word for subject in self.subjects.values() for word in subject)
        return frozenset(word for word, count in counts.items() if count > 0.6 * len(self.tasks))

    def _agreed(self, first: int, second: int, shared: frozenset[str]) -> bool:
        """Whether something fixes what the two build against."""
        one, other = self.facts.task(first), self.facts.task(second)
        return (
            not (self._makes_new(one) or self._makes_new(other))
            or first in self._spelled_out
            or second in self._spelled_out
            or bool(self._endpoints(first) & self._endpoints(second))
            or bool(self.facts.contracts.shared(one, other))
            or self._reads_meet(one, other)
            or self._given(shared)
            or self._defined_before(first, second, shared)
        )

    def _makes_new(self, task: Task) -> bool:
        """Whether the task makes a file, or may: changes to what exists build on a shape that exists."""
        if not task.writes:
            return True
        repository = self.facts.repository
        return any(
            scope.mode is Mode.CREATE
            or (scope.mode is Mode.WRITE and not (repository.known and repository.exists(scope.path)))
            for scope in task.writes
        )

    @cached_property
    def _spelled_out(self) -> frozenset[int]:
        """Tasks whose brief gives a full signature, or says that it builds against a mock or a contract."""
        return frozenset(index for index in self.sides if self._spells_out(self.facts.task(index)))

    @staticmethod
    def _spells_out(task: Task) -> bool:
        text = f"{task.title}\n{task.brief}"
        agreed = any(not denied(text, match.start(), words=2) for match in _AGREED.finditer(text))
        return agreed or bool(signatures_in(text))

    def _endpoints(self, index: int) -> frozenset[str]:
        if index not in self._endpoint_cache:
            task = self.facts.task(index)
            self._endpoint_cache[index] = frozenset(endpoints_in(f"{task.title}\n{task.brief}"))
        return self._endpoint_cache[index]

    @cached_property
    def _endpoint_cache(self) -> dict[int, frozenset[str]]:
        return {}

    def _reads_meet(self, one: Task, other: Task) -> bool:
        """Whether both read one file, or one reads what the other writes (which is another rule's business)."""
        effects = self.facts.effects
        reads = [{effect.pattern.key for effect in effects.reads_of(task)} for task in (one, other)]
        writes = [{effect.pattern.key for effect in effects.writes_of(task)} for task in (one, other)]
        return bool(reads[0] & reads[1] or reads[0] & writes[1] or reads[1] & writes[0])

    def _given(self, shared: frozenset[str]) -> bool:
        """Whether the plan's own list gives a full signature for something of this subject."""
        for interface in self.facts.contracts.interfaces.values():
            if interface.given is None:
                continue
            text = f"{interface.id} {interface.given.text} {' '.join(interface.files)}"
            if shared & {singular(word) for word in name_parts(text)}:
                return True
        return False

    def _defined_before(self, first: int, second: int, shared: frozenset[str]) -> bool:
        """Whether a task that happens before both, finished ones included, defines types or tables of the subject."""
        order = self.facts.order
        before = order.ancestors[first] & order.ancestors[second]
        return any(before >> index & 1 and subject & shared for index, subject in self._definers.items())

    @cached_property
    def _definers(self) -> dict[int, frozenset[str]]:
        """All tasks of the plan that define types or tables, with their subjects."""
        defining = {Side.TYPES, Side.DATA}
        return {task.index: subject_of(task) for task in self.facts.plan.tasks if defining & sides_of(task).keys()}
