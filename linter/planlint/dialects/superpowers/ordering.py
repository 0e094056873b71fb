"""The order of a superpowers plan: one task after the other, unless the plan says otherwise.

The skill that executes plans (obra/superpowers at 44c9b2d, `skills/subagent-driven-development/SKILL.md`) forbids
parallel implementers. Plans written for other executors say so: under a "Wave 2" heading, by `parallel_safe: true`, or
in a sentence that names tasks and the word parallel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.drawing.outlines import OUTLINES
from planlint.dialects.file_lists import lines_of
from planlint.dialects.prose import IdGrammar, find_references
from planlint.dialects.prose.wording import sentences
from planlint.dialects.superpowers.headings import TASK_ID, TASK_LIST, TaskSection, is_task, parts_around
from planlint.model import Schedule, parallel, serial
from planlint.readers.markdown.blocks import Fence, List, MarkdownTree, Paragraph, Quote, Section
from planlint.readers.prose import Prose

_LISTED = "tasks are done one after another"
_WAVE = re.compile(
    r"\W*(?:(?:Wave|Batch)\s*#?(?:\d{1,3}(?:\.\d{1,2})?[a-z]?\b|(?-i:[A-Z])\b)|Parallel (?:Group|Batch|Wave|Track)"
    r"|(?:Phase|Stage|Group|Chunk)\b[^()\n]{0,80}\([^()\n]{0,40}\bparallel)",
    re.IGNORECASE,
)
_IN_EACH = re.compile(
    r"\b(?:within|in|inside)\s+(?:each|every|an?|one|the same)\s+"
    r"(round|phase|stage|group|chunk|milestone|sprint|track)\b",
    re.IGNORECASE,
)
"""In a sentence about parallel work: what the headings are called that make groups of tasks."""
_NUMBERED = re.compile(r"\W*([A-Za-z]{3,12})\s*#?(?:\d{1,3}|(?-i:[A-Z]))\b")
_TURNS = re.compile(
    r"\bparallel\w*[\s*_]*[:：][\s*_]*(?:mostly |largely |partly )?(?:(?:no|not|none|never|limited|false)\b|sequential)"
    r"|\b(?:cannot|can't|must not|should not|do not|don't|not)\s+(?:be\s+)?(?:\w+\s+){0,2}?(?:in\s+)?parallel"
    r"|\b(?:strictly sequential|sequentially|in (?:strict )?(?:order|sequence)"
    r"|one (?:at a time|after (?:the other|another)))\b",
    re.IGNORECASE,
)
"""Below the heading of a wave: its tasks are done in turn ("Can run in parallel: no")."""
_MARKED = re.compile(r"\bparallel(?:i[sz]able)?\b|\bconcurrent", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|no(?! (?:\w+[ -]?){0,2}(?:dependenc|overlap|conflict))|never|cannot|sequential|n't|serial)\b|n't\b",
    re.IGNORECASE,
)
"""Denials; "no dependencies" or "no file overlap" denies nothing of the kind."""
_WAITS = re.compile(
    r"\b(?:after|once|until|when|following|depends? on|requires?|needs?|waits? for|before|by)\s+(?:both\s+|all\s+)?\Z",
    re.IGNORECASE,
)
_AND = re.compile(r"\band\s+\Z", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:with|to|alongside|while)\s+\Z", re.IGNORECASE)
_CUTS = re.compile(r"[;；]\s|\n(?=[ \t]*[*_]{0,2}[A-Z][A-Za-z ]{2,40}[*_]{0,2}[:：])")
_BACK = 30
"""Characters before a list of tasks that may say what it is to the sentence."""


class Ordering(NamedTuple):
    """The schedule, and whether the plan lets anything run at the same time."""

    tree: Schedule | None
    concurrent: bool


def schedule_of(
    tasks: Sequence[TaskSection], drafts: Sequence[TaskDraft], trees: Sequence[MarkdownTree], *, drawn: bool = False
) -> Ordering:
    """The order of the tasks; positions are task indexes. Tasks in a wave get its number.

    Where the order of all is `drawn` or listed task by task, nothing else orders them.
    """
    if not tasks:
        return Ordering(None, False)
    if drawn:
        together = parallel(range(len(tasks)), "the plan says what waits for what", Evidence.STATED)
        return Ordering(together, True)
    stated = [group for tree in trees for group in _stated(tree, drafts)]
    waves = _waves_of(tasks, _kinds_of_groups(trees))
    steps: list[Schedule] = []
    position = 0
    while position < len(tasks):
        end = _wave_end(waves, position)
        if end > position + 1:
            wave = waves[position]
            label = wave.title if wave is not None else None
            for draft in drafts[position:end]:
                draft.wave = label
            origin = wave.heading.prose.whole if wave is not None and wave.heading is not None else None
            steps.append(parallel(range(position, end), "both are in the same wave", origin=origin, label=label))
        else:
            end = _marked_end(drafts, position)
            if end > position + 1:
                steps.append(parallel(range(position, end), "they are marked parallel"))
            else:
                end = _stated_end(stated, position, len(tasks))
                reason = "the plan says that they can run in parallel"
                steps.append(parallel(range(position, end), reason, Evidence.STATED))
        position = end
    return Ordering(serial(steps, _LISTED), len(steps) < len(tasks))


def _kinds_of_groups(trees: Sequence[MarkdownTree]) -> frozenset[str]:
    """Words for groups whose tasks all run in parallel: "Within each round, execute independent tasks in parallel"."""
    return frozenset(
        match.group(1).lower()
        for tree in trees
        for prose in _statements(tree)
        if _MARKED.search(prose.text)
        for text in _clauses(prose)
        if _MARKED.search(text) and not _NOT.search(text)
        for match in _IN_EACH.finditer(text)
    )


def _waves_of(tasks: Sequence[TaskSection], kinds: frozenset[str]) -> list[Section | None]:
    """For each task the heading that makes it part of a concurrent group; `kinds` are more words for such groups."""
    before: dict[int, Section] = {}
    for parent in {id(task.section.parent): task.section.parent for task in tasks}.values():
        heading: Section | None = None
        for section in parent.sections if parent is not None else ():
            if not is_task(section):
                heading = section
            elif heading is not None:
                before[id(section)] = heading
    return [_wave_of(task, before.get(id(task.section)), kinds) for task in tasks]


def _wave_of(task: TaskSection, before: Section | None, kinds: frozenset[str]) -> Section | None:
    """The heading around a task, or `before` it on its own level: plans also write "### Wave 1" above "### Task 1"."""
    for section in (*([before] if before is not None else []), *task.section.ancestors):
        numbered = _NUMBERED.match(section.title)
        if _WAVE.match(section.title) is None and (numbered is None or numbered.group(1).lower() not in kinds):
            continue
        if _NOT.search(section.title) or any(_TURNS.search(text) for text in _texts(section)):
            return None
        if section.title.lower().lstrip("# *").startswith("batch") and not _MARKED.search(section.title):
            return None
        return section
    return None


def _texts(section: Section) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.prose.text
        elif isinstance(block, List):
            yield from (item.prose.text for item in block.items)


def _wave_end(waves: Sequence[Section | None], start: int) -> int:
    end = start + 1
    while waves[start] is not None and end < len(waves) and waves[end] is waves[start]:
        end += 1
    return end


def _marked_end(drafts: Sequence[TaskDraft], start: int) -> int:
    end = start
    while end < len(drafts) and drafts[end].parallel:
        end += 1
    return max(end, start + 1)


def _stated_end(together: Sequence[frozenset[int]], start: int, count: int) -> int:
    end = start + 1
    while end < count and all(any({one, end} <= group for group in together) for one in range(start, end)):
        end += 1
    return end


def _stated(tree: MarkdownTree, drafts: Sequence[TaskDraft]) -> Iterator[frozenset[int]]:
    """Sets of tasks that a sentence names as parallel: "Tasks 2, 3 and 4 can run in parallel"."""
    grammar = IdGrammar(TASK_ID, known=tuple(dict.fromkeys(draft.id for draft in drafts)))
    by_id = {draft.id: draft.index for draft in drafts}
    for prose in _statements(tree):
        if _MARKED.search(prose.text) is None or TASK_LIST.search(prose.text) is None:
            continue
        for text in _clauses(prose):
            if not _MARKED.search(text) or _NOT.search(text):
                continue
            named: set[int] = set()
            for match in TASK_LIST.finditer(text):
                before = text[max(0, match.start() - _BACK) : match.start()]
                if _WAITS.search(before):
                    continue
                words = match.group()
                found = find_references(Prose(prose.source, 0, 0, words, [(0, 0)]), grammar)
                positions = {by_id[name] for reference in found for name in reference.ids if name in by_id}
                if _BESIDE.search(before) and named:
                    # "Task 9 beside Tasks 3-5" says nothing of Tasks 3-5 among themselves.
                    yield from (frozenset({*named, other}) for other in positions)
                    continue
                named = named | positions if _AND.search(before) else positions
                if len(named) > 1:
                    yield frozenset(named)


_PARALLEL_WORK = re.compile(
    r"\b(?:tasks?|waves?|phases?|groups?|batch(?:es)?|chunks?|agents?|subagents?)\b[^.;\n]{0,150}?"
    r"\b(?:in parallel|parallel|parallel(?:iz|is)able|concurrently|simultaneously|at the same time)\b"
    r"|\bparallel(?:iz|is)able[\s*_]*[:：][^.;\n]{0,80}\btasks?\b"
    r"|\bparallel (?:groups?|waves?|batch(?:es)?|tracks?)\b",
    re.IGNORECASE,
)


def says_parallel(trees: Sequence[MarkdownTree], tasks: Sequence[TaskSection]) -> bool:
    """Whether the text around the tasks says that some of them run at the same time."""
    return any(
        _PARALLEL_WORK.search(text) and not _NOT.search(text)
        for tree in trees
        for section in parts_around(tree, tasks)
        for prose in _statements_in(section)
        if _MARKED.search(prose.text)
        for text in _clauses(prose)
    )


def _clauses(prose: Prose) -> Iterator[str]:
    """Sentences, cut at semicolons ("Task 1 comes first; tasks 2 and 3 run in parallel") and before labelled lines."""
    for sentence in sentences(prose):
        yield from re.split(_CUTS, prose.text[sentence.start : sentence.end])


def _statements(tree: MarkdownTree) -> Iterator[Prose]:
    """Paragraphs, bullets and outlines of the whole plan, and the banner on how it is executed."""
    for section in tree.top.walk():
        yield from _statements_in(section)


def _statements_in(section: Section) -> Iterator[Prose]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.prose
        elif isinstance(block, List):
            for item in block.items:
                yield item.prose
        elif isinstance(block, Quote):
            yield from (child.prose for child in block.children if isinstance(child, Paragraph))
        elif isinstance(block, Fence) and block.language in OUTLINES:
            yield from lines_of(block.prose)
