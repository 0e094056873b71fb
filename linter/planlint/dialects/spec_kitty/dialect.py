"""The `spec-kitty` dialect: recognises the files of a mission and gathers them."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.dialects.spec_kitty import layout
from planlint.model import Capability
from planlint.readers.tree import Mapping, Node
from planlint.readers.tree import Sequence as ListNode

if TYPE_CHECKING:
    from planlint.diagnostics import Edit
    from planlint.diagnostics.remedy import Remedy
    from planlint.model import Plan
    from planlint.readers.document import Document, Syntax


class SpecKittyDialect(Dialect):
    """`kitty-specs/<mission>/`: one plan, and one task for each work package."""

    name: ClassVar[str] = "spec-kitty"
    title: ClassVar[str] = "spec-kitty mission (work packages)"
    version: ClassVar[str] = (
        "Priivacy-ai/spec-kitty at e6e3b73 (2026-08) and the 0.x missions before it, looked at 2026-11-20"
    )
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("markdown", "yaml", "json")
    files: ClassVar[tuple[str, ...]] = (
        "kitty-specs/*/tasks.md",
        "kitty-specs/*/tasks/**/WP*.md",
        "kitty-specs/*/wps.yaml",
        "kitty-specs/*/lanes.json",
    )
    capabilities: ClassVar[frozenset[Capability]] = frozenset(
        {
            Capability.TASKS,
            Capability.WRITES,
            Capability.DECLARED_WRITES,
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
        """Whether the words that its files use are there at all."""
        if "work_package" in text or '"wp_ids"' in text:
            return True
        return "WP" in text and (path.endswith("tasks.md") or layout.PAGE.match(posixpath.basename(path)) is not None)

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By the front matter of a page, the sections of the overview, or the keys of manifest and lanes."""
        if document.markdown is not None:
            return _page(document) or _overview(document, workspace)
        if _has(document.root, "work_packages", "id", ("owned_files", "prompt_file", "requirement_refs", "subtasks")):
            return Match(95, "`work_packages` with the keys of a spec-kitty manifest")
        directory = layout.mission_directory(document.path)
        if _has(document.root, "lanes", "lane_id", ("wp_ids",)) and layout.pages(directory, workspace):
            return Match(95, "lanes of work packages beside their pages")
        return None

    def members(self, document: Document, workspace: Workspace) -> tuple[str, ...]:
        """All files of the mission; only itself where it stands alone."""
        found = layout.mission_files(layout.mission_directory(document.path), workspace)
        return found if document.path in found else (document.path,)

    def plan_path(self, document: Document, members: tuple[str, ...]) -> str:
        """The mission's directory; the file itself where it stands alone."""
        return layout.mission_directory(document.path) if len(members) > 1 else document.path

    def edits(self, plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
        """As `Dialect` has it."""
        from planlint.dialects.remedies import Words, data_edits

        return data_edits(plan, remedy, Words("dependencies"))

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """The mission as one plan."""
        from planlint.dialects.spec_kitty.mission import load_mission

        return load_mission(documents, workspace, self.name, self.capabilities) if documents else Loaded()


def _page(document: Document) -> Match | None:
    front = document.front_matter
    if front is not None and "work_package_id" in front:
        return Match(95, "front matter with `work_package_id`")
    if front is None and layout.code_of(document.path) and "work_package_id" in document.source.text[:4_000]:
        return Match(80, "named as the page of a work package, with broken front matter")
    return None


def _overview(document: Document, workspace: Workspace) -> Match | None:
    from planlint.dialects.spec_kitty.overview import sections_in

    if document.markdown is None or posixpath.basename(document.path) != layout.OVERVIEW:
        return None
    found = sections_in(document.markdown)
    if not found:
        return None
    directory = layout.mission_directory(document.path)
    if layout.pages(directory, workspace) or "tasks/WP" in document.source.text or "/kitty-specs/" in f"/{directory}/":
        return Match(95, f"{len(found)} sections of work packages with pages in tasks/")
    return Match(60, f"{len(found)} sections of work packages")


def _has(root: Node | None, key: str, name: str, fields: tuple[str, ...]) -> bool:
    """Whether `root` lists under `key` objects with a `name` and one of `fields`."""
    listed = root.get(key) if isinstance(root, Mapping) else None
    items = listed.items if isinstance(listed, ListNode) else []
    return (
        bool(items)
        and all(isinstance(item, Mapping) and name in item for item in items)
        and any(isinstance(item, Mapping) and any(one in item for one in fields) for item in items)
    )
