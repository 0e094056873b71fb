"""An epic put together: one task for each task file, ordered by nothing but dependencies and marks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from planlint.diagnostics import Evidence, Problem, Severity
from planlint.dialects.base import Loaded, Workspace
from planlint.dialects.ccpm import layout
from planlint.dialects.ccpm.page import Page, Reference, read_page, references_in, told_dependencies
from planlint.dialects.checklist import set_kind
from planlint.dialects.checkout import checkout_root
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.file_lists import Placing
from planlint.dialects.markdown_body import add_body, names_file, read_body, resolving
from planlint.dialects.path_lists import files_in_node
from planlint.dialects.prose import PathContext, ProseContext
from planlint.model import Capability, Dependency, Isolation, Mode, Schedule, Scope, parallel
from planlint.readers.document import Document
from planlint.readers.markdown.running_text import running_text
from planlint.readers.prose import Prose
from planlint.readers.tree import Scalar

DESIGN_DOCUMENTS = (".claude/epics/**", ".claude/prds/**")

_SKIPPED = re.compile(
    r"\W*(?:dependencies|related tasks|effort estimate|acceptance criteria|definition of done|code review|progress|"
    r"updates?\b|performance|success metrics|background|overview|context|integration points?|test matrix|"
    r"key considerations|rollback|references?\b|resources)",
    re.IGNORECASE,
)
"""Sections that tell what must hold or what to know, not what to write."""
_ORDER = re.compile(
    r"\W*(?:create|add|update|modify|extend|delete|remove|rename|move)[ \t]+(?:the[ \t]+)?[`\"']?[\w.@-]+/",
    re.IGNORECASE,
)
"""The verb and right behind it a path."""
_CHECKS = re.compile(r"\W*(?:acceptance criteria|definition of done|test strategy|testing)", re.IGNORECASE)


def load_epic(
    documents: Sequence[Document], workspace: Workspace, name: str, capabilities: frozenset[Capability]
) -> Loaded:
    """One plan from the task files among `documents`; `epic.md` gives its name."""
    pages = [read_page(document) for document in documents if layout.stem_of(document.path)]
    readable = [page for page in pages if not page.broken]
    overview = next((doc for doc in documents if posixpath.basename(doc.path) == layout.EPIC), None)
    first = overview or documents[0]
    directory = posixpath.dirname(documents[0].path)
    path = directory if len(documents) > 1 else documents[0].path
    draft = PlanDraft(path, name, first.source.origin(0, len(first.source.text)))
    for page in readable:
        draft.add(_task(page))
    _add_files(draft.tasks, readable, documents, workspace)
    problems = [problem for page in pages for problem in page.problems]
    leftovers = _refer(draft.tasks, readable, problems)
    title = overview.front_matter.get("name") if overview is not None and overview.front_matter is not None else None
    plan = draft.finish(
        name=title.text if isinstance(title, Scalar) else posixpath.basename(directory),
        places={"name": title.origin} if isinstance(title, Scalar) else {},
        schedule=_schedule(draft.tasks, leftovers),
        # Agents of an epic work in one worktree beside the main checkout (ccpm, epic-start).
        isolation=Isolation.SHARED,
        capabilities=capabilities
        | ({Capability.DECLARED_WRITES} if any(task.scope_known for task in draft.tasks) else set()),
        known_ids=frozenset(page.id for page in pages if page.broken),
        incomplete=bool(leftovers) or len(readable) < len(pages),
        design_documents=DESIGN_DOCUMENTS,
        sources=tuple(document.source.origin(0, len(document.source.text)) for document in documents),
    )
    return Loaded([plan], problems)


def _task(page: Page) -> TaskDraft:
    source = page.document.source
    task = TaskDraft(page.id, source.origin(0, len(source.text.rstrip())), brief=page.brief)
    title = page.get("name", "title")
    if isinstance(title, Scalar):
        task.title, task.places["title"] = title.text, title.origin
    elif (heading := page.heading) is not None and heading.text.strip():
        task.title, task.places["title"] = " ".join(heading.text.split()), heading.whole
    for name in ("depends_on", "conflicts_with", "parallel"):
        node = page.depends_on if name == "depends_on" else page.get(name)
        if node is not None:
            task.places[name] = node.origin
    task.parallel = page.parallel
    task.done = page.done
    for section in page.sections:
        if section.heading is not None and _CHECKS.match(section.title) and section.blocks:
            told = source.text[section.blocks[0].start : section.blocks[-1].end].strip()
            task.verify = f"{task.verify}\n{told}" if task.verify else told
            task.places.setdefault("verify", section.heading.origin)
    return task


def _add_files(tasks: list[TaskDraft], pages: list[Page], documents: Sequence[Document], workspace: Workspace) -> None:
    """The `files` that forks of ccpm declare in front matter, and what the bodies say."""
    paths = PathContext(checkout_root([document.source.text for document in documents], workspace))
    bodies = [read_body(page.sections, _SKIPPED) for page in pages]
    for page, body in zip(pages, bodies, strict=True):
        body.told += _ordered(page)
    placing = Placing({index: body.mentions(paths) for index, body in enumerate(bodies)})
    for task, page, body in zip(tasks, pages, bodies, strict=True):
        node = page.get("files")
        for item in files_in_node(node, paths):
            task.write(item.path, item.origin, item.mode or Mode.WRITE, note=item.note, part=item.part)
        if node is not None:
            task.places["writes"] = node.origin
            task.scope_known = bool(task.writes) or None
        declared = len(task.writes)
        context = ProseContext(paths=paths, body=task.scope_known is True)
        add_body(task, body, placing, resolving(placing, task.index, context))
        task.writes[declared:] = [scope for scope in task.writes[declared:] if _is_meant(scope)]
        task.reads = [scope for scope in task.reads if _is_meant(scope)]
        set_kind(task)


def _ordered(page: Page) -> Iterator[Prose]:
    """Acceptance criteria that are orders: "Create `src/basket.ts`", and no state that must hold."""
    for section in page.sections:
        if section.heading is not None and _CHECKS.match(section.title):
            for prose in running_text(section.blocks):
                if _ORDER.match(prose.text):
                    yield prose


def _is_meant(scope: Scope) -> bool:
    """Whether a mentioned path is a file of the product: no directory, no page of the epic itself."""
    path = scope.path.removeprefix("./")
    own = path.startswith((".claude/epics/", ".claude/prds/", "updates/"))
    return names_file(path) and not own


def _refer(tasks: list[TaskDraft], pages: list[Page], problems: list[Problem]) -> set[int]:
    """Add dependencies and conflicts; the answer is the tasks that refer to ids from before the sync."""
    ids = {page.id: page.id for page in pages}
    for page in pages:
        ids.setdefault(page.issue or page.id, page.id)
    renamed = bool(pages) and not any(layout.is_padded(page.id) for page in pages)
    leftovers: set[int] = set()
    for task, page in zip(tasks, pages, strict=True):
        needed = references_in(page.depends_on)
        rivals = references_in(page.get("conflicts_with"))
        for reference in needed:
            task.depend(_meant(reference, ids), reference.origin, written=reference.written)
        task.conflicts_with = [
            Dependency(task=_meant(reference, ids), origin=reference.origin, written=reference.written)
            for reference in rivals
        ]
        old = [one for one in (*needed, *rivals) if renamed and layout.is_padded(one.bare) and one.bare not in ids]
        if old:
            leftovers.add(task.index)
            problems.append(_leftover(page, old))
        for number, origin in told_dependencies(page):
            if number in ids and ids[number] != task.id:
                task.depend(ids[number], origin, Evidence.STATED, written=origin.text)
    return leftovers


def _meant(reference: Reference, ids: dict[str, str]) -> str:
    """The id that is meant; `003` is never `3`: after the sync these are different tasks."""
    return ids.get(reference.written) or ids.get(reference.bare) or reference.written


def _leftover(page: Page, old: list[Reference]) -> Problem:
    numbers = list(dict.fromkeys(one.written for one in old))
    return Problem(
        "PL003",
        f"task {page.id} refers to {', '.join(numbers)}, but the task files were renamed to issue numbers",
        old[0].origin,
        help="write the issue numbers of the tasks that are meant",
        why="these ids are from before the sync; now they name no task, and without the zeros they name other ones",
        severity=Severity.WARNING,
    )


def _schedule(tasks: list[TaskDraft], leftovers: set[int]) -> Schedule | None:
    """Every task that is not marked `parallel: false` may run beside the others, unless a dependency orders them.

    The mark permits; it does not say "starts together" (57 % of the marked tasks of real epics have dependencies).
    """
    if not tasks:
        return None
    marked = [task.index for task in tasks if task.parallel and task.index not in leftovers]
    rest: list[Schedule | int] = [task.index for task in tasks if task.index not in marked]
    if marked:
        rest.insert(
            0, parallel(marked, "they are marked `parallel: true` and no dependency orders them", Evidence.STATED)
        )
    return parallel(rest, "no dependency orders them", Evidence.INFERRED)
