"""The order that sentences and tables around the tasks tell: "Tasks 2-4 run in parallel after Task 1".

Only statements that begin with the tasks they are about count ("Task 5 depends on Tasks 2 and 3", "Task 1 must be
first"), and rows of a table with a column of tasks and one of what they wait for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.drawing.outlines import OUTLINES
from planlint.dialects.file_lists import lines_of
from planlint.dialects.prose import IdGrammar, find_references
from planlint.dialects.prose.wording import sentences
from planlint.dialects.superpowers.headings import TASK_ID, TASK_LIST, TaskSection, parts_around
from planlint.readers.markdown.blocks import Block, Fence, List, MarkdownTree, Paragraph, Quote, Table
from planlint.readers.prose import Prose

_LEAD = re.compile(r"(?:[^\w(]|\d{1,2}[.)][ \t])*(?:[A-Z][A-Za-z /&-]{2,40}[*_]{0,3}:[*_ \t]+)?")
"""Bullets, numbers, marks and a label ("**Order:**") before the tasks that a statement is about."""
_BRACKETS = re.compile(r"\([^()\n]{0,200}\)")
_WAITS = re.compile(
    r"\b(?:depend(?:s|ent|ing)?(?: only)? (?:up)?on|builds? (?:up)?on|requires?|needs?|waits? (?:for|on)"
    r"|blocked (?:by|on)|follows?|after|once)\b[\s*_:]*(?:both\s+|all of\s+)?",
    re.IGNORECASE,
)
_BLOCKS = re.compile(
    r"\b(?:(?:un)?blocks?|before|precedes?|(?:is|are) (?:an? )?(?:prerequisites?|needed|required) (?:for|of|to|by))\b"
    r"[\s*_:]*(?:both\s+)?",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[;；\n]|,[ ](?:and[ ])?"
    r"(?=tasks?[ ][\w ,&+-]{1,40}[ ](?:depends?|needs?|requires?|waits?|follows?|can|must|runs?)\b)",
    re.IGNORECASE,
)
"""Where a statement about other tasks begins: "Task 4 depends on 3, task 5 depends on 2"."""
_ALL = re.compile(
    r"(?:all|everything|every)\b"
    r"(?: (?:of )?(?:the )?(?:other|others|else|previous|prior|earlier|preceding|code|above|tasks?)){0,3}"
    r"(?=[\s*_]*(?:\Z|[.,;:(]|(?:is|are|has|have|be|being)\b|complet|finish|done|pass|land|merge))",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"#?\d{1,3}[a-z]?(?:[ \t]*(?:,|&|\+|/|-|–|and)[ \t]*(?:and[ \t]+)?#?\d{1,3}[a-z]?\b)*(?=[\s*_]*(?:\Z|[.;(]))"
)
"""Ids without the word "Task", up to the end of what is said: "needs 2, 3"."""
_BESIDE = re.compile(r"\b(?:in )?(?:parallel|concurrently) (?:with|to)\b[\s*_]*", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|blocking)\b", re.IGNORECASE)
_LAST = re.compile(
    r"\b(?:runs?|is|are|be|comes?|goes?|done|must)\s+(?:the\s+)?(?:very\s+)?last\b|\A\W*last\b", re.IGNORECASE
)
_IN_TURN = re.compile(
    r"\b(?:sequential(?:ly)?|in (?:strict )?(?:order|sequence)|one after (?:the other|another))\b", re.IGNORECASE
)
_FREE = re.compile(
    r"\bno (?:dependenc(?:y|ies)|prerequisites?)\b|\bany ?time\b|\bimmediately\b|\bdepends? on nothing\b"
    r"|\bindependent\b(?! of\b)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\bparallel\w*|\bconcurrent|\bsimultaneous|\bindependent", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|no longer|cannot)\b|n['’]t\b", re.IGNORECASE)
_OWN = re.compile(
    r"\W*(?:builds? on|depends on|requires|blocked by|(?:must|should|can|runs?|lands?|starts?)"
    r"(?: (?:be|only|run|land|start|done|merged?|completed?|finish(?:ed)?)){0,2} (?:before|after|once))\b",
    re.IGNORECASE,
)
"""How a sentence in a task begins that says what the task itself waits for, or what waits for it."""

_TASK_COLUMN = re.compile(r"tasks?(?: ?(?:#|id|no\.?))?|#|id", re.IGNORECASE)
_NEEDS_COLUMN = re.compile(
    r"depend(?:s on|ency|encies|s)|blocked by|requires?|prerequisites?|needs|(?:waits|wait) for|after|runs after",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[\s*_]*(?:none|nothing|no\b|n/?a\b|[—–-]*[\s*_]*\Z)", re.IGNORECASE)


@dataclass(slots=True)
class _Told:
    """What is said, by the positions of the tasks."""

    waits: dict[int, dict[int, Prose]] = field(default_factory=dict)
    """For each task those it waits for, with the words that say so."""
    named: set[int] = field(default_factory=set)
    free: set[int] = field(default_factory=set)
    """Tasks that are said to wait for nothing."""
    first: dict[int, Prose] = field(default_factory=dict)
    together: list[frozenset[int]] = field(default_factory=list)
    """Tasks that run beside each other, without a word about when."""
    beside: list[tuple[list[int], list[int], Prose]] = field(default_factory=list)

    def wait(self, after: Sequence[int], before: Sequence[int], words: Prose) -> None:
        for one in after:
            for other in before:
                if one != other:
                    self.waits.setdefault(one, {}).setdefault(other, words)


def add_told(tasks: Sequence[TaskDraft], sections: Sequence[TaskSection], trees: Sequence[MarkdownTree]) -> bool:
    """Add the dependencies that are told; whether it is clear of every task what it waits for.

    A statement against the order of the list is left out, and then the order is not clear.
    """
    by_id = {task.id: task.index for task in reversed(tasks)}
    reader = _Reader(by_id, len(tasks))
    for tree in trees:
        for section in parts_around(tree, sections):
            for block in section.blocks:
                if isinstance(block, Table):
                    reader.table(block)
                else:
                    for clause in _clauses(block):
                        reader.statement(clause)
    for index, task in enumerate(sections):
        for block in task.blocks[:4]:
            if isinstance(block, Paragraph):
                for clause in _clauses(block):
                    if _OWN.match(clause.text):
                        reader.predicate([index], clause)
    told = reader.told
    _complete(told)
    forward = True
    for after, needed in told.waits.items():
        for before, words in needed.items():
            if before < after:
                tasks[after].depend(tasks[before].id, words.whole, Evidence.STATED, written=words.text, target=before)
            else:
                forward = False
    return forward and len(tasks) > 2 and _is_clear(told, tasks)


def _complete(told: _Told) -> None:
    """What "Task 1 comes first" and "Task 6 runs beside Task 5" say of the others."""
    for some, others, words in told.beside:
        for one in some:
            if one not in told.waits:
                told.wait([one], [before for other in others for before in told.waits.get(other, ())], words)
    placed = {*told.waits, *told.first, *told.free}
    for one, words in told.first.items():
        told.wait([task for task in sorted(told.named - placed) if task > one], [one], words)


def _is_clear(told: _Told, tasks: Sequence[TaskDraft]) -> bool:
    """Whether all tasks are named, and where several wait for nothing, whether they are said to run side by side.

    Two groups that run "in parallel", neither said to wait for anything, mostly follow each other.
    """
    waiting = {task.index for task in tasks if task.depends_on}
    if not told.waits or len(told.named | waiting) < len(tasks):
        return False
    after_first = {index for index, needed in told.waits.items() if told.first and set(needed) <= set(told.first)}
    loose = {group for group in told.together if group & after_first or not group <= waiting}
    roots = {task.index for task in tasks} - told.free - waiting
    return len(loose) < 2 and (len(roots) < 2 or any(roots <= group for group in (*loose, set(told.first))))


class _Reader:
    """Collects what statements and tables say."""

    def __init__(self, by_id: dict[str, int], count: int) -> None:
        self.told = _Told()
        self._by_id = by_id
        self._count = count
        self._grammar = IdGrammar(TASK_ID, known=tuple(sorted(by_id, key=by_id.__getitem__)))

    def statement(self, clause: Prose) -> None:
        """A clause that begins with tasks."""
        lead = _LEAD.match(clause.text)
        subject = TASK_LIST.match(clause.text, lead.end() if lead is not None else 0)
        if subject is None:
            return
        tasks = self._tasks(clause.slice(*subject.span()))
        if tasks:
            self.predicate(tasks, clause.slice(subject.end(), len(clause.text)))

    def predicate(self, tasks: list[int], said: Prose) -> None:
        """What is `said` of `tasks`; remarks in brackets count where the rest names no other tasks."""
        outside = _BRACKETS.sub(lambda match: " " * len(match.group()), said.text)
        text = outside if re.search(r"\w", outside) else said.text
        if _NOT.search(text):
            return
        related = self._relation(tasks, said, outside) or self._relation(tasks, said, said.text)
        if related or self._place(tasks, said, text):
            self.told.named.update(tasks)

    def _relation(self, tasks: list[int], said: Prose, text: str) -> bool:
        """Whether the text ties the tasks to others: they wait for them, hold them up, or run beside them."""
        told = self.told
        found = sorted(
            (match.start(), match.end(), kind)
            for kind, pattern in (("beside", _BESIDE), ("waits", _WAITS), ("blocks", _BLOCKS))
            if (match := pattern.search(text)) is not None
        )
        for _, end, kind in found:
            others = self._objects(said, text, end)
            if others is None:
                continue
            words, named = others
            if kind == "waits":
                before = range(min(tasks)) if named is None else named
                told.wait(tasks, [one for one in before if one not in tasks], words)
            elif kind == "blocks":
                after = range(max(tasks) + 1, self._count) if named is None else named
                told.wait([one for one in after if one not in tasks], tasks, words)
                if _TOGETHER.search(text):
                    told.together.append(frozenset(tasks))
            elif named is not None:
                told.beside.append((tasks, named, words))
            told.named.update(named or ())
            return True
        return False

    def _place(self, tasks: list[int], said: Prose, text: str) -> bool:
        """Whether the text says when the tasks run, without naming others."""
        told = self.told
        if _LAST.search(text):
            told.wait(tasks, range(min(tasks)), said)
        elif _FIRST.search(text):
            told.first.update(dict.fromkeys(tasks, said))
        elif _IN_TURN.search(text):
            for one, other in pairwise(tasks):
                told.wait([other], [one], said)
        elif _FREE.search(text) and (len(tasks) == 1 or not _TOGETHER.search(text)):
            told.free.update(tasks)
        elif _TOGETHER.search(text):
            told.together.append(frozenset(tasks))
        else:
            return False
        return True

    def table(self, table: Table) -> None:
        """Rows that say of a task what it waits for."""
        names = [" ".join(cell.text.split()) for cell in table.header]
        needs = next((at for at, name in enumerate(names) if _NEEDS_COLUMN.fullmatch(name)), None)
        own = next((at for at, name in enumerate(names) if _TASK_COLUMN.fullmatch(name)), None)
        if needs is None or own is None:
            return
        for row in table.rows:
            if len(row) <= max(needs, own):
                continue
            listed = TASK_LIST.search(row[own].text)
            first = TASK_ID.match(row[own].text.lstrip("*_# "))
            written = listed.group() if listed is not None else first.group() if first is not None else ""
            start = row[own].text.find(written)
            tasks = self._tasks(row[own].slice(start, start + len(written))) if written else []
            self._row(tasks, row[needs])

    def _row(self, tasks: list[int], needs: Prose) -> None:
        if not tasks:
            return
        if _NOTHING.match(needs.text):
            self.told.named.update(tasks)
            self.told.free.update(tasks)
            return
        needed = self._objects(needs, needs.text, len(needs.text) - len(needs.text.lstrip(" *_")))
        if needed is not None:
            before = range(min(tasks)) if needed[1] is None else needed[1]
            self.told.named.update(tasks, needed[1] or ())
            self.told.wait(tasks, [one for one in before if one not in tasks], needed[0])

    def _objects(self, said: Prose, text: str, start: int) -> tuple[Prose, list[int] | None] | None:
        """The words that name tasks behind a verb, and the tasks, None for all others; None where they name none."""
        everything = _ALL.match(text, start)
        if everything is not None:
            return said.slice(*everything.span()), None
        spans = [match.span() for match in TASK_LIST.finditer(text, start)]
        if not spans and (bare := _BARE.match(text, start)) is not None:
            spans = [bare.span()]
        found = [task for span in spans for task in self._tasks(said.slice(*span))]
        return (said.slice(*spans[0]), found) if found else None

    def _tasks(self, listed: Prose) -> list[int]:
        names = [name for reference in find_references(listed, self._grammar) for name in reference.ids]
        return [self._by_id[name] for name in names if name in self._by_id]


def _clauses(block: Block) -> Iterator[Prose]:
    """The statements in a block: sentences of text and lines of an outline, cut where the next one begins."""
    for prose in _proses(block):
        for sentence in sentences(prose):
            start = sentence.start
            for cut in _CUT.finditer(prose.text, sentence.start, sentence.end):
                yield prose.slice(start, cut.start())
                start = cut.end()
            yield prose.slice(start, sentence.end)


def _proses(block: Block) -> Iterator[Prose]:
    if isinstance(block, Paragraph):
        yield block.prose
    elif isinstance(block, List):
        for item in block.items:
            yield item.prose
            for child in item.children:
                yield from _proses(child)
    elif isinstance(block, Quote):
        for child in block.children:
            yield from _proses(child)
    elif isinstance(block, Fence) and block.language in OUTLINES:
        yield from lines_of(block.prose)
