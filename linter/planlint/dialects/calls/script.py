"""What a walk through pseudo-code collects: steps, loops and names, cut into scripts that are right or wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from planlint.dialects.calls.arguments import Arguments
from planlint.dialects.calls.launches import further_fields, launch_of
from planlint.model import FanOut, Launch, LaunchScript, Step
from planlint.readers.prose import Prose
from planlint.records import Record, record
from planlint.source import Origin

StepKind = Literal["launch", "wait", "poll", "use", "branch", "update", "shell"]


@dataclass(slots=True)
class LoopDraft:
    """A loop while its body is read."""

    number: int
    variable: str | None
    over: str
    origin: Origin
    conditional: bool
    bound: int | None
    batched: bool
    parent: LoopDraft | None
    polled: bool = False

    @property
    def root(self) -> str:
        """The first name of what it ranges over: `batch` of `batch.tasks`."""
        for at, character in enumerate(self.over):
            if not (character.isalnum() or character in "_$"):
                return self.over[:at]
        return self.over


@dataclass(slots=True)
class StepDraft:
    """A step whose handle may still get its final name."""

    kind: StepKind
    start: int
    origin: Origin
    handle: str | None = None
    loop: LoopDraft | None = None
    message: int | None = None
    text: str | None = None
    arguments: Arguments | None = None
    prompt: Prose | None = None
    tool: str = ""
    awaited: bool = False
    elsewhere: bool = False
    """The agent works in another directory."""


@dataclass(slots=True)
class Segment:
    """A part of the code that is presented as right or as wrong."""

    start: int
    wrong: bool
    steps: list[StepDraft] = field(default_factory=list)
    end: int = 0


class Names:
    """Which names stand for the same launched agent: `id = task.id`, `ids.push(id)`."""

    def __init__(self) -> None:
        self._leader: dict[str, str] = {}

    def same(self, one: str, other: str) -> None:
        """`one` and `other` stand for the same."""
        first, second = self.find(one), self.find(other)
        if first != second:
            self._leader[second] = first

    def find(self, name: str) -> str:
        """The name that stands for all that mean the same."""
        seen = []
        while name in self._leader:
            seen.append(name)
            name = self._leader[name]
        for one in seen:
            self._leader[one] = name
        return name


@record
class ReadScript(Record):
    """A `LaunchScript` with what the model does not keep: prompts and further fields of launches, by their step."""

    script: LaunchScript
    prompts: dict[int, Prose]
    fields: dict[int, dict[str, Prose]]
    joined: bool = False
    """Whether the text before it tells to wait for all that was launched above."""

    @property
    def launches(self) -> list[tuple[int, Launch]]:
        """The launches with the indexes of their steps."""
        return [(index, step.launch) for index, step in enumerate(self.script.steps) if step.launch is not None]

    def with_tasks(self, tasks: dict[int, int]) -> LaunchScript:
        """The script with `Launch.task` set: step index to `Task.index`."""
        steps = list(self.script.steps)
        for index, task in tasks.items():
            launch = steps[index].launch
            if launch is not None:
                steps[index] = steps[index].replace(launch=launch.replace(task=task))
        return self.script.replace(steps=tuple(steps))


def build(code: Prose, segment: Segment, names: Names, language: str, actor: str | None) -> ReadScript | None:
    """The script of `segment`; None where it holds no step that launches, joins or asks."""
    if not any(step.kind in ("launch", "wait", "poll", "shell", "update") for step in segment.steps):
        return None
    kept = {names.find(step.handle) for step in segment.steps if step.kind == "launch" and step.handle is not None}
    steps: list[Step] = []
    prompts: dict[int, Prose] = {}
    fields: dict[int, dict[str, Prose]] = {}
    loops: dict[int, FanOut] = {}
    parents: dict[int, int] = {}
    for draft in sorted(segment.steps, key=lambda step: step.start):
        handle = names.find(draft.handle) if draft.handle is not None else None
        if draft.kind in ("wait", "use") and handle not in kept:
            handle = None
        launch = None
        if draft.arguments is not None:
            launch = launch_of(
                draft.arguments,
                draft.origin,
                tool=draft.tool,
                handle=handle,
                awaited=draft.awaited,
                elsewhere=draft.elsewhere,
            )
            fields[len(steps)] = further_fields(draft.arguments)
            if draft.prompt is not None:
                prompts[len(steps)] = draft.prompt
        loop = draft.loop
        while loop is not None and loop.number not in loops:
            loops[loop.number] = FanOut(over=loop.over, origin=loop.origin, bound=loop.bound, batched=loop.batched)
            if loop.parent is not None:
                parents[loop.number] = loop.parent.number
            loop = loop.parent
        steps.append(
            Step(
                kind=draft.kind,
                origin=draft.origin,
                launch=launch,
                handle=handle,
                loop=draft.loop.number if draft.loop is not None else None,
                message=draft.message,
                text=draft.text,
            )
        )
    script = LaunchScript(
        origin=code.origin(segment.start, segment.end),
        steps=tuple(steps),
        loops=loops,
        parents=parents,
        language=language,
        example_of_wrong=segment.wrong,
        actor=actor,
    )
    return ReadScript(script, prompts, fields)
