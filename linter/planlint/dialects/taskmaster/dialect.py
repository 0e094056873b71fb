"""The `taskmaster` dialect: recognises lists of tasks by their keys and loads one plan for each tag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from planlint.diagnostics.remedy import AddDependency, Remedy
from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.model import Capability
from planlint.readers.tree import Mapping, Node, Scalar
from planlint.readers.tree import Sequence as ListNode

if TYPE_CHECKING:
    from planlint.diagnostics import Edit
    from planlint.model import Plan
    from planlint.readers.document import Document, Syntax

_PLACE = re.compile(r"(?:^|/)\.taskmaster/")
_OWN = frozenset({"testStrategy", "subtasks", "dependencies", "details", "priority"})
_SHRIMP = frozenset({"relatedFiles", "implementationGuide", "verificationCriteria", "analysisResult"})
_LOOKED_AT = 20
"""Tasks looked at: the keys show in the first ones."""


class TaskmasterDialect(Dialect):
    """`.taskmaster/tasks/tasks.json`: one plan for each tag; also the file of mcp-shrimp-task-manager."""

    name: ClassVar[str] = "taskmaster"
    title: ClassVar[str] = "Taskmaster tasks.json (also mcp-shrimp-task-manager)"
    version: ClassVar[str] = "eyaltoledano/claude-task-master at c0c98d3 (2026), looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("json",)
    files: ClassVar[tuple[str, ...]] = (
        ".taskmaster/tasks/tasks.json",
        ".taskmaster/tasks.json",
        "**/tasks/tasks.json",
        "tasks.json",
        "**/*tasks*.json",
    )
    capabilities: ClassVar[frozenset[Capability]] = frozenset(
        {
            Capability.TASKS,
            Capability.WRITES,
            Capability.READS,
            Capability.OFF_LIMITS,
            Capability.DEPENDENCIES,
            Capability.BRIEF,
            Capability.VERIFY,
            Capability.STATUS,
        }
    )

    def might_be(self, path: str, text: str) -> bool:
        """Whether the words `tasks` and `status` of its objects are there as keys."""
        return '"tasks"' in text and ('"status"' in text or '"dependencies"' in text)

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By the keys of the tasks; a file that cannot be parsed by its place and the same words."""
        if document.broken:
            return _broken(document)
        root = document.root
        if not isinstance(root, Mapping):
            return None
        if _is_shrimp(root):
            return Match(90, "`tasks` with the keys of mcp-shrimp-task-manager")
        best: Match | None = None
        for tag, listed, _ in lists_in(root):
            match = _list(tag, listed, _PLACE.search(document.path) is not None)
            if match is not None and (best is None or match.score > best.score):
                best = match
        if best is None and _PLACE.search(document.path) and any(_no_lists(root)):
            return Match(80, "below .taskmaster, with `tasks` that are no list")
        return best

    def edits(self, plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
        """As `Dialect` has it. The number of a task in the list of a subtask would mean a sibling."""
        from planlint.dialects.remedies import Words, data_edits

        if isinstance(remedy, AddDependency):
            waiting, needed = plan.tasks[remedy.waiting], plan.tasks[remedy.needed]
            if waiting.parent is not None and needed.parent is None:
                return None
        return data_edits(plan, remedy, Words("dependencies"))

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """One plan for each tag."""
        from planlint.diagnostics import Problem
        from planlint.dialects.taskmaster.backlog import load_list
        from planlint.dialects.taskmaster.shrimp import load_shrimp

        loaded = Loaded()
        for document in documents:
            root = document.root
            if document.broken or not isinstance(root, Mapping):
                continue
            if _is_shrimp(root):
                listed = root.get("tasks")
                loaded.plans.append(
                    load_shrimp(document.source, listed, dialect=self.name, capabilities=self.capabilities)
                )
                continue
            found = list(lists_in(root))
            if not found:
                help = 'write `"tasks": [{"id": 1, ...}]`'
                loaded.problems += [
                    Problem("PL003", "`tasks` must be a list of objects", node.origin.narrow(0, 60), help=help)
                    for node in _no_lists(root)
                ]
            # A tag without tasks is an empty drawer, unless there is nothing else.
            for tag, listed, node in [one for one in found if one[1].items] or found[:1]:
                loaded.plans.append(
                    load_list(
                        document.source,
                        listed,
                        tag,
                        dialect=self.name,
                        place=node.origin,
                        capabilities=self.capabilities,
                        problems=loaded.problems,
                    )
                )
        return loaded


def lists_in(root: Mapping) -> Iterator[tuple[str, ListNode, Node]]:
    """The lists of a file as (tag, list, what holds it); the tag is empty where there are none."""
    flat = root.get("tasks")
    if isinstance(flat, ListNode):
        yield "", flat, root
        return
    for key, value in root.items():
        listed = value.get("tasks") if isinstance(value, Mapping) else None
        if isinstance(listed, ListNode):
            yield key.text, listed, value


def _no_lists(root: Mapping) -> Iterator[Node]:
    """What stands under `tasks`, of the file or of a tag, and is no list."""
    for holder in (root, *root.values.values()):
        listed = holder.get("tasks") if isinstance(holder, Mapping) else None
        if isinstance(listed, Mapping) or (isinstance(listed, Scalar) and listed.value is not None):
            yield listed


def _list(tag: str, listed: ListNode, placed: bool) -> Match | None:
    tasks = [item for item in islice(listed.items, _LOOKED_AT) if isinstance(item, Mapping)]
    named = [item for item in tasks if "id" in item and "title" in item]
    if not named or 2 * len(named) <= len(tasks):
        return Match(90, "a list of tasks below .taskmaster") if placed and not listed.items else None
    keys = {key for item in named for key in item if key in _OWN}
    told = sorted(keys - {"dependencies", "priority"})
    where = f"tag {tag} with " if tag else ""
    if placed or (tag and len(keys) >= 2) or "testStrategy" in keys or len(keys) >= 3:
        return Match(
            95 if placed or told else 80, f"{where}tasks with id, title, {', '.join(sorted(keys)[:3]) or 'status'}"
        )
    numbers = all(isinstance(id_ := item.get("id"), Scalar) and id_.text.isdigit() for item in named)
    statuses = all("status" in item for item in named)
    return Match(50, f"{where}numbered tasks with title and status") if numbers and statuses and keys else None


def _is_shrimp(root: Mapping) -> bool:
    listed = root.get("tasks")
    items = listed.items[:_LOOKED_AT] if isinstance(listed, ListNode) else []
    return bool(items) and all(
        isinstance(item, Mapping) and "name" in item and len(_SHRIMP & item.values.keys()) >= 2 for item in items
    )


def _broken(document: Document) -> Match | None:
    """A file that is no JSON any more (conflict markers, two documents) but was Taskmaster's."""
    text = document.source.text[:20_000]
    own = [word for word in ("testStrategy", "subtasks", "dependencies") if f'"{word}"' in text]
    if '"tasks"' not in text or '"title"' not in text:
        return None
    if _PLACE.search(document.path) and own:
        return Match(80, f"below .taskmaster, not valid JSON, with {', '.join(own)}")
    return Match(45, f"not valid JSON, with the words {', '.join(own)}") if len(own) >= 2 else None
