"""Crews in Python: methods that make tasks, in a crew's own class or in one beside it, and the `Crew` that runs them.

Nothing is executed. A task is a call of `crewai.Task` that a function returns, directly or after it gave it a name, or
that is assigned to a name, or stands in a list; its configuration is looked up in `tasks.yaml` by the key in
`self.tasks_config["key"]`.
"""

from __future__ import annotations

from collections.abc import Iterator, KeysView
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
    readers = [_Reader(module) for module in modules]
    crews = []
    for reader in readers:
        scopes: dict[str, list[CodeTask]] = {}
        for task in reader.tasks():
            scopes.setdefault(task.scope, []).append(task)
        for scope, tasks in scopes.items():
            tasks.sort(key=lambda task: task.fields.origin.start)
            known = {task.fields.id: task for task in tasks if task.fields.id}
            order = _listed_order(readers, reader, scope, known.keys())
            crews.append(CodeCrew(scope.rpartition(".")[2], _extent(tasks), [known[one] for one in order] or tasks))
    return crews


def agents_in(module: PythonModule) -> list[AgentDefinition]:
    """The agents that functions of `module` make from words in Python; those from `agents.yaml` are read there."""
    found = []
    for function in module.functions:
        call, _ = _made(module, function, AGENTS)
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


def configured_agents(module: PythonModule) -> dict[str, str]:
    """The methods that make agents from `agents.yaml`, with the keys that they look up there."""
    found = {}
    for function in module.functions:
        call, _ = _made(module, function, AGENTS)
        config = call.keywords.get("config") if call is not None else None
        item = config.item() if config is not None else None
        if item is not None and item[0].endswith("agents_config"):
            found[function.name] = item[1]
    return found


def makes_tasks(module: PythonModule) -> str | None:
    """What shows that `module` is about a crew, for `Match.reason`; None where it is not."""
    for names, words in ((TASKS, "Task"), (CREWS, "Crew"), (AGENTS, "Agent")):
        if module.calls_of(*names):
            return f"it makes a crewai.{words}"
    return None


class _Reader:
    """Reads the tasks of one module, and which of them its crews list."""

    def __init__(self, module: PythonModule) -> None:
        self.module = module
        self._assigned: dict[str, list[Assignment]] = {}
        for entry in module.assignments:
            self._assigned.setdefault(entry.name, []).append(entry)
        self._kept: dict[str, str] = {}
        """What a function assigns before it returns it (`self.writing`), with the function's name."""
        self._made: list[tuple[Function, Call]] = []
        for function in module.functions:
            call, kept = _made(module, function, TASKS)
            if call is not None:
                self._made.append((function, call))
            if kept:
                self._kept[kept] = function.name
        self.listings = [self._listing(call) for call in module.calls_of(*CREWS)]

    def tasks(self) -> Iterator[CodeTask]:
        """What functions return, variables hold, and what stands right in a list, which has no name."""
        named = {call.start for _, call in self._made}
        for function, call in self._made:
            yield self._task(function.name, _name_of(function), function.scope, function.origin, call)
        for entry in self.module.assignments:
            made = entry.value.call()
            if made is not None and made.name in TASKS and made.start not in named:
                named.add(made.start)
                own = len(entry.name) - len(entry.name.removeprefix("self."))
                place = entry.origin.narrow(own, len(entry.name))
                yield self._task(entry.name[own:], place, entry.scope, entry.origin, made)
        for call in self.module.calls_of(*TASKS):
            if call.start not in named:
                yield self._task("", call.callee, _around(call), call.origin, call)

    def _listing(self, call: Call) -> tuple[str, list[str | None]]:
        """The scope around a `Crew(...)` and the makers of the tasks that it lists."""
        around = _around(call)
        tasks = call.keywords.get("tasks")
        return around, [self._maker(element, around) for element in tasks.elements()] if tasks is not None else []

    def _task(self, name: str, name_origin: Origin, scope: str, origin: Origin, call: Call) -> CodeTask:
        fields = TaskFields(id=name, origin=origin, id_origin=name_origin)
        description, expected = _text(call, "description"), _text(call, "expected_output")
        if description is not None:
            fields.description, fields.places["brief"] = description.text.strip(), description.origin
        if expected is not None:
            fields.expected_output, fields.places["returns"] = expected.text.strip(), expected.origin
        output = _text(call, "output_file")
        if output is not None:
            fields.output_file, fields.output_origin = output.text, output.origin
        background = call.keywords.get("async_execution")
        if background is not None and background.plain is True:
            fields.background, fields.places["parallel"] = True, background.origin
        agent = call.keywords.get("agent")
        if agent is not None and (maker := self._maker(agent, scope)) is not None:
            fields.agent, fields.agent_origin = maker, agent.origin
        context = call.keywords.get("context")
        for element in context.elements() if context is not None else ():
            other = self._maker(element, scope) or element.name
            if other is not None:
                fields.context.append((other, element.origin))
        task = CodeTask(fields, scope)
        config = call.keywords.get("config")
        item = config.item() if config is not None else None
        if config is not None and item is not None and item[0].endswith("tasks_config"):
            task.key, task.key_origin = item[1], config.origin
        return task

    def _maker(self, expression: Expression, scope: str) -> str | None:
        """The method that makes the value: `self.writer()`, or `writer` after `writer = agents.writer(...)`."""
        call = expression.call()
        if call is None and expression.name is not None:
            name = expression.name
            if name.startswith("self."):
                return self._kept.get(name) or name.rpartition(".")[2]
            same = self._assigned.get(name)
            if not same:
                return None
            entry = next((entry for entry in same if entry.scope == scope), same[0])
            call = entry.value.call()
            if call is not None and call.name in (*TASKS, *AGENTS):
                return entry.name
        return call.name.rpartition(".")[2] if call is not None and call.name else None


def _made(module: PythonModule, function: Function, names: tuple[str, ...]) -> tuple[Call | None, str]:
    """The call of one of `names` that `function` returns, and what it is called until then; empty if nothing."""
    inside = f"{function.scope}.{function.name}".removeprefix(".")
    for returned in function.returns:
        call = returned.call()
        if call is not None and call.name in names:
            return call, ""
        if returned.name is None:
            continue
        for entry in module.assignments:
            call = entry.value.call() if (entry.name, entry.scope) == (returned.name, inside) else None
            if call is not None and call.name in names:
                return call, entry.name
    return None, ""


def _around(call: Call) -> str:
    """The dotted name of the class and function around a call."""
    return ".".join(one.name for one in call.within if one.kind in ("class", "function"))


def _name_of(function: Function) -> Origin:
    """The name after `def`."""
    origin = function.origin
    at = origin.text.find(f"def {function.name}")
    return origin if at < 0 else origin.narrow(at + 4, at + 4 + len(function.name))


@dataclass(slots=True)
class _Text:
    text: str
    origin: Origin


def _text(call: Call, name: str) -> _Text | None:
    value = call.keywords.get(name)
    text = value.text() if value is not None else None
    return None if value is None or text is None else _Text(text.text, value.origin)


def _listed_order(readers: list[_Reader], own: _Reader, scope: str, ids: KeysView[str]) -> list[str]:
    """The ids in the order of a `Crew(tasks=[...])` that lists tasks of this scope; empty for `self.tasks`."""
    for reader in (own, *(other for other in readers if other is not own)):
        for around, makers in reader.listings:
            if reader is own and scope and not f"{around}.".startswith(f"{scope}."):
                continue
            listed = [maker for maker in makers if maker is not None and maker in ids]
            if listed and len(listed) == len(makers):
                return list(dict.fromkeys(listed))
    return []


def _extent(tasks: list[CodeTask]) -> Origin:
    """From the first task to the last."""
    origins = [task.fields.origin for task in tasks]
    return Origin(origins[0].source, min(one.start for one in origins), max(one.end for one in origins))
