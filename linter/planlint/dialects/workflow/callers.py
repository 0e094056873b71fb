"""What makes a call happen: calls of its function, and what takes the list or variable that holds its thunk."""

from __future__ import annotations

from bisect import bisect_right

from planlint.dialects.workflow.constructs import is_each, is_group, names_in
from planlint.readers.code import Assignment, Call, Enclosing
from planlint.readers.javascript import JsModule
from planlint.source import Origin

MAX_COPIES = 100
"""Launches that one call stands for; a longer list is a loop whose width is known."""

_PUSH = ".push"
_MAX_HOLDERS = 50
"""Lists before a launch that are asked whether it stands in them."""


class Callers:
    """Answers what makes a call of `module` happen; everything is indexed once."""

    def __init__(self, module: JsModule) -> None:
        self._calls: dict[str, list[Call]] = {}
        self._takers: dict[str, list[Call]] = {}
        self._functions: dict[int, str] = {}
        self._holders: list[Assignment] = []
        self._listing: dict[str, Assignment] = {}
        for call in sorted(module.calls, key=lambda call: (call.start, -call.end)):
            if call.name is not None:
                self._calls.setdefault(call.name, []).append(call)
            if is_group(call) or is_each(call):
                for name in {name for argument in call.arguments for name in names_in(argument)}:
                    self._takers.setdefault(name, []).append(call)
        for entry in module.assignments:
            self._functions.setdefault(entry.value.start, entry.name)
            made = entry.value.call()
            if entry.value.elements() or (made is not None and is_each(made)):
                self._holders.append(entry)
            for name in names_in(entry.value):
                self._listing.setdefault(name, entry)
        self._holders.sort(key=lambda entry: entry.value.start)
        self._holder_starts = [entry.value.start for entry in self._holders]

    def of(self, call: Call) -> list[Call]:
        """What makes `call` happen: `parallel(jobs)` for a thunk in `jobs`, each `review(x)` for one in `review`."""
        pushed = pushed_around(call)
        if pushed is not None:
            return self._taking(pushed.name[: -len(_PUSH)], pushed.origin)
        holder = self.holder(call)
        if holder is not None:
            return self._taking(holder.name, holder.origin)
        function, name = self.named_around(call)
        if function is None:
            return []
        called = [
            one for one in self._calls.get(name, ()) if not function.origin.start <= one.start < function.origin.end
        ]
        listing = self.listing(name)
        listed = self._taking(listing.name, listing.origin) if listing is not None else []
        return [*called[: MAX_COPIES + 1], *self._taking(name, function.origin), *listed]

    def named_around(self, call: Call) -> tuple[Enclosing | None, str]:
        """The innermost function around `call` that has a name, and its name.

        A function without a name runs where it stands, when the named one around it is called.
        """
        for one in reversed(call.within):
            if one.kind == "function":
                name = one.name or self._functions.get(one.origin.start, "")
                if name:
                    return one, name
        return None, ""

    def holder(self, call: Call) -> Assignment | None:
        """The variable whose array (or mapped list) of thunks the call stands in."""
        last = bisect_right(self._holder_starts, call.start)
        for entry in reversed(self._holders[max(0, last - _MAX_HOLDERS) : last]):
            made = entry.value.call()
            if call.end <= entry.value.end and (made is None or call.start >= made.callee.end):
                return entry
        return None

    def _taking(self, name: str, where: Origin) -> list[Call]:
        """The group or mapping outside of `where` that is handed the variable `name`."""
        takers = self._takers.get(name, ())
        return [call for call in takers if not where.start <= call.start < where.end][:1]

    def listing(self, name: str) -> Assignment | None:
        """The first variable whose value names `name`."""
        return self._listing.get(name)

    def function_around(self, place: Call, name: str) -> Enclosing | None:
        """The function called `name` around `place`."""
        for one in reversed(place.within):
            if one.kind == "function" and (one.name or self._functions.get(one.origin.start, "")) == name:
                return one
        return None


def pushed_around(call: Call) -> Enclosing | None:
    """The innermost `jobs.push(...)` around a call."""
    return next((one for one in reversed(call.within) if one.kind == "call" and one.name.endswith(_PUSH)), None)
