"""The `waves.md` style: under each heading "Wave 2" a table of tasks with the files that each touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.prose import PathContext, find_paths
from planlint.model import Agent, Capability, Plan, Schedule, parallel, serial
from planlint.readers.markdown.blocks import Block, List, MarkdownTree, Paragraph, Section, Table
from planlint.readers.prose import Prose
from planlint.records import Record, record
from planlint.source import Origin

_WAVE = re.compile(r"\W*Wave\s*#?(\w{1,6})", re.IGNORECASE)
_ID = re.compile(r"\s*(?:Task\s+)?((?:[A-Za-z]{1,4}-?)?\d{1,4}(?:\.\d{1,3}){0,2}[a-z]?)\b\s*[:.—–-]?\s*")
_ALONE = re.compile(
    r"parallel[- ]safe\s*[:：]\s*(?:no\b|false)|\bone (?:at a time|after (?:the )?other)|sequential", re.IGNORECASE
)


@record
class WaveTable(Record):
    """One wave: its heading, its table, and which columns hold what."""

    section: Section
    table: Table
    task: int
    files: int
    who: int | None
    words: int | None


def wave_tables(tree: MarkdownTree) -> list[WaveTable]:
    """The tables of tasks and files that stand under wave headings, in order."""
    return list(_tables(tree))


def _tables(tree: MarkdownTree) -> Iterator[WaveTable]:
    for section in tree.top.walk():
        if _WAVE.match(section.title) is None:
            continue
        for block in section.blocks:
            if isinstance(block, Table):
                names = [cell.text.strip().lower() for cell in block.header]
                task, files = _column(names, "task"), _column(names, "file")
                if task is not None and files is not None:
                    words = _column(names, "summary", "title", "description", "what")
                    yield WaveTable(section, block, task, files, _column(names, "editor", "agent", "owner"), words)


def _column(names: Sequence[str], *words: str) -> int | None:
    return next((at for at, name in enumerate(names) if name.startswith(words)), None)


def build_wave_plan(draft: PlanDraft, tree: MarkdownTree, context: PathContext, sources: tuple[Origin, ...]) -> Plan:
    """The plan that the tables are: the rows of one are concurrent, waves run one after another."""
    waves: list[Schedule] = []
    for wave in wave_tables(tree):
        members = [draft.add(_row(wave, row, context)).index for row in wave.table.rows if len(row) > wave.files]
        heading = wave.section.heading
        origin = heading.prose.whole if heading is not None else None
        if not members:
            continue
        if any(_ALONE.search(text) for text in _remarks(wave.section.blocks)):
            waves.append(serial(members, "the plan says that this wave is not parallel-safe"))
        else:
            waves.append(parallel(members, "both are in the same wave", origin=origin, label=wave.section.title))
    heading = next((section.heading for section in tree.top.walk() if section.level == 1), None)
    return draft.finish(
        name=heading.title if heading else "",
        places={"name": heading.prose.whole} if heading else {},
        schedule=serial(waves, "a wave begins when all earlier ones are finished") if waves else None,
        capabilities=frozenset(
            {
                Capability.TASKS,
                Capability.WRITES,
                Capability.DECLARED_WRITES,
                Capability.CONCURRENCY,
                Capability.WAVES,
            }
        ),
        sources=sources,
    )


def _row(wave: WaveTable, row: Sequence[Prose], context: PathContext) -> TaskDraft:
    cell = row[wave.task]
    match = _ID.match(cell.text)
    task = TaskDraft(match.group(1) if match else "", Origin(cell.source, row[0].start, row[-1].end))
    if match is not None:
        task.places["id"] = cell.origin(*match.span(1))
    title = cell.slice(match.end() if match else 0, len(cell.text))
    if not title.text.strip() and wave.words is not None and wave.words < len(row):
        title = row[wave.words]
    task.title = " ".join(title.text.split())
    task.places["title"] = title.whole
    task.brief = "\n".join(one.text for one in row)
    number = _WAVE.match(wave.section.title)
    task.wave = number.group(1) if number else None
    if wave.who is not None and wave.who < len(row) and row[wave.who].text.strip(" -—"):
        task.agent = Agent(name=row[wave.who].text.strip(), origin=row[wave.who].whole)
    mentions = find_paths(row[wave.files], known=context)
    for mention in mentions:
        task.write(mention.path, mention.origin, note=mention.annotation)
    task.scope_known = True if mentions else None
    task.places["writes"] = row[wave.files].whole
    return task


def _remarks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.prose.text
        elif isinstance(block, List):
            for item in block.items:
                yield item.prose.text
