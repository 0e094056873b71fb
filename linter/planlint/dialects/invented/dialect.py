"""The `invented` dialect: plans in YAML, JSON or front matter of no known standard, recognised by their keys."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.dialects.invented.capabilities import CAPABILITIES, NAME
from planlint.model import Capability
from planlint.readers.tree import Mapping
from planlint.source.regex import regex

if TYPE_CHECKING:
    from planlint.diagnostics import Edit
    from planlint.diagnostics.remedy import Remedy
    from planlint.dialects.invented.build import Part
    from planlint.dialects.invented.finding import Found
    from planlint.dialects.task_page import TaskPage
    from planlint.model import Plan
    from planlint.readers.document import Document, Syntax
    from planlint.source import Origin

_LOOK = regex(
    r"depend|blocked|requires|waits|file|path|scope|touches|produces|owned|owns|ownership|writes|creates|modif|parallel|"
    r"(?:phases|waves|lanes|stages|groups|batches)[\"']?[ \t]*:",
    re.IGNORECASE,
)
_FENCED = regex(r"```[ \t]*(?:ya?ml|json)\b", re.IGNORECASE)
_PRODUCT = 58
_FULL = 48
_SOME = 44
_LOOSE = 40
_IN_FENCE = 39


class InventedDialect(Dialect):
    """Plans that projects and small tools invent for themselves, in one engine driven by a table of synonyms."""

    name: ClassVar[str] = NAME
    title: ClassVar[str] = (
        "Invented plans in YAML, JSON or front matter (codex-fleet, conductor, chopstack, work packages, ...)"
    )
    version: ClassVar[str] = "the products and commits that `docs/formats/invented.md` names, looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("yaml", "json", "markdown")
    capabilities: ClassVar[frozenset[Capability]] = CAPABILITIES
    files: ClassVar[tuple[str, ...]] = (
        "**/work-packages.yaml",
        "**/.agents/plan.json",
        "**/parallel.json",
        "**/.guardkit/features/*.yaml",
        "**/.sillyspec/changes/*/tasks/*.md",
    )

    def might_be(self, path: str, text: str) -> bool:
        """Some word of files or of waiting; Markdown only with front matter or fences of data."""
        if path.lower().endswith((".md", ".mdc", ".mdx", ".markdown")):
            if text.lstrip("\ufeff").startswith("---") and _LOOK.search(text[:4000]) is not None:
                return True
            return _FENCED.search(text) is not None and _LOOK.search(text) is not None
        return _LOOK.search(text) is not None

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By the keys of the items; a product's own set of keys counts most."""
        from planlint.dialects.invented.units import found_in

        if isinstance(document.root, Mapping) and "$defs" in document.root:
            return None  # a JSON schema: what stands in it are types
        found = found_in(document)
        if found is None:
            from planlint.dialects.invented.fenced import fenced_lists

            lists = fenced_lists(document)
            return Match(_IN_FENCE, f"a fence with `{lists[0].list_key or 'items'}` in a plan") if lists else None
        if found.profile is not None:
            if found.profile.name == "spec-kitty lanes" and _is_mission(document, workspace):
                return None
            return Match(_PRODUCT, f"the keys of a {found.profile.name}")
        return _generic(found, document.path)

    def members(self, document: Document, workspace: Workspace) -> tuple[str, ...]:
        """The items in files beside this one, or the files that a split plan refers to."""
        from planlint.dialects.invented.units import found_in, is_item_file, item_files, split_files

        found = found_in(document)
        if found is None:
            return (document.path,)
        if is_item_file(found):
            return item_files(document, workspace)
        if found.profile is not None and found.profile.name == "conductor plan":
            return split_files(document, workspace)
        return (document.path,)

    def plan_path(self, document: Document, members: tuple[str, ...]) -> str:
        """The directory for a plan in several files."""
        return posixpath.dirname(document.path) or "." if len(members) > 1 else document.path

    def edits(self, plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
        """As `Dialect` has it."""
        from planlint.dialects.remedies import data_edits

        return data_edits(plan, remedy)

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """One plan of all documents; a file with several YAML documents gives a plan for each."""
        from planlint.dialects.invented.build import Part
        from planlint.dialects.invented.fenced import fenced_lists
        from planlint.dialects.invented.finding import find_items
        from planlint.dialects.invented.pages import is_queue
        from planlint.dialects.invented.units import found_in, id_of_broken, is_item_file, waves_beside

        loaded = Loaded()
        if len(documents) == 1 and len(documents[0].roots) > 1:
            document = documents[0]
            for root in document.roots:
                found = find_items(root)
                if found is not None:
                    self._add(loaded, [Part(document.path, found)], document.path, [document])
            return loaded
        parts = []
        known: set[str] = set()
        for document in documents:
            found = found_in(document)
            if found is not None:
                parts.append(Part(document.path, found, _page(document)))
            elif document.problems:
                known |= id_of_broken(document)
            elif document.markdown is not None:
                parts += [Part(document.path, inner) for inner in fenced_lists(document)]
        if not parts:
            return loaded
        waves: dict[str, tuple[str, Origin]] = {}
        moved = False
        if is_item_file(parts[0].found):
            moved = is_queue(documents[0].path)
            waves = waves_beside(documents[0], _ids(parts), workspace)
        path = self.plan_path(documents[0], tuple(document.path for document in documents))
        self._add(loaded, parts, path, documents, waves=waves, known=frozenset(known), incomplete=moved)
        return loaded

    def _add(
        self,
        loaded: Loaded,
        parts: list[Part],
        path: str,
        documents: Sequence[Document],
        waves: dict[str, tuple[str, Origin]] | None = None,
        known: frozenset[str] = frozenset(),
        incomplete: bool = False,
    ) -> None:
        from planlint.dialects.invented.build import build

        sources = [document.source.origin(0, len(document.source.text)) for document in documents]
        first = parts[0].found
        origin = sources[0]
        if first.root is not None and len(documents) == 1 and len(documents[0].roots) > 1:
            origin = first.root.origin
        plan, problems = build(parts, path, origin, waves=waves, known=known, sources=sources, incomplete=incomplete)
        loaded.plans.append(plan)
        loaded.problems += problems


def _page(document: Document) -> TaskPage | None:
    """A Markdown file as the page of the item in its front matter."""
    from planlint.dialects.task_page import TaskPage

    if document.syntax != "markdown":
        return None
    return TaskPage(document, document.front_matter, document.broken)


def _ids(parts: Sequence[Part]) -> set[str]:
    from planlint.readers.tree import Mapping, Scalar

    found = set()
    for part in parts:
        for item in part.found.items:
            value = item.node.get("id", "task_id") if isinstance(item.node, Mapping) else None
            if isinstance(value, Scalar):
                found.add(value.text.strip())
    return found


def _generic(found: Found, path: str) -> Match | None:
    """The match of a plan of no known product."""
    from planlint.dialects.invented.vocabulary import FILES

    files = bool(found.fields & FILES)
    where = f"`{found.list_key}`" if found.list_key else "items"
    if not found.keys:
        sure = path.endswith(".agents/plan.json") or any(stage.strategy is not None for stage in found.stages)
        return Match(_LOOSE, f"groups of work in {where}") if sure or files else None
    if "depends_on" in found.fields and files:
        return Match(_FULL, f"{where} with ids, dependencies and files")
    if files:
        return Match(_SOME, f"{where} with ids and files")
    return Match(_SOME, f"{where} with ids and dependencies")


def _is_mission(document: Document, workspace: Workspace) -> bool:
    """Whether the work packages that these lanes were computed from stand beside them: then they are the plan."""
    names = workspace.names(posixpath.dirname(document.path))
    return "tasks/" in names or "tasks.md" in names
