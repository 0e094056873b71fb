"""From the valid data of one task in a plan file to a `Task` with its places."""

from __future__ import annotations

from typing import Any

from planlint.diagnostics import Evidence
from planlint.dialects.keys import fold
from planlint.dialects.native.briefs import look_at, with_parts
from planlint.dialects.native.placing import FieldPlaces, Placing
from planlint.dialects.plan_words.durations import minutes
from planlint.dialects.plan_words.looking import only_looks
from planlint.dialects.plan_words.synonyms import FINISHED_WORDS
from planlint.dialects.plan_words.table import RESOURCES
from planlint.model import Agent, ContractRef, Dependency, Isolation, Kind, Mode, Resource, Scope, Task
from planlint.model.base import NO_PLACES, late_places
from planlint.readers.tree import Mapping, Node, Scalar
from planlint.source import Origin

_WRITES = (
    ("creates", Mode.CREATE),
    ("modifies", Mode.MODIFY),
    ("deletes", Mode.DELETE),
    ("writes", Mode.WRITE),
)
_REFERENCES = ("depends_on", "blocks", "conflicts_with")
_LONGEST_TITLE = 100
"""A description longer than this, beside a brief, is no title. Titles of public plans stay below 80 characters."""


class TaskBuilder:
    """Makes the tasks of one document. `gaps` has the tasks that were left out, with what they wait for.

    A task on one of `own_branches` is isolated by that.
    """

    def __init__(self, placing: Placing, gaps: dict[str, list[str]], own_branches: frozenset[str]) -> None:
        self.placing = placing
        self.reader = placing.reader
        self.gaps = gaps
        self.own_branches = own_branches
        self.behind: dict[str, list[str]] = {}
        self.agents: dict[tuple[str | None, bool | None], Agent] = {}
        self.briefs: dict[int, Scalar] = {}
        """`Task.index` to the brief of each task that may name files which the task does not list."""

    def build(self, index: int, task: dict[str, Any], node: Node) -> Task:
        """The task with this `Task.index`, whose valid data is `task`, from `node`."""
        assert isinstance(node, Mapping)
        places = FieldPlaces(self.reader, node)
        fields: dict[str, Any] = {}
        if "title" in task or "description" in task:
            fields["title"] = _title(task)
        brief = task.get("brief") or task.get("description")
        if brief:
            fields["brief"] = brief
        if "kind" in task:
            fields["kind"] = Kind(task["kind"])
        if "agent" in task or "background" in task:
            fields["agent"] = self._agent(task, node)
        if "isolation" in task:
            fields["isolation"] = Isolation(task["isolation"])
        elif "branch" in task and task["branch"].strip() in self.own_branches:
            fields["isolation"] = Isolation.BRANCH
        for name in ("phase", "wave"):
            if name in task:
                fields[name] = task[name].strip()
        if "parallel" in task:
            fields["parallel"] = task["parallel"]
        writes: list[Scope] = []
        for name, mode in _WRITES:
            if name in task:
                writes += self.placing.scopes(places, name, task[name], mode)
                fields["scope_known"] = True
        if writes:
            fields["writes"] = tuple(writes)
        elif "kind" not in task and only_looks(fields.get("title") or task["id"], brief or ""):
            fields["kind"] = Kind.REVIEW
        if task.get("reads"):
            fields["reads"] = tuple(self.placing.scopes(places, "reads", task["reads"], Mode.READ))
        if task.get("off_limits"):
            fields["off_limits"] = tuple(self.placing.scopes(places, "off_limits", task["off_limits"], Mode.WRITE))
        for name in _REFERENCES:
            if name in task:
                fields[name] = tuple(self._references(places, name, task[name]))
        for name in ("provides", "consumes"):
            if name in task:
                fields[name] = tuple(_contract_refs(places, name, task[name]))
        if "resources" in task or "branch" in task:
            fields["resources"] = tuple(self._resources(task, node))
        if task.get("verify"):
            fields["verify"] = "\n".join(task["verify"])
        if task.get("returns"):
            fields["returns"] = "\n".join(task["returns"])
        if "estimate" in task:
            fields["estimate"] = minutes(task["estimate"])
        if task["done"] if "done" in task else "status" in task and fold(task["status"].strip()) in FINISHED_WORDS:
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
        if not brief:
            return built
        names_more, names_parts = look_at(brief, built)
        if names_parts:
            built = with_parts(built)
        if names_more:
            text = node.values.get(self.reader.written(node, "brief" if task.get("brief") else "description"))
            if isinstance(text, Scalar):
                self.briefs[index] = text
        return built

    def _agent(self, task: dict[str, Any], node: Mapping) -> Agent:
        agent, background = task.get("agent"), task.get("background")
        if agent is None or isinstance(agent, str):
            # Where it stands is told by the places of the task, so that all tasks may share it.
            known = self.agents.get((agent, background))
            if known is None:
                known = self.agents[agent, background] = Agent(type=stripped(agent), background=background)
            return known
        inner = node.get(self.reader.written(node, "agent"))
        return Agent(
            type=agent.get("type"),
            name=agent.get("name"),
            model=agent.get("model"),
            tools=tuple(agent["tools"]) if "tools" in agent else None,
            background=background,
            mode=agent.get("mode"),
            places=self.placing.places(inner) if isinstance(inner, Mapping) else NO_PLACES,
        )

    def _references(self, places: FieldPlaces, name: str, ids: list[str]) -> list[Dependency]:
        found = []
        for written, origin in zip(ids, late_places(places.item, name), strict=False):
            task = written.strip()
            found.append(Dependency(task, origin, Evidence.DECLARED, written))
            if name == "depends_on" and task in self.gaps:
                found += [Dependency(other, origin, Evidence.DECLARED, written) for other in self._behind(task)]
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

    def _resources(self, task: dict[str, Any], node: Mapping) -> list[Resource]:
        branch = self.placing.placed(node, "branch", [task["branch"]]) if "branch" in task else []
        found = [
            Resource(kind="branch", name=name.strip(), origin=origin, evidence=Evidence.DECLARED)
            for name, origin in branch
        ]
        inner = node.get(self.reader.written(node, "resources"))
        if isinstance(inner, Mapping):
            found += [
                Resource(kind=kind, name=name.strip(), origin=origin, evidence=Evidence.DECLARED)
                for kind in RESOURCES
                for name, origin in self.placing.placed(inner, kind, task["resources"].get(kind, []))
            ]
        return found


def _title(task: dict[str, Any]) -> str:
    if "title" in task:
        return str(task["title"]).strip()
    text = task.get("description", "").strip()
    return text if task.get("brief") and "\n" not in text and len(text) <= _LONGEST_TITLE else ""


def stripped(text: str | None) -> str | None:
    """`text` without the blanks around it."""
    return None if text is None else text.strip()


def _contract_refs(places: FieldPlaces, name: str, refs: list[Any]) -> list[ContractRef]:
    found = []
    for ref, origin in zip(refs, late_places(places.item, name), strict=False):
        if isinstance(ref, str):
            found.append(ContractRef(ref.strip(), origin))
        else:
            found.append(
                ContractRef(
                    contract=ref["contract"].strip(),
                    origin=origin,
                    signature=ref.get("signature"),
                    file=stripped(ref.get("file")),
                    kind=ref.get("kind"),
                )
            )
    return found
