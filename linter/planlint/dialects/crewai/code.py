"""Crews in Python: methods that make tasks, in a crew's own class or in one beside it, and the `Crew` that runs them.

Nothing is executed. A task is what a function returns, or what is assigned to a name, when it is a call of
`crewai.Task`; its configuration is looked up in `tasks.yaml` by the key that stands in `self.tasks_config["key"]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from planlint.dialects.crewai.fields import RUNTIME, TaskFields
from planlint.model import AgentDefinition
from planlint.readers.code import Assignment, Call, Expression
from planlint.readers.python import Function, PythonModule
from planlint.source import Origin

TASKS = ("crewai.Task", "crewai.task.Task", "crewai.tasks.conditional_task.ConditionalTask")
AGENTS = ("crewai.Agent", "crewai.agent.Agent")
CREWS = ("crewai.Crew", "crewai.crew.Crew")


@dataclass(slots=True)
class CodeTask:
    """A task that Python makes. `key` is that of its configuration, None where it has none."""

    fields: TaskFields
    scope: str
    module: PythonModule
    key: str | None = None
    key_origin: Origin | None = None


@dataclass(slots=True)
class CodeCrew:
    """The tasks of one class or module, in the order in which they run as far as a `Crew` says it."""

    name: str
    origin: Origin
    tasks: list[CodeTask] = field(default_factory=list)


def crews_in(modules: list[PythonModule]) -> list[CodeCrew]:
    """The crews that `modules`, the files of one directory, describe: one for each scope that makes tasks."""
    made = [task for module in modules for task in _tasks(module)]
    groups: dict[tuple[int, str], list[CodeTask]] = {}
    for task in made:
        groups.setdefault((modules.index(task.module), task.scope), []).append(task)
    crews = []
    for (number, scope), tasks in groups.items():
        module = modules[number]
        name = scope.rpartition(".")[2]
        order = _listed_order(modules, module, scope, {task.fields.id for task in tasks})
        known = {task.fields.id: task for task in tasks}
        listed = [known[one] for one in order if one in known]
        crews.append(CodeCrew(name, _head(module, tasks), listed or tasks))
    return crews


def agents_in(module: PythonModule) -> list[AgentDefinition]:
    """The agents that functions of `module` make from words in Python; those from `agents.yaml` are read there."""
    found = []
    for function in module.functions:
        call = _made(function, AGENTS)
        if call is None or "role" not in call.keywords:
            continue
        texts = {name: text.text for name in ("role", "goal", "backstory") if (text := _text(call, name)) is not None}
        found.append(
            AgentDefinition(
                name=function.name,
                origin=function.origin,
                runtime=RUNTIME,
                description=texts.get("role"),
                loads_memory=False,
                prompt="\n\n".join(texts.values()),
                prompt_origin=call.origin,
                places={name: value.origin for name, value in call.keywords.items()},
            )
        )
    return found


def makes_tasks(module: PythonModule) -> str | None:
    """What shows that `module` is about a crew, for `Match.reason`; None where it is not."""
    for names, words in ((TASKS, "Task"), (CREWS, "Crew"), (AGENTS, "Agent")):
        if module.calls_of(*names):
            return f"it makes a crewai.{words}"
    return None


def _tasks(module: PythonModule) -> list[CodeTask]:
    found = []
    for function in module.functions:
        call = _made(function, TASKS)
        if call is not None:
            found.append(_task(module, function.name, _name_of(function), function.scope, function.origin, call))
    for assignment in module.assignments:
        call = assignment.value.call()
        if call is not None and call.name in TASKS:
            name = Origin(module.source, assignment.origin.start, assignment.origin.start + len(assignment.name))
            found.append(_task(module, assignment.name, name, assignment.scope, assignment.origin, call))
    return found


def _made(function: Function, names: tuple[str, ...]) -> Call | None:
    """The call of one of `names` that `function` returns."""
    for returned in function.returns:
        call = returned.call()
        if call is not None and call.name in names:
            return call
    return None


def _name_of(function: Function) -> Origin:
    """The name after `def`."""
    origin = function.origin
    at = origin.text.find(f"def {function.name}")
    return origin if at < 0 else origin.narrow(at + 4, at + 4 + len(function.name))


def _task(module: PythonModule, name: str, name_origin: Origin, scope: str, origin: Origin, call: Call) -> CodeTask:
    fields = TaskFields(id=name, origin=origin, id_origin=name_origin)
    description, expected = _text(call, "description"), _text(call, "expected_output")
    if description is not None:
        fields.description, fields.places["brief"] = description.text.strip(), description.origin
    if expected is not None:
        fields.expected_output, fields.places["returns"] = expected.text.strip(), expected.origin
    output = call.keywords.get("output_file")
    text = output.text() if output is not None else None
    if output is not None and text is not None:
        fields.output_file, fields.output_origin = text.text, output.origin
    background = call.keywords.get("async_execution")
    if background is not None and background.plain is True:
        fields.background, fields.places["parallel"] = True, background.origin
    agent = call.keywords.get("agent")
    if agent is not None and (maker := _maker(agent, scope, module)) is not None:
        fields.agent, fields.agent_origin = maker, agent.origin
    context = call.keywords.get("context")
    if context is not None:
        fields.context = [
            (maker, element.origin)
            for element in context.elements()
            if (maker := _maker(element, scope, module) or element.name) is not None
        ]
    task = CodeTask(fields, scope, module)
    config = call.keywords.get("config")
    item = config.item() if config is not None else None
    if config is not None and item is not None and item[0].endswith("tasks_config"):
        task.key, task.key_origin = item[1], config.origin
    return task


@dataclass(slots=True)
class _Text:
    text: str
    origin: Origin


def _text(call: Call, name: str) -> _Text | None:
    value = call.keywords.get(name)
    text = value.text() if value is not None else None
    return None if value is None or text is None else _Text(text.text, value.origin)


def _maker(expression: Expression, scope: str, module: PythonModule) -> str | None:
    """The method that makes the value: `self.writer()`, or `writer` after `writer = agents.writer(...)`."""
    call = expression.call()
    if call is None and expression.name is not None:
        name = expression.name
        if name.startswith("self."):
            return name.rpartition(".")[2]
        assigned = _assigned(module.assignments, name, scope)
        if assigned is None:
            return None
        call = assigned.value.call()
        if call is not None and call.name in (*TASKS, *AGENTS):
            return assigned.name
    return call.name.rpartition(".")[2] if call is not None and call.name else None


def _assigned(assignments: list[Assignment], name: str, scope: str) -> Assignment | None:
    """The assignment that gives `name` its value in `scope`, else in one around it, else anywhere in the file."""
    same = [entry for entry in assignments if entry.name == name]
    return next((entry for entry in same if entry.scope == scope), same[0] if same else None)


def _listed_order(modules: list[PythonModule], own: PythonModule, scope: str, ids: set[str]) -> list[str]:
    """The ids in the order of `Crew(tasks=[...])`, when one lists tasks of this scope; empty for `self.tasks`."""
    for module in [own, *(other for other in modules if other is not own)]:
        for call in module.calls_of(*CREWS):
            around = ".".join(one.name for one in call.within if one.kind in ("class", "function"))
            tasks = call.keywords.get("tasks")
            if tasks is None or (module is own and scope and not f"{around}.".startswith(f"{scope}.")):
                continue
            makers = [_maker(element, around, module) for element in tasks.elements()]
            listed = [maker for maker in makers if maker in ids]
            if listed and len(listed) == len(makers):
                return list(dict.fromkeys(one for one in listed if one is not None))
    return []


def _head(module: PythonModule, tasks: list[CodeTask]) -> Origin:
    """From the first task to the last."""
    starts = [task.fields.origin.start for task in tasks]
    return Origin(module.source, min(starts), max(task.fields.origin.end for task in tasks))
