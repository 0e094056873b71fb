"""The `openspec` dialect: the task lists of OpenSpec changes, and the planned-delegation style of writing them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.dialects.checklist import (
    CheckItem,
    add_effects,
    add_listed_files,
    by_task,
    find_check_items,
    has_boxes,
    is_template,
    listed_ids,
    number_grammar,
    number_of,
    paths_of,
    set_kind,
    set_parents,
    task_of,
)
from planlint.dialects.draft import PlanDraft
from planlint.dialects.file_lists import Placing
from planlint.dialects.labels import Label
from planlint.dialects.openspec.fields import add_contracts, add_files, place_deltas
from planlint.dialects.openspec.groups import LABELS, Group, groups_of, work_of
from planlint.dialects.openspec.ordering import schedule_of
from planlint.dialects.plan_words.looking import begins_with_check
from planlint.dialects.prose import IdGrammar, PathContext, ProseContext
from planlint.model import Capability, Contract
from planlint.readers.document import Document, Syntax
from planlint.readers.markdown.blocks import MarkdownTree

_PLACE = re.compile(r"(?:^|/)openspec/changes/(?:archive/)?[^/]+/tasks\.md\Z")
_ARCHIVED = re.compile(r"(?:^|/)openspec/changes/archive/")
_LISTED = frozenset(
    {
        Capability.TASKS,
        Capability.WRITES,
        Capability.READS,
        Capability.OFF_LIMITS,
        Capability.STATUS,
    }
)
_DELEGATION = frozenset({Capability.DEPENDENCIES, Capability.CONCURRENCY, Capability.CONTRACTS})


class OpenSpecDialect(Dialect):
    """`openspec/changes/<id>/tasks.md`, archived changes included: groups `## 1. Title`, boxes `- [ ] 1.1 text`."""

    name: ClassVar[str] = "openspec"
    title: ClassVar[str] = "OpenSpec change task list"
    version: ClassVar[str] = "Fission-AI/OpenSpec at f1b521d (2026-08), looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("markdown",)
    files: ClassVar[tuple[str, ...]] = ("openspec/changes/**/tasks.md",)
    capabilities: ClassVar[frozenset[Capability]] = _LISTED | _DELEGATION | {Capability.DECLARED_WRITES}

    def might_be(self, path: str, text: str) -> bool:
        """Whether there is a checkbox at all."""
        return has_boxes(text)

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """Boxes numbered after the headings they stand under, or boxes in the place where OpenSpec keeps them."""
        if document.markdown is None:
            return None
        items = work_of(find_check_items(document.markdown, LABELS))
        if not items:
            return None
        if _PLACE.search(document.path):
            return Match(92, f"{len(items)} checkboxes in the task list of an OpenSpec change")
        fitting = sum(1 for item in items if _fits(item))
        if fitting < 2 or 2 * fitting < len(items):
            return None
        reason = f"{fitting} of {len(items)} checkboxes are numbered after their group's heading"
        beside = posixpath.join(posixpath.dirname(document.path), "proposal.md")
        if posixpath.basename(document.path) == "tasks.md" and workspace.exists(beside):
            return Match(85, f"{reason}, beside a proposal.md")
        return Match(60, reason)

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """One plan for each change."""
        loaded = Loaded()
        for document in documents:
            if document.markdown is not None:
                _load(document, document.markdown, loaded)
        return loaded


def _fits(item: CheckItem) -> bool:
    number = number_of(item.section)
    return number is not None and item.id.startswith(number + ".")


def _load(document: Document, tree: MarkdownTree, loaded: Loaded) -> None:
    items = work_of(find_check_items(tree, LABELS))
    source = document.source
    draft = PlanDraft(document.path, OpenSpecDialect.name, source.origin(0, len(source.text)))
    context = PathContext()
    paths = paths_of(items, context)
    placing = Placing(by_task(paths), alone=True)
    groups = groups_of(items)
    fields = {index: label for index, item in enumerate(items) if (label := item.label("depends")) is not None}
    grouped = sum(group.label("depends") is not None for group in groups) >= 2 and not fields
    contracts: dict[str, Contract] = {}
    for index, item in enumerate(items):
        task = draft.add(task_of(item))
        add_files(task, item.labels, placing, context)
        declared = bool(task.writes)
        resolve = partial(placing.names.find, task=index)
        add_effects(task, item, paths[index], ProseContext(paths=context, resolve=resolve, body=declared, alone=True))
        add_listed_files(task, item, placing, context)
        if _PLACE.search(document.path):
            place_deltas(task, posixpath.dirname(document.path))
        add_contracts(task, item.labels, context, contracts)
        verify = item.label("verify")
        if verify is not None and verify.value.text.strip():
            task.verify, task.places["verify"] = verify.value.text.strip(), verify.value.whole
    set_parents(draft.tasks, items)
    for group in groups:
        _add_files_of_group(draft, group, placing, context)
    members = _members(groups, draft)
    references = _References(draft, number_grammar([item.id for item in items if item.id]), members)
    for index, label in fields.items():
        references.add([index], label)
    if grouped:
        references = _References(draft, number_grammar(list(members)), members)
        for group in groups:
            label = group.label("depends")
            if label is not None:
                references.add(group.items, label)
    archived = _ARCHIVED.search(document.path) is not None
    for task in draft.tasks:
        set_kind(task)
        task.done = task.done or archived
    schedule = schedule_of(groups, draft.tasks, fields, grouped)
    capabilities = _LISTED | _DELEGATION if fields or grouped else _LISTED
    if any(task.scope_known for task in draft.tasks):
        capabilities |= {Capability.DECLARED_WRITES}
    heading = next((section.heading for section in tree.top.walk() if section.level == 1), None)
    directory = posixpath.dirname(document.path)
    loaded.plans.append(
        draft.finish(
            name=heading.title if heading else posixpath.basename(directory),
            places={"name": heading.origin} if heading else {},
            schedule=schedule,
            pattern=is_template(items),
            capabilities=capabilities,
            contracts=tuple(contracts.values()),
            design_documents=(f"{directory}/",) if directory else (),
            sources=(draft.origin,),
        )
    )


def _add_files_of_group(draft: PlanDraft, group: Group, placing: Placing, context: PathContext) -> None:
    """Give the files that a group declares to its boxes that name none themselves, all of which may touch them.

    A box that only verifies gets none.
    """
    label = group.label("files")
    if label is None:
        return
    bare = [
        task.index
        for task in (draft.tasks[index] for index in group.items)
        if not (task.writes or task.container or begins_with_check(task.title))
    ]
    for index in bare or group.items[:1]:
        add_files(draft.tasks[index], [label], placing, context)


def _members(groups: Sequence[Group], draft: PlanDraft) -> dict[str, list[int]]:
    """Group number to the boxes in it."""
    found: dict[str, list[int]] = {}
    for group in groups:
        if group.number is not None:
            found.setdefault(group.number, []).extend(
                index for index in group.items if not draft.tasks[index].container
            )
    return found


_EDGES = 20_000
"""Most edges that references to groups are expanded to; beyond that a crafted file would cost quadratic memory."""


class _References:
    """Turns Dependencies labels into edges. A number that no box has means the boxes of the group with it."""

    def __init__(self, draft: PlanDraft, grammar: IdGrammar, members: dict[str, list[int]]) -> None:
        self._draft = draft
        self._grammar = grammar
        self._members = members
        self._edges = 0

    def add(self, holders: Sequence[int], label: Label) -> None:
        """Let the tasks `holders` wait for what `label` lists."""
        for listed in listed_ids(label.value, self._grammar):
            is_group = listed.group or listed.id not in self._grammar.order or listed.id in self._members
            inside = self._members.get(listed.id) if is_group else None
            for holder in holders:
                task = self._draft.tasks[holder]
                if task.container:
                    continue
                if not inside:
                    task.depend(listed.id, listed.origin, written=listed.written)
                    continue
                for index in inside:
                    if index != holder and self._edges < _EDGES:
                        self._edges += 1
                        needed = self._draft.tasks[index].id
                        task.depend(needed, listed.origin, written=listed.written, target=index)
