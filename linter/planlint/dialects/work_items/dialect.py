"""The `work-items` dialect: plans in Markdown of no known product, made of headings, bold lines and labels."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.model import Capability

if TYPE_CHECKING:
    from planlint.dialects.work_items.item import Item
    from planlint.readers.document import Document, Syntax
    from planlint.readers.markdown.blocks import MarkdownTree

_LOOK = re.compile(
    r"(?:^|\n)[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]+|\d{1,3}[.)][ \t]+)?[\W_]{0,8}"
    r"(?:work[ -]?item|item|task|work ?stream|stream|"
    r"agent|worker|worktree|lane|track|instance|session|unit|pr|package|epic|slice|ticket|phase|wave|batch|stage|step|"
    r"milestone|chunk|story|U|T|TK|WP|"
    r"aufgabe|arbeitspaket|tâche|tarea|tarefa|agente|nhiệm vụ|công việc|[^\x00-\x7f]{2,6})"
    r"[ \t#:-]{0,3}(?:[A-Z]{0,4}-?\d|[A-Z]\b|[一二三四五六七八九十])|\*\*(?:Task ID|Depends on|Dependencies|Blocked By)"
    r"|\|[ \t*_]*(?:Depends|Dependenc|Blocked|Wave|Parallel)",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(
    r"(?:^|/)(?:CLAUDE(?:\.local)?|AGENTS|GEMINI|README|CHANGELOG|CONTRIBUTING|SKILL|MEMORY)[\w.-]*\.mdc?\Z"
    r"|(?:^|/)\.(?:claude|codex|opencode|cursor|gemini|github)/"
    r"(?:agents?|commands?|prompts?|skills?|rules?|workflows?)/"
    r"|(?:^|/)kitty-specs/|(?:^|/)\.planning/phases/|(?:^|/)openspec/(?:changes|specs)/|(?:^|/)\.kiro/"
    r"|(?:^|/)\.claude/epics/"
    r"|(?:^|/)\.specify/|(?:^|/)specs/[^/]+/tasks\.md\Z",
    re.IGNORECASE,
)
"""Places of documents that others read: memory files, roles, commands, and the plans of products."""


class WorkItemsDialect(Dialect):
    """Items, streams, agents, worktrees, units and phases with labels for files and waiting."""

    name: ClassVar[str] = "work-items"
    title: ClassVar[str] = "Work items in Markdown (Item N, Stream A, Worktree 1, phases with Files and Depends on)"
    version: ClassVar[str] = "no product; 50 plans of 29 public repositories, looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("markdown",)
    files: ClassVar[tuple[str, ...]] = ("**/*plan*.md", "**/*work-items*.md", "**/*streams*.md")
    capabilities: ClassVar[frozenset[Capability]] = frozenset({
        Capability.TASKS, Capability.WRITES, Capability.DECLARED_WRITES, Capability.READS, Capability.OFF_LIMITS,
        Capability.DEPENDENCIES, Capability.CONCURRENCY, Capability.WAVES, Capability.CONTRACTS, Capability.ISOLATION,
        Capability.AGENTS, Capability.BRIEF, Capability.VERIFY, Capability.STATUS,
    })  # fmt: skip

    def might_be(self, path: str, text: str) -> bool:
        """Whether anything looks like the beginning of an item."""
        return _LOOK.search(text) is not None

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """Two items of a kind, with labels of files or of waiting, or words for workers side by side."""
        if document.markdown is None or _NOT_HERE.search(document.path) is not None:
            return None
        if _has_item_files(document, workspace):
            return None
        from planlint.dialects.work_items.finding import find_items

        items = find_items(document.markdown)
        return _match(items) or _drawn(items, document.markdown)

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """The plans of each file."""
        from planlint.dialects.work_items.loading import load_document

        loaded = Loaded()
        for document in documents:
            if document.markdown is not None:
                loaded.plans += load_document(document, document.markdown, self.capabilities)
        return loaded


_WAVE = re.compile(r"\W{0,4}(?:wave|batch|round)\b", re.IGNORECASE)


def _match(items: list[Item]) -> Match | None:
    from planlint.dialects.work_items.signs import acting, has_files, lists_paths, schedules, telling, tells_to_build
    from planlint.dialects.work_items.vocabulary import SPLIT, TOGETHER, WEAK

    if len(items) < 2:
        return None
    words = {item.head.word for item in items}
    shown = items[0].head.written
    files, told = has_files(items), telling(items)
    if items[0].cells:
        return (
            Match(42, f"a table of {len(items)} tasks with files and what they wait for")
            if 2 * files >= len(items)
            else None
        )
    if "" in words and 2 * schedules(items) >= len(items):
        return Match(56, f"{len(items)} numbered items with labels of waiting and of running in parallel")
    if words <= WEAK or "" in words:
        if 2 * files >= len(items) and files > 1:
            return Match(40, f"{len(items)} headings like `{shown}` with labels of files")
        deliver = sum(1 for item in items if "deliverables" in item.labels and "depends_on" in item.labels)
        return (
            Match(36, f"{len(items)} headings like `{shown}` with deliverables and dependencies")
            if 2 * deliver >= len(items) and deliver > 1
            else None
        )
    if 2 * told >= len(items) and (words & (TOGETHER | SPLIT) or "unit" in words):
        return Match(55, f"{len(items)} items like `{shown}` with labels of files, branches or waiting")
    if 2 * files >= len(items):
        return Match(45, f"{len(items)} items like `{shown}` with labels of files")
    worded = any(" " in item.head.written for item in items)  # `T1` by itself may be a test, a milestone, a room
    if worded and 2 * told >= len(items):
        return Match(38, f"{len(items)} items like `{shown}` with labels")
    if 2 * acting(items) >= len(items):
        return Match(37, f"{len(items)} items like `{shown}` that say which files they create or change")
    waves = all(item.group is not None and _WAVE.match(item.group.title) is not None for item in items)
    if (words <= TOGETHER or waves) and 2 * lists_paths(items) >= len(items):
        return Match(37, f"{len(items)} items like `{shown}` with lists of paths")
    if words <= SPLIT and 2 * tells_to_build(items) >= len(items):
        return Match(32, f"{len(items)} items like `{shown}`")
    return None


def _drawn(items: list[Item], tree: MarkdownTree) -> Match | None:
    from planlint.dialects.draft import TaskDraft
    from planlint.dialects.drawing import draws_all
    from planlint.dialects.work_items.signs import tells_to_build
    from planlint.dialects.work_items.vocabulary import WEAK

    if len(items) < 3 or {item.head.word for item in items} & (WEAK | {""}) or 2 * tells_to_build(items) < len(items):
        return None
    if not draws_all([TaskDraft(item.head.written, item.origin, title=item.head.title) for item in items], tree):
        return None
    return Match(34, f"{len(items)} items like `{items[0].head.written}` in an order that is drawn")


def _has_item_files(document: Document, workspace: Workspace) -> bool:
    """Whether the document is the overview of items that stand in files of their own, which are the plan."""
    directory = posixpath.dirname(document.path)
    beside = posixpath.join(directory, "tasks") if directory else "tasks"
    if "tasks/" not in workspace.names(directory):
        return False
    from planlint.dialects.invented.units import found_in

    first = next((name for name in workspace.names(beside) if name.endswith(".md")), None)
    other = workspace.document(f"{beside}/{first}") if first is not None else None
    return other is not None and found_in(other) is not None
