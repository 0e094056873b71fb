"""`tasks.json` of mcp-shrimp-task-manager: uuids, `relatedFiles` with a type, one task executed at a time."""

from __future__ import annotations

from planlint.diagnostics import Evidence
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.prompts import read_texts
from planlint.dialects.ranks import dependency_order
from planlint.model import Capability, Mode, Plan, serial
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Source

_MODES = {
    "CREATE": Mode.CREATE,
    "TO_MODIFY": Mode.MODIFY,
    "REFERENCE": Mode.READ,
    "DEPENDENCY": Mode.READ,
    "OTHER": Mode.READ,
}
_TURNS = "shrimp executes one task at a time, in the order of dependencies"


def load_shrimp(source: Source, listed: Node | None, *, dialect: str, capabilities: frozenset[Capability]) -> Plan:
    """The plan of a shrimp file."""
    draft = PlanDraft(source.path, dialect, source.origin(0, len(source.text)))
    told: list[tuple[TaskDraft, list[Prose]]] = []
    for fields in listed.items if isinstance(listed, Sequence) else ():
        if isinstance(fields, Mapping):
            texts = (fields.get(key) for key in ("description", "implementationGuide"))
            told.append(
                (draft.add(_task(fields)), [Prose.of_scalar(text) for text in texts if isinstance(text, Scalar)])
            )
    read_texts(told)
    index = {task.id: task.index for task in reversed(draft.tasks)}
    edges = (
        (index[dependency.task], task.index)
        for task in draft.tasks
        for dependency in task.depends_on
        if dependency.task in index
    )
    order = dependency_order(len(draft.tasks), edges)
    return draft.finish(
        schedule=serial(order, _TURNS, Evidence.INFERRED) if order else None,
        capabilities=capabilities | {Capability.DECLARED_WRITES},
        sources=(draft.origin,),
    )


def _task(fields: Mapping) -> TaskDraft:
    task = TaskDraft(_text(fields, "id"), fields.origin, title=_text(fields, "name"))
    for name, key in (
        ("id", "id"),
        ("title", "name"),
        ("verify", "verificationCriteria"),
        ("depends_on", "dependencies"),
    ):
        node = fields.get(key)
        if node is not None:
            task.places[name] = node.origin
    parts = (_text(fields, key) for key in ("name", "description", "implementationGuide", "notes"))
    task.brief = "\n\n".join(part for part in parts if part)
    task.verify = _text(fields, "verificationCriteria") or None
    task.done = _text(fields, "status").lower() == "completed"
    needed = fields.get("dependencies")
    for entry in needed.items if isinstance(needed, Sequence) else ():
        node = entry.get("taskId") if isinstance(entry, Mapping) else entry
        if isinstance(node, Scalar) and node.text.strip():
            task.depend(node.text.strip(), node.origin, written=node.text.strip())
    related = fields.get("relatedFiles")
    task.scope_known = True if isinstance(related, Sequence) and related.items else None
    for entry in related.items if isinstance(related, Sequence) else ():
        path = entry.get("path") if isinstance(entry, Mapping) else None
        kind = entry.get("type") if isinstance(entry, Mapping) else None
        if isinstance(path, Scalar) and path.text.strip():
            place = path.origin.narrow(1, len(path.origin.text) - 1)
            mode = _MODES.get(kind.text if isinstance(kind, Scalar) else "", Mode.READ)
            if mode is Mode.READ:
                task.read(path.text.strip(), place)
            else:
                task.write(path.text.strip(), place, mode)
    return task


def _text(fields: Mapping, key: str) -> str:
    node = fields.get(key)
    return node.text.strip() if isinstance(node, Scalar) and node.value is not None else ""
