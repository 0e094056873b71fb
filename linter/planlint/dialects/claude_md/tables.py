"""Rosters, parallelization matrices and wave tables: a row per worker or task, a column with its files."""

from __future__ import annotations

import re
from collections.abc import Callable

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.columns import Columns, columns_of, names_workers, turned
from planlint.dialects.claude_md.fields import Field
from planlint.dialects.claude_md.found import Around, FoundGroup, FoundTask
from planlint.dialects.claude_md.scopes import declare, is_catalogue, read_cell
from planlint.dialects.claude_md.vocabulary import runs_first, runs_last
from planlint.dialects.claude_md.workers import is_lead, worker_label
from planlint.dialects.draft import TaskDraft
from planlint.dialects.plan_words.finished import is_done
from planlint.dialects.prompts import keep, scope_of
from planlint.dialects.prose import effects_of, find_paths
from planlint.dialects.prose.kind_words import kind_word
from planlint.model import Agent, Isolation, Kind, Mode, Resource
from planlint.readers.markdown.blocks import Table
from planlint.readers.prose import Prose

CellOf = Callable[..., Prose | None]
"""The first filled cell of a row among the given fields."""

_ID = re.compile(r"((?:[A-Za-z]{1,6}[-_]?)?\d{1,4}(?:[.-]\d{1,4}){0,3}[a-z]?)(?:\Z|[.:)—–-]?\s+(?=\S)|:\s*)")
"""An id at the start of a cell: `T1 types`, `3.2`, `WP-04: search`."""

_READ_ONLY = re.compile(r"\bread(?:s|ing)?[ -]?only\b|\A\W*(?:read|r)\W*\Z", re.IGNORECASE)
_YES = frozenset({"yes", "y", "true", "✅", "✓", "✔", "x", "parallel", "[p]"})
_NO = frozenset({"no", "n", "false", "❌", "✗", "✘", "sequential", "serial"})
_NOTHING = frozenset({"", "-", "–", "—", "none", "n/a", "na", "nothing", "no", "tbd", "?"})


def read_table(table: Table, around: Around) -> FoundGroup | None:
    """The tasks of a table that gives files to workers; None for any other table.

    It needs a column of workers (or, where the text around delegates, of tasks or roles) and one of files. "Owns" and
    its like are enough beside workers; a mere "Files" or "Scope" needs names that only workers have, a task for each,
    or a text that delegates. Two rows at least (one in a wave) must name a path in the column of files. Where the text
    before tells to start those that the table names, it needs no files.
    """
    table = turned(table)
    columns = columns_of(table)
    if Field.TRIGGER in columns or Field.RESULT in columns:
        return None  # whom to call for what, or what came of it: nothing that is to be done
    files = columns.get(Field.OWNS)
    if files is None:
        files = columns.get(Field.FILES)
    workers = Field.AGENT in columns
    started = workers and around.launching and len(table.rows) > 1
    if files is None and not started:
        return None
    named = workers or Field.TASK in columns or Field.PERSON in columns
    if files == 0 and not (workers or around.launching) and _is_description(table, columns):
        return None
    divides = _divides(table, columns, waved=around.waved)
    if not named or not (divides or around.delegating):
        return None
    rows = [_row(cells, columns, files) for cells in table.rows]
    tasks = [row for row in rows if row is not None]
    if Field.TASK not in columns and Field.WAVE not in columns:
        grouped = _by_owner(tasks)
        who = columns.get(Field.AGENT, columns.get(Field.PERSON))
        if files is not None and who is not None and files < who and not workers and len(grouped) == len(tasks):
            return None  # "| `src/db/` | what it is |": each file has a word of its own, nobody has several
        tasks = grouped
    fewest = 1 if around.waved else 2
    # A branch of its own divides the work, too, where somebody's own part is told in words.
    lanes = workers and Field.OWNS in columns
    given = sum(1 for task in tasks if task.draft.writes or (lanes and task.draft.resources))
    if (not started and given < fewest) or is_catalogue(tasks):
        return None
    shape = "a table that gives each worker its files" if workers else "a table that gives each task its files"
    if files is None:
        shape = "a table of workers"
    owned = Field.OWNS in columns or workers or (Field.PERSON in columns and around.told)
    return FoundGroup(tasks, table.origin, shape, divides=files is not None and owned)


_PLANNED = (Field.WAVE, Field.PARALLEL, Field.DEPENDS, Field.WORKTREE, Field.BRANCH)
"""Columns that only a plan has."""


def _is_planned(columns: Columns) -> bool:
    return any(field in columns for field in _PLANNED)


_WORK = re.compile(r"#|no|nr|id|(?:tasks?|work ?items?|items?|tickets?|slices?)(?: ?id| name)?", re.IGNORECASE)
"""Headers of columns that list work to be done, and not what somebody is for."""


def _is_description(table: Table, columns: Columns) -> bool:
    """Whether a table says what its files are for, and names nobody and no work: "| `mod.rs` | Public exports |"."""
    tasks = columns.get(Field.TASK)
    if tasks is None or Field.PERSON in columns or _is_planned(columns):
        return False
    return _WORK.fullmatch(table.header[tasks].text.strip(" *`")) is None


def _divides(table: Table, columns: Columns, *, waved: bool) -> bool:
    """Whether a table by itself divides files among workers, or among tasks that somebody works on."""
    planned = waved or _is_planned(columns)
    owning = columns.get(Field.OWNS)
    if Field.AGENT in columns:
        tasks = columns.get(Field.TASK)
        return (
            owning is not None
            or planned
            or Field.ID in columns
            or (tasks is not None and _WORK.fullmatch(table.header[tasks].text.strip(" *`")) is not None)
            or names_workers(table, columns[Field.AGENT])
        )
    owned = owning is not None and (planned or "own" in table.header[owning].text.lower())
    return Field.TASK in columns and owned


_ASIDE = re.compile(r"\s*(?:\(.*|\bonly\b.*|[—–].*)", re.DOTALL)
"""What is said of an owner beside the name: "scaffold only (no later worker edits it)"."""


def _by_owner(rows: list[FoundTask]) -> list[FoundTask]:
    """One task for each owner, where a table has a row for each file: `src/scan.rs | scan worker`."""
    tasks: dict[str, FoundTask] = {}
    for row in rows:
        name = row.draft.agent.name or row.draft.id or row.draft.title
        known = tasks.setdefault(_ASIDE.sub("", name).strip().lower(), row)
        if known is row:
            continue
        for scope in row.draft.writes:
            keep(known.draft.writes, scope)
        for scope in row.draft.reads:
            keep(known.draft.reads, scope)
        known.draft.off_limits += row.draft.off_limits
        known.draft.brief += "\n" + row.draft.brief
        known.needs += row.needs
    return list(tasks.values())


def _row(cells: list[Prose], columns: Columns, files: int | None) -> FoundTask | None:
    def cell(*fields: Field) -> Prose | None:
        for field in fields:
            index = columns.get(field)
            if index is not None and index < len(cells) and cells[index].text.strip():
                return cells[index]
        return None

    filled = [one for one in cells if one.text.strip()]
    if not filled or not any(character.isalnum() for one in filled for character in one.text):
        return None
    name = cell(Field.AGENT, Field.TASK, Field.PERSON)
    if name is None:
        return None
    origin = cells[0].source.origin(cells[0].start, max(cells[-1].end, cells[0].end))
    draft = TaskDraft("", origin)
    task = FoundTask(draft)
    _name(task, name, cell(Field.TASK), cell(Field.ID), is_agent=columns.get(Field.AGENT) is not None)
    draft.brief = "\n".join(" ".join(one.text.split()) for one in filled)
    if files is not None and files < len(cells):
        evidence = Evidence.DECLARED if columns.get(Field.OWNS) == files else Evidence.STATED
        access = cell(Field.ACCESS)
        if access is not None and _READ_ONLY.search(access.text) is not None:
            draft.reads += [scope_of(found, Mode.READ, evidence) for found in read_cell(cells[files])]
        else:
            _give(draft, cells[files], evidence)
        draft.places["writes"] = cells[files].whole
    for other in (Field.OWNS, Field.FILES):
        more = cell(other)
        if more is not None and columns[other] != files:
            declare(draft, read_cell(more))
    work = cell(Field.TASK)
    if work is not None and columns[Field.TASK] != files:
        # What a row changes stands in its files; what it looks at, in what it is to do: "Review src/a.ts".
        for scope in effects_of(work, default=None).reads:
            keep(draft.reads, scope)
    forbidden = cell(Field.OFF_LIMITS)
    if forbidden is not None:
        draft.off_limits += [scope_of(found, Mode.WRITE, Evidence.DECLARED) for found in read_cell(forbidden)]
    reads = cell(Field.READS)
    if reads is not None:
        draft.reads += [scope_of(found, Mode.READ, Evidence.DECLARED) for found in read_cell(reads)]
    _fields(task, cell)
    draft.scope_known = True if draft.writes and files is not None and columns.get(Field.OWNS) == files else None
    about = " ".join(one.text for one in filled)
    draft.kind = Kind(kind_word(name.text, about))
    if draft.writes and draft.kind in (Kind.RESEARCH, Kind.REVIEW):
        # Who owns files changes them, whatever the row is called.
        draft.kind = Kind.BUILD
    task.first, task.last = runs_first(about), runs_last(about)
    task.lead = any(is_lead(one.text) for one in (cell(Field.AGENT), cell(Field.PERSON)) if one is not None)
    return task


_WORDY = 12
"""Words beside files and brackets, from which on a cell tells what to do instead of listing files."""


def _give(draft: TaskDraft, cell: Prose, evidence: Evidence) -> None:
    """The files of a cell: all that it lists, or where it is a text, those that it tells to change."""
    beside = re.sub(r"\([^()]*\)", " ", cell.text)
    for mention in find_paths(cell):
        beside = beside.replace(cell.text[mention.start : mention.end], " ")
    if len(re.findall(r"[^\W\d_]{2,}", beside)) > _WORDY:
        for scope in effects_of(cell, default=None).writes:
            keep(draft.writes, scope)
    else:
        declare(draft, read_cell(cell), evidence)


def _name(task: FoundTask, name: Prose, subject: Prose | None, number: Prose | None, *, is_agent: bool) -> None:
    """Id, title and agent of a row. Rows of one worker with several tasks keep the worker as `Agent.name`."""
    draft = task.draft
    label = " ".join(name.text.split())
    worker = worker_label(label)
    if is_agent:
        draft.agent = Agent(name=label, origin=name.whole)
        draft.places["agent"] = name.whole
    if subject is not None and subject is not name:
        name, label = subject, " ".join(subject.text.split())
    elif worker is not None and worker.numbered:
        draft.id, label = worker.id, worker.title
        draft.places["id"] = name.whole
    if number is not None:
        draft.id = " ".join(number.text.split())
        draft.places["id"] = number.whole
    if not draft.id:
        match = _ID.match(label)
        if match is not None:
            draft.id, label = match.group(1), label[match.end() :]
            draft.places["id"] = name.whole
    draft.title = label
    draft.places["title"] = name.whole


def _fields(task: FoundTask, cell: CellOf) -> None:
    draft = task.draft
    status = cell(Field.STATUS)
    draft.done = status is not None and is_done(status.text)
    verify, returns, wave = cell(Field.VERIFY), cell(Field.RETURNS), cell(Field.WAVE)
    if verify is not None and not _is_nothing(verify):
        draft.verify = " ".join(verify.text.split())
        draft.places["verify"] = verify.whole
    if returns is not None and not _is_nothing(returns):
        draft.returns = " ".join(returns.text.split())
        draft.places["returns"] = returns.whole
    if wave is not None and not _is_nothing(wave):
        task.wave = draft.wave = wave.text.strip()
        draft.places["wave"] = wave.whole
    parallel = cell(Field.PARALLEL)
    if parallel is not None:
        words = parallel.text.strip().lower().split()
        word = words[0].strip(".,;:") if words else ""
        draft.parallel = True if word in _YES else False if word in _NO else None
        draft.places["parallel"] = parallel.whole
    depends = cell(Field.DEPENDS)
    if depends is not None and not _is_nothing(depends):
        task.needs.append(depends)
    worktree, branch = cell(Field.WORKTREE), cell(Field.BRANCH)
    if worktree is not None and not _is_nothing(worktree):
        separate = Isolation.SHARED if "shared" in worktree.text.lower() else Isolation.WORKTREE
        draft.isolation = separate
        if separate is Isolation.WORKTREE and worktree.text.strip().lower() not in ("yes", "✅", "worktree", "own"):
            draft.resources.append(Resource(kind="worktree", name=worktree.text.strip(), origin=worktree.whole))
    if branch is not None and not _is_nothing(branch):
        draft.isolation = draft.isolation or Isolation.BRANCH
        draft.resources.append(Resource(kind="branch", name=branch.text.strip(), origin=branch.whole))
    kind, model = cell(Field.TYPE), cell(Field.MODEL)
    if kind is not None or model is not None:
        draft.agent = draft.agent.replace(
            type=kind.text.strip() if kind is not None and " " not in kind.text.strip() else None,
            model=model.text.strip() if model is not None and not _is_nothing(model) else None,
        )


def _is_nothing(cell: Prose) -> bool:
    return cell.text.strip().strip("()").lower() in _NOTHING
