"""A session as plans: the agents that it launched, and the task list that it kept."""

from __future__ import annotations

import posixpath
import re

from planlint.diagnostics import Evidence
from planlint.dialects.checklist import set_kind
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.prompts import read_texts
from planlint.dialects.prose import PathContext
from planlint.dialects.stored_tasks.plan import Stored, plan_of
from planlint.dialects.transcript.records import LAUNCHERS, WAITERS, Call, Records, read_records, text_of
from planlint.dialects.transcript.timeline import Run, schedule
from planlint.model import Agent, Capability, Isolation, Launch, LaunchScript, Plan, Step
from planlint.readers.document import Document
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Scalar, Sequence
from planlint.source import Origin

DEFAULT_BACKGROUND = (2, 1, 198)
"""Since this version of Claude Code agents run in the background unless the model needs the result at once."""

_CREATED = re.compile(r"Task #(\S{1,40}) created")
_ISOLATION = {"worktree": Isolation.WORKTREE, "remote": Isolation.WORKTREE}


def load_session(document: Document, name: str, capabilities: frozenset[Capability]) -> list[Plan]:
    """The launched agents as a plan, and the task list as another, each only where there is one."""
    records = read_records(document.roots)
    source = document.source
    whole = source.origin(0, len(source.text))
    plans: list[Plan] = []
    launches = [call for call in records.calls if call.tool in LAUNCHERS]
    if launches:
        plans.append(_agents(PlanDraft(document.path, name, whole), launches, records, capabilities))
    listed = _task_list(records)
    if listed:
        title = f"task list of {records.session or posixpath.basename(document.path)}"
        plans.append(plan_of(listed, PlanDraft(document.path, name, whole), name=title))
    return plans


def _agents(draft: PlanDraft, launches: list[Call], records: Records, capabilities: frozenset[Capability]) -> Plan:
    steps: list[Step] = []
    runs: list[Run] = []
    paths = PathContext(records.directory or None)
    handles: dict[str, int] = {}
    waited = _waited(records)
    for call in launches:
        task = draft.add(_task(call))
        result = records.results.get(call.id)
        handle = text_of(result.note, "agentId", "agent_id") if result is not None and result.note else ""
        background, evidence = _in_background(call, records)
        task.agent = task.agent.replace(background=background)
        runs.append(
            Run(
                task.index,
                call.message,
                call.at,
                _end(call, handle, background, records, waited),
                evidence,
                task.origin,
            )
        )
        handles[handle or call.id] = task.index
        steps.append(_launch_step(call, task, handle or call.id, background))
    read_texts([(task, _prompt(call)) for task, call in zip(draft.tasks, launches, strict=True)], paths=paths)
    for task in draft.tasks:
        set_kind(task)
    for call in records.calls:
        handle = text_of(call.input, "task_id", "agentId", "taskId")
        if call.tool in WAITERS and handle in handles:
            waits = text_of(call.input, "block").lower() != "false"
            place = call.fields.origin
            steps.append(Step(kind="wait" if waits else "poll", origin=place, handle=handle, message=call.message))
    steps.sort(key=lambda step: step.origin.start)
    return draft.finish(
        name=records.session,
        schedule=schedule(runs),
        runtime="claude-code",
        scripts=(LaunchScript(origin=draft.origin, steps=tuple(steps), language="transcript", actor="main"),),
        capabilities=capabilities,
        sources=(draft.origin,),
    )


def _task(call: Call) -> TaskDraft:
    given = call.input
    task = TaskDraft("", call.fields.origin, title=" ".join(text_of(given, "description").split()))
    prompt = given.get("prompt")
    kind = given.get("subagent_type", "agent_type")
    for name, node in (("title", given.get("description")), ("brief", prompt), ("agent", kind)):
        if node is not None:
            task.places[name] = node.origin
    task.brief = text_of(given, "prompt")
    task.agent = Agent(
        type=text_of(given, "subagent_type", "agent_type") or None,
        name=text_of(given, "name") or None,
        model=text_of(given, "model") or None,
        mode=text_of(given, "mode") or None,
        origin=kind.origin if kind is not None else None,
    )
    task.isolation = _ISOLATION.get(text_of(given, "isolation").lower())
    return task


def _prompt(call: Call) -> list[Prose]:
    prompt = call.input.get("prompt")
    return [Prose.of_scalar(prompt)] if isinstance(prompt, Scalar) else []


def _in_background(call: Call, records: Records) -> tuple[bool, Evidence]:
    """Whether an agent ran in the background, and how sure that is: by its result, its input, or the version."""
    result = records.results.get(call.id)
    if result is not None and result.note is not None:
        asynchronous = text_of(result.note, "isAsync").lower()
        if asynchronous in ("true", "false"):
            return asynchronous == "true", Evidence.DECLARED
        if text_of(result.note, "status"):
            return text_of(result.note, "status") == "async_launched", Evidence.DECLARED
    asked = text_of(call.input, "run_in_background").lower()
    if asked in ("true", "false"):
        return asked == "true", Evidence.DECLARED
    return records.version >= DEFAULT_BACKGROUND, Evidence.INFERRED


def _end(call: Call, handle: str, background: bool, records: Records, waited: dict[str, int]) -> int | None:
    """The line on which the agent's end was known; None where it never was."""
    result = records.results.get(call.id)
    if not background:
        return result.at if result is not None else call.at
    known = [records.notified[key] for key in (handle, call.id) if key in records.notified]
    if handle in waited:
        known.append(waited[handle])
    return min(known, default=None)


def _waited(records: Records) -> dict[str, int]:
    """For each handle the line on which a call that waited for it was answered first."""
    found: dict[str, int] = {}
    for call in records.calls:
        handle = text_of(call.input, "task_id", "agentId") if call.tool in WAITERS else ""
        answer = records.results.get(call.id)
        if handle and answer is not None and text_of(call.input, "block").lower() != "false":
            found[handle] = min(answer.at, found.get(handle, answer.at))
    return found


def _launch_step(call: Call, task: TaskDraft, handle: str, background: bool) -> Step:
    given = call.input
    prompt, kind = given.get("prompt"), given.get("subagent_type", "agent_type")
    launch = Launch(
        origin=call.fields.origin,
        tool=call.tool,
        description=task.title or None,
        prompt=task.brief or None,
        prompt_origin=prompt.origin if prompt is not None else None,
        agent_type=task.agent.type,
        agent_type_origin=kind.origin if kind is not None else None,
        model=task.agent.model,
        background=background,
        isolation=text_of(given, "isolation") or None,
        handle=handle,
        task=task.index,
    )
    return Step(kind="launch", origin=call.fields.origin, launch=launch, handle=handle, message=call.message)


def _task_list(records: Records) -> list[Stored]:
    """The tasks that TaskCreate made, as later calls left them; else the last list of TodoWrite."""
    created: dict[str, Stored] = {}
    todos: list[Stored] = []
    for call in records.calls:
        if call.tool == "TaskCreate":
            stored = Stored.of(call.input)
            stored.id, stored.id_origin = _created_id(call, records)
            created[stored.id or f"?{call.id}"] = stored
        elif call.tool == "TaskUpdate":
            known = created.get(text_of(call.input, "taskId"))
            if known is not None:
                known.apply(call.input)
        elif call.tool == "TodoWrite":
            node = call.input.get("todos")
            items = node.items if isinstance(node, Sequence) else []
            todos = [Stored.of(item) for item in items if isinstance(item, Mapping) and "content" in item]
    return list(created.values()) or todos


def _created_id(call: Call, records: Records) -> tuple[str, Origin | None]:
    """The id that the runtime gave a task: only the result has it."""
    result = records.results.get(call.id)
    if result is None:
        return "", None
    made = result.note.get("task") if result.note is not None else None
    if isinstance(made, Mapping) and isinstance(node := made.get("id"), Scalar):
        subject = call.input.get("subject")
        return node.text, subject.origin if subject is not None else None
    match = _CREATED.search(result.text)
    return (match.group(1) if match else ""), None
