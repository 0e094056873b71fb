"""From a workflow script to a plan: a task for each `agent()`, ordered by the script's own structure."""

from __future__ import annotations

import re

from planlint.dialects.calls.fanout import Constants, is_batching
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.prompts import Resolve, bare_names, read_brief
from planlint.dialects.workflow.constructs import Repeat
from planlint.dialects.workflow.launches import AgentCall, agent_calls
from planlint.dialects.workflow.order import schedule_of
from planlint.dialects.workflow.results import steps_of_results
from planlint.dialects.workflow.values import Values
from planlint.model import (
    Agent,
    Capability,
    FanOut,
    Isolation,
    Kind,
    Launch,
    LaunchScript,
    Plan,
    Scope,
    Step,
)
from planlint.readers.javascript import JsModule
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Scalar
from planlint.source import Origin
from planlint.source.regex import regex

RUNTIME = "claude-code-workflow"

_TITLE = 80
"""Characters of a prompt's first line that name a launch without a label."""
_NAME = regex(r"[A-Za-z_$][\w$]*")
_LONGEST_BOUND = 400
_SELECTION = regex(
    r"([A-Za-z_$][\w$]*)\s*\.\s*(?:filter|sort|toSorted|reverse|toReversed)\s*\((?!.*\.\s*(?:flat|flatMap|concat)\b)",
    re.DOTALL,
)
"""`list.filter(...)` has no more elements than `list`."""
_MOST_SELECTIONS = 4
"""Selections from selections that are followed."""
"""Characters of an expression in which names of numbers are looked for."""


def plan_of(module: JsModule, path: str, dialect: str, capabilities: frozenset[Capability]) -> Plan:
    """The plan of one script."""
    source = module.source
    whole = source.origin(0, len(source.text))
    draft = PlanDraft(path, dialect, whole)
    phases = _Phases(module)
    launches: list[AgentCall] = []
    calls = agent_calls(module)
    names = bare_names([[launch.prose] if launch.prose is not None else [] for launch in calls])
    for number, launch in enumerate(calls):
        task = draft.add(_task(launch, phases, names(number)))
        if launch.two and task.writes:
            # Whatever the elements are, all of these agents write that file: two of them stand for all.
            launches += launch.doubled()
            other = draft.add(_task(launch, phases, names(number)))
            other.title = f"{other.title} (another)"
        else:
            launches.append(launch)
    meta = module.exports.get("meta")
    root = meta.literal() if meta is not None else None
    name = root.get("name") if isinstance(root, Mapping) else None
    return draft.finish(
        name=name.text if isinstance(name, Scalar) else "",
        schedule=schedule_of(launches),
        runtime=RUNTIME,
        scripts=(_script(module, launches, whole),) if launches else (),
        capabilities=capabilities,
        incomplete=module.broken,
        pattern=any(task.brief and "${" in task.brief for task in draft.tasks),
        sources=(whole,),
        places={"name": name.origin} if name is not None else {},
    )


class _Phases:
    """Which `phase("...")` was announced last before a launch."""

    def __init__(self, module: JsModule) -> None:
        self._marks: list[tuple[int, str]] = []
        for call in module.calls_of("phase"):
            text = call.arguments[0].text() if call.arguments else None
            if text is not None:
                self._marks.append((call.start, text.text))

    def at(self, position: int) -> str | None:
        """The title of the phase that is running at `position`."""
        return next((title for start, title in reversed(self._marks) if start < position), None)


def _task(launch: AgentCall, phases: _Phases, resolve: Resolve) -> TaskDraft:
    prompt = launch.prompt
    text = launch.told.text
    label = launch.option("label")
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    places = {
        name: value.origin for name, option in _PLACES.items() if (value := launch.options.get(option)) is not None
    }
    if prompt is not None:
        places["brief"] = prompt.origin
    if "title" not in places:
        places["title"] = (
            prompt.origin.narrow(0, len(prompt.origin.text.split("\n", 1)[0])) if prompt else (launch.call.callee)
        )
    schema = launch.options.get("schema")
    task = TaskDraft(
        id="",
        origin=launch.call.origin,
        title=label or first[:_TITLE],
        brief=text,
        agent=Agent(
            type=launch.option("agentType"),
            model=launch.option("model"),
            origin=places.get("agent"),
        ),
        isolation=Isolation.WORKTREE if launch.option("isolation") in ("worktree", "remote") else None,
        phase=launch.option("phase") or phases.at(launch.position),
        parallel=True if any(level.kind == "parallel" for level in launch.levels) else None,
        returns=schema.origin.text if schema is not None else None,
        places=places,
    )
    if launch.prose is not None:
        _add_effects(task, launch.prose, resolve)
    task.kind = _kind(label or first, first, bool(task.writes))
    return task


_KINDS = (
    (Kind.REVIEW, re.compile(r"(?:code[ -]?)?(?:review|audit|verif|validat|critique|judge|red-team)", re.IGNORECASE)),
    (Kind.INTEGRATE, re.compile(r"(?:synthesi[sz]e|synthesis|merge|combine|integrat|consolidate)", re.IGNORECASE)),
    (
        Kind.RESEARCH,
        re.compile(r"(?:research|find|list|explore|investigat|analy[sz]|summari[sz]e|scan|map |scout)", re.IGNORECASE),
    ),
)
"""How the label or the prompt of a launch begins that does not build."""


def _kind(label: str, prompt: str, writes: bool) -> Kind:
    for kind, begins in _KINDS:
        if begins.match(label) or begins.match(prompt):
            # Who is told to change files builds, whatever the first word says.
            return Kind.BUILD if writes and kind is Kind.RESEARCH else kind
    return Kind.BUILD


_PLACES = {"title": "label", "agent": "agentType", "isolation": "isolation", "phase": "phase", "returns": "schema"}
"""Field of a task to the option that fills it."""


def _add_effects(task: TaskDraft, prompt: Prose, resolve: Resolve) -> None:
    """What the prompt says about files; a path with a value inserted in it is no known path."""
    read_brief(task, prompt, default=None, resolve=resolve, alone=True)

    def known(scopes: list[Scope]) -> list[Scope]:
        return [scope for scope in scopes if "$" not in scope.path and "{" not in scope.path]

    task.writes, task.reads, task.off_limits = known(task.writes), known(task.reads), known(task.off_limits)
    written = {scope.path for scope in task.writes}
    task.reads = [scope for scope in task.reads if scope.path not in written]
    task.off_limits = [scope for scope in task.off_limits if scope.path not in written]


# -- launches --------------------------------------------------------------------------------------------------------


def _script(module: JsModule, launches: list[AgentCall], whole: Origin) -> LaunchScript:
    loops: dict[int, FanOut] = {}
    parents: dict[int, int] = {}
    numbers: dict[int, int] = {}
    steps = []
    for index, launch in enumerate(launches):
        if launch.copy:
            continue
        innermost: int | None = None
        for repeat in launch.repeats:
            if repeat.waits and launch.levels and not is_batching(repeat.over):
                continue  # a group in each turn: only what is in it runs at once
            number = numbers.setdefault(repeat.start, len(numbers))
            if number not in loops:
                loops[number] = _fan_out(repeat, module, launch.values)
                if innermost is not None:
                    parents[number] = innermost
            innermost = number
        steps.append(Step(kind="launch", origin=launch.call.origin, launch=_launch(launch, index), loop=innermost))
    steps += steps_of_results(module)
    steps.sort(key=lambda step: step.origin.end if step.kind == "wait" else step.origin.start)
    return LaunchScript(origin=whole, steps=tuple(steps), loops=loops, parents=parents, language="javascript")


def _launch(launch: AgentCall, index: int) -> Launch:
    prompt, kind = launch.prompt, launch.options.get("agentType")
    text = launch.told.text
    return Launch(
        origin=launch.call.origin,
        tool="agent",
        description=launch.option("label"),
        prompt=text,
        prompt_origin=prompt.origin if prompt is not None else None,
        agent_type=launch.option("agentType"),
        agent_type_origin=kind.origin if kind is not None else None,
        model=launch.option("model"),
        isolation=launch.option("isolation"),
        awaited=launch.waits,
        task=index,
        template=not text or "${" in text,
    )


def _fan_out(repeat: Repeat, module: JsModule, values: Values) -> FanOut:
    over = repeat.over.strip()
    if repeat.width is not None:
        return FanOut(over=over, origin=repeat.origin, bound=repeat.width, batched=is_batching(over))
    bound = _width(over, repeat.origin.start, module, values)
    return FanOut(over=over, origin=repeat.origin, bound=bound, batched=is_batching(over))


def _width(over: str, place: int, module: JsModule, values: Values) -> int | None:
    """The most elements of `over`: of a written list, of a number of them, or of a selection from either."""
    for _ in range(_MOST_SELECTIONS):
        written = values.constant(over, place)
        text = written.origin.text if written is not None else over
        listed = written.elements() if written is not None else []
        bound = len(listed) if listed and "..." not in text else _bound(text, module)
        selected = _SELECTION.match(text)
        if bound is not None or selected is None:
            return bound
        over = selected[1]
    return None


def _bound(text: str, module: JsModule) -> int | None:
    """The most elements that an expression can have; the script's constants give their numbers (`slice(0, MOST)`)."""
    constants = Constants()
    for name in dict.fromkeys(_NAME.findall(text[:_LONGEST_BOUND])):
        value = module.constant(name)
        if value is not None:
            constants.learn(name, value.origin.text, 0, len(value.origin.text))
    return constants.bound(text)
