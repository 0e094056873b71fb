"""The GSD dialect: recognises plans, gathers the files of a phase, and puts them together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.dialects.gsd import layout
from planlint.model import Capability

if TYPE_CHECKING:
    from planlint.diagnostics import Edit
    from planlint.diagnostics.remedy import Remedy
    from planlint.model import Plan
    from planlint.readers.document import Document


class GsdDialect(Dialect):
    """GSD phases (`.planning/phases/<NN-slug>/<NN>-<MM>-PLAN.md`), quick plans and archived copies.

    One phase directory is one plan, and one `*-PLAN.md` one task: GSD starts an executor for each.
    """

    name = "gsd"
    title = "GSD (get-shit-done, gsd-core) phase plans"
    version = (
        "get-shit-done bdcaab2c752d (2026-05-31) and gsd-core 636ec9210720, both readings of wave; looked at 2026-11-20"
    )
    syntaxes = ("markdown",)
    capabilities = frozenset(
        {
            Capability.TASKS,
            Capability.WRITES,
            Capability.DECLARED_WRITES,
            Capability.READS,
            Capability.OFF_LIMITS,
            Capability.DEPENDENCIES,
            Capability.CONCURRENCY,
            Capability.WAVES,
            Capability.CONTRACTS,
            Capability.BRIEF,
            Capability.FRESH_AGENTS,
            Capability.VERIFY,
            Capability.RETURNS,
            Capability.STATUS,
        }
    )
    files = ("**/.planning/**/*PLAN.md", "**/.planning/**/plans/*PLAN-*.md")

    def might_be(self, path: str, text: str) -> bool:
        """GSD plans say PLAN in their name, or open with front matter that holds `phase:` and `plan:`.

        Forks that call a plan by another name keep `files_modified:`.
        """
        name = path.rpartition("/")[2].lower()
        if "plan" in name:
            return True
        head = text[:4_000] if text.startswith("---") else ""
        return ("\nplan:" in head and "\nphase:" in head) or ("\nfiles_modified:" in head and "\ndepends_on:" in head)

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """By front matter with `phase`, `plan` and what only plans have; by place and tags where that is broken."""
        from planlint.dialects.gsd.plan_file import FIELDS, read_plan_file

        plan = read_plan_file(document)
        steps = len(plan.body.tasks)
        # In contrast to the tag, a section called "Objective" is no sign of GSD.
        tagged = {part.name for part in plan.body.root.children if not part.section}
        tags = steps > 0 or not tagged.isdisjoint(("objective", "execution_context"))
        if plan.front_matter is not None:
            keys = sorted(FIELDS & plan.front_matter.values.keys())
            both = "phase" in plan.front_matter and "plan" in plan.front_matter
            if both and len(keys) >= 2:
                return Match(95, f"front matter with phase, plan and {', '.join(keys)}")
            if both and keys and steps:
                return Match(90, f"front matter with phase, plan and {keys[0]}, and {steps} steps")
            if "files_modified" in keys and "depends_on" in keys and tags:
                return Match(80, f"front matter with {', '.join(keys)} above GSD's own tags")
        name = document.path.rpartition("/")[2]
        named = layout.is_plan_name(name) or layout.phase_directory(document.path) != document.path.rpartition("/")[0]
        if not named or not tags:
            return None
        planning = layout.planning_directory(document.path)
        if planning is not None:
            what = "GSD's own tags" if tagged else f"{steps} headings of steps"
            return Match(80, f"`{name}` below `{planning.rpartition('/')[2]}` with {what}")
        if plan.broken and steps:
            return Match(60, f"`{name}` with broken front matter above <task> tags")
        return None

    def members(self, document: Document, workspace: Workspace) -> tuple[str, ...]:
        """All plan files of the phase; for a file that is not named as a plan those that are named like it."""
        directory = layout.phase_directory(document.path)
        nested = f"{directory}/{layout.NESTED_DIRECTORY}" if directory else layout.NESTED_DIRECTORY
        names = workspace.names(directory)
        found = layout.plan_files(directory, names, workspace.names(nested) if "plans/" in names else ())
        return found if document.path in found else layout.sibling_files(document.path, names)

    def plan_path(self, document: Document, members: tuple[str, ...]) -> str:
        """The phase directory; the file itself where it stands alone outside of `.planning`."""
        return layout.unit_path(members)

    def edits(self, plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
        """As `Dialect` has it."""
        from planlint.dialects.remedies import data_edits

        return data_edits(plan, remedy)

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """The phase as one plan."""
        from planlint.dialects.gsd.phase import load_phase

        return load_phase(documents, workspace, self.capabilities)
