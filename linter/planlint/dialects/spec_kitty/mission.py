"""A mission put together: each work package from its page, its section in `tasks.md` and its entry in `wps.yaml`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from planlint.diagnostics import Evidence
from planlint.dialects.base import Loaded, Workspace
from planlint.dialects.checkout import checkout_root
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.file_lists import Placing
from planlint.dialects.markdown_body import Body, add_body, names_file, read_body, resolving
from planlint.dialects.plan_words.looking import only_looks
from planlint.dialects.prose import DESIGN_DOCUMENTS as _PLANNING
from planlint.dialects.prose import PathContext, ProseContext, effects_of
from planlint.dialects.ranks import dependency_order
from planlint.dialects.spec_kitty import layout
from planlint.dialects.spec_kitty.overview import (
    Entry,
    Lane,
    lanes_in,
    manifest_entries,
    owned_in,
    sections_in,
    states_in_log,
    steps_in,
    subtasks_of,
    told_dependencies,
)
from planlint.dialects.spec_kitty.owned import is_broad, owned_files
from planlint.dialects.spec_kitty.package import Package, read_package, references_in
from planlint.model import Agent, Capability, Isolation, Kind, Mode, Schedule, Scope, parallel, serial
from planlint.readers.document import Document
from planlint.readers.markdown.blocks import Section
from planlint.readers.tree import Node, Scalar
from planlint.readers.tree import Sequence as ListNode

DESIGN_DOCUMENTS = ("kitty-specs/**", "**/kitty-specs/**")

_FINISHED = frozenset({"done", "approved", "accepted", "merged", "canceled", "cancelled", "complete", "completed"})
_HISTORY = re.compile(
    r"\W*(?:activity log|review (?:feedback|guidance|notes)|reviewer guidance|risks?\b|context\b|background|"
    r"references?\b|history|branch strategy|markdown formatting|⚠|important)",
    re.IGNORECASE,
)
"""Sections that tell what happened or what to know, not what to write."""
_CHECKS = re.compile(
    r"\W*(?:definition of done|validation|test strategy|acceptance criteria|verification)", re.IGNORECASE
)


@dataclass(slots=True)
class _Work:
    """A work package with all that is known of it."""

    code: str
    page: Package | None = None
    section: Entry | None = None
    manifest: Entry | None = None
    body: Body = field(default_factory=Body)

    def value(self, key: str) -> Node | None:
        """A value of the page's front matter, else of the manifest."""
        node = self.page.get(key) if self.page is not None else None
        return node if node is not None or self.manifest is None else self.manifest.get(key)


def load_mission(
    documents: Sequence[Document], workspace: Workspace, name: str, capabilities: frozenset[Capability]
) -> Loaded:
    """One plan from the files of a mission."""
    pages = [read_package(document) for document in documents if document.markdown is not None and _is_page(document)]
    overview = next((doc for doc in documents if doc.markdown is not None and not _is_page(doc)), None)
    entries = sections_in(overview.markdown) if overview is not None and overview.markdown is not None else []
    data = {posixpath.basename(doc.path): doc for doc in documents if doc.markdown is None}
    manifest = manifest_entries(data[layout.MANIFEST].root) if layout.MANIFEST in data else []
    lanes = lanes_in(data[layout.LANES].root) if layout.LANES in data else []
    works = _gather(pages, entries, manifest)
    directory = layout.mission_directory(documents[0].path)
    states = states_in_log(workspace.text(posixpath.join(directory, layout.EVENTS)) or "")
    first = overview or documents[0]
    draft = PlanDraft(
        directory if len(documents) > 1 else documents[0].path, name, first.source.origin(0, len(first.source.text))
    )
    for work in works:
        draft.add(_task(work, states))
    _add_bodies(draft.tasks, works, documents, workspace)
    broken = [page for page in pages if page.broken]
    _depend(draft.tasks, works, {alias: page.id for page in pages for alias in page.aliases})
    declares = any(task.scope_known for task in draft.tasks)
    tree = overview.markdown if overview is not None else None
    heading = next((section.heading for section in tree.top.walk() if section.heading), None) if tree else None
    plan = draft.finish(
        name=heading.title if heading is not None else posixpath.basename(directory),
        places={"name": heading.prose.whole} if heading is not None else {},
        schedule=_schedule(draft.tasks, lanes),
        isolation=Isolation.WORKTREE,
        capabilities=capabilities if declares else capabilities - {Capability.DECLARED_WRITES},
        known_ids=frozenset(page.id for page in broken if page.id),
        incomplete=bool(broken) or any(document.broken for document in documents),
        design_documents=DESIGN_DOCUMENTS,
        sources=tuple(document.source.origin(0, len(document.source.text)) for document in documents),
    )
    return Loaded([plan], [problem for page in pages for problem in page.problems])


def _is_page(document: Document) -> bool:
    return bool(layout.code_of(document.path)) or (
        document.front_matter is not None and "work_package_id" in document.front_matter
    )


def _gather(pages: list[Package], entries: list[Entry], manifest: list[Entry]) -> list[_Work]:
    """The packages in the order of the overview, else of the pages. A package that has two pages stays two tasks."""
    sections = {entry.code: entry for entry in entries}
    listed = {entry.code: entry for entry in manifest}
    works = [_Work(page.id, page) for page in pages if not page.broken]
    taken = {page.id.upper() for page in pages}
    works += [_Work(code) for code in dict.fromkeys([*listed, *sections]) if code.upper() not in taken]
    for work in works:
        work.section = sections.get(work.code.upper())
        work.manifest = listed.get(work.code)
    order = {code: at for at, code in enumerate(dict.fromkeys([*listed, *sections]))}
    works.sort(key=lambda work: order.get(work.code.upper(), len(order)))
    return works


def _task(work: _Work, states: dict[str, str]) -> TaskDraft:
    page, entry = work.page, work.section or work.manifest
    if page is not None:
        source = page.document.source
        task = TaskDraft(page.id, source.origin(0, len(source.text.rstrip())), brief=page.brief)
        title = page.get("title")
        if isinstance(title, Scalar):
            task.title, task.places["title"] = title.text, title.origin
        if (place := page.id_place) is not None:
            task.places["id"] = place
    else:
        assert entry is not None
        task = TaskDraft(
            entry.code, entry.origin, title=entry.title, brief=entry.origin.text, places=dict(entry.places)
        )
    if entry is not None and not task.title:
        task.title = entry.title
    for name, key in (("depends_on", "dependencies"), ("writes", "owned_files"), ("kind", "role")):
        node = work.value(key)
        if node is not None:
            task.places[name] = node.origin
    _own(task, work)
    if page is not None:
        task.broad = page.text("scope") == "codebase-wide"
        task.kind = _kind(page)
        if task.kind is Kind.BUILD and not task.writes and only_looks(task.title):
            task.kind = Kind.REVIEW
        task.agent = Agent(model=page.text("model") or None)
        if page.text("execution_mode") == "planning_artifact":
            # The tool gives these no worktree: they are written in the main checkout.
            task.isolation = Isolation.SHARED
    task.done = _is_done(work, states)
    return task


def _own(task: TaskDraft, work: _Work) -> None:
    """`owned_files` is what the package may write; of it `create_intent` does not exist yet.

    Documents of missions count only for packages whose work they are: older missions got their lists filled from text.
    """
    node = work.value("owned_files")
    section = work.section.section if work.section is not None else None
    if node is None and section is not None:
        for mention in owned_in(section):
            if all(scope.path != mention.path for scope in task.writes):
                task.write(mention.path, mention.origin, note=mention.annotation, weak=is_broad(mention.path))
        task.scope_known = bool(task.writes) or None
    if isinstance(node, ListNode):
        task.scope_known = bool(node.items) or None
    new = {entry.path for entry in owned_files(work.value("create_intent"))}
    writes_plans = work.page is not None and work.page.text("execution_mode") == "planning_artifact"
    for entry in owned_files(node):
        if not writes_plans and "kitty-specs/" in f"/{entry.path}".replace("/./", "/"):
            task.read(entry.path, entry.origin, note=entry.note)
            continue
        mode = Mode.CREATE if entry.path in new else entry.mode or Mode.WRITE
        if mode is Mode.READ:
            task.read(entry.path, entry.origin, note=entry.note)
        elif all(scope.path != entry.path for scope in task.writes):
            task.write(entry.path, entry.origin, mode, note=entry.note, weak=entry.broad)


def _kind(page: Package) -> Kind:
    words = f"{page.text('role')} {page.text('task_type')}".lower()
    if "review" in words:
        return Kind.REVIEW
    return Kind.RESEARCH if "research" in words else Kind.BUILD


def _is_done(work: _Work, states: dict[str, str]) -> bool:
    """By the event log where there is one, else by the page's own lane, its folder, or all steps ticked."""
    if work.code in states:
        return states[work.code] in _FINISHED
    if work.page is not None:
        lane = work.page.text("lane") or layout.state_folder(work.page.document.path)
        if lane:
            return lane.lower() in _FINISHED
    steps = subtasks_of(work.section.section) if work.section is not None and work.section.section is not None else []
    return bool(steps) and all(step.checked for step in steps)


def _add_bodies(
    tasks: list[TaskDraft], works: list[_Work], documents: Sequence[Document], workspace: Workspace
) -> None:
    """What the pages, and the steps in the overview, say beside the declaration."""
    paths = PathContext(checkout_root([document.source.text for document in documents], workspace))
    for work in works:
        if work.page is not None:
            work.body = read_body(work.page.sections, _HISTORY)
        elif work.section is not None and work.section.section is not None:
            work.body = read_body(work.section.section.walk(), _HISTORY)
    placing = Placing({task.index: work.body.mentions(paths) for task, work in zip(tasks, works, strict=True)})
    for task, work in zip(tasks, works, strict=True):
        context = ProseContext(paths=paths, body=task.scope_known is True)
        declared, read = len(task.writes), len(task.reads)
        context = resolving(placing, task.index, context)
        add_body(task, work.body, placing, context)
        if work.value("owned_files") is None and work.section is not None and work.section.section is not None:
            _add_steps(task, work.section.section, context)
        own = task.writes[:declared]
        task.writes[declared:] = [scope for scope in task.writes[declared:] if _is_meant(scope, own)]
        task.reads[read:] = [scope for scope in task.reads[read:] if _is_meant(scope, own)]
        _tell_checks(task, work)


def _add_steps(task: TaskDraft, section: Section, context: ProseContext) -> None:
    """What the steps in the overview say: each is an order like the title of a task."""
    for step in steps_in(section):
        effects = effects_of(step, default=Mode.WRITE, context=context)
        known = {scope.path for scope in task.writes}
        task.writes += [one for one in effects.writes if not any(f"/{path}".endswith(f"/{one.path}") for path in known)]
        known.update(scope.path for scope in (*task.writes, *task.reads))
        task.reads += [scope for scope in effects.reads if scope.path not in known]


def _is_meant(scope: Scope, declared: list[Scope]) -> bool:
    """Whether a file that a page mentions says something about its work.

    Directories tell where the work is. Beside a declaration only what an edit verb names counts, and no path that is
    the end of a declared one.
    """
    path = scope.path.removeprefix("./")
    name = path.rpartition("/")[2]
    if "kitty-specs/" in scope.path or name in _PLANNING or not names_file(path):
        return False
    if not declared or not scope.mode.writes:
        return True
    tail = any(own.path.endswith(f"/{path}") for own in declared)
    return scope.evidence is Evidence.STATED and not tail


def _tell_checks(task: TaskDraft, work: _Work) -> None:
    for section in work.page.sections if work.page is not None else ():
        if section.heading is not None and _CHECKS.match(section.title) and section.blocks:
            place = section.blocks[0].origin
            told = section.heading.source.text[place.start : section.blocks[-1].end].strip()
            task.verify = f"{task.verify}\n{told}" if task.verify else told
            task.places.setdefault("verify", section.heading.origin)


def _depend(tasks: list[TaskDraft], works: list[_Work], aliases: dict[str, str]) -> None:
    """Declared dependencies, and the ones that only `tasks.md` tells of."""
    for task in tasks:
        aliases.setdefault(task.id, task.id)
    for task, work in zip(tasks, works, strict=True):
        for reference in references_in(work.value("dependencies")):
            found = aliases.get(reference.written, aliases.get(reference.written.upper(), reference.written))
            task.depend(found, reference.origin, written=reference.written)
        section = work.section.section if work.section is not None else None
        for code, origin in told_dependencies(section) if section is not None else ():
            known = aliases.get(code)
            if known is not None and known != task.id:
                task.depend(known, origin, Evidence.STATED, written=code)


def _schedule(tasks: list[TaskDraft], lanes: list[Lane]) -> Schedule | None:
    """Nothing but dependencies orders packages, except that those of one lane share a worktree and take turns."""
    if not tasks:
        return None
    reason = "no dependency path between them"
    lane_of: dict[int, str] = {}
    rank = list(range(len(tasks)))
    indexes: dict[str, int] = {task.id: task.index for task in reversed(tasks)}
    for lane in lanes:
        for place, code in enumerate(lane.packages):
            if code in indexes and indexes[code] not in lane_of:
                lane_of[indexes[code]] = lane.id
                rank[indexes[code]] = place
    for task in tasks:
        if task.isolation is Isolation.SHARED and task.index not in lane_of:
            lane_of[task.index] = "lane-planning"
    order = dependency_order(len(tasks), _edges(tasks, indexes), rank)
    groups: dict[str, list[int]] = {}
    for index in order:
        groups.setdefault(lane_of.get(index, f"#{index}"), []).append(index)
    turns = "work packages of one lane share a checkout and take turns"
    chains = [serial(members, turns) for members in sorted(groups.values(), key=min)]
    return parallel(chains, reason)


def _edges(tasks: list[TaskDraft], indexes: dict[str, int]) -> Iterable[tuple[int, int]]:
    for task in tasks:
        for dependency in task.depends_on:
            if dependency.task in indexes:
                yield indexes[dependency.task], task.index
