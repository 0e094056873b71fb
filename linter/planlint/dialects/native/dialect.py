"""`NativeDialect`: planlint's own plan file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.diagnostics.remedy import MoveToIntegration
from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.model import Capability
from planlint.paths import matches
from planlint.readers.tree import Scalar

if TYPE_CHECKING:
    from planlint.diagnostics import Edit
    from planlint.diagnostics.remedy import Remedy
    from planlint.model import Plan
    from planlint.readers.document import Document, Syntax


class NativeDialect(Dialect):
    """`plan.yaml` or `plan.json` in planlint's words; `docs/formats/planlint.md` is its reference."""

    name: ClassVar[str] = "planlint"
    title: ClassVar[str] = "planlint plan file (plan.yaml, plan.json)"
    version: ClassVar[str] = "1 (defined by planlint itself)"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("yaml", "json")
    capabilities: ClassVar[frozenset[Capability]] = frozenset(Capability) - {
        Capability.LAUNCHES,
        Capability.AGENT_DEFINITIONS,
    }
    files: ClassVar[tuple[str, ...]] = (
        "**/plan.yaml",
        "**/plan.yml",
        "**/plan.json",
        "**/*.plan.yaml",
        "**/*.plan.yml",
    )

    def might_be(self, path: str, text: str) -> bool:
        """A plan names its `tasks`; one that forgot them has at least a name and a word of planlint's own."""
        return "tasks" in text or ("plan" in text and ("contracts" in text or "isolation" in text))

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By the words that the tasks use."""
        from planlint.dialects.native.recognition import misshapen, recognise

        found = recognise(document.roots)
        if found is None and any(matches(pattern, document.path) for pattern in self.files):
            found = misshapen(document.roots)
        return found

    def edits(self, plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
        """As `Dialect` has it."""
        from planlint.dialects.remedies import data_edits, integration_edits

        return integration_edits(plan, remedy) if isinstance(remedy, MoveToIntegration) else data_edits(plan, remedy)

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """One plan for each document in the files; what is wrong with one does not touch the others."""
        from planlint.dialects.native.build import build

        loaded = Loaded()
        for document in documents:
            # A `---` with nothing behind it is no second plan.
            roots = [root for root in document.roots if not (isinstance(root, Scalar) and root.value is None)]
            for root in roots or document.roots:
                built = build(root, document.path, self)
                loaded.problems += built.problems
                if built.plan is not None:
                    loaded.plans.append(built.plan)
        return loaded
