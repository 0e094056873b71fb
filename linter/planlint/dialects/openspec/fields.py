"""The fields of the planned-delegation style: `**Files**` and `**Contracts**`."""

from __future__ import annotations

from collections.abc import Sequence

from planlint.dialects.checklist import says_none
from planlint.dialects.draft import TaskDraft
from planlint.dialects.file_lists import Placing, entries_in, lines_of
from planlint.dialects.labels import Label
from planlint.dialects.prose import PathContext, find_paths
from planlint.model import Contract, ContractRef, Mode


def add_files(task: TaskDraft, labels: Sequence[Label], placing: Placing, context: PathContext) -> None:
    """Add the files that the labels declare. Without a remark (`(new)`, `(delete)`) they are written somehow."""
    for label in labels:
        if label.name != "files":
            continue
        task.scope_known = True
        task.places.setdefault("writes", label.origin)
        for line in lines_of(label.value):
            for entry in entries_in(line, context):
                path = placing.path(entry, task.index)
                if path is None:
                    continue
                if entry.mode is Mode.READ:
                    task.read(path, entry.origin, note=entry.note)
                else:
                    task.write(path, entry.origin, entry.mode, weak=entry.weak, note=entry.note)


def place_deltas(task: TaskDraft, change: str) -> None:
    """Put `specs/` below the directory of the `change`, where OpenSpec keeps what a change says of its specs."""
    for scopes in (task.writes, task.reads, task.off_limits):
        scopes[:] = [
            scope.replace(path=f"{change}/{scope.path}") if scope.path.startswith("specs/") else scope
            for scope in scopes
        ]


def add_contracts(
    task: TaskDraft, labels: Sequence[Label], context: PathContext, contracts: dict[str, Contract]
) -> None:
    """Add the contract files that a task is written against; they exist beside the change or are written by a task."""
    for label in labels:
        if label.name != "contracts" or says_none(label.value):
            continue
        for mention in find_paths(label.value, known=context):
            contracts.setdefault(
                mention.path, Contract(id=mention.path, origin=mention.origin, file=mention.path, kind="schema")
            )
            task.consumes.append(ContractRef(contract=mention.path, origin=mention.origin, file=mention.path))
            task.read(mention.path, mention.origin)
