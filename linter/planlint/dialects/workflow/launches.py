"""The calls of `agent()` in a workflow script: what each says, and what stands around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from planlint.readers.code import Assignment, Call, Expression
from planlint.readers.javascript import JsModule
from planlint.source import Origin

AGENT = "agent"
PARALLEL = ("parallel", "Promise.all", "Promise.allSettled", "Promise.race")
PIPELINE = "pipeline"
_EACH = (".map", ".flatMap", ".forEach")


@dataclass(slots=True)
class Repeat:
    """A construct that runs what is in it once for each element: `for`, `while`, `list.map(...)`, `pipeline(list)`."""

    origin: Origin
    over: str
    start: int


@dataclass(slots=True)
class AgentCall:
    """One `agent(prompt, options)`. `position` is where it runs: its own place, or that of a call of its function.

    `groups` are the `parallel()` and `pipeline()` calls around it, outermost first, each with the branch it stands in
    (an element of the array, a stage); `repeats` likewise what runs it several times.
    """

    call: Call
    position: int
    options: dict[str, Expression]
    groups: list[tuple[Call, int]] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)

    @property
    def prompt(self) -> Expression | None:
        """The first argument."""
        return self.call.arguments[0] if self.call.arguments else None

    @property
    def waits(self) -> bool:
        """Whether the script itself waits for it before it goes on; in a group, the group is waited for."""
        return self.call.awaited and not self.groups

    def option(self, name: str) -> str | None:
        """The text of an option; values inserted in it stay as written."""
        value = self.options.get(name)
        text = value.text() if value is not None else None
        if text is not None:
            return text.text
        plain = value.plain if value is not None else None
        return plain if isinstance(plain, str) else None


def agent_calls(module: JsModule) -> list[AgentCall]:
    """All launches of `module`, in the order in which the script comes to them."""
    surroundings = _Surroundings(module)
    found = []
    for call in module.calls_of(AGENT):
        places = surroundings.places_of(call)
        options = call.arguments[1].entries() if len(call.arguments) > 1 else {}
        launch = AgentCall(call, places[0].start if places else call.start, options)
        seen: set[int] = set()
        # From the launch outwards: its own surroundings, then those of the place where its function is called.
        for place in (call, *places):
            groups, repeats = surroundings.around(place, seen)
            launch.groups[:0] = groups
            launch.repeats[:0] = repeats
        if launch.groups and places:
            launch.position = launch.groups[0][0].start
        found.append(launch)
    found.sort(key=lambda launch: (launch.position, launch.call.start))
    return found


class _Surroundings:
    """Answers what stands around a call, followed through variables that hold thunks and through functions.

    Everything is indexed once, so that asking for every launch stays linear in the length of the script.
    """

    def __init__(self, module: JsModule) -> None:
        self._calls: dict[str, list[Call]] = {}
        self._parents: dict[int, list[Call]] = {}
        self._takers: dict[str, list[Call]] = {}
        self._functions: dict[int, str] = {}
        self._holders: list[Assignment] = []
        chain: list[Call] = []
        for call in sorted(module.calls, key=lambda call: (call.start, -call.end)):
            while chain and chain[-1].end <= call.start:
                chain.pop()
            chain.append(call)
            self._parents[call.start] = list(chain)
            if call.name is not None:
                self._calls.setdefault(call.name, []).append(call)
            if _is_group(call) or _is_each(call):
                for name in {name for argument in call.arguments for name in _names(argument)}:
                    self._takers.setdefault(name, []).append(call)
        for entry in module.assignments:
            self._functions.setdefault(entry.value.start, entry.name)
            made = entry.value.call()
            if entry.value.elements() or (made is not None and _is_each(made)):
                self._holders.append(entry)
        self._holders.sort(key=lambda entry: entry.value.start)
        self._holder_starts = [entry.value.start for entry in self._holders]

    def places_of(self, call: Call) -> list[Call]:
        """The calls that make `call` happen, nearest first: of its function, of the group that takes its thunk."""
        places: list[Call] = []
        at = call
        for _ in range(_MAX_HOPS):
            user = self._user(at)
            if user is None or user in places:
                break
            places.append(user)
            at = user
        return places

    def around(self, place: Call, seen: set[int]) -> tuple[list[tuple[Call, int]], list[Repeat]]:
        """The groups and repeats that `place` is or stands in, outermost first, without those in `seen`."""
        groups: list[tuple[Call, int]] = []
        repeats: list[Repeat] = []
        for call in self._parents[place.start]:
            if call.start in seen:
                continue
            if _is_group(call):
                seen.add(call.start)
                groups.append((call, _branch(call, place.start)))
                if call.name == PIPELINE and call.arguments:
                    over = call.arguments[0]
                    repeats.append(Repeat(over.origin, over.origin.text, call.start))
            elif _is_each(call) and (place is call or place.start >= call.callee.end):
                seen.add(call.start)
                ranged = call.callee.narrow(0, call.callee.text.rfind("."))
                repeats.append(Repeat(ranged, ranged.text, call.start))
        for one in place.within:
            if one.kind == "loop" and one.origin.start not in seen:
                seen.add(one.origin.start)
                repeats.append(_loop(one.origin))
        repeats.sort(key=lambda repeat: repeat.start)
        return groups, repeats

    def _user(self, call: Call) -> Call | None:
        """What makes `call` happen: `parallel(jobs)` for a thunk in `jobs`, `review(x)` for one in `review`."""
        for one in reversed(call.within):
            if one.kind == "call" and one.name.endswith(".push"):
                return self._taking(one.name[: -len(".push")], one.origin)
        holder = self._holder(call)
        if holder is not None:
            return self._taking(holder.name, holder.origin)
        function = next((one for one in reversed(call.within) if one.kind == "function"), None)
        if function is None:
            return None
        name = function.name or self._functions.get(function.origin.start, "")
        if not name:
            return None
        called = self._calls.get(name)
        return called[0] if called else self._taking(name, function.origin)

    def _holder(self, call: Call) -> Assignment | None:
        """The variable whose array (or mapped list) of thunks the call stands in."""
        last = bisect_right(self._holder_starts, call.start)
        for entry in reversed(self._holders[max(0, last - _MAX_HOLDERS) : last]):
            if call.end <= entry.value.end:
                return entry
        return None

    def _taking(self, name: str, where: Origin) -> Call | None:
        """The group or mapping outside of `where` that is handed the variable `name`."""
        takers = self._takers.get(name, ())
        return next((call for call in takers if not where.start <= call.start < where.end), None)


_MAX_HOPS = 4
"""Functions and variables followed from a launch to where it happens."""
_MAX_HOLDERS = 50
"""Lists before a launch that are asked whether it stands in them."""


def _is_group(call: Call) -> bool:
    return call.name in PARALLEL or call.name == PIPELINE


def _is_each(call: Call) -> bool:
    """Whether the call runs its argument for each element of a list."""
    source, callee = call.source.text, call.callee
    return source.endswith(_EACH, callee.start, callee.end)


def _names(argument: Expression) -> Iterator[str]:
    """The variables that an argument is, or that stand or are spread in an array."""
    if argument.name is not None:
        yield argument.name
    for element in argument.elements():
        yield element.name if element.name is not None else element.origin.text.removeprefix("...")


def _branch(group: Call, place: int) -> int:
    """The number of the array's element, or of the stage, that `place` stands in; -1 for none of them."""
    if group.name == PIPELINE:
        branches = group.arguments[1:]
    else:
        branches = group.arguments[0].elements() if group.arguments else []
    for number, branch in enumerate(branches):
        if branch.start <= place < branch.end:
            return number
    return -1


def _loop(origin: Origin) -> Repeat:
    """A loop statement: what its header ranges over."""
    from planlint.dialects.calls.brackets import scan_group
    from planlint.dialects.calls.fanout import read_header

    text = origin.text
    opening = text.find("(")
    if opening < 0 or text.startswith("do"):
        return Repeat(origin.narrow(0, 2), "a loop", origin.start)
    group = scan_group(text, opening, len(text))
    header = read_header(text[:opening].strip(), text[opening + 1 : group.end - 1])
    return Repeat(origin.narrow(0, group.end), header.over, origin.start)
