"""The `spec-kit` dialect: task lists that Spec Kit's commands write."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from planlint.diagnostics import Edit, Evidence
from planlint.diagnostics.remedy import AddDependency, DropParallelMark, Remedy
from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.dialects.checkout import checkout_root
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.drawing import drawn_edges
from planlint.dialects.plan_words.documents import is_account
from planlint.dialects.plan_words.looking import begins_with_check
from planlint.dialects.prose import (
    BareNames,
    Effects,
    PathContext,
    PathMention,
    ProseContext,
    effects_of,
    find_placed_paths,
    link_target,
)
from planlint.dialects.spec_kit.dependencies import (
    add_drawn,
    add_kept_apart,
    add_own,
    add_stated,
    drawn_phases,
    grammar_for,
)
from planlint.dialects.spec_kit.details import Part, parts_of, telling_order
from planlint.dialects.spec_kit.items import Item, find_items, statements
from planlint.dialects.spec_kit.ordering import phase_positions, phase_titles, schedule_of
from planlint.dialects.spec_kit.phases_together import phases_together
from planlint.dialects.spec_kit.same_file import add_same_file
from planlint.dialects.spec_kit.together import tasks_together
from planlint.model import Capability, Kind, Mode, Plan
from planlint.readers.document import Document, Syntax
from planlint.readers.markdown.blocks import MarkdownTree

_LOOK = re.compile(r"T\d{2,5}")


class SpecKitDialect(Dialect):
    """`specs/<NNN-slug>/tasks.md` in all template versions and the styles derived from them."""

    name: ClassVar[str] = "spec-kit"
    title: ClassVar[str] = "GitHub Spec Kit task list"
    version: ClassVar[str] = "templates of github/spec-kit from v1 (2025-08) to 27f50f7 (2026-08), looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("markdown",)
    files: ClassVar[tuple[str, ...]] = ("specs/*/tasks.md", ".specify/specs/*/tasks.md")
    capabilities: ClassVar[frozenset[Capability]] = frozenset(
        {
            Capability.TASKS,
            Capability.WRITES,
            Capability.READS,
            Capability.OFF_LIMITS,
            Capability.DEPENDENCIES,
            Capability.CONCURRENCY,
            Capability.WAVES,
            Capability.STATUS,
        }
    )

    def might_be(self, path: str, text: str) -> bool:
        """Whether anything in the text looks like a task id."""
        return _LOOK.search(text) is not None

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """Ticked lines that begin with `T001`-like ids; the marks `[P]` and `[US1]` make it sure."""
        if document.markdown is None:
            return None
        items = find_items(document.markdown)
        ticked = len(items)
        if not ticked or (not document.path.endswith("tasks.md") and is_account(document.markdown.title)):
            return None
        marked = sum(1 for item in items if item.head.parallel or item.head.story)
        under_work_package = any(_work_package(item) for item in items)
        if under_work_package:
            return Match(45, f"{ticked} task lines with T-ids, but under work-package headings")
        if marked:
            return Match(95, f"{ticked} task lines with T-ids, {marked} marked [P] or [USn]")
        if ticked >= 2 or document.path.endswith("tasks.md"):
            return Match(85, f"{ticked} task lines with T-ids")
        return Match(40, "one task line with a T-id")

    def edits(self, plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
        """Marks can be taken off. A task without one waits for what is listed before it, which no list has to say."""
        task: int | None = None
        if isinstance(remedy, DropParallelMark):
            task = remedy.task
        elif isinstance(remedy, AddDependency) and remedy.needed < remedy.waiting:
            task = remedy.waiting
        if task is not None:
            from planlint.dialects.remedies import without_mark

            place = plan.tasks[task].places.get("parallel")
            return (without_mark(place),) if place is not None else None
        return None

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """One plan for each file."""
        plans = [
            _plan(document, document.markdown, workspace) for document in documents if document.markdown is not None
        ]
        return Loaded(plans)


def _work_package(item: Item) -> bool:
    return any(re.search(r"\bWP\d{2,3}\b", section.title) for section in (item.section, *item.section.ancestors))


def _plan(document: Document, tree: MarkdownTree, workspace: Workspace) -> Plan:
    items = find_items(tree)
    source = document.source
    draft = PlanDraft(document.path, SpecKitDialect.name, source.origin(0, len(source.text)))
    context = PathContext(
        root=checkout_root([source.text], workspace), relative=partial(link_target, posixpath.dirname(document.path))
    )
    parts = [[Part(item.title, "work"), *parts_of(item.details)] for item in items]
    paths = [[find_placed_paths(part.prose, known=context) for part in own] for own in parts]
    named = {index: [mention for found in own for mention in found] for index, own in enumerate(paths)}
    names = BareNames.of(named, alone=True)
    grammar = grammar_for(items)
    for index, item in enumerate(items):
        task = draft.add(_task(item))
        scope_context = ProseContext(paths=context, resolve=partial(names.find, task=index), alone=True)
        _add_effects(task, parts[index], paths[index], scope_context)
        add_same_file(task, item.title, draft.tasks[index - 1] if index else None)
        for prose in (item.prose, *telling_order(parts[index][1:])):
            add_own(task, prose, grammar)
        if not task.writes and begins_with_check(task.title):
            task.kind = Kind.REVIEW
    texts = list(statements(tree))
    add_stated(draft.tasks, texts, grammar)
    add_kept_apart(draft.tasks, texts, grammar)
    drawn = list(drawn_edges(tree, grammar))
    add_drawn(draft.tasks, drawn)
    titles = phase_titles(items)
    together = phases_together(texts, phase_positions(items, titles))
    heading = next((s.heading for s in tree.top.walk() if s.heading is not None), None)
    directory = posixpath.dirname(document.path)
    return draft.finish(
        name=heading.title if heading else "",
        places={"name": heading.origin} if heading else {},
        schedule=schedule_of(
            items, together, drawn_phases(items, titles, drawn), tasks_together(items, texts, grammar)
        ),
        capabilities=SpecKitDialect.capabilities,
        design_documents=(f"{directory}/" if directory else "spec.md",),
        sources=(draft.origin,),
    )


def _task(item: Item) -> TaskDraft:
    head, prose = item.head, item.prose
    task = TaskDraft(head.id, item.origin)
    task.places["id"] = prose.origin(head.id_start, head.id_end)
    title = item.title
    task.title = " ".join(title.text.split())
    if title.text:
        task.places["title"] = title.whole
    if head.parallel_span is not None:
        task.places["parallel"] = prose.origin(*_trimmed(prose.text, *head.parallel_span))
        task.parallel = True
    task.brief = "\n".join([title.text, *(detail.text for detail in item.details)])
    task.done = item.done
    task.phase = item.phase.title if item.phase is not None else None
    task.wave = head.group
    return task


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _add_effects(
    task: TaskDraft, parts: Sequence[Part], paths: Sequence[list[PathMention]], context: ProseContext
) -> None:
    effects = [_effects_of(part, found, context) for part, found in zip(parts, paths, strict=True)]
    if any(part.label == "files" and found.writes for part, found in zip(parts, effects, strict=True)):
        # The task lists its files: what is only concluded from its description says nothing new.
        for part, found in zip(parts, effects, strict=True):
            if not part.label:
                found.writes = [scope for scope in found.writes if scope.evidence is not Evidence.INFERRED]
    for found in effects:
        task.writes.extend(scope for scope in found.writes if not _known(task.writes, scope.path))
        task.off_limits.extend(found.off_limits)
    for found in effects:
        task.reads.extend(
            scope for scope in found.reads if not _known(task.reads, scope.path) and not _known(task.writes, scope.path)
        )


def _effects_of(part: Part, mentions: list[PathMention], context: ProseContext) -> Effects:
    """What a part says of its paths: `Files:` and `Do:` change them, `Acceptance:` looks at them."""
    listed = part.label == "files"
    found = effects_of(
        part.prose,
        default=Mode.WRITE if part.label in ("files", "work") else None,
        context=context.replace(design_documents=frozenset()) if listed else context,
        mentions=mentions,
    )
    if listed:
        found.writes = [
            scope.replace(evidence=Evidence.STATED) if "/" in scope.path else scope for scope in found.writes
        ]
    return Effects(reads=found.reads) if part.label == "checks" else found


def _known(scopes: Sequence[object], path: str) -> bool:
    return any(getattr(scope, "path", None) == path for scope in scopes)
