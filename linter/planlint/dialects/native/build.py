"""From one document of a plan file to the typed plan: validation, what is wrong with it, and the model objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from planlint.diagnostics import Evidence, Problem
from planlint.dialects.base import Dialect
from planlint.dialects.keys import fold
from planlint.dialects.native.briefs import names_more, with_briefs
from planlint.dialects.native.durations import minutes
from planlint.dialects.native.reading import Reader
from planlint.dialects.native.scopes import SURELY_SHORT, refuse, scope
from planlint.dialects.native.synonyms import FINISHED_WORDS
from planlint.dialects.native.table import RESOURCES
from planlint.dialects.native.validation import Checked, outline_problem, validate
from planlint.dialects.native.values import read_plan
from planlint.dialects.native.waves import build_schedule
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
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
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
        self.data = checked.data
        self.path = path
        self.dialect = dialect
        self.problems = [*reader.problems, *(fault.problem for fault in checked.faults)]
        self.behind: dict[str, list[str]] = {}
        self.briefs: dict[int, Scalar] = {}
        self.gaps = _gaps([data["tasks"][position] for position in sorted(checked.broken)])

    def finish(self) -> Built:
        """The plan, and all problems in the order of the file."""
        data = self.data
        tasks = tuple(
            self._task(index, task, self.reader.tasks[position])
            for index, (position, task) in enumerate(zip(self.checked.kept, data["tasks"], strict=True))
        )
        if self.briefs:
            tasks = with_briefs(tasks, self.briefs)
        source = self.root.source
        plan = Plan(
            path=self.path,
            dialect=self.dialect.name,
            origin=self.root.origin,
            tasks=tasks,
            schedule=build_schedule(tasks),
            name=data.get("plan", "").strip(),
            isolation=Isolation(data.get("isolation", Isolation.UNKNOWN)),
            runtime=data.get("runtime"),
            max_parallel=data.get("max_parallel"),
            workers=data.get("workers"),
            inherited_budget=data.get("limits", {}).get("inherited_tokens"),
            contracts=self._contracts(),
            context=tuple(
                ContextFile(path=path.strip(), origin=origin)
                for path, origin in self._placed(self.root, "context", data.get("context", []))
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
        contracts = self.data.get("contracts")
        if not contracts or not isinstance(node, Sequence):
            return ()
        found = []
        for item, contract in zip(node.items, contracts, strict=True):
            assert isinstance(item, Mapping)
            found.append(
                Contract(
                    id=contract["id"].strip(),
                    origin=item.origin,
                    kind=contract.get("kind"),
                    file=_stripped(contract.get("file")),
                    signature=contract.get("signature"),
                    description=contract.get("description"),
                    places=self._places(item),
                )
            )
        return tuple(found)

    def _constraints(self) -> tuple[Constraint, ...]:
        data = self.data
        found = [
            Constraint(kind="off-limits", scope=item, origin=item.origin, note=item.note)
            for item in self._scopes(self.root, "off_limits", data.get("off_limits", []), Mode.WRITE)
        ]
        owners = self.root.get(self.reader.written(self.root, "owners"))
        if data.get("owners") and isinstance(owners, Mapping):
            for path, owner in data["owners"].items():
                origin = owners.keys[path].origin
                kept = self._checked_scope(scope(path, Mode.WRITE, origin))
                found.append(Constraint(kind="single-owner", scope=kept, origin=origin, owner=owner.strip()))
        for hub, origin in self._placed(self.root, "hubs", data.get("hubs", [])):
            entry = {"path": hub} if isinstance(hub, str) else hub
            kept = self._checked_scope(scope(entry["path"], Mode.WRITE, origin))
            found.append(
                Constraint(kind="hub", scope=kept, origin=origin, owner=entry.get("owner"), note=entry.get("note"))
            )
        for known, origin in self._placed(self.root, "acknowledged", data.get("acknowledged", [])):
            overlap = {"path": known} if isinstance(known, str) else known
            kept = self._checked_scope(scope(overlap["path"], Mode.WRITE, origin))
            names = tuple(name.strip() for name in overlap.get("tasks", ()))
            found.append(
                Constraint(kind="acknowledged", scope=kept, origin=origin, tasks=names, note=overlap.get("note"))
            )
        return tuple(found)

    # -- tasks -----------------------------------------------------------------------------------------------------

    def _task(self, index: int, task: dict[str, Any], node: Node) -> Task:
        assert isinstance(node, Mapping)
        places = self._places(node)
        fields: dict[str, Any] = {}
        if "title" in task or "description" in task:
            fields["title"] = _title(task)
        brief = task.get("brief") or task.get("description")
        if brief:
            fields["brief"] = brief
            places.setdefault("brief", places.get("description", node.origin))
        if "kind" in task:
            fields["kind"] = Kind(task["kind"])
        if "agent" in task or "background" in task:
            fields["agent"] = self._agent(task, node, places)
        if "isolation" in task:
            fields["isolation"] = Isolation(task["isolation"])
        for name in ("phase", "wave"):
            if name in task:
                fields[name] = task[name].strip()
        if "parallel" in task:
            fields["parallel"] = task["parallel"]
        writes: list[Scope] = []
        for name, mode in _WRITES:
            if name in task:
                writes += self._scopes(node, name, task[name], mode)
                places.setdefault("writes", places[name])
                fields["scope_known"] = True
        if writes:
            fields["writes"] = tuple(writes)
        if task.get("reads"):
            fields["reads"] = tuple(self._scopes(node, "reads", task["reads"], Mode.READ))
        if task.get("off_limits"):
            fields["off_limits"] = tuple(self._scopes(node, "off_limits", task["off_limits"], Mode.WRITE))
        for name in _REFERENCES:
            if name in task:
                fields[name] = tuple(self._references(node, name, task[name]))
        for name in ("provides", "consumes"):
            if name in task:
                fields[name] = tuple(self._contract_refs(node, name, task[name]))
        if "resources" in task:
            fields["resources"] = tuple(self._resources(task, node))
        if task.get("verify"):
            fields["verify"] = "\n".join(task["verify"])
        if task.get("returns"):
            fields["returns"] = "\n".join(task["returns"])
        if "estimate" in task:
            fields["estimate"] = minutes(task["estimate"])
        if task.get("done", fold(task.get("status", "").strip()) in FINISHED_WORDS):
            fields["done"] = True
        if task.get("optional"):
            fields["optional"] = True
        built = Task(
            id=task["id"].strip(),
            index=index,
            origin=Origin(node.source, node.start, node.end),
            places=places,
            **fields,
        )
        if brief and names_more(brief, built):
            written = self.reader.written(node, "brief" if task.get("brief") else "description")
            text = node.values.get(written)
            if isinstance(text, Scalar):
                self.briefs[index] = text
        return built

    def _agent(self, task: dict[str, Any], node: Mapping, places: dict[str, Origin]) -> Agent:
        place, background = places.get("agent"), task.get("background")
        agent = task.get("agent")
        if agent is None or isinstance(agent, str):
            return Agent(type=_stripped(agent), background=background, origin=place)
        inner = node.get(self.reader.written(node, "agent"))
        return Agent(
            type=agent.get("type"),
            name=agent.get("name"),
            model=agent.get("model"),
            tools=tuple(agent["tools"]) if "tools" in agent else None,
            background=background,
            mode=agent.get("mode"),
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

    def _contract_refs(self, node: Mapping, name: str, refs: list[Any]) -> list[ContractRef]:
        found = []
        for ref, origin in self._placed(node, name, refs):
            if isinstance(ref, str):
                found.append(ContractRef(contract=ref.strip(), origin=origin))
            else:
                found.append(
                    ContractRef(
                        contract=ref["contract"].strip(),
                        origin=origin,
                        signature=ref.get("signature"),
                        file=_stripped(ref.get("file")),
                        kind=ref.get("kind"),
                    )
                )
        return found

    def _resources(self, task: dict[str, Any], node: Mapping) -> list[Resource]:
        inner = node.get(self.reader.written(node, "resources"))
        assert isinstance(inner, Mapping)
        return [
            Resource(kind=kind, name=name.strip(), origin=origin, evidence=Evidence.DECLARED)
            for kind in RESOURCES
            for name, origin in self._placed(inner, kind, task["resources"].get(kind, []))
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


def _title(task: dict[str, Any]) -> str:
    if "title" in task:
        return str(task["title"]).strip()
    text = task.get("description", "").strip()
    return text if task.get("brief") and "\n" not in text and len(text) <= _LONGEST_TITLE else ""


def _stripped(text: str | None) -> str | None:
    return None if text is None else text.strip()


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
