"""From one document of a plan file to the typed plan: validation, what is wrong with it, and the model objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from planlint.diagnostics import Evidence, Problem
from planlint.dialects.base import Dialect
from planlint.dialects.native.document import (
    AcknowledgedDocument,
    ContractRefDocument,
    HubDocument,
    TaskDocument,
    minutes,
)
from planlint.dialects.native.reading import Reader
from planlint.dialects.native.scopes import SURELY_SHORT, refuse, scope
from planlint.dialects.native.synonyms import FINISHED_WORDS
from planlint.dialects.native.validation import Checked, outline_problem, validate
from planlint.dialects.native.values import read_plan
from planlint.dialects.native.waves import build_schedule
from planlint.dialects.shape import fold
from planlint.model import (
    Agent,
    Constraint,
    ContextFile,
    Contract,
    ContractRef,
    Dependency,
    Isolation,
    Kind,
    Mode,
    Plan,
    Resource,
    Scope,
    Task,
)
from planlint.readers.tree import Mapping, Node, Sequence
from planlint.source import Origin

_WRITES = (
    ("creates", Mode.CREATE),
    ("modifies", Mode.MODIFY),
    ("deletes", Mode.DELETE),
    ("writes", Mode.WRITE),
)
_T = TypeVar("_T")

_REFERENCES = ("depends_on", "blocks", "conflicts_with")
_LONGEST_TITLE = 100
"""A description longer than this, beside a brief, is no title. Titles of public plans stay below 80 characters."""


class Built(NamedTuple):
    """What became of one document: no plan where not even its outline could be understood."""

    plan: Plan | None
    problems: list[Problem]


def build(root: Node, path: str, dialect: Dialect) -> Built:
    """The plan in the document `root`, and every problem with it, in the order of the file.

    A task with a shape error is left out, but its id stays known and what it waits for is handed on to the tasks that
    wait for it, so that nothing follows from the gap. Only a wrong outline (no mapping, no list of tasks) is fatal.
    """
    outline = outline_problem(root)
    if outline is not None:
        return Built(None, [outline])
    assert isinstance(root, Mapping)
    reader = Reader(root)
    data = read_plan(reader)
    checked = validate(reader, data)
    return _Builder(reader, data, checked, path, dialect).finish()


class _Builder:
    """Makes the model objects of one valid document."""

    def __init__(self, reader: Reader, data: dict[str, Any], checked: Checked, path: str, dialect: Dialect) -> None:
        self.reader = reader
        self.root = reader.root
        self.checked = checked
        self.document = checked.document
        self.path = path
        self.dialect = dialect
        self.problems = [*reader.problems, *(fault.problem for fault in checked.faults)]
        self.behind: dict[str, list[str]] = {}
        self.gaps = _gaps([data["tasks"][position] for position in sorted(checked.broken)])

    def finish(self) -> Built:
        """The plan, and all problems in the order of the file."""
        document = self.document
        tasks = tuple(
            self._task(index, task, self.reader.tasks[position])
            for index, (position, task) in enumerate(zip(self.checked.kept, document.tasks, strict=True))
        )
        source = self.root.source
        limits = document.limits
        plan = Plan(
            path=self.path,
            dialect=self.dialect.name,
            origin=self.root.origin,
            tasks=tasks,
            schedule=build_schedule(tasks),
            name=(document.plan or "").strip(),
            isolation=Isolation(document.isolation) if document.isolation else Isolation.UNKNOWN,
            runtime=document.runtime,
            max_parallel=document.max_parallel,
            workers=document.workers,
            inherited_budget=limits.inherited_tokens if limits else None,
            contracts=self._contracts(),
            context=tuple(
                ContextFile(path=path.strip(), origin=origin)
                for path, origin in self._placed(self.root, "context", document.context or [])
            ),
            constraints=self._constraints(),
            capabilities=self.dialect.capabilities,
            known_ids=frozenset(self.gaps),
            incomplete=bool(self.checked.faults or self.reader.doubled),
            sources=(Origin(source, 0, len(source.text)),),
            places=self._places(self.root, {"plan": "name"}),
        )
        return Built(plan, sorted(self.problems, key=lambda problem: (problem.origin.start, problem.origin.end)))

    # -- the plan's own fields -------------------------------------------------------------------------------------

    def _contracts(self) -> tuple[Contract, ...]:
        node = self.root.get(self.reader.written(self.root, "contracts"))
        if not self.document.contracts or not isinstance(node, Sequence):
            return ()
        found = []
        for item, contract in zip(node.items, self.document.contracts, strict=True):
            assert isinstance(item, Mapping)
            found.append(
                Contract(
                    id=contract.id.strip(),
                    origin=item.origin,
                    kind=contract.kind,
                    file=contract.file and contract.file.strip(),
                    signature=contract.signature,
                    description=contract.description,
                    places=self._places(item),
                )
            )
        return tuple(found)

    def _constraints(self) -> tuple[Constraint, ...]:
        document = self.document
        found = [
            Constraint(kind="off-limits", scope=item, origin=item.origin, note=item.note)
            for item in self._scopes(self.root, "off_limits", document.off_limits, Mode.WRITE)
        ]
        owners = self.root.get(self.reader.written(self.root, "owners"))
        if document.owners and isinstance(owners, Mapping):
            for path, owner in document.owners.items():
                origin = owners.keys[path].origin
                kept = self._checked_scope(scope(path, Mode.WRITE, origin))
                found.append(Constraint(kind="single-owner", scope=kept, origin=origin, owner=owner.strip()))
        for hub, origin in self._placed(self.root, "hubs", document.hubs):
            entry = HubDocument(path=hub) if isinstance(hub, str) else hub
            kept = self._checked_scope(scope(entry.path, Mode.WRITE, origin))
            found.append(Constraint(kind="hub", scope=kept, origin=origin, owner=entry.owner, note=entry.note))
        for known, origin in self._placed(self.root, "acknowledged", document.acknowledged):
            overlap = AcknowledgedDocument(path=known) if isinstance(known, str) else known
            kept = self._checked_scope(scope(overlap.path, Mode.WRITE, origin))
            names = tuple(name.strip() for name in overlap.tasks)
            found.append(Constraint(kind="acknowledged", scope=kept, origin=origin, tasks=names, note=overlap.note))
        return tuple(found)

    # -- tasks -----------------------------------------------------------------------------------------------------

    def _task(self, index: int, task: TaskDocument, node: Node) -> Task:
        assert isinstance(node, Mapping)
        places = self._places(node)
        given = task.model_fields_set
        fields: dict[str, Any] = {}
        if "title" in given or "description" in given:
            fields["title"] = _title(task)
        brief = task.brief or task.description
        if brief:
            fields["brief"] = brief
            places.setdefault("brief", places.get("description", node.origin))
        if "kind" in given:
            fields["kind"] = Kind(task.kind)
        if "agent" in given or "background" in given:
            fields["agent"] = self._agent(task, node, places)
        if task.isolation is not None:
            fields["isolation"] = Isolation(task.isolation)
        for name in ("phase", "wave"):
            if name in given:
                fields[name] = getattr(task, name).strip()
        if "parallel" in given:
            fields["parallel"] = task.parallel
        writes: list[Scope] = []
        for name, mode in _WRITES:
            if name in given:
                writes += self._scopes(node, name, getattr(task, name), mode)
                places.setdefault("writes", places[name])
                fields["scope_known"] = True
        if writes:
            fields["writes"] = tuple(writes)
        if task.reads:
            fields["reads"] = tuple(self._scopes(node, "reads", task.reads, Mode.READ))
        if task.off_limits:
            fields["off_limits"] = tuple(self._scopes(node, "off_limits", task.off_limits, Mode.WRITE))
        for name in _REFERENCES:
            if name in given:
                fields[name] = tuple(self._references(node, name, getattr(task, name)))
        for name in ("provides", "consumes"):
            if name in given:
                fields[name] = tuple(self._contract_refs(node, name, getattr(task, name)))
        if task.resources is not None:
            fields["resources"] = tuple(self._resources(task, node))
        if task.verify:
            fields["verify"] = "\n".join(task.verify)
        if task.returns:
            fields["returns"] = "\n".join(task.returns)
        if task.estimate is not None:
            fields["estimate"] = minutes(task.estimate)
        if task.done or (task.status is not None and task.done is None and fold(task.status.strip()) in FINISHED_WORDS):
            fields["done"] = True
        if task.optional:
            fields["optional"] = True
        return Task(
            id=task.id.strip(), index=index, origin=Origin(node.source, node.start, node.end), places=places, **fields
        )

    def _agent(self, task: TaskDocument, node: Mapping, places: dict[str, Origin]) -> Agent:
        place = places.get("agent")
        if task.agent is None or isinstance(task.agent, str):
            # Places are given, since pydantic would copy the empty default for every task.
            return Agent(type=task.agent and task.agent.strip(), background=task.background, origin=place, places={})
        agent = task.agent
        inner = node.get(self.reader.written(node, "agent"))
        return Agent(
            type=agent.type,
            name=agent.name,
            model=agent.model,
            tools=None if agent.tools is None else tuple(agent.tools),
            background=task.background,
            mode=agent.mode,
            origin=place,
            places=self._places(inner) if isinstance(inner, Mapping) else {},
        )

    def _references(self, node: Mapping, name: str, ids: list[str]) -> list[Dependency]:
        found = []
        for written, origin in self._placed(node, name, ids):
            task = written.strip()
            found.append(Dependency(task=task, origin=origin, written=written))
            if name == "depends_on" and task in self.gaps:
                found += [Dependency(task=other, origin=origin, written=written) for other in self._behind(task)]
        return found

    def _behind(self, gap: str) -> list[str]:
        """The tasks that a task left out waits for, through further ones left out."""
        if gap in self.behind:
            return self.behind[gap]
        seen = {gap}
        queue = [gap]
        for current in queue:
            for needed in self.gaps.get(current, ()):
                if needed not in seen:
                    seen.add(needed)
                    queue.append(needed)
        self.behind[gap] = [task for task in queue if task not in self.gaps]
        return self.behind[gap]

    def _contract_refs(self, node: Mapping, name: str, refs: list[str | ContractRefDocument]) -> list[ContractRef]:
        found = []
        for ref, origin in self._placed(node, name, refs):
            if isinstance(ref, str):
                found.append(ContractRef(contract=ref.strip(), origin=origin))
            else:
                file = ref.file and ref.file.strip()
                found.append(
                    ContractRef(
                        contract=ref.contract.strip(), origin=origin, signature=ref.signature, file=file, kind=ref.kind
                    )
                )
        return found

    def _resources(self, task: TaskDocument, node: Mapping) -> list[Resource]:
        inner = node.get(self.reader.written(node, "resources"))
        assert isinstance(inner, Mapping)
        assert task.resources is not None
        return [
            Resource(kind=kind, name=name.strip(), origin=origin, evidence=Evidence.DECLARED)
            for kind in type(task.resources).model_fields
            if kind in task.resources.model_fields_set
            for name, origin in self._placed(inner, kind, getattr(task.resources, kind))
        ]

    # -- scopes and places -----------------------------------------------------------------------------------------

    def _scopes(self, node: Mapping, name: str, items: list[Any], mode: Mode) -> list[Scope]:
        return [self._checked_scope(scope(item, mode, origin)) for item, origin in self._placed(node, name, items)]

    def _checked_scope(self, item: Scope) -> Scope:
        if len(item.path) > SURELY_SHORT or "{" in item.path:
            problem = refuse(item.path, item.origin)
            if problem is not None:
                self.problems.append(problem)
        return item

    def _placed(self, node: Mapping, name: str, values: list[_T]) -> Iterable[tuple[_T, Origin]]:
        """The valid values of a list field, each with its place."""
        value = node.values.get(self.reader.written(node, name))
        # A field that was refused has no values, whatever the file has.
        return zip(values, self.reader.places(value), strict=True) if values and value is not None else ()

    def _places(self, node: Mapping, also: dict[str, str] | None = None) -> dict[str, Origin]:
        """Canonical name to the place of the value, or of the key where the value is nothing."""
        source = node.source
        places = {
            name: Origin(source, value.start, value.end) if value.end > value.start else node.keys[name].origin
            for name, value in node.values.items()
        }
        for name, written in self.reader.renamed.get(id(node), {}).items():
            places[name] = places.pop(written)
        for name, other in (also or {}).items():
            if name in places:
                places[other] = places[name]
        return places


def _title(task: TaskDocument) -> str:
    if task.title is not None:
        return task.title.strip()
    text = (task.description or "").strip()
    return text if task.brief and "\n" not in text and len(text) <= _LONGEST_TITLE else ""


def _gaps(tasks: list[Any]) -> dict[str, list[str]]:
    """Ids of tasks left out, and what they wait for as far as that can be read."""
    found: dict[str, list[str]] = {}
    for task in tasks:
        name = task.get("id") if isinstance(task, dict) else None
        if isinstance(name, str) and name.strip():
            needed = task.get("depends_on")
            names = [item.strip() for item in needed if isinstance(item, str)] if isinstance(needed, list) else []
            found.setdefault(name.strip(), []).extend(names)
    return found
