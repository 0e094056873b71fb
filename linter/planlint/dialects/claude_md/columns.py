"""Which column of a table is about what: by the words of its header, and by what its cells hold."""

from __future__ import annotations

import re

from planlint.dialects.claude_md.fields import Field, field_of
from planlint.dialects.claude_md.scopes import read_cell
from planlint.dialects.claude_md.workers import is_lead, worker_label
from planlint.dialects.path_lists import only_paths
from planlint.readers.markdown.blocks import Table
from planlint.readers.prose import Prose

Columns = dict[Field, int]
"""Where the column of a field stands."""

_FILES = (Field.OWNS, Field.FILES)


def columns_of(table: Table) -> Columns:
    """The column of each field.

    Of several with one meaning the first counts, of several for files the one with most paths. A header that says
    nothing, or only that somebody is meant (`Assignee`), is decided by its cells: names of workers, paths, or, beside a
    column of workers, the name of the work.
    """
    meanings = [field_of(cell.text) for cell in table.header]
    columns: Columns = {}
    for index, meaning in enumerate(meanings):
        if meaning is None or (meaning is Field.AGENT and _paths(table, index) * 2 > len(table.rows)):
            continue  # says nothing, or where agents are kept
        known = columns.setdefault(meaning, index)
        if known != index and meaning in _FILES and _paths(table, index) > _paths(table, known):
            columns[meaning] = index
    owner = columns.get(Field.OWNS)
    if owner is not None and _OWNED_BY.match(table.header[owner].text) is not None and not _paths(table, owner):
        meanings[owner] = Field.PERSON
        del columns[Field.OWNS]
        columns.setdefault(Field.PERSON, owner)
    if Field.ID in columns and Field.TASK not in columns:
        columns[Field.TASK] = columns.pop(Field.ID)
    open_ones = [index for index, meaning in enumerate(meanings) if meaning is None]
    if Field.AGENT not in columns:
        candidates = [*(index for index, meaning in enumerate(meanings) if meaning is Field.PERSON), *open_ones]
        who = next((index for index in candidates if names_workers(table, index)), None)
        if who is not None:
            columns[Field.AGENT] = who
            open_ones = [index for index in open_ones if index != who]
    if not any(field in columns for field in _FILES):
        listing = [index for index in open_ones if _paths(table, index) * 2 > len(table.rows) > 1]
        if listing:
            columns[Field.FILES] = listing[0]
            open_ones.remove(listing[0])
    somebody = Field.AGENT in columns or Field.PERSON in columns
    if somebody and Field.TASK not in columns and open_ones[:1] == [0]:
        columns[Field.TASK] = 0
    wave = columns.get(Field.WAVE)
    if wave is not None and Field.TASK not in columns and _are_distinct(table, wave):
        columns[Field.TASK] = wave
    return columns


_OWNED_BY = re.compile(r"\W*(?:owned|edited|changed) by\b", re.IGNORECASE)


def _are_distinct(table: Table, index: int) -> bool:
    """Whether a column names each row, as one of waves does that have one row each."""
    names = [cell.text.strip() for cell in _cells(table, index)]
    return len(set(names)) == len(names)


def names_workers(table: Table, index: int) -> bool:
    """Whether most cells of a column are names that only workers have: `agent-1`, `Session B`, `Lead`."""
    named = sum(1 for cell in _cells(table, index) if _is_worker(" ".join(cell.text.split())))
    return named > 1 and named * 2 > len(table.rows)


def _is_worker(name: str) -> bool:
    return worker_label(name) is not None or is_lead(name) or _PREFIXED.fullmatch(name) is not None


_PREFIXED = re.compile(r"(?:agent|worker|session|teammate)[ -][\w-]{2,20}", re.IGNORECASE)
""" "agent ios": in a cell a name, elsewhere also any two words ("agent definitions")."""


def _paths(table: Table, index: int) -> int:
    """How many cells of a column are nothing but files."""
    return sum(1 for cell in _cells(table, index) if only_paths(cell) and read_cell(cell))


def _cells(table: Table, index: int) -> list[Prose]:
    return [row[index] for row in table.rows if index < len(row)]


def turned(table: Table) -> Table:
    """A table with a row for each field and a column for each worker, as one with a row for each worker."""
    fields = [field_of(row[0].text) if row else None for row in table.rows]
    known = sum(1 for field in fields if field is not None)
    if (
        len(table.header) < 3
        or known < 2
        or known < len(fields)
        or not any(field in _FILES for field in fields)
        or any(field_of(cell.text) in _FILES for cell in table.header)
    ):
        return table
    header = [table.header[0], *(row[0] for row in table.rows)]
    rows = [
        [name, *(row[index] for row in table.rows if index < len(row))]
        for index, name in enumerate(table.header)
        if index and name.text.strip()
    ]
    return Table(table.source, table.start, table.end, header, rows)
