"""The `claude-tasks` dialect: task lists of Claude Code as files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.dialects.draft import PlanDraft
from planlint.dialects.stored_tasks.plan import CAPABILITIES, Stored, plan_of
from planlint.model import Capability
from planlint.readers.tree import Mapping, Node
from planlint.readers.tree import Sequence as ListNode

if TYPE_CHECKING:
    from planlint.readers.document import Document, Syntax

_NUMBERED = re.compile(r"(?:\d{1,6}|T-[0-9a-f-]{8,40})\.json\Z")
"""Claude Code numbers its tasks; tools that keep the same store give them `T-<uuid>`."""
_PLACE = re.compile(r"(?:^|/)\.claude/tasks/")
_MARKS = ("blockedBy", "blocks", "activeForm", "addBlockedBy", "addBlocks")
_LOOKED_AT = 20


class ClaudeTasksDialect(Dialect):
    """`~/.claude/tasks/<list>/<N>.json`, lists of TaskCreate inputs, and TodoWrite lists."""

    name: ClassVar[str] = "claude-tasks"
    title: ClassVar[str] = "Claude Code task list"
    version: ClassVar[str] = (
        "Claude Code 2.1 (store as observed at 2.1.219; claude-agent-sdk 0.3.328), looked at 2026-11-20"
    )
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("json",)
    files: ClassVar[tuple[str, ...]] = (".claude/tasks/**/*.json",)
    capabilities: ClassVar[frozenset[Capability]] = CAPABILITIES

    def might_be(self, path: str, text: str) -> bool:
        """Whether the words of a stored task or of a to-do list are there as keys."""
        return '"subject"' in text or '"todos"' in text

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By the keys of the tasks; a file that cannot be parsed by its place."""
        if document.broken:
            placed = _PLACE.search(document.path) and _NUMBERED.search(posixpath.basename(document.path))
            return Match(80, "a numbered task below .claude/tasks that is not valid JSON") if placed else None
        root = document.root
        if isinstance(root, Mapping) and _is_stored(root):
            return Match(95, "a stored task with id, subject and its blockers")
        listed = _listed(root)
        if listed is None:
            return None
        items = [item for item in islice(listed.items, _LOOKED_AT) if isinstance(item, Mapping)]
        if items and len(items) == len(listed.items[:_LOOKED_AT]):
            if all("subject" in item and any(mark in item for mark in (*_MARKS, "description")) for item in items):
                sure = any(mark in item for item in items for mark in _MARKS)
                return Match(90 if sure else 60, "a list of tasks with subject and activeForm or blockers")
            if all("content" in item and "status" in item for item in items) and isinstance(root, Mapping):
                return Match(90, "a TodoWrite list")
        return None

    def members(self, document: Document, workspace: Workspace) -> tuple[str, ...]:
        """All numbered files of the directory; a list alone."""
        if not _NUMBERED.fullmatch(posixpath.basename(document.path)):
            return (document.path,)
        directory = posixpath.dirname(document.path)
        names = [name for name in workspace.names(directory) if _NUMBERED.fullmatch(name)]
        names.sort(key=lambda name: (int(name[:-5]) if name[0].isdigit() else 0, name))
        found = tuple(posixpath.join(directory, name) for name in names)
        return found if document.path in found else (document.path,)

    def plan_path(self, document: Document, members: tuple[str, ...]) -> str:
        """The directory of the list; the file for a list in one."""
        return posixpath.dirname(document.path) if len(members) > 1 else document.path

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """The list as one plan."""
        if not documents:
            return Loaded()
        first = documents[0]
        path = posixpath.dirname(first.path) if len(documents) > 1 else first.path
        draft = PlanDraft(path, self.name, first.source.origin(0, len(first.source.text)))
        tasks: list[Stored] = []
        for document in documents:
            listed = _listed(document.root)
            items = listed.items if listed is not None else [document.root]
            objects = (item for item in items if isinstance(item, Mapping))
            tasks += [Stored.of(item) for item in objects if "subject" in item or "content" in item]
        sources = [document.source.origin(0, len(document.source.text)) for document in documents]
        broken = any(document.broken for document in documents)
        if not tasks and broken:
            return Loaded()
        return Loaded([plan_of(tasks, draft, name=posixpath.basename(path), sources=sources, incomplete=broken)])


def _is_stored(root: Mapping) -> bool:
    return "id" in root and "subject" in root and ("status" in root or any(mark in root for mark in _MARKS))


def _listed(root: Node | None) -> ListNode | None:
    """The list of tasks in a document: the document itself, or its `tasks` or `todos`."""
    if isinstance(root, ListNode):
        return root
    if isinstance(root, Mapping):
        for key in ("tasks", "todos", "newTodos"):
            node = root.get(key)
            if isinstance(node, ListNode):
                return node
    return None
