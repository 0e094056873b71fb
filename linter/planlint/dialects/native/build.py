"""From one document of a plan file to the typed plan: validation, what is wrong with it, and the model objects."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from planlint.diagnostics import Problem
from planlint.dialects.base import Dialect
from planlint.dialects.native.briefs import with_briefs
from planlint.dialects.native.placing import FieldPlaces, Placing
from planlint.dialects.native.reading import Reader
from planlint.dialects.native.scopes import scope
from planlint.dialects.native.tasks import TaskBuilder, stripped
from planlint.dialects.native.validation import Checked, outline_problem, validate
from planlint.dialects.native.values import read_plan
from planlint.dialects.plan_words.waves import build_schedule
from planlint.model import (
    Constraint,
    ContextFile,
    Contract,
    Isolation,
    Mode,
    Plan,
)
from planlint.readers.tree import Mapping, Node, Sequence
from planlint.source import Origin


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
        self.placing = Placing(reader, self.problems)
        self.gaps = _gaps([data["tasks"][position] for position in sorted(checked.broken)])

    def finish(self) -> Built:
        """The plan, and all problems in the order of the file."""
        data = self.data
        builder = TaskBuilder(self.placing, self.gaps, _own_branches(data))
        nodes = self.reader.tasks
        tasks = tuple(
            builder.build(index, task, nodes[position])
            for index, (position, task) in enumerate(zip(self.checked.kept, data["tasks"], strict=True))
        )
        if builder.briefs:
            tasks = with_briefs(tasks, builder.briefs)
        source = self.root.source
        places = self.placing.places(self.root)
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
                for path, origin in self.placing.placed(self.root, "context", data.get("context", []))
            ),
            constraints=self._constraints(places),
            capabilities=self.dialect.capabilities,
            known_ids=frozenset(self.gaps),
            incomplete=bool(self.checked.faults or self.reader.doubled),
            sources=(Origin(source, 0, len(source.text)),),
            places=places,
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
                    file=stripped(contract.get("file")),
                    signature=contract.get("signature"),
                    description=contract.get("description"),
                    places=self.placing.places(item),
                )
            )
        return tuple(found)

    def _constraints(self, places: FieldPlaces) -> tuple[Constraint, ...]:
        data = self.data
        found = [
            Constraint(kind="off-limits", scope=item, origin=item.origin, note=item.note)
            for item in self.placing.scopes(
                self.placing.places(self.root), "off_limits", data.get("off_limits", []), Mode.WRITE
            )
        ]
        owners = self.root.get(self.reader.written(self.root, "owners"))
        if data.get("owners") and isinstance(owners, Mapping):
            for path, owner in data["owners"].items():
                origin = owners.keys[path].origin
                kept = self.placing.checked(scope(path, Mode.WRITE, origin))
                found.append(Constraint(kind="single-owner", scope=kept, origin=origin, owner=owner.strip()))
        for hub, origin in self.placing.placed(self.root, "hubs", data.get("hubs", [])):
            entry = {"path": hub} if isinstance(hub, str) else hub
            kept = self.placing.checked(scope(entry["path"], Mode.WRITE, origin))
            found.append(
                Constraint(kind="hub", scope=kept, origin=origin, owner=entry.get("owner"), note=entry.get("note"))
            )
        for known, origin in self.placing.placed(self.root, "acknowledged", data.get("acknowledged", [])):
            overlap = {"path": known} if isinstance(known, str) else known
            kept = self.placing.checked(scope(overlap["path"], Mode.WRITE, origin))
            names = tuple(name.strip() for name in overlap.get("tasks", ()))
            found.append(
                Constraint(kind="acknowledged", scope=kept, origin=origin, tasks=names, note=overlap.get("note"))
            )
        return tuple(found)


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


def _own_branches(data: dict[str, Any]) -> frozenset[str]:
    """The branches that one task alone has; none where the plan says what all tasks work in."""
    if "isolation" in data:
        return frozenset()
    counts = Counter(task["branch"].strip() for task in data["tasks"] if "branch" in task)
    return frozenset(branch for branch, count in counts.items() if count == 1)
