"""Tables of tasks: a row for each, with its files and what it waits for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.work_items.item import Item
from planlint.dialects.work_items.vocabulary import (
    CODE,
    FILE_LABELS,
    GROUPS,
    NOTHING,
    TOGETHER,
    Head,
    label_of,
    read_head,
    read_word,
)
from planlint.readers.markdown.blocks import MarkdownTree, Section, Table
from planlint.readers.prose import Prose

_TASK_COLUMN = re.compile(
    r"(?:(?:task|item|unit|u|work item|stream|work ?stream|step|worktree|agent|worker|lane|track|package|pr|"
    r"任务|タスク)[ -]?(?:id|#|no\.?)?|id|#)",
    re.IGNORECASE,
)
_TITLE_COLUMN = re.compile(r"title|name|what|description|summary|goal|work|标题|描述|内容", re.IGNORECASE)
_CELL_ID = re.compile(
    r"[\s*`_]*(?:(?:[A-Za-z]{1,12}[ -]?)?\d{1,4}(?:\.[A-Z]?\d{1,3}){0,3}[a-z]?(?![\w/])|[A-Z](?=\s*[·:：—–-]))"
    r"[\s*`_:.)·：—–-]*"
)

_WORD_OF_ID = re.compile(r"[\w.-]+")

ORDERED = frozenset({"depends_on", "wave", "parallel"})
"""Columns that say how the rows follow each other."""


def table_rows(tree: MarkdownTree) -> list[Item]:
    """The rows that stand for tasks. A table with several rows for one of them lists files, not tasks."""
    return _unlike([item for section in tree.top.walk() for item in _rows_in(section, FILE_LABELS)])


def waiting_rows(tree: MarkdownTree) -> list[Item]:
    """The rows that say which others they wait for, whether or not a column names files."""
    rows = _unlike([item for section in tree.top.walk() for item in _rows_in(section, frozenset({"title"}))])
    ids = {item.head.id for item in rows}
    told = [cell for item in rows if (cell := item.cells.get("depends_on")) is not None and cell.text.strip(" -–—")]
    named = sum(1 for cell in told if any(id in ids for id in _WORD_OF_ID.findall(cell.text)))
    return rows if named > 2 and 2 * named >= len(told) else []


def _unlike(rows: list[Item]) -> list[Item]:
    return rows if len(rows) > 1 and len({item.head.id for item in rows}) == len(rows) else []


def _rows_in(section: Section, wanted: frozenset[str]) -> Iterator[Item]:
    """The rows of tables that have a column of tasks, a `wanted` one, and an order.

    One of their columns says who waits for whom, the table stands below the heading of a wave or phase, or its rows are
    streams, lanes or other workers side by side.
    """
    group = next((one for one in (section, *section.ancestors) if _is_group(one)), None)
    for table in section.blocks:
        if not isinstance(table, Table):
            continue
        columns: dict[str, int] = {}
        for index, cell in enumerate(table.header):
            header = cell.text.strip()
            name = (
                "id"
                if _TASK_COLUMN.fullmatch(header)
                else "title"
                if _TITLE_COLUMN.fullmatch(header)
                else label_of(header)
            )
            if name == "id" and "id" in columns:
                name = "title"
            if name is not None:
                columns.setdefault(name, index)
        if (
            "id" not in columns
            or not columns.keys() & wanted
            or not (columns.keys() & ORDERED or group is not None or _word(table, columns) in TOGETHER)
        ):
            continue
        for row in table.rows:
            cells = {
                name: row[index] for name, index in columns.items() if index < len(row) and row[index].text.strip()
            }
            if "id" not in cells:
                continue
            item = _row(cells, section, group, _word(table, columns))
            item.unblocked = _tells_blockers(table, columns) and (
                "depends_on" not in cells or _blank(cells["depends_on"])
            )
            yield item


def _word(table: Table, columns: dict[str, int]) -> str:
    """The word for what the rows are, which a column of numbers may leave to that of the names: "#", "Stream"."""
    word = read_word(table.header[columns["id"]].text)
    return read_word(table.header[columns["title"]].text) if word == "row" and "title" in columns else word


def _tells_blockers(table: Table, columns: dict[str, int]) -> bool:
    """Whether a column says what keeps each row from being started; one of dependencies need not be the whole order."""
    return "depends_on" in columns and "block" in table.header[columns["depends_on"]].text.lower()


def _blank(cell: Prose) -> bool:
    return cell.text.strip(" *_.").lower() in NOTHING


def _is_group(section: Section) -> bool:
    head = read_head(section.title) if section.heading is not None else None
    return head is not None and head.word in GROUPS


def _row(cells: dict[str, Prose], section: Section, group: Section | None, word: str) -> Item:
    named = cells["id"]
    match = _CELL_ID.match(named.text)
    end = match.end() if match is not None else len(named.text)
    written = named.text[:end].strip(" *_`:.·：—–-")
    start = named.text.find(written)
    head = read_head(named.text) or Head(
        word, written, written, " ".join(named.text[end:].split()), start, start + len(written)
    )
    if head.word == CODE and word in TOGETHER:
        head = head._replace(word=word)  # `W1` below "Workstream"
    title = cells.pop("title", None)
    if title is not None and not head.title:
        head = head._replace(title=" ".join(title.text.split()))
    last = max(cells.values(), key=lambda cell: cell.end)
    origin = named.source.origin(named.start, max(last.end, named.end))
    return Item(head, named, origin, section, group=group, labels=set(cells), is_heading=False, cells=cells)
