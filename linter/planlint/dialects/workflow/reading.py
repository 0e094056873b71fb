"""From a workflow script to a plan: a task for each `agent()`, ordered by the script's own structure."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from planlint.diagnostics import Evidence
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.prose import effects_of
from planlint.dialects.workflow.launches import PARALLEL, AgentCall, Repeat, agent_calls
from planlint.dialects.workflow.results import steps_of_results
from planlint.model import (
    Agent,
    Capability,
    FanOut,
    Isolation,
    Kind,
    Launch,
    LaunchScript,
    Plan,
    Schedule,
    Scope,
    Step,
    parallel,
    serial,
)
from planlint.readers.javascript import JsModule
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Scalar
from planlint.source import Origin

if TYPE_CHECKING:
    from planlint.readers.code import Expression

RUNTIME = "claude-code-workflow"

TOGETHER = "parallel() starts all of its functions at once"
STAGES = "each item goes through the stages of pipeline() in order"
UNAWAITED = "started without `await`, so the script goes on beside it"
STATEMENTS = "the script waits for each before it goes on"

_TITLE = 80
"""Characters of a prompt's first line that name a launch without a label."""


def plan_of(module: JsModule, path: str, dialect: str, capabilities: frozenset[Capability]) -> Plan:
    """The plan of one script."""
    source = module.source
    whole = source.origin(0, len(source.text))
    launches = agent_calls(module)
    draft = PlanDraft(path, dialect, whole)
    phases = _Phases(module)
    for launch in launches:
        draft.add(_task(launch, phases))
    meta = module.exports.get("meta")
    root = meta.literal() if meta is not None else None
    name = root.get("name") if isinstance(root, Mapping) else None
    return draft.finish(
        name=name.text if isinstance(name, Scalar) else "",
        schedule=_schedule(launches),
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


def _task(launch: AgentCall, phases: _Phases) -> TaskDraft:
    prompt = launch.prompt
    text = _text(prompt)
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
        parallel=True if any(group.name in PARALLEL for group, _ in launch.groups) else None,
        returns=schema.origin.text if schema is not None else None,
        places=places,
    )
    if prompt is not None:
        _add_effects(task, prompt)
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


def _text(expression: Expression | None) -> str:
    text = expression.text() if expression is not None else None
    if text is not None:
        return text.text
    plain = expression.plain if expression is not None else None
    return plain if isinstance(plain, str) else ""


def _add_effects(task: TaskDraft, prompt: Expression) -> None:
    """What the prompt's sentences say about files; a path with a value inserted in it is no known path."""
    prose = _prose(prompt)
    if prose is None:
        return
    effects = effects_of(prose, default=None)

    def known(scopes: list[Scope]) -> list[Scope]:
        return [scope for scope in scopes if "$" not in scope.path and "{" not in scope.path]

    task.writes, task.reads, task.off_limits = (
        known(effects.writes),
        known(effects.reads),
        known(effects.off_limits),
    )


def _prose(prompt: Expression) -> Prose | None:
    """The prompt as running text; None where its characters are not those of the file one by one."""
    literal = prompt.literal()
    if isinstance(literal, Scalar) and literal.origin.text[1:-1] == literal.text:
        return Prose.of_scalar(literal)
    text = prompt.text()
    written = prompt.origin.text
    if text is None or written[1:-1] != text.text:
        return None
    source, start = prompt.source, prompt.start + 1
    return Prose(source, start, prompt.end - 1, text.text, [(0, start)])


# -- order -----------------------------------------------------------------------------------------------------------


def _schedule(launches: list[AgentCall]) -> Schedule | None:
    return _ordered(list(enumerate(launches)), 0) if launches else None


def _ordered(items: list[tuple[int, AgentCall]], level: int) -> Schedule:
    """The statements of one function, `level` groups deep: one after another, what is not waited for side by side."""
    steps: list[Schedule | int] = []
    for group_start, run in groupby(items, key=lambda item: _group_at(item[1], level)):
        members = list(run)
        if group_start is not None:
            steps.append(_group(members, level))
            continue
        for waits, some in groupby(members, key=lambda item: item[1].waits or level > 0):
            indexes = [index for index, _ in some]
            if waits:
                steps += indexes
            else:
                steps.append(parallel(indexes, UNAWAITED, Evidence.STATED))
    return serial(steps, STATEMENTS)


def _group_at(launch: AgentCall, level: int) -> int | None:
    return launch.groups[level][0].start if len(launch.groups) > level else None


def _group(items: list[tuple[int, AgentCall]], level: int) -> Schedule:
    """A `parallel()`, whose branches run at once, or a `pipeline()`, whose stages follow each other."""
    call = items[0][1].groups[level][0]
    branches: dict[int, list[tuple[int, AgentCall]]] = {}
    for item in items:
        branch = item[1].groups[level][1]
        # What is in no branch of the array came by a variable: each such launch is a branch of its own.
        branches.setdefault(branch if branch >= 0 else -2 - item[0], []).append(item)
    children = [_ordered(branch, level + 1) for branch in branches.values()]
    if call.name in PARALLEL:
        return parallel(children, TOGETHER, origin=call.callee)
    return serial(children, STAGES)


# -- launches --------------------------------------------------------------------------------------------------------


def _script(module: JsModule, launches: list[AgentCall], whole: Origin) -> LaunchScript:
    loops: dict[int, FanOut] = {}
    parents: dict[int, int] = {}
    numbers: dict[int, int] = {}
    steps = []
    for index, launch in enumerate(launches):
        innermost: int | None = None
        for repeat in launch.repeats:
            number = numbers.setdefault(repeat.start, len(numbers))
            if number not in loops:
                loops[number] = _fan_out(repeat, module)
                if innermost is not None:
                    parents[number] = innermost
            innermost = number
        steps.append(Step(kind="launch", origin=launch.call.origin, launch=_launch(launch, index), loop=innermost))
    steps += steps_of_results(module)
    steps.sort(key=lambda step: step.origin.end if step.kind == "wait" else step.origin.start)
    return LaunchScript(origin=whole, steps=tuple(steps), loops=loops, parents=parents, language="javascript")


def _launch(launch: AgentCall, index: int) -> Launch:
    prompt, kind = launch.prompt, launch.options.get("agentType")
    text = _text(prompt)
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


def _fan_out(repeat: Repeat, module: JsModule) -> FanOut:
    from planlint.dialects.calls.fanout import Constants, is_batching

    over = repeat.over.strip()
    written = module.constant(over)
    listed = written.elements() if written is not None else []
    bound = len(listed) if listed and "..." not in (written.origin.text if written else "") else Constants().bound(over)
    return FanOut(over=over, origin=repeat.origin, bound=bound, batched=is_batching(over))
