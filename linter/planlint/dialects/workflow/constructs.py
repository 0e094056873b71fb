"""The constructs of a workflow script that decide what runs at once, in which order and how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from planlint.dialects.calls.fanout import read_header
from planlint.readers.code import Call, Expression
from planlint.source import Origin

PARALLEL = ("parallel", "Promise.all", "Promise.allSettled", "Promise.race")
PIPELINE = "pipeline"
_EACH = (".map", ".flatMap", ".forEach")


@dataclass(slots=True)
class Repeat:
    """A construct that runs what is in it once for each element: `for`, `while`, `list.map(...)`, `pipeline(list)`."""

    origin: Origin
    over: str
    start: int
    kind: Literal["each", "pipeline", "loop"] = "loop"
    waits: bool = False
    """A loop that waits for each turn before it starts the next: its turns never run at once."""
    width: int | None = None
    """The number of elements, where the list is written out."""


class Level(NamedTuple):
    """A construct around a launch that decides the order, and the branch of it in which the launch stands.

    `parallel`: an element of the array; below -1 for what came by a variable, -1 where nothing is known. `stages`: a
    stage of `pipeline()`. `turns` and `elements`: an element of a written list that is gone through, waiting for each
    or not.
    """

    kind: Literal["parallel", "stages", "turns", "elements"]
    origin: Origin
    branch: int
    route: tuple[int, ...] = ()
    """The calls through which the script comes to the construct, as in `Place`: each time it is another one."""

    @property
    def start(self) -> int:
        """Where the construct begins, which tells it from others."""
        return self.origin.start


def is_group(call: Call) -> bool:
    """Whether the call is a `parallel()` or `pipeline()`."""
    return call.name in PARALLEL or call.name == PIPELINE


def is_each(call: Call) -> bool:
    """Whether the call runs its argument for each element of a list."""
    source, callee = call.source.text, call.callee
    return source.endswith(_EACH, callee.start, callee.end)


def names_in(argument: Expression) -> Iterator[str]:
    """The variables that an argument is, or that stand or are spread in an array."""
    if argument.name is not None:
        yield argument.name
    for element in argument.elements():
        yield element.name if element.name is not None else element.origin.text.removeprefix("...")


def branches_of(group: Call) -> list[tuple[int, int]]:
    """Where the elements of the array that a group is given, or the stages of a pipeline, begin and end."""
    if group.name == PIPELINE:
        branches = group.arguments[1:]
    else:
        branches = group.arguments[0].elements() if group.arguments else []
    return [(branch.start, branch.end) for branch in branches]


def head_of(loop: Origin) -> tuple[str, str]:
    """The keyword of a loop, and what stands in the brackets behind it; nothing for `do`."""
    from planlint.dialects.calls.brackets import scan_group

    text = loop.text
    opening = text.find("(")
    if opening < 0 or text.startswith("do"):
        return "", ""
    group = scan_group(text, opening, len(text))
    return text[:opening].strip(), text[opening + 1 : group.end - 1]


def loop_of(origin: Origin, *, waits: bool = False) -> Repeat:
    """A loop statement: what its header ranges over."""
    keyword, inside = head_of(origin)
    if not keyword:
        return Repeat(origin.narrow(0, 2), "a loop", origin.start, waits=waits)
    end = origin.text.find("(") + len(inside) + 2
    return Repeat(origin.narrow(0, end), read_header(keyword, inside).over, origin.start, waits=waits)
