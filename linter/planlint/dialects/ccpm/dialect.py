"""The `ccpm` dialect: recognises task files and analyses, and gathers an epic."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.dialects.ccpm import layout
from planlint.model import Capability

if TYPE_CHECKING:
    from planlint.diagnostics import Edit
    from planlint.diagnostics.remedy import Remedy
    from planlint.model import Plan
    from planlint.readers.document import Document, Syntax

_PLACE = re.compile(r"(?:^|/)\.claude/epics/")
_STREAM_LABELS = ("**Files**", "**Can Start**", "**Agent Type**")
"""What each stream of an analysis has, where nothing else says that it is one."""
_OWN = ("depends_on", "parallel", "conflicts_with")


class CcpmDialect(Dialect):
    """`.claude/epics/<epic>/`: an epic is a plan, each task file a task; each analysis is a plan of its own."""

    name: ClassVar[str] = "ccpm"
    title: ClassVar[str] = "ccpm epic (Claude Code project management)"
    version: ClassVar[str] = "automazeio/ccpm at 7d7e462 (2026) and its commands of 2025, looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("markdown",)
    files: ClassVar[tuple[str, ...]] = (".claude/epics/*/epic.md", ".claude/epics/*/[0-9]*.md")
    capabilities: ClassVar[frozenset[Capability]] = frozenset(
        {
            Capability.TASKS,
            Capability.WRITES,
            Capability.READS,
            Capability.OFF_LIMITS,
            Capability.DEPENDENCIES,
            Capability.CONCURRENCY,
            Capability.BRIEF,
            Capability.FRESH_AGENTS,
            Capability.VERIFY,
            Capability.STATUS,
        }
    )

    def might_be(self, path: str, text: str) -> bool:
        """Front matter with one of its fields, or the name of an analysis."""
        name = posixpath.basename(path)
        if all(label in text for label in _STREAM_LABELS):
            return True
        if name == layout.EPIC or layout.ANALYSIS.fullmatch(name) or "Parallel Work Analysis" in text[:2_000]:
            return text.startswith("---")
        return text.startswith("---") and any(f"\n{key}:" in text[:4_000] for key in (*_OWN, "github"))

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By its fields of front matter together; an epic by the task files beside it."""
        if document.markdown is None:
            return None
        front = document.front_matter
        placed = _PLACE.search(document.path) is not None
        keys = [key for key in _OWN if front is not None and key in front]
        numbered = layout.stem_of(document.path) != ""
        if front is not None and "status" in front and numbered and len(keys) > 1 and not {"name", "id"} & set(front):
            return Match(90 if placed else 70, f"a numbered file with status, {', '.join(keys)} in its front matter")
        if front is not None and "name" in front and "status" in front and keys:
            sure = placed or "github" in front or numbered
            return Match(95 if sure and len(keys) > 1 else 80, f"front matter with name, status, {', '.join(keys)}")
        if _is_analysis(document):
            return Match(95, "an analysis with streams")
        if front is None and placed and numbered:
            return Match(80, "a task file below .claude/epics, with broken front matter")
        beside = posixpath.basename(document.path) == layout.EPIC and front is not None
        if beside and layout.task_files(posixpath.dirname(document.path), workspace):
            return Match(90 if placed else 60, "epic.md beside its task files")
        return None

    def members(self, document: Document, workspace: Workspace) -> tuple[str, ...]:
        """`epic.md` and all task files of the epic; an analysis, or a task file of another name, alone."""
        if _is_analysis(document):
            return (document.path,)
        directory = posixpath.dirname(document.path)
        overview = posixpath.join(directory, layout.EPIC)
        tasks = layout.task_files(directory, workspace)
        found = (*([overview] if layout.EPIC in workspace.names(directory) else []), *tasks)
        return found if document.path in found else (document.path,)

    def plan_path(self, document: Document, members: tuple[str, ...]) -> str:
        """The epic's directory; the file for an analysis or a lone task."""
        return posixpath.dirname(document.path) if len(members) > 1 else document.path

    def edits(self, plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
        """As `Dialect` has it."""
        from planlint.dialects.remedies import Words, data_edits

        return data_edits(plan, remedy, Words(reference="1"))

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """The epic, or the streams of an analysis."""
        from planlint.dialects.ccpm.analysis import load_analysis
        from planlint.dialects.ccpm.epic import load_epic

        if len(documents) == 1 and _is_analysis(documents[0]):
            return load_analysis(documents[0], workspace, self.name, self.capabilities)
        return load_epic(documents, workspace, self.name, self.capabilities) if documents else Loaded()


def _is_analysis(document: Document) -> bool:
    """Whether it is an analysis with streams: named as one, marked as one in its front matter, or by their labels."""
    from planlint.dialects.ccpm.analysis import stream_sections

    front = document.front_matter
    named = layout.ANALYSIS.fullmatch(posixpath.basename(document.path)) is not None
    marked = front is not None and "issue" in front and ("analyzed" in front or "parallelization_factor" in front)
    if named or marked:
        return bool(stream_sections(document))
    return all(label in document.source.text for label in _STREAM_LABELS) and len(stream_sections(document)) > 1
