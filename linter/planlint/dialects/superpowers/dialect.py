"""The `superpowers` dialect: implementation plans as the writing-plans skill has them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from planlint.diagnostics import Edit
from planlint.diagnostics.remedy import DropParallelMark, Remedy
from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.dialects.checkout import checkout_root
from planlint.dialects.draft import PlanDraft
from planlint.dialects.prose import PathContext, link_target
from planlint.dialects.superpowers.fields import declares_files
from planlint.dialects.superpowers.headings import TaskSection, find_tasks, items_in, listed_tasks
from planlint.dialects.superpowers.plan import build_plan
from planlint.dialects.superpowers.task_files import FILE_NAME, is_task_file, sections_of_file
from planlint.dialects.superpowers.wave_tables import build_wave_plan, wave_tables
from planlint.model import Capability, Plan
from planlint.readers.document import Document, Syntax
from planlint.readers.markdown.blocks import Heading, MarkdownTree, Paragraph, Quote

_LOOK = re.compile(
    r"^(?:[-*+][ \t]+\[[ xX]\][ \t]+\W{0,8}T(?:ask[ \t]+)?\d"
    r"|#{1,5}[ \t]+\W{0,8}(?:Task|Wave|Tarea|Tâche|Aufgabe|任务|任務|タスク|작업)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_HEADER = re.compile(r"superpowers:|required sub-?skill|for agentic workers|for claude:", re.IGNORECASE)
_PLACE = re.compile(r"(?:^|/)docs/(?:superpowers/)?plans/[^/]+\.md\Z")
_STEP = re.compile(r"\W*(?:Step|단계|步骤|步驟|ステップ)\s*\d", re.IGNORECASE)
_META = re.compile(
    r"^\s*(?:Goal|Architecture|Tech Stack|목표|아키텍처|目标|目標)\s*[:：]", re.IGNORECASE | re.MULTILINE
)
_MARKED = re.compile(r"[*_`]{0,3}[ \t]*[:：][ \t]*[*_`]{0,3}[ \t]*(?P<on>true|yes)\b", re.IGNORECASE)
"""What stands behind the label of a mark that is on."""
_FILES = re.compile(r"\s*Files\s*[:：]", re.IGNORECASE)


class SuperpowersDialect(Dialect):
    """`docs/superpowers/plans/*.md`: task headings with Files, Interfaces and steps to tick."""

    name: ClassVar[str] = "superpowers"
    title: ClassVar[str] = "superpowers implementation plan"
    version: ClassVar[str] = "obra/superpowers at 44c9b2d (2026-08), looked at 2026-11-20"
    syntaxes: ClassVar[tuple[Syntax, ...]] = ("markdown",)
    files: ClassVar[tuple[str, ...]] = ("docs/superpowers/plans/*.md", "docs/plans/*.md")
    capabilities: ClassVar[frozenset[Capability]] = frozenset(
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
            Capability.STATUS,
        }
    )

    def might_be(self, path: str, text: str) -> bool:
        """Whether there is a heading of a task or wave, or the file name is that of a task in a directory of tasks."""
        return _LOOK.search(text) is not None or FILE_NAME.search(path) is not None

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """Task headings with the header of the skill, its Files blocks or its numbered steps."""
        tree = document.markdown
        if tree is None:
            return None
        if is_task_file(document):
            return Match(80, "one of a directory of task files, with a Files section and what it depends on")
        tasks = find_tasks(tree)
        header = any(_HEADER.search(text) for text in _opening(tree))
        if not tasks:
            tables = wave_tables(tree)
            if tables:
                return Match(75, f"{len(tables)} wave headings over tables of tasks and files")
            listed = len(listed_tasks(tree)) if header else 0
            return (
                Match(92, f"{listed} boxes with ids below the header of the writing-plans skill")
                if listed > 1
                else None
            )
        if header:
            return Match(95, f"{len(tasks)} task headings below the header of the writing-plans skill")
        files = sum(1 for task in tasks if _has_files(task))
        steps = sum(1 for task in tasks if _has_steps(task))
        if files and steps:
            return Match(85, f"{len(tasks)} task headings, {files} with a Files block, {steps} with numbered steps")
        if files or steps:
            what = f"{files} with a Files block" if files else f"{steps} with numbered steps"
            return Match(65, f"{len(tasks)} task headings, {what}")
        stated = sum(1 for text in _opening(tree) if _META.search(text))
        if _PLACE.search(document.path) and stated and len(tasks) > 1:
            return Match(46, f"{len(tasks)} task headings in a directory of plans, and a stated goal")
        return None

    def members(self, document: Document, workspace: Workspace) -> tuple[str, ...]:
        """All task files of the directory for the style with one file per task, else the document alone."""
        if not is_task_file(document):
            return (document.path,)
        directory = posixpath.dirname(document.path)
        found = [
            posixpath.join(directory, name)
            for name in workspace.names(directory)
            if FILE_NAME.search(posixpath.join(directory, name))
        ]
        return tuple(found) if document.path in found else (document.path,)

    def plan_path(self, document: Document, members: tuple[str, ...]) -> str:
        """The directory of the task files, or the document."""
        return posixpath.dirname(document.path) if is_task_file(document) else document.path

    def edits(self, plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
        """A mark can be turned off; what a task waits for is told in sentences, which no program should write."""
        place = plan.tasks[remedy.task].places.get("parallel") if isinstance(remedy, DropParallelMark) else None
        mark = _MARKED.match(place.source.text, place.end) if place is not None else None
        if place is None or mark is None:
            return None
        return (Edit(place.source.origin(*mark.span("on")), "no" if mark["on"].lower() == "yes" else "false"),)

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """One plan for each file with task headings; one for all files of a task directory."""
        loaded = Loaded()
        singles = [document for document in documents if document.markdown is not None and is_task_file(document)]
        if singles:
            loaded.plans.append(self._of_directory(singles, workspace, incomplete=len(singles) < len(documents)))
            return loaded
        for document in documents:
            tree = document.markdown
            if tree is None:
                continue
            source = document.source
            draft = PlanDraft(document.path, self.name, source.origin(0, len(source.text)))
            context = _context(document.path, [source.text], workspace)
            tasks = find_tasks(tree)
            if not tasks and wave_tables(tree):
                loaded.plans.append(build_wave_plan(draft, tree, context, (draft.origin,)))
            else:
                tasks = tasks or listed_tasks(tree)
                in_turn = any(_HEADER.search(text) for text in _opening(tree))
                loaded.plans.append(build_plan(draft, tasks, [tree], context, (draft.origin,), in_turn=in_turn))
        return loaded

    def _of_directory(self, documents: Sequence[Document], workspace: Workspace, *, incomplete: bool) -> Plan:
        first = documents[0].source
        path = posixpath.dirname(documents[0].path)
        draft = PlanDraft(path, self.name, first.origin(0, len(first.text)))
        trees = [document.markdown for document in documents if document.markdown is not None]
        sections = [section for document in documents for section in sections_of_file(document)]
        context = _context(path, [document.source.text for document in documents], workspace)
        sources = tuple(document.source.origin(0, len(document.source.text)) for document in documents)
        return build_plan(draft, sections, trees, context, sources, incomplete=incomplete)


def _opening(tree: MarkdownTree) -> list[str]:
    """The texts before the first task or section: header quote, goal, architecture."""
    texts: list[str] = []
    for block in tree.blocks[:25]:
        if isinstance(block, Heading) and block.level > 1:
            break
        if isinstance(block, Paragraph):
            texts.append(block.prose.text)
        elif isinstance(block, Quote):
            texts += [inner.prose.text for inner in block.children if isinstance(inner, Paragraph)]
    return texts


def _has_files(task: TaskSection) -> bool:
    return any(
        isinstance(block, Paragraph) and (_FILES.match(block.prose.text) or declares_files(block.prose))
        for block in task.blocks
    )


def _has_steps(task: TaskSection) -> bool:
    return any(isinstance(block, Paragraph) and _STEP.match(block.prose.text) for block in task.blocks) or any(
        _STEP.match(item.prose.text) for item in items_in(task.blocks)
    )


def _context(path: str, texts: Sequence[str], workspace: Workspace) -> PathContext:
    """How paths in the plan are read; absolute ones of the author's checkout become relative where it is known."""
    directory = posixpath.dirname(path)
    return PathContext(root=checkout_root(texts, workspace), relative=partial(link_target, directory))
