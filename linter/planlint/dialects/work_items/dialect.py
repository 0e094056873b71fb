"""The `work-items` dialect: plans in Markdown of no known product, made of headings, bold lines and labels."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.model import Capability

if TYPE_CHECKING:
    from planlint.readers.document import Document, Syntax

_LOOK = re.compile(
    r"(?:^|\n)[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]+|\d{1,3}[.)][ \t]+)?[\W_]{0,8}"
    r"(?:work[ -]?item|item|(?:sub-?)?task|work ?stream|stream|"
    r"agent|worker|worktree|lane|track|instance|session|unit|pr|package|epic|slice|ticket|phase|wave|batch|stage|step|"
    r"milestone|chunk|story|U|T|TK|WP|"
    r"feature|module|part|priority|aufgabe|arbeitspaket|tâche|tarea|tarefa|agente|fase|étape|paso|schritt|"
    r"nhiệm vụ|công việc|[^\x00-\x7f]{2,6})"
    r"[ \t#:-]{0,3}(?:[A-Z]{0,4}-?\d|[A-Z]\b|[一二三四五六七八九十])|\*\*(?:Task ID|Depends on|Dependencies|Blocked By)"
    r"|(?:^|\n)# [^\n]{0,120}\b(?:plan|tasks?|roadmap)\b"
    r"|(?:^|\n)[ \t]*(?:[-*+][ \t]+)?\*{0,2}(?:(?:new|key|primary|target|owned)[ ])?files?\b[^\n:]{0,30}:"
    r"|\|[ \t*_]*(?:Depends|Dependenc|Blocked|Wave|Parallel)",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(
    r"(?:^|/)(?:CLAUDE|AGENTS|GEMINI|README|CHANGELOG|CONTRIBUTING|SKILL|MEMORY)"
    r"(?:[._-](?:local|override|[a-z]{2}(?:[_-][a-z]{2,4})?|v?\d[\w.-]*))?\.mdc?\Z"
    r"|(?:^|/)\.(?:claude|codex|opencode|cursor|gemini|github)/"
    r"(?:agents?|commands?|prompts?|skills?|rules?|workflows?)/"
    r"|(?:^|/)kitty-specs/|(?:^|/)\.(?:planning|gsd)/phases/"
    r"|(?:^|/)(?:openspec/(?:changes|specs)|\.kiro)/(?!.*/tasks\.md\Z)"
    r"|(?:^|/)\.claude/epics/"
    r"|(?:^|/)skills/[^/]+/(?:.+/)?references?/"
    r"|(?:^|/)\.specify/",
    re.IGNORECASE,
)
"""Places of documents that others read: memory files, roles, commands, and the plans of products.

The `tasks.md` of Kiro, OpenSpec and Spec Kit is theirs where its boxes are the tasks; where headings are, it is a list
of items.
"""


_FEATURE = re.compile(r"(?:^|/)specs/\d{3,}-[^/]+(?:/checklists)?\Z")
"""The directory of a feature as Spec Kit numbers them."""


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
        if _has_item_files(document, workspace) or _belongs_to_tasks(document.path, workspace):
            return None
        from planlint.dialects.work_items.judgement import judge

        return judge(document.markdown).match

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """The plans of each file."""
        from planlint.dialects.work_items.loading import load_document

        loaded = Loaded()
        for document in documents:
            if document.markdown is not None:
                loaded.plans += load_document(document, document.markdown, self.capabilities)
        return loaded


def _belongs_to_tasks(path: str, workspace: Workspace) -> bool:
    """Whether the document is one that Spec Kit keeps beside a `tasks.md`, which is the plan made from them."""
    directory, _, name = path.rpartition("/")
    return name != "tasks.md" and _FEATURE.search(directory) is not None and workspace.exists(f"{directory}/tasks.md")


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
