"""The plans of one phase directory, put together into one `Plan`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planlint.diagnostics import Evidence
from planlint.dialects.base import Loaded, Workspace
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.gsd import layout
from planlint.dialects.gsd.body import add_body
from planlint.dialects.gsd.contracts import add_contracts
from planlint.dialects.gsd.dependencies import PhaseIds
from planlint.dialects.gsd.names import BodyNames
from planlint.dialects.gsd.plan_file import FIELDS, PlanFile, read_plan_file
from planlint.dialects.gsd.reads import readings, step_files
from planlint.dialects.gsd.schedule import Slot, schedule
from planlint.dialects.gsd.settings import read_settings
from planlint.dialects.gsd.task import draft_of
from planlint.dialects.prose import PathContext
from planlint.model import Capability

if TYPE_CHECKING:
    from planlint.readers.document import Document

DESIGN_DOCUMENTS = (".planning/**", "**/.planning/**", ".gsd/**", "**/.gsd/**")


def load_phase(documents: Sequence[Document], workspace: Workspace, capabilities: frozenset[Capability]) -> Loaded:
    """One plan from the plan files of a phase; broken ones are only known by their ids."""
    files = [read_plan_file(document) for document in documents]
    plans = [file for file in files if not file.broken and _belongs(file)]
    broken = [file for file in files if file.broken]
    _give_ids([*plans, *broken])
    directory = layout.phase_directory(documents[0].path)
    summaries = layout.summary_ids(workspace.names(directory))
    archived = layout.is_archived(directory)
    context = PathContext(root=layout.repository_root([file.source.text for file in files]))
    draft = PlanDraft(
        layout.unit_path([document.path for document in documents]),
        "gsd",
        documents[0].source.origin(0, len(documents[0].source.text)),
    )
    pairs: list[tuple[TaskDraft, PlanFile]] = []
    for file in plans:
        task = draft.add(draft_of(file, context))
        task.done = archived or file.finished or _is_summarised(file, summaries)
        pairs.append((task, file))
    names = _names(pairs, context)
    for task, file in pairs:
        add_body(task, file, names, context)
    add_contracts(pairs)
    known = {file.id for file in broken if file.id} | _depend(pairs, files, summaries)
    settings = read_settings(directory, workspace)
    plan = draft.finish(
        name=directory.rpartition("/")[2],
        schedule=schedule(_slots(pairs), _needs(pairs), parallel_plans=settings.parallel),
        dependencies_decide=True,
        isolation=settings.isolation,
        max_parallel=settings.max_parallel,
        capabilities=capabilities | ({Capability.LIMITS} if settings.max_parallel is not None else frozenset()),
        known_ids=frozenset(known),
        incomplete=bool(broken) or len(plans) + len(broken) < len(files),
        design_documents=DESIGN_DOCUMENTS,
        sources=tuple(file.origin for file in files),
    )
    problems = [problem for file in plans for problem in file.problems]
    return Loaded([plan], problems)


def _belongs(file: PlanFile) -> bool:
    """Whether a file beside others is a plan: it has steps, or front matter that says so."""
    if file.body.tasks or file.elements("objective"):
        return True
    return file.front_matter is not None and bool(FIELDS & file.front_matter.values.keys())


def _give_ids(files: list[PlanFile]) -> None:
    """`03-02`, or all of the name where two files share that much: `03-02-api`, `03-02-ui`."""
    for file in files:
        file.id = file.name.id or _declared_id(file)
    count: dict[str, int] = {}
    for file in files:
        count[file.id] = count.get(file.id, 0) + 1
    for file in files:
        if count[file.id] > 1 and file.name.stem:
            file.id = file.name.stem


def _declared_id(file: PlanFile) -> str:
    """The id of a bare `PLAN.md`, from its front matter."""
    number = file.text("plan")
    phase = file.name.phase or file.text("phase").partition("-")[0]
    return f"{phase}-{number}" if phase and number else number


def _is_summarised(file: PlanFile, summaries: frozenset[str]) -> bool:
    return file.name.stem.lower() in summaries or (bool(file.name.id) and file.name.id.lower() in summaries)


def _names(pairs: list[tuple[TaskDraft, PlanFile]], context: PathContext) -> BodyNames:
    """What the names in the actions mean, by the paths that each plan writes and reads."""
    written: dict[str, list[str]] = {}
    read: dict[str, list[str]] = {}
    for task, file in pairs:
        mine = written.setdefault(file.id, [])
        mine += (scope.path for scope in task.writes)
        mine += (item.path for _, item in step_files(file, context))
        read.setdefault(file.id, []).extend(item.path for item in readings(file, context))
    return BodyNames(written, read)


def _depend(pairs: list[tuple[TaskDraft, PlanFile]], files: list[PlanFile], summaries: frozenset[str]) -> set[str]:
    """Add the dependencies; the answer is the ids that exist elsewhere."""
    ids = PhaseIds(files, summaries)
    known: set[str] = set()
    for task, file in pairs:
        references, elsewhere = ids.references(file.get("depends_on", "depends-on"), file.name)
        known |= elsewhere
        for reference in references:
            evidence = Evidence.STATED if reference.stated else Evidence.DECLARED
            task.depend(reference.id, reference.origin, evidence, written=reference.written)
    return known


def _slots(pairs: list[tuple[TaskDraft, PlanFile]]) -> list[Slot]:
    return [Slot(task.index, task.wave, task.places.get("wave"), task.done, file.gap_closure) for task, file in pairs]


def _needs(pairs: list[tuple[TaskDraft, PlanFile]]) -> dict[int, set[int]]:
    indexes: dict[str, list[int]] = {}
    for task, _ in pairs:
        indexes.setdefault(task.id, []).append(task.index)
    return {
        task.index: {index for need in task.depends_on for index in indexes.get(need.task, ()) if index != task.index}
        for task, _ in pairs
    }
