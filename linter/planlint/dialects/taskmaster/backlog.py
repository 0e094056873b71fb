"""A list of Taskmaster (one tag) as a plan: a graph that one agent works through, task by task."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.diagnostics import Evidence, Problem
from planlint.dialects.checklist import set_kind
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.prompts import read_texts
from planlint.dialects.ranks import dependency_order
from planlint.dialects.taskmaster.items import Ids, Item, items_in, references_of, walk
from planlint.model import Capability, Mode, Plan, Schedule, serial
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Origin, Source

_FINISHED = frozenset({"done", "completed", "complete", "cancelled", "canceled", "deprecated"})
_TURNS = "Taskmaster hands out one task at a time, in the order of dependencies"
_ACTIONS = {"create": Mode.CREATE, "modify": Mode.MODIFY, "reference": Mode.READ}


def load_list(
    source: Source,
    listed: Node | None,
    name: str,
    *,
    dialect: str,
    place: Origin,
    capabilities: frozenset[Capability],
    problems: list[Problem],
) -> Plan:
    """The plan of one list; `name` is its tag (empty for a file without tags) and `place` what it is read from."""
    items = items_in(listed)
    draft = PlanDraft(source.path, dialect, place)
    drafts: dict[int, TaskDraft] = {}
    told: list[tuple[TaskDraft, list[Prose]]] = []
    ids = Ids(items)
    for item in walk(items):
        task = draft.add(_task(item))
        told.append((task, _texts(item)))
        drafts[id(item)] = task
        task.container = bool(item.children)
        if item.parent is not None:
            parent = drafts[id(item.parent)]
            task.parent = parent.index
            task.done = task.done or parent.done
        for meant, written, origin in references_of(item, ids):
            task.depend(meant, origin, written=written)
        _check(item, problems)
    read_texts(told)
    for task in draft.tasks:
        set_kind(task)
    return draft.finish(
        name=name,
        schedule=_schedule(draft.tasks),
        capabilities=capabilities,
        sources=(source.origin(0, len(source.text)),),
    )


def _task(item: Item) -> TaskDraft:
    task = TaskDraft(item.id, item.fields.origin)
    for name, key in (("id", "id"), ("title", "title"), ("depends_on", "dependencies"), ("verify", "testStrategy")):
        node = item.get(key)
        if isinstance(node, (Scalar, Sequence)):
            task.places[name] = node.origin
    task.title = item.text("title") or item.text("name")
    task.verify = item.text("testStrategy", "verificationCriteria", "acceptanceCriteria").strip() or None
    task.done = item.text("status").strip().lower() in _FINISHED
    task.brief = "\n\n".join(text for key in ("title", "description", "details") if (text := item.text(key).strip()))
    _relevant(task, item.get("relevantFiles"))
    return task


def _texts(item: Item) -> list[Prose]:
    """What the task is told, without the texts that can name no file."""
    found = (item.get(*keys) for keys in (("title", "name"), ("description",), ("details",)))
    return [Prose.of_scalar(node) for node in found if isinstance(node, Scalar) and _may_name_files(node.text)]


def _may_name_files(text: str) -> bool:
    """A cheap look: without a dot or a slash there is no path."""
    return "." in text or "/" in text


def _relevant(task: TaskDraft, node: Node | None) -> None:
    """`relevantFiles` of the official type: objects with `path` and `action`."""
    for entry in node.items if isinstance(node, Sequence) else ():
        path = entry.get("path") if isinstance(entry, Mapping) else None
        action = entry.get("action") if isinstance(entry, Mapping) else None
        if isinstance(path, Scalar) and path.text.strip():
            mode = _ACTIONS.get(action.text.lower() if isinstance(action, Scalar) else "", Mode.READ)
            inner = path.origin.narrow(1, len(path.origin.text) - 1)
            if mode is Mode.READ:
                task.read(path.text.strip(), inner)
            else:
                task.scope_known = True
                task.write(path.text.strip(), inner, mode)


def _check(item: Item, problems: list[Problem]) -> None:
    """Complain about lists that are none: Taskmaster drops them."""
    for key in ("dependencies", "subtasks"):
        node = item.get(key)
        wrong = isinstance(node, Mapping) or (isinstance(node, Scalar) and node.value is not None)
        if node is not None and wrong:
            what = "ids" if key == "dependencies" else "objects"
            help = f'write `"{key}": []`'
            problems.append(Problem("PL003", f"`{key}` must be a list of {what}", node.origin.narrow(0, 60), help=help))


def _schedule(tasks: list[TaskDraft]) -> Schedule | None:
    """Everything in turn: by dependencies, and by the order of the list where they leave a choice."""
    work = [task.index for task in tasks if not task.container]
    if not work:
        return None
    order = dependency_order(2 * len(tasks), _edges(tasks))
    wanted = set(work)
    return serial([index for index in order if index in wanted], _TURNS, Evidence.INFERRED)


def _edges(tasks: list[TaskDraft]) -> Iterator[tuple[int, int]]:
    """Edges between begins (the task's index) and ends (index plus their number): a container spans its subtasks."""
    count = len(tasks)
    by_id: dict[str, int] = {}
    for task in tasks:
        by_id.setdefault(task.id, task.index)
        yield task.index, count + task.index
        if task.parent is not None:
            yield task.parent, task.index
            yield count + task.index, count + task.parent
    for task in tasks:
        above: set[int] = set()
        parent = task.parent
        while parent is not None:
            above.add(parent)
            parent = tasks[parent].parent
        for dependency in task.depends_on:
            needed = by_id.get(dependency.task)
            if needed is not None and needed != task.index and needed not in above:
                yield count + needed, task.index
