"""The `workflow` dialect: Claude Code workflow scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.model import Capability

if TYPE_CHECKING:
    from planlint.readers.document import Document, Syntax

_META = re.compile(r"\bexport\s+const\s+meta\b")
_CALL = re.compile(r"\b(?:agent|phase|parallel|pipeline)\s*\(")


class WorkflowDialect(Dialect):
    """Workflow scripts. A script runs from top to bottom; `parallel()` and `pipeline()` say what runs side by side."""

    name = "workflow"
    title = "Claude Code workflow scripts (.claude/workflows/*.js)"
    version = "Claude Code 2.1.292, looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("javascript",)
    capabilities: ClassVar[frozenset[Capability]] = frozenset(
        {
            Capability.TASKS,
            Capability.WRITES,
            Capability.READS,
            Capability.OFF_LIMITS,
            Capability.CONCURRENCY,
            Capability.AGENTS,
            Capability.ISOLATION,
            Capability.BRIEF,
            Capability.RETURNS,
            Capability.CONTEXT,
            Capability.LAUNCHES,
        }
    )
    files = ("**/.claude/workflows/*.js",)

    def might_be(self, path: str, text: str) -> bool:
        """It exports `meta` and calls one of the four functions that the runtime gives it."""
        return _META.search(text) is not None and _CALL.search(text) is not None

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By a literal `meta` with a name, and launches; neither alone is a workflow."""
        from planlint.readers.javascript import parse_javascript
        from planlint.readers.tree import Mapping

        if document.syntax != "javascript":
            return None
        module = parse_javascript(document.source)
        meta = module.exports.get("meta")
        if module.broken:
            return Match(60, "it exports `meta` and launches agents, though it cannot be parsed")
        if meta is None or {"agent", "phase", "parallel", "pipeline"} & module.imports.keys():
            return None
        calls = module.calls_of("agent", "phase", "parallel", "pipeline")
        root = meta.literal()
        named = isinstance(root, Mapping) and "name" in root
        if not calls or not (named or "name" in meta.entries()):
            return None
        return Match(95, f"it exports `meta` with a name and calls {calls[0].name}()")

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """One plan for each script."""
        from planlint.dialects.workflow.reading import plan_of
        from planlint.readers.javascript import parse_javascript

        loaded = Loaded()
        for document in documents:
            module = parse_javascript(document.source)
            loaded.problems += module.problems
            loaded.plans.append(plan_of(module, document.path, self.name, self.capabilities))
        return loaded
