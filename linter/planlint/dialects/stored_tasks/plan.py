"""Tasks as Claude Code stores them, and the plan that a list of them is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from planlint.diagnostics import Evidence
from planlint.dialects.checklist import set_kind
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.prompts import read_texts
from planlint.dialects.stored_tasks.metadata import add_fence, add_files, add_metadata, split_description
from planlint.model import Agent, Capability, Dependency, Plan, parallel, serial
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Scalar
from planlint.readers.tree import Sequence as ListNode
from planlint.source import Origin

CAPABILITIES = frozenset(
    {
        Capability.TASKS,
        Capability.WRITES,
        Capability.READS,
        Capability.OFF_LIMITS,
        Capability.DEPENDENCIES,
        Capability.CONCURRENCY,
        Capability.BRIEF,
        Capability.VERIFY,
        Capability.STATUS,
    }
)

_FINISHED = frozenset({"completed", "complete", "done", "deleted", "cancelled", "canceled"})
_CLAIMED = "neither blocks the other, so two agents of one list can claim them at once"
_LISTED = "without blockers and owners a list is worked through in its order"


@dataclass(slots=True)
class Stored:
    """One task of a list: its own object, and what later calls changed."""

    fields: Mapping
    id: str = ""
    id_origin: Origin | None = None
    status: str | None = None
    owner: str | None = None
    blocks: list[Scalar] = field(default_factory=list)
    blocked_by: list[Scalar] = field(default_factory=list)

    @classmethod
    def of(cls, fields: Mapping) -> Stored:
        """The task that an object of the store, or of a printed list, is."""
        node = fields.get("id", "taskId")
        known = isinstance(node, Scalar) and node.value is not None
        stored = cls(fields, node.text.strip() if known and isinstance(node, Scalar) else "")
        stored.id_origin = node.origin if known and node is not None else None
        stored.status = _text(fields, "status") or None
        stored.owner = _text(fields, "owner") or None
        stored.blocks = scalars(fields.get("blocks", "addBlocks"))
        stored.blocked_by = scalars(fields.get("blockedBy", "addBlockedBy", "blocked_by"))
        return stored

    def apply(self, update: Mapping) -> None:
        """What a TaskUpdate call changes."""
        self.status = _text(update, "status") or self.status
        self.owner = _text(update, "owner") or self.owner
        self.blocks += scalars(update.get("addBlocks"))
        self.blocked_by += scalars(update.get("addBlockedBy"))


def scalars(node: Node | None) -> list[Scalar]:
    """The words of a list."""
    items = node.items if isinstance(node, ListNode) else []
    return [item for item in items if isinstance(item, Scalar) and item.text.strip()]


def plan_of(
    tasks: Iterable[Stored],
    draft: PlanDraft,
    *,
    name: str = "",
    sources: Sequence[Origin] = (),
    incomplete: bool = False,
) -> Plan:
    """The plan of one list.

    Tasks that nothing blocks can be claimed by any agent of the list. Where no task has a blocker or an owner, it is
    the to-do list of one agent (so were all lists of a public measurement of live stores).
    """
    listed = list(tasks)
    told: list[tuple[TaskDraft, list[Prose]]] = []
    for stored in listed:
        task, texts = _task(stored)
        told.append((draft.add(task), texts))
    read_texts(told)
    for task in draft.tasks:
        set_kind(task)
    shared = any(stored.blocks or stored.blocked_by or stored.owner for stored in listed)
    indexes = [task.index for task in draft.tasks]
    if not indexes:
        schedule = None
    elif shared:
        schedule = parallel(indexes, _CLAIMED, Evidence.INFERRED)
    else:
        schedule = serial(indexes, _LISTED, Evidence.INFERRED)
    declares = any(task.scope_known for task in draft.tasks)
    capabilities = CAPABILITIES if shared else CAPABILITIES - {Capability.CONCURRENCY}
    return draft.finish(
        name=name,
        schedule=schedule,
        runtime="claude-code",
        capabilities=capabilities | {Capability.DECLARED_WRITES} if declares else capabilities,
        sources=tuple(sources) or (draft.origin,),
        incomplete=incomplete,
    )


def _task(stored: Stored) -> tuple[TaskDraft, list[Prose]]:
    """A task, and the texts that may name its files."""
    fields = stored.fields
    task = TaskDraft(stored.id, fields.origin, title=_text(fields, "subject", "content"))
    if stored.id_origin is not None:
        task.places["id"] = stored.id_origin
    for name, keys in (("title", ("subject", "content")), ("blocks", ("blocks",)), ("depends_on", ("blockedBy",))):
        node = fields.get(*keys)
        if node is not None:
            task.places[name] = node.origin
    task.done = (stored.status or "").lower() in _FINISHED
    if stored.owner:
        owner = fields.get("owner")
        task.agent = Agent(name=stored.owner, origin=owner.origin if owner is not None else None)
    description = fields.get("description")
    task.brief = "\n\n".join(part for part in (task.title, _text(fields, "description")) if part)
    add_files(task, fields.get("files"))
    add_metadata(task, fields.get("metadata"))
    subject = fields.get("subject", "content")
    texts = [Prose.of_scalar(subject)] if isinstance(subject, Scalar) and subject.text.strip() else []
    if isinstance(description, Scalar) and description.text.strip():
        outside, fences = split_description(description)
        texts += outside
        for value, scalar in fences:
            add_fence(task, value, scalar)
    for scalar in stored.blocked_by:
        task.depend(scalar.text.strip(), scalar.origin, written=scalar.text)
    for scalar in stored.blocks:
        blocked = Dependency(task=scalar.text.strip(), origin=scalar.origin, written=scalar.text)
        if all(known.task != blocked.task for known in task.blocks):
            task.blocks.append(blocked)
    return task, texts


def _text(fields: Mapping, *keys: str) -> str:
    node = fields.get(*keys)
    return node.text.strip() if isinstance(node, Scalar) and node.value is not None else ""
