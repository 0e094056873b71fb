"""Launches in fences and paragraphs: scripts, and a task for each launch that is concrete."""

from __future__ import annotations

from planlint.diagnostics import Evidence
from planlint.dialects.calls import SHELL, ReadScript
from planlint.dialects.claude_md.found import FoundGroup, FoundTask
from planlint.dialects.claude_md.prompt_text import read_prompt
from planlint.dialects.claude_md.worker_fields import read_field
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prompts import bare_names
from planlint.dialects.prose.kind_words import kind_word
from planlint.model import Agent, Isolation, Kind, Launch, Parallel, Schedule, Serial, Step, serial
from planlint.model.schedule import Leaf

_READ_ONLY_TYPES = frozenset({"explore", "plan", "claude-code-guide"})
"""Built-in agent types without write tools (Claude Code, 2026-10)."""

_TITLE_LENGTH = 60


def read_launches(scripts: list[ReadScript], first: int = 0) -> FoundGroup | None:
    """A task for each launch that says all that its agent is to do: no placeholders, no loop, not shown as wrong.

    Of the scripts from number `first` on.
    """
    launches = [
        (number, step, launch)
        for number, script in enumerate(scripts)
        if number >= first and not script.script.example_of_wrong
        for step, launch in script.launches
        if not launch.template and script.script.steps[step].loop is None
    ]
    if not launches:
        return None
    proses = [scripts[number].prompts.get(step) for number, step, _ in launches]
    names = bare_names([[prose] if prose is not None else [] for prose in proses])
    tasks = []
    for index, (number, step, launch) in enumerate(launches):
        task = FoundTask(_draft(launch), launch=(number, step))
        prose = proses[index]
        if prose is not None:
            read_prompt(task, prose, names(index))
        for name, value in scripts[number].fields.get(step, {}).items():
            read_field(task, name, value, names(index))
        tasks.append(task)
    begin, end = scripts[first].script.origin, scripts[-1].script.origin
    return FoundGroup(tasks, begin.source.origin(begin.start, end.end), "calls that start agents")


def _draft(launch: Launch) -> TaskDraft:
    draft = TaskDraft("", launch.origin)
    told = launch.prompt or launch.description or ""
    line = next((line.strip() for line in told.splitlines() if line.strip()), "")
    draft.title = launch.description or (
        line if len(line) <= _TITLE_LENGTH else line[: _TITLE_LENGTH - 1].rstrip() + "…"
    )
    draft.brief = told
    draft.agent = Agent(
        type=launch.agent_type,
        model=launch.model,
        # A session of its own that a shell leaves running is no background agent: it keeps all tools.
        background=launch.background if launch.tool != SHELL else None,
        origin=launch.agent_type_origin or launch.origin,
    )
    if launch.agent_type_origin is not None:
        draft.places["agent"] = launch.agent_type_origin
    if launch.prompt_origin is not None:
        draft.places["brief"] = launch.prompt_origin
    if launch.isolation == "worktree":
        draft.isolation = Isolation.WORKTREE
    kind = Kind(kind_word(launch.description or launch.agent_type or "", told))
    if (launch.agent_type or "").lower() in _READ_ONLY_TYPES:
        kind = Kind.RESEARCH
        draft.isolation = Isolation.READ_ONLY
    draft.kind = kind
    return draft


def schedule_launches(
    scripts: list[ReadScript], tasks: dict[tuple[int, int], int], order: str | None
) -> Schedule | None:
    """The order in which the launched tasks run, by script and step to `Task.index`.

    Calls of one message run together until something waits for them. A call that is awaited by itself in the foreground
    is a step of its own. The next message begins when the one before has ended, unless that one's agents run in the
    background.
    """
    stages: list[list[tuple[int, Step]]] = []
    open_stage: list[tuple[int, Step]] = []
    message: tuple[int, int | None] | None = None
    together = order == "parallel"
    background = True

    def close() -> None:
        nonlocal open_stage
        if open_stage:
            stages.append(open_stage)
        open_stage = []

    for number, script in enumerate(scripts):
        if script.joined:
            close()
            message, background = None, False
        joined: set[str | None] = set()
        for at, step in enumerate(script.script.steps):
            if step.kind == "wait" and step.handle is None and not _alone(step, script, at):
                close()
            elif step.kind == "wait" and step.handle is not None:
                joined.add(step.handle)
                if open_stage and all(_handle(one) in joined for _, one in open_stage):
                    close()
            index = tasks.get((number, at))
            if index is None or step.launch is None:
                continue
            here = (number if not together else 0, step.message if not together else 0)
            if here != message and not (background and step.launch.background):
                close()
            message = here
            alone = step.launch.awaited and not step.launch.background and step.launch.handle != "gather"
            alone = alone and not (step.launch.handle or "").endswith("[]")
            if alone:
                close()
            open_stage.append((index, step))
            background = bool(step.launch.background)
            if alone:
                close()
    close()
    if not stages:
        return None
    return serial(
        (_stage(stage, order) for stage in stages),
        "what is launched later waits for what is launched before",
        Evidence.STATED,
    )


def _alone(step: Step, script: ReadScript, at: int) -> bool:
    """Whether a wait stands before every launch of its script, as a note on what happened earlier."""
    return not any(one.kind == "launch" for one in script.script.steps[:at])


def _handle(step: Step) -> str | None:
    return step.launch.handle if step.launch is not None else None


def _stage(stage: list[tuple[int, Step]], order: str | None) -> Schedule:
    if len(stage) == 1:
        return Leaf(stage[0][0])
    children = tuple(Leaf(index) for index, _ in stage)
    launches = [step.launch for _, step in stage if step.launch is not None]
    origin = launches[0].origin
    if order == "serial" and not any(launch.background for launch in launches):
        return Serial(children, "the text says that they run one after another", Evidence.STATED)
    if all(launch.background for launch in launches):
        return Parallel(children, "all run in the background", Evidence.DECLARED, origin)
    if order == "parallel" or any(
        launch.handle == "gather" or (launch.handle or "").endswith("[]") for launch in launches
    ):
        return Parallel(children, "they are started together", Evidence.STATED, origin)
    return Parallel(children, "calls of one message run together", Evidence.INFERRED, origin)
