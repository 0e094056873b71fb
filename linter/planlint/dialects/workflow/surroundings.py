"""What stands around a call of `agent()`: groups, loops, and the functions and variables it is launched through."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from planlint.dialects.calls.fanout import read_header
from planlint.dialects.workflow.callers import MAX_COPIES, Callers, pushed_around
from planlint.dialects.workflow.constructs import (
    PIPELINE,
    Level,
    Repeat,
    branches_of,
    head_of,
    is_each,
    is_group,
    loop_of,
)
from planlint.dialects.workflow.scopes import head_of_function, parameters
from planlint.dialects.workflow.values import Bound, Names, Values, bind
from planlint.dialects.workflow.waits import AT_ONCE, Wait, Waits
from planlint.readers.code import Call, Expression
from planlint.readers.javascript import JsModule
from planlint.source import Origin

_MAX_HOPS = 4
"""Functions and variables followed from a launch to where it happens."""


@dataclass(slots=True)
class Place:
    """One way in which a call happens: `route` are the places of what makes it happen, outermost first, and its own."""

    route: tuple[int, ...]
    levels: list[Level] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    names: Names = field(default_factory=dict)
    wait: Wait = AT_ONCE
    two: tuple[Place, ...] = ()
    """Where it happens for each element of a list that is not known, all at once: the same for two of them."""


@dataclass(slots=True)
class _Listed:
    """A written list that a construct goes through: its `elements` one by one stand for the parameters `taken`."""

    level: Level
    elements: list[Bound]
    taken: list[str | list[str]]


class Surroundings:
    """Answers what stands around a call, followed through variables that hold thunks and through functions.

    Everything is indexed once, so that asking for every launch stays linear in the length of the script.
    """

    def __init__(self, module: JsModule, values: Values) -> None:
        self._values = values
        self._waits = Waits(module)
        self._loops = module.loops
        self._callers = Callers(module)
        self._parents: dict[int, list[Call]] = {}
        self._branches: dict[int, list[tuple[int, int]]] = {}
        chain: list[Call] = []
        for call in sorted(module.calls, key=lambda call: (call.start, -call.end)):
            while chain and chain[-1].end <= call.start:
                chain.pop()
            chain.append(call)
            self._parents[call.start] = list(chain)

    def of(self, call: Call) -> list[Place]:
        """All the ways in which `call` happens: for each call of its function, for each element of a written list."""
        chains = self._chains(call)
        found = [place for chain in chains for place in self._places(call, chain)]
        return found if len(found) <= MAX_COPIES else [self._place(call, chains[0], ())]

    def _chains(self, call: Call) -> list[list[Call]]:
        """The calls that make `call` happen, nearest first: of its function, of the group that takes its thunk."""
        chains: list[list[Call]] = [[]]
        for _ in range(_MAX_HOPS):
            longer: list[list[Call]] = []
            for chain in chains:
                users = [user for user in self._callers.of(chain[-1] if chain else call) if user not in chain]
                longer += [[*chain, user] for user in users] or [chain]
            if len(longer) > MAX_COPIES:
                longer = longer[:1]
            if longer == chains:
                break
            chains = longer
        return chains

    def _places(self, call: Call, chain: list[Call]) -> Iterator[Place]:
        lists = self._lists(call, chain)
        width = 1
        for one in lists:
            width *= len(one.elements)
        if width > MAX_COPIES:
            lists = []
        for numbers in product(*(range(len(one.elements)) for one in lists)):
            chosen = tuple(zip(lists, numbers, strict=True))
            place = self._place(call, chain, chosen)
            many = self._at_once(call, place, chosen)
            if many is not None:
                place.two = tuple(self._place(call, chain, (*chosen, (many, number))) for number in (0, 1))
            yield place

    def _at_once(self, call: Call, place: Place, chosen: tuple[tuple[_Listed, int], ...]) -> _Listed | None:
        """The list of unknown length that is gone through without waiting for each element."""
        known = {one.level.start for one, _ in chosen}
        loose = not call.awaited or any(level.kind == "parallel" for level in place.levels)
        for repeat in place.repeats:
            if repeat.start in known or (repeat.kind == "each" and not loose) or repeat.kind == "loop":
                continue
            # Only where it begins tells levels apart.
            begin = Origin(repeat.origin.source, repeat.start, repeat.origin.end)
            return _Listed(Level("elements", begin, 0), [], [])
        return None

    def _place(self, call: Call, chain: list[Call], chosen: tuple[tuple[_Listed, int], ...]) -> Place:
        """One way: through `chain`, with one element taken of each of the written lists."""
        place = Place((*(one.start for one in reversed(chain)), call.start))
        taken = {one.level.start: (one, number) for one, number in chosen}
        seen: set[int] = set()
        # From the launch outwards: its own surroundings, then those of the place where its function is called.
        inner = None
        for number, at in enumerate((call, *chain)):
            levels, repeats = self._around(at, inner, seen, taken)
            inner = at
            route = place.route[: len(chain) - number]
            place.levels[:0] = [level._replace(route=route) for level in levels]
            place.repeats[:0] = repeats
        # A group that is handed what a variable holds is waited for in the loops around itself.
        turns = {one.origin.start for at in chain if is_group(at) and at.awaited for one in at.within}
        for repeat in place.repeats:
            repeat.waits |= repeat.kind == "loop" and repeat.start in turns
        self._bind(place.names, call, chain, chosen)
        place.wait = self._waits.of([call, *chain])
        return place

    def _around(
        self, place: Call, inner: Call | None, seen: set[int], taken: dict[int, tuple[_Listed, int]]
    ) -> tuple[list[Level], list[Repeat]]:
        """The levels and repeats that `place` is or stands in, outermost first, without those in `seen`.

        `inner` is what `place` makes happen.
        """
        levels: list[Level] = []
        repeats: list[Repeat] = []

        def add(repeat: Repeat) -> None:
            if repeat.start in taken:
                one, number = taken[repeat.start]
                levels.append(one.level._replace(branch=number))
                repeat.width = len(one.elements) or None
            repeats.append(repeat)

        around = self._parents[place.start]
        for call in around:
            if call.start in seen:
                continue
            if is_group(call):
                seen.add(call.start)
                if call.name == PIPELINE and call.arguments:
                    over = call.arguments[0]
                    add(Repeat(over.origin, over.origin.text, call.start, "pipeline"))
                kind: Literal["parallel", "stages"] = "stages" if call.name == PIPELINE else "parallel"
                levels.append(Level(kind, call.callee, self._branch(call, place, inner)))
            elif is_each(call) and (place is call or place.start >= call.callee.end):
                seen.add(call.start)
                ranged = call.callee.narrow(0, call.callee.text.rfind("."))
                add(Repeat(ranged, ranged.text, call.start, "each"))
        for one in place.within:
            if one.kind == "loop" and one.origin.start not in seen:
                seen.add(one.origin.start)
                # What runs in a turn: the group in it, or what launches elsewhere.
                group = next((call for call in around if is_group(call) and call.start >= one.origin.start), place)
                add(loop_of(one.origin, waits=group.awaited))
        levels.sort(key=lambda level: level.start)
        repeats.sort(key=lambda repeat: repeat.start)
        return levels, repeats

    def _branch(self, group: Call, place: Call, inner: Call | None) -> int:
        """The number of the array's element, or of the stage, that `place` stands in or hands over.

        Below -1, what tells it from the others that came by a variable or for each element of a list; -1 where nothing
        tells.
        """
        if group.start not in self._branches:
            self._branches[group.start] = branches_of(group)
        branches = self._branches[group.start]
        number = bisect_right(branches, (place.start, len(group.source.text) + 1)) - 1
        if number >= 0 and place.start < branches[number][1]:
            return number
        if place is group:
            return self._handed(group, inner) if inner is not None else -1
        for call in self._parents[place.start]:
            if call.start > group.start and is_each(call) and (call is place or place.start >= call.callee.end):
                return _apart(call.start)
        return -1

    def _handed(self, group: Call, inner: Call) -> int:
        """The branch of what `inner` stands in, which a variable hands to `group`: see `_branch`."""
        callers = self._callers
        pushed = pushed_around(inner)
        if pushed is not None:
            return _apart(pushed.origin.start)
        holder = callers.holder(inner)
        if holder is not None:
            return _apart(_element_at(holder.value, inner.start))
        _, name = callers.named_around(inner)
        branches = group.arguments[1:] if group.name == PIPELINE else group.arguments[0].elements()
        number = next((number for number, branch in enumerate(branches) if name and branch.name == name), -1)
        listing = callers.listing(name)
        if number >= 0 or listing is None:
            return number
        return _apart(next((one.start for one in listing.value.elements() if one.name == name), listing.value.start))

    # -- written lists and parameters ----------------------------------------------------------------------------------

    def _lists(self, call: Call, chain: list[Call]) -> list[_Listed]:
        """The written lists that are gone through around a launch, outermost first."""
        found: dict[int, _Listed] = {}
        names: Names = {}
        inner = [call, *chain]
        for number, place in enumerate(reversed(inner)):
            nearer = inner[-number - 2] if number + 1 < len(inner) else None
            for around in self._parents[place.start]:
                if around.start not in found and (is_each(around) or around.name == PIPELINE):
                    listed = self._gone_through(around, place, nearer, names)
                    if listed is not None:
                        found[around.start] = listed
            for one in place.within:
                if one.kind == "loop" and one.origin.start not in found:
                    listed = self._looped(one.origin, place, names)
                    if listed is not None:
                        found[one.origin.start] = listed
            if nearer is not None:
                self._take(names, place, nearer)
        return list(found.values())

    def _gone_through(self, around: Call, place: Call, nearer: Call | None, names: Names) -> _Listed | None:
        """The list of `list.map(...)` or `pipeline(list, ...)`, where `place` stands in what is done for each."""
        pipeline = around.name == PIPELINE
        listed = around.receiver if not pipeline else around.arguments[0] if around.arguments else None
        elements = self._values.elements(listed, names)
        if not elements or (place is not around and place.start < around.callee.end):
            return None
        callbacks = around.arguments[1:] if pipeline else around.arguments[:1]
        for number, callback in enumerate(callbacks):
            function = head_of_function(callback.origin)
            if callback.name is not None:
                # The function stands elsewhere, and the launch in it.
                named = self._callers.function_around(
                    nearer if place is around and nearer is not None else place, callback.name
                )
                if named is None:
                    continue
                function = head_of_function(named.origin)
            elif not callback.start <= place.start < callback.end:
                continue
            taken = parameters(function)
            # A later stage is given the result of the one before, and behind it the element.
            taken = taken[1:2] if pipeline and number else taken[:2] if pipeline else taken[:1]
            return _Listed(Level("elements", around.callee, 0), elements, taken)
        return None

    def _looped(self, loop: Origin, place: Call, names: Names) -> _Listed | None:
        header = read_header(*head_of(loop))
        if header.variable is None or header.conditional:
            return None
        elements = self._values.elements(self._loops.get(loop.start), names)
        kind: Literal["turns", "elements"] = "turns" if place.awaited else "elements"
        taken = parameters(f"({header.variable})=>")
        return _Listed(Level(kind, loop.narrow(0, 3), 0), elements, taken) if elements else None

    def _bind(self, names: Names, call: Call, chain: list[Call], chosen: tuple[tuple[_Listed, int], ...]) -> None:
        """What the parameters around a launch stand for: elements of the lists, and arguments of the calls."""
        around: Names = {}
        for one, number in chosen:
            for parameter in one.taken:
                bind(around, parameter, *one.elements[number])
        names.update(around)
        inner = [call, *chain]
        for number in range(len(chain) - 1, -1, -1):
            self._take(names, chain[number], inner[number])

    def _take(self, names: Names, caller: Call, callee: Call) -> None:
        """Let the parameters of the function around `callee` stand for the arguments that `caller` gives it."""
        function = self._callers.function_around(callee, caller.name) if caller.name is not None else None
        if function is not None:
            outer = dict(names)
            for parameter, argument in zip(
                parameters(head_of_function(function.origin)), caller.arguments, strict=False
            ):
                bind(names, parameter, argument, outer)


def _element_at(value: Expression, place: int) -> int:
    """Where the element of an array begins in which `place` stands; the whole, where it is not written out."""
    return next((one.start for one in value.elements() if one.start <= place < one.end), value.start)


def _apart(start: int) -> int:
    """The number of a branch that begins at `start`, outside of the array that a group is given."""
    return -2 - start
