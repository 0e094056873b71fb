"""From a crew's files to plans."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING

from planlint.diagnostics import Problem, Severity
from planlint.dialects.base import Loaded
from planlint.dialects.crewai.code import CodeCrew, agents_in, configured_agents, crews_in
from planlint.dialects.crewai.fields import (
    TaskFields,
    agent_from_mapping,
    entries_of,
    fill_from_mapping,
    is_agent,
    is_task,
)
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.model import Agent, AgentDefinition, Capability, Kind, Schedule, parallel, serial
from planlint.readers.python import PythonModule, parse_python
from planlint.readers.tree import Mapping, Scalar
from planlint.readers.tree import Sequence as SequenceNode
from planlint.source import Origin

if TYPE_CHECKING:
    from planlint.readers.document import Document

SEQUENTIAL = "a crew runs its tasks in listed order"
CONCURRENT = "async_execution starts them without waiting; the next task without it waits for all"


class CrewFiles:
    """The documents of one crew, sorted by what they hold."""

    def __init__(self, documents: Sequence[Document], loaded: Loaded) -> None:
        self.tasks: dict[str, tuple[Scalar, Mapping]] = {}
        self.agents: list[AgentDefinition] = []
        self.crews: list[Mapping] = []
        self.modules: list[PythonModule] = []
        self.makers: dict[str, str] = {}
        self.incomplete = any(document.broken for document in documents)
        for document in documents:
            if document.syntax == "python":
                module = parse_python(document.source)
                loaded.problems += module.problems
                self.incomplete |= module.broken
                self.modules.append(module)
            elif isinstance(document.root, Mapping):
                self._data(document, document.root, loaded)
        for module in self.modules:
            self.agents += agents_in(module)
            self.makers.update(configured_agents(module))

    def _data(self, document: Document, root: Mapping, loaded: Loaded) -> None:
        if isinstance(root.get("tasks"), SequenceNode):
            self.crews.append(root)
        elif is_agent(root):
            name = document.path.rpartition("/")[2].partition(".")[0]
            self.agents.append(agent_from_mapping(name, root.origin.narrow(0, 1), root))
        else:
            entries = entries_of(root)
            of_tasks = any(is_task(value) for _, value in entries)
            for key, value in entries:
                if is_agent(value) and isinstance(value, Mapping):
                    self.agents.append(agent_from_mapping(key.text, key.origin, value))
                elif isinstance(value, Mapping) and of_tasks:
                    self.tasks[key.text] = (key, value)
                elif of_tasks and not (isinstance(value, Scalar) and value.value is None):
                    message = f"the task `{key.text}` must be a mapping with `description` and `expected_output`"
                    loaded.problems.append(Problem("PL003", message, key.origin))


def load_crew(path: str, documents: Sequence[Document], dialect: str, capabilities: frozenset[Capability]) -> Loaded:
    """One plan for each crew in the files; agents alone give a plan without tasks."""
    loaded = Loaded()
    files = CrewFiles(documents, loaded)
    sources = tuple(document.source.origin(0, len(document.source.text)) for document in documents)

    def add(name: str, origin: Origin, tasks: list[TaskFields], able: frozenset[Capability] = capabilities) -> None:
        draft = PlanDraft(path, dialect, origin)
        if not files.incomplete:
            loaded.problems += _missing_context(tasks, files)
        for task in tasks:
            draft.add(_draft(task))
        loaded.plans.append(
            draft.finish(
                name=name,
                schedule=_schedule(tasks),
                agents=tuple(files.agents),
                runtime="generic",
                capabilities=able,
                incomplete=files.incomplete,
                pattern=True,
                sources=sources,
            )
        )

    crews = crews_in(files.modules)
    for crew in crews:
        add(crew.name, crew.origin, _configured(crew, files, loaded))
    if files.tasks and not any(task.key for crew in crews for task in crew.tasks):
        first = next(iter(files.tasks.values()))[1]
        add("", first.source.origin(0, len(first.source.text)), [_from_entry(*entry) for entry in files.tasks.values()])
    for root in files.crews:
        name = root.get("name")
        add(name.text if isinstance(name, Scalar) else "", root.origin, _listed(root, loaded))
    if not loaded.plans and sources and files.agents:
        add("", sources[0], [], capabilities - {Capability.TASKS})
    return loaded


def _configured(crew: CodeCrew, files: CrewFiles, loaded: Loaded) -> list[TaskFields]:
    """The tasks of a crew in Python, completed from `tasks.yaml`."""
    tasks = []
    for task in crew.tasks:
        entry = files.tasks.get(task.key) if task.key is not None else None
        if entry is not None:
            fill_from_mapping(task.fields, entry[1])
        elif task.key is not None and task.key_origin is not None and files.tasks and not files.incomplete:
            near = get_close_matches(task.key, files.tasks, n=1)
            message = f"tasks.yaml has no task `{task.key}`, so this crew cannot be built"
            help = f"did you mean `{near[0]}`?" if near else f"it has {', '.join(list(files.tasks)[:8])}"
            loaded.problems.append(Problem("PL003", message, task.key_origin, help=help))
        # An agent goes by its key in agents.yaml, whatever the method that makes it is called.
        task.fields.agent = files.makers.get(task.fields.agent or "", task.fields.agent)
        tasks.append(task.fields)
    return tasks


def _missing_context(tasks: list[TaskFields], files: CrewFiles) -> list[Problem]:
    """Names in the `context` of YAML and JSON that are no task of the crew: CrewAI stops there.

    Without Python the crew may have others; what Python itself names may come from elsewhere, too.
    """
    known = {task.id: None for task in tasks if task.id} | dict.fromkeys(files.tasks)
    found = []
    for task in tasks:
        for name, origin in task.context:
            if name in known or not name or origin.source.path.endswith(".py"):
                continue
            near = get_close_matches(name, known, n=1)
            help = f"did you mean `{near[0]}`?" if near else f"it has {', '.join(list(known)[:8])}"
            message = f"`{task.id}` takes its context from `{name}`, but this crew has no such task"
            sure = files.modules or files.crews
            found.append(
                Problem("PL003", message, origin, help=help, severity=Severity.ERROR if sure else Severity.WARNING)
            )
    return found


def _from_entry(key: Scalar, node: Mapping) -> TaskFields:
    task = TaskFields(id=key.text, origin=Origin(node.source, key.start, node.end), id_origin=key.origin)
    fill_from_mapping(task, node)
    return task


def _listed(root: Mapping, loaded: Loaded) -> list[TaskFields]:
    """The tasks of a JSON crew."""
    found = []
    listed = root.get("tasks")
    for node in listed if isinstance(listed, SequenceNode) else ():
        if not isinstance(node, Mapping):
            loaded.problems.append(Problem("PL003", "a task must be an object with a `name`", node.origin))
            continue
        name = node.get("name")
        named = isinstance(name, Scalar)
        task = TaskFields(
            id=name.text if isinstance(name, Scalar) else "",
            origin=node.origin,
            id_origin=name.origin if named and name is not None else node.origin.narrow(0, 1),
        )
        fill_from_mapping(task, node)
        found.append(task)
    return found


def _draft(task: TaskFields) -> TaskDraft:
    draft = TaskDraft(
        id=task.id,
        origin=task.origin,
        title="" if task.id else (task.description or "").partition("\n")[0][:80],
        brief=task.brief,
        agent=Agent(type=task.agent, tools=task.tools, background=task.background or None, origin=task.agent_origin),
        parallel=True if task.background else None,
        returns=task.expected_output,
        places={"id": task.id_origin, **task.places},
    )
    if task.agent_origin is not None:
        draft.places["agent"] = task.agent_origin
    written = task.written
    if written is not None and task.output_origin is not None:
        draft.write(written[0], task.output_origin, written[1])
    else:
        # Its result is a text that is handed on.
        draft.kind = Kind.RESEARCH
    for other, origin in task.context:
        # Besides waiting it hands over the other's output, so no context stands for another one.
        draft.depend(other, origin, written=origin.text, reason="its output is handed over")
    return draft


def _schedule(tasks: list[TaskFields]) -> Schedule | None:
    """Listed order, in which a run of tasks with `async_execution` is one step."""
    if not tasks:
        return None
    steps: list[Schedule | int] = []
    for background, run in groupby(range(len(tasks)), key=lambda index: tasks[index].background):
        indexes = list(run)
        if background:
            steps.append(parallel(indexes, CONCURRENT, origin=tasks[indexes[0]].places.get("parallel")))
        else:
            steps += indexes
    return serial(steps, SEQUENTIAL)
