"""How agents are launched and joined, where a plan spells it out (pseudo-code, workflow scripts, transcripts).

A `LaunchScript` is a flat list of steps in reading order; loops nest by `loop` ids. It is deliberately small:
enough to see a wait right after a spawn, a lost handle, a missing failure branch, an unbounded fan-out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from planlint.model.base import Part, Place, part
from planlint.records import NOTHING


@part
class FanOut(Part):
    """One agent for each element of something: `parallel(items.map(...))`, `for x in items: Task(...)`."""

    over: str
    """What it ranges over, as written."""
    origin: Place
    bound: int | None = None
    """The most agents it can start at once where that is known (literal list, slice, batch size, stated limit)."""
    batched: bool = False
    """Whether launches are cut into batches."""


@part
class Launch(Part):
    """One call that starts an agent."""

    origin: Place
    tool: str = "Task"
    description: str | None = None
    prompt: str | None = None
    prompt_origin: Place | None = None
    agent_type: str | None = None
    agent_type_origin: Place | None = None
    model: str | None = None
    background: bool | None = None
    isolation: str | None = None
    handle: str | None = None
    """The name that keeps its id (`id`, `ids[]`, `worker.id`); None where nobody keeps it."""
    awaited: bool = False
    """Called with `await`, so that nothing else starts before it ends (unless it runs in the background)."""
    task: int | None = None
    """`Task.index` of the task made from it, if any."""
    template: bool = False
    """Holds placeholders: it stands for launches, it is not one."""


@part
class Step(Part):
    """One step of a launch script.

    `kind`: `launch` (with `launch`), `wait` (for `handle`, or all), `poll` (asks for status in a loop), `use` (a result
    is used), `branch` (looks at status/failure), `update` (marks a shared task), `shell` (a command line in `text`).
    """

    kind: Literal["launch", "wait", "poll", "use", "branch", "update", "shell"]
    origin: Place
    launch: Launch | None = None
    handle: str | None = None
    loop: int | None = None
    """Id of the innermost loop around it."""
    message: int | None = None
    """Number of the message (or fenced block) it is sent in: launches of one message start together."""
    text: str | None = None


@part
class LaunchScript(Part):
    """A block of execution pseudo-code or a script.

    `loops` maps a loop id to its `FanOut`, `parents` a loop id to the loop around it.
    """

    origin: Place
    steps: tuple[Step, ...] = ()
    loops: Mapping[int, FanOut] = NOTHING
    parents: Mapping[int, int] = NOTHING
    language: str = ""
    example_of_wrong: bool = False
    """The text presents it as what not to do: nothing in it is a finding."""
    actor: str | None = None
    """Who runs it, where the text says so: `coordinator`, `worker` or `main`; None: the main session."""
