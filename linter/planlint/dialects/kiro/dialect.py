"""The `kiro` dialect: implementation plans of Kiro and of cc-sdd."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from planlint.diagnostics import Edit, Evidence
from planlint.diagnostics.remedy import Remedy
from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.dialects.checklist import (
    CheckItem,
    add_effects,
    add_listed_files,
    by_task,
    find_check_items,
    has_boxes,
    is_template,
    listed_ids,
    number_grammar,
    paths_of,
    set_kind,
    set_parents,
    task_of,
)
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.drawing import drawn_edges
from planlint.dialects.file_lists import Placing
from planlint.dialects.kiro.ordering import listed_order, wave_order
from planlint.dialects.kiro.waves import WaveGraph, has_waves, placement, read_waves
from planlint.dialects.prose import IdGrammar, PathContext, ProseContext
from planlint.model import Capability, Plan, Resource, Schedule
from planlint.readers.document import Document, Syntax
from planlint.readers.markdown.blocks import MarkdownTree

LABELS = {
    "requirements": "requirements",
    "requirement": "requirements",
    "boundary": "boundary",
    "boundaries": "boundary",
    "depends": "depends",
    "depends on": "depends",
    "dependencies": "depends",
    "contracts": "contracts",
    "validates": "requirements",
    "completed": "note",
}
"""Fields below a task, `_Depends: 1.2_` and `_Depends:_ 1.2` alike."""

_PLACE = re.compile(r"(?:^|/)\.kiro/specs/[^/]+/tasks\.md\Z")
_CAPABILITIES = frozenset(
    {
        Capability.TASKS,
        Capability.WRITES,
        Capability.READS,
        Capability.OFF_LIMITS,
        Capability.DEPENDENCIES,
        Capability.CONCURRENCY,
        Capability.STATUS,
    }
)


class KiroDialect(Dialect):
    """`.kiro/specs/<name>/tasks.md`: nested or flat numbered checkboxes with `_Requirements:_` below."""

    name: ClassVar[str] = "kiro"
    title: ClassVar[str] = "Kiro and cc-sdd implementation plan"
    version: ClassVar[str] = "Kiro IDE to 0.12 (waves), gotalab/cc-sdd at 29aee95 (2026-08), looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("markdown",)
    files: ClassVar[tuple[str, ...]] = (".kiro/specs/*/tasks.md",)
    capabilities: ClassVar[frozenset[Capability]] = _CAPABILITIES | {Capability.WAVES}

    def might_be(self, path: str, text: str) -> bool:
        """Whether there is a checkbox at all."""
        return has_boxes(text)

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """Numbered checkboxes with the marks of Kiro or cc-sdd, or in the place where Kiro keeps them."""
        tree = document.markdown
        if tree is None:
            return None
        items = _work(find_check_items(tree, LABELS))
        numbered = [item for item in items if item.id]
        if not items:
            return None
        if numbered and has_waves(tree):
            return Match(95, f"{len(numbered)} numbered checkboxes and a task dependency graph with waves")
        required = sum(1 for item in numbered if item.label("requirements") is not None)
        if required:
            return Match(95, f"{len(numbered)} numbered checkboxes, {required} with `_Requirements:_`")
        if _PLACE.search(document.path):
            return Match(90, f"{len(items)} checkboxes in a task list below .kiro/specs")
        marked = sum(1 for item in numbered if item.parallel or item.label("boundary"))
        if marked:
            return Match(85, f"{len(numbered)} numbered checkboxes, {marked} marked (P) or `_Boundary:_`")
        return _by_shape(items)

    def edits(self, plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
        """As `Dialect` has it."""
        from planlint.dialects.kiro.remedies import edits_of

        return edits_of(plan, remedy)

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """One plan for each file."""
        loaded = Loaded()
        for document in documents:
            if document.markdown is not None:
                _load(document, document.markdown, loaded)
        return loaded


def _by_shape(items: list[CheckItem]) -> Match | None:
    """A list whose items `1.` hold items `1.1` is Kiro's shape; others write it too."""
    ids = {item.id for item in items}
    inner = [item for item in items if "." in item.id and item.id.rpartition(".")[0] in ids]
    if len(inner) >= 2:
        return Match(55, f"numbered checkboxes with {len(inner)} numbered ones inside")
    return None


def _load(document: Document, tree: MarkdownTree, loaded: Loaded) -> None:
    items = _work(find_check_items(tree, LABELS))
    source = document.source
    draft = PlanDraft(document.path, KiroDialect.name, source.origin(0, len(source.text)))
    directory = posixpath.dirname(document.path)
    context = PathContext()
    paths = paths_of(items, context)
    placing = Placing(by_task(paths), alone=True)
    for index, item in enumerate(items):
        task = draft.add(task_of(item))
        resolve = partial(placing.names.find, task=index)
        add_effects(task, item, paths[index], ProseContext(paths=context, resolve=resolve, alone=True))
        add_listed_files(task, item, placing, context)
        set_kind(task)
        _add_boundaries(task, item)
    set_parents(draft.tasks, items)
    grammar = number_grammar([item.id for item in items if item.id])
    for task, item in zip(draft.tasks, items, strict=True):
        for label in item.labels:
            if label.name == "depends":
                for listed in listed_ids(label.value, grammar):
                    task.depend(listed.id, listed.origin, written=listed.written)
    _add_drawn(draft.tasks, tree)
    graph = read_waves(tree)
    schedule = _schedule(draft.tasks, graph)
    if graph is not None:
        loaded.problems += graph.problems
    heading = next((section.heading for section in tree.top.walk() if section.heading is not None), None)
    has_graph = graph is not None and bool(graph.waves)
    loaded.plans.append(
        draft.finish(
            name=heading.title if heading else "",
            places={"name": heading.origin} if heading else {},
            schedule=schedule,
            pattern=is_template(items),
            capabilities=_CAPABILITIES | {Capability.WAVES} if has_graph else _CAPABILITIES,
            design_documents=(f"{directory}/",) if directory else (),
            sources=(draft.origin,),
        )
    )


_DRAWN_ID = re.compile(r"\b\d{1,4}(?:\.\d{1,4}){1,3}\b|\A(?:Task |T)?\d{1,4}\b(?![.\d])")


def _add_drawn(tasks: Sequence[TaskDraft], tree: MarkdownTree) -> None:
    """Add what a drawn graph (`T1 --> T2`) says; arrows against the order of the list are left out."""
    by_id = {task.id: task for task in reversed(tasks) if task.id}
    grammar = IdGrammar(_DRAWN_ID, lambda name: name.removeprefix("Task ").removeprefix("T"), known=tuple(by_id))
    for edge in drawn_edges(tree, grammar):
        if not edge.group and by_id[edge.before].index < by_id[edge.after].index:
            by_id[edge.after].depend(edge.before, edge.source.origin, Evidence.STATED, written=edge.source.written)


def _work(items: list[CheckItem]) -> list[CheckItem]:
    """The items that are tasks: in a numbered list, boxes without a number are checklists ("before release").

    Criteria below the headings of tasks are none: such a plan is a list of work items.
    """
    return [item for item in items if item.id] or [item for item in items if not item.criterion]


def _add_boundaries(task: TaskDraft, item: CheckItem) -> None:
    """The components that `_Boundary:_` names: the task stays inside of them. They are no files."""
    for label in item.labels:
        if label.name != "boundary":
            continue
        at = 0
        for part in label.value.text.split(","):
            name = part.strip()
            if name:
                start = at + part.index(name)
                origin = label.value.origin(start, start + len(name))
                task.resources.append(Resource(kind="boundary", name=name, origin=origin))
            at += len(part) + 1


def _schedule(tasks: Sequence[TaskDraft], graph: WaveGraph | None) -> Schedule | None:
    if graph is None or not graph.waves:
        return listed_order(tasks)
    inside: dict[int, list[int]] = {task.index: [] for task in tasks}
    for task in tasks:
        holder: int | None = None if task.container else task.index
        while holder is not None:
            inside[holder].append(task.index)
            holder = tasks[holder].parent
    leaves: dict[str, list[int]] = {}
    for task in tasks:
        if task.id:
            leaves.setdefault(task.id, inside[task.index])
    members = placement(graph, leaves)
    for wave, indexes in zip(graph.waves, members, strict=True):
        for index in indexes:
            tasks[index].wave = wave.name
            tasks[index].places["wave"] = wave.origin
    return wave_order(tasks, graph.waves, members)
