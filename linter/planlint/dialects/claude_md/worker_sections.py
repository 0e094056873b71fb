"""Workers under headings of their own: `### Agent 1: API`, `### agent2-rag`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.found import FoundGroup, FoundTask
from planlint.dialects.claude_md.prompt_fences import prompts_in
from planlint.dialects.claude_md.scopes import is_catalogue, says_ownership
from planlint.dialects.claude_md.texts import block_proses
from planlint.dialects.claude_md.vocabulary import started_agent
from planlint.dialects.claude_md.worker import assigns, describe, gives_files, name_task, read_blocks
from planlint.dialects.claude_md.workers import WorkerLabel, coded_worker, prompted_worker, worker_label
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prompts import bare_names
from planlint.dialects.prose import find_paths
from planlint.readers.markdown.blocks import Block, Paragraph, Section
from planlint.readers.prose import Prose


def _started(section: Section) -> WorkerLabel | None:
    """The worker of a heading that is the name of the agent which the text below starts."""
    first = section.blocks[0] if section.blocks else None
    name = started_agent(first.prose.text) if isinstance(first, Paragraph) else None
    if name is None or not section.title.startswith(name):
        return None
    return WorkerLabel(name, section.title[len(name) :].strip(" :—–-()"), numbered=False)


def _assigned(section: Section) -> WorkerLabel | None:
    """The part of the work that a heading names, where labels below it say who does it and which files it is about."""
    return WorkerLabel(section.title, "", numbered=False) if assigns(section.blocks) else None


def _addressed(section: Section) -> WorkerLabel | None:
    """The agent of a heading below which it is spoken to and given files: "You are the lexer agent. You change ..."."""
    first = section.blocks[0] if section.blocks else None
    told = isinstance(first, Paragraph) and _YOU_ARE.match(first.prose.text) is not None
    if not told or not gives_files(block_proses(_own(section))):
        return None
    return WorkerLabel(section.title, "", numbered=False)


_YOU_ARE = re.compile(r"\W{0,4}(?:you are|you're|your (?:role|job|task) is)\b", re.IGNORECASE)


def worker_headings(sections: list[Section]) -> list[Section]:
    """The sections whose headings name workers."""
    return [section for section in sections if _headed(section) is not None]


def _headed(section: Section) -> WorkerLabel | None:
    """The worker that a heading names, or whose prompt it announces."""
    heading = section.heading
    label = worker_label(section.title) or (coded_worker(heading.prose) if heading is not None else None)
    if label is None and (name := prompted_worker(section.title)) is not None and any(_prompts(section)):
        return WorkerLabel(name, "", numbered=False)
    return label


def _prompts(section: Section) -> Iterator[Prose]:
    return prompts_in(section.blocks, section.title)


def read_worker_sections(
    sections: list[Section], *, delegating: bool, launching: bool = False, count: int | None = None
) -> FoundGroup | None:
    """The tasks of sibling headings that each name a worker (`### Agent 1: API`, `### agent2-rag`).

    Without a text around that delegates, at least two must list files and nothing but files, say what they own, or hold
    a prompt. One that tells to start them (`launching`) needs no files: each is told what stands below its heading.
    """
    named = [(section, _headed(section) or (_started(section) if launching else None)) for section in sections]
    if not any(label for _, label in named):
        alike = launching and count == len(sections)
        named = [
            (
                section,
                WorkerLabel(section.title, "", numbered=False) if alike else _assigned(section) or _addressed(section),
            )
            for section in sections
        ]
    workers = [(section, label) for section, label in named if label is not None]
    if len(workers) < 2:
        return None
    prompts = [list(_prompts(section)) for section, _ in workers]
    texts = [[*block_proses(_own(section)), *told] for (section, _), told in zip(workers, prompts, strict=True)]
    names = bare_names(texts)
    tasks = []
    for index, (section, label) in enumerate(workers):
        heading = section.heading
        if heading is None:
            continue
        blocks = _own(section)
        end = max([heading.end, *(block.end for block in blocks)])
        task = FoundTask(TaskDraft("", heading.source.origin(heading.start, end)))
        name_task(task, label, section.title, heading.prose)
        about = "\n".join([section.title, *(prose.text for prose in texts[index])])
        describe(task, section.title, about, "")
        read_blocks(task, blocks, names(index), section.title)
        tasks.append(task)
    declared = [task for task in tasks if any(scope.evidence is Evidence.DECLARED for scope in task.draft.writes)]
    owning = sum(1 for row in texts if any(says_ownership(prose.text) and find_paths(prose) for prose in row))
    prompted = sum(1 for row in prompts if row)
    counted = [row for row, (_, label) in zip(texts, workers, strict=True) if label.numbered]
    told = sum(1 for row in counted if gives_files(row))
    given = sum(1 for section, _ in workers if (_assigned(section) or _addressed(section)) is not None)
    if not delegating and max(len(declared), owning, prompted, told, given) < 2:
        return None
    given = any(task.draft.writes or task.draft.resources for task in tasks)
    if not (given or (launching and all(_own(section) for section, _ in workers))) or is_catalogue(tasks):
        return None
    first, last = tasks[0].draft.origin, tasks[-1].draft.origin
    origin = first.source.origin(first.start, last.end)
    return FoundGroup(tasks, origin, "a heading for each worker", divides=len(declared) > 1 or owning > 1)


def _own(section: Section) -> list[Block]:
    """The blocks of a section and of those below it, headings left out."""
    return [block for one in section.walk() for block in one.blocks]
