"""Waves listed beside the tasks: `Batch 2: Task 2, Task 3` on a line, bullets below "Wave 2", `| Wave | Tasks |`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from planlint.dialects.drawing.edges import DrawnEdge
from planlint.dialects.file_lists import lines_of
from planlint.dialects.prose import IdGrammar, Reference, find_references
from planlint.readers.markdown.blocks import Fence, List, MarkdownTree, Section, Table
from planlint.readers.prose import Prose

_WAVE = re.compile(
    r"[ \t]*(?:[-*+>│|][ \t]*|\d{1,3}[.)][ \t]+)?\W{0,4}(?:parallel[ \t]+)?(?:wave|batch|round|group|波次|批次|バッチ)"
    r"[ \t]*#?(?:\d{1,3}|[A-Z])\b[^:：\n]{0,60}[:：]",
    re.IGNORECASE,
)
_WAVE_HEADING = re.compile(
    r"\W{0,4}(?:parallel[ \t]+)?(?:wave|batch|round|group|波次|批次|バッチ)[ \t]*#?(?:\d{1,3}|[A-Z])\b", re.IGNORECASE
)
_WAVE_COLUMN = re.compile(r"(?:parallel )?(?:wave|batch|round|group)s?(?: ?#)?|波次|批次", re.IGNORECASE)
_TASK_COLUMN = re.compile(r"(?:tasks?|items?|work|what|contents?|plans?)(?: \(.{0,30}\))?|任务|タスク", re.IGNORECASE)
_WAITS = re.compile(r"[ \t(]*(?:[—–─-]+[ \t]*)?\b(?:all )?(?:depends? on|after|requires?|needs?|once)\b", re.IGNORECASE)
OUTLINES = ("", "text", "txt", "plain", "plaintext")
"""Languages of fences that are no code."""


def outlined_edges(tree: MarkdownTree, ids: IdGrammar) -> list[DrawnEdge]:
    """An edge from each task of a wave to each of the next, where one list puts every task into just one wave."""
    for section in tree.top.walk():
        for waves in _outlines(section, ids):
            named = [name for wave in waves for reference in wave for name in reference.ids if name in ids.order]
            if len(waves) > 1 and len(named) == len(set(named)) == len(ids.order):
                return [
                    DrawnEdge(before, after, second, group=False)
                    for one, other in pairwise(waves)
                    for first in one
                    for second in other
                    for before in first.ids
                    for after in second.ids
                ]
    return []


def _outlines(section: Section, ids: IdGrammar) -> Iterator[list[list[Reference]]]:
    for block in section.blocks:
        lines: list[Prose] = []
        if isinstance(block, Fence) and block.language in OUTLINES:
            lines = list(lines_of(block.prose))
        elif isinstance(block, List):
            lines = [line for item in block.items for line in islice(lines_of(item.prose), 1)]
        elif isinstance(block, Table):
            yield _rows(block, ids)
        waves = [(line, match) for line in lines if (match := _WAVE.match(line.text)) is not None]
        if len(waves) > 1:
            yield [_named(line.slice(match.end(), len(line.text)), ids) for line, match in waves]
    headed = [child for child in section.sections if _WAVE_HEADING.match(child.title) is not None]
    if len(headed) > 1:
        yield [_listed(child, ids) for child in headed]


def _listed(section: Section, ids: IdGrammar) -> list[Reference]:
    """The tasks of a wave that has a heading of its own, each at the beginning of a bullet: "- Agent A: the index"."""
    return [
        reference
        for block in section.blocks
        if isinstance(block, List)
        for item in block.items
        for line in islice(lines_of(item.prose), 1)
        for reference in _named(line, ids)
        if not line.text[: reference.start].strip(" *_`[]")
    ]


def _rows(table: Table, ids: IdGrammar) -> list[list[Reference]]:
    """The tasks of each row of a table with a column of waves and one of tasks."""
    headers = [" ".join(cell.text.split()) for cell in table.header]
    wave = next((at for at, header in enumerate(headers) if _WAVE_COLUMN.fullmatch(header)), None)
    tasks = next((at for at, header in enumerate(headers) if _TASK_COLUMN.fullmatch(header)), None)
    if wave is None or tasks is None:
        return []
    cells = [row[tasks] for row in table.rows if len(row) > max(wave, tasks) and row[wave].text.strip()]
    return [_named(cell, ids) for cell in cells]


def _named(prose: Prose, ids: IdGrammar) -> list[Reference]:
    """The tasks of a wave, without those that a remark behind them says they wait for."""
    remark = _WAITS.search(prose.text)
    members = prose.slice(0, remark.start()) if remark is not None else prose
    return [reference for reference in find_references(members, ids) if not reference.group]
