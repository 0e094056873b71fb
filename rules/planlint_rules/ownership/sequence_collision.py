"""PL105 sequence-collision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planlint.model import Capability, Mode, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint_rules._wording import clause, named
from planlint_rules.ownership._overlaps import confidence_of, is_hint, meeting
from planlint_rules.ownership._sequence_words import HINTS, MIGRATION_DIRECTORIES, TOOL_KINDS, Wording, words_for


class _Slot(NamedTuple):
    """A number that a task takes in a sequence; `value` None: the next one, whatever it is."""

    task: int
    field: str
    position: int | None
    value: str | None
    kind: str
    path: str | None
    evidence: Evidence
    told: str = ""
    """The words that ask for it, where no file does."""

    def place(self, task: Task) -> Origin:
        """Where the plan says so."""
        return task.place_of(self.field, self.told) if self.told else task.at(self.field, self.position)


class SequenceCollision(Rule):
    """Concurrent tasks take the same number in a sequence, or each takes "the next one".

    ## Why

    Each agent looks at the directory, sees that 0041 is the last, and creates 0042. Git merges both without a conflict;
    the migration tool then refuses to run, or runs them in whatever order the names sort.

    ## Example

    ```yaml
    plan: schema
    tasks:
      - id: invoices
        title: Invoice table
        creates: [db/migrations/0042_invoices.sql]
      - id: credits
        title: Credit table
        creates: [db/migrations/0042_credits.sql]
    ```

    ## Use instead

    ```yaml
    plan: schema
    tasks:
      - id: invoices
        title: Invoice table
        creates: [db/migrations/0042_invoices.sql]
      - id: credits
        title: Credit table
        creates: [db/migrations/0043_credits.sql]
    ```

    ## Silent on

    Different numbers written out; ordered tasks; timestamps; changes to files that exist; Django migrations of
    different apps; the very same file name, which is `shared-write` (PL101); "create a migration" where neither
    the plan nor the repository shows that migrations are numbered.
    """

    code = "PL105"
    name = "sequence-collision"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.TASKS, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each sequence and number."""
        sequences: dict[str, list[_Slot]] = {}
        wishes = _wishes(facts)
        may_be_numbered = facts.conventions.may_be_numbered
        # Directories count, for the repository may have numbered files in them.
        numbering = {
            write.task
            for write in facts.effects.writes
            if not (pattern := write.pattern).names_file or may_be_numbered(pattern.name)
        }
        for index in sorted(wishes.keys() | numbering):
            for sequence, slot in _slots(facts, facts.task(index), wishes.get(index)):
                sequences.setdefault(sequence, []).append(slot)
        for sequence, slots in sequences.items():
            by_value: dict[str | None, list[_Slot]] = {}
            for slot in slots:
                by_value.setdefault(slot.value, []).append(slot)
            opened = by_value.pop(None, [])
            for same in by_value.values():
                yield from self._compare(facts, sequence, same, same)
            if opened:
                # One that takes the next number can meet any other newcomer.
                yield from self._compare(facts, sequence, opened, slots)

    def _compare(self, facts: Facts, sequence: str, slots: list[_Slot], others: list[_Slot]) -> Iterator[Diagnostic]:
        by_task: dict[int, _Slot] = {}
        for slot in (*slots, *others):
            by_task.setdefault(slot.task, slot)
        together = [by_task[task] for task in meeting(facts, [s.task for s in slots], [s.task for s in others])]
        # One name for all is one file, which PL101 reports.
        if len(together) > 1 and (together[0].path is None or len({slot.path for slot in together}) > 1):
            yield self._report(facts, sequence, together)

    def _report(self, facts: Facts, sequence: str, slots: list[_Slot]) -> Diagnostic:
        first = slots[0]
        other = next((s for s in slots[1:] if facts.order.concurrent(first.task, s.task)), slots[-1])
        tasks = [facts.task(slot.task) for slot in slots]
        concurrency = facts.order.concurrency(first.task, other.task)
        evidence = Evidence.weakest(first.evidence, other.evidence)
        severity = self.severity_for(evidence)
        if concurrency.evidence is Evidence.INFERRED:
            severity = severity.lowered()
        where = f" in `{sequence}`" if first.path else ""
        lost = "the files have different names, so git sees no conflict between them"
        help = "write a different number into each task, or put the tasks in sequence"
        if first.value is not None and all(slot.value == first.value for slot in slots):
            message = f"{named(tasks)} take the same {first.kind} number {first.value}{where}"
        elif first.kind not in TOOL_KINDS:
            message = f"{named(tasks)} each take the next {first.kind} number{where} at the same time"
        else:
            message = f"{named(tasks)} each create the next {first.kind} at the same time"
            help = "put the tasks in sequence, or give all their migrations to one task"
        return self.finding(
            message,
            first.place(tasks[0]),
            why=f"{clause(concurrency.reason)}; {lost}",
            help=help,
            related=[
                (slot.place(task), f"{task.label} takes {slot.value or 'the next one'}")
                for task, slot in zip(tasks[1:], slots[1:], strict=True)
            ],
            tasks=tasks,
            paths=[slot.path for slot in slots if slot.path],
            names=[] if first.path else [sequence],
            severity=severity,
            evidence=evidence,
            confidence=confidence_of(evidence, concurrency),
        )


class _Wish(NamedTuple):
    """What the text in `field` of a task asks for."""

    field: str
    wording: Wording


def _wishes(facts: Facts) -> dict[int, _Wish]:
    """`Task.index` to what the brief, else the title, asks for; a plain migration only where they are numbered."""
    found: dict[int, _Wish] = {}
    telling = facts.told.tasks(*HINTS)
    for task in facts.tasks:
        for field, text in (("brief", task.brief), ("title", task.title)) if task.index in telling else ():
            wording = words_for(text)
            if wording is not None:
                found[task.index] = _Wish(field, wording)
                break
    if any(wish.wording.plain for wish in found.values()) and not _takes_numbers(facts, found):
        return {task: wish for task, wish in found.items() if not wish.wording.plain}
    return found


def _takes_numbers(facts: Facts, wishes: dict[int, _Wish]) -> bool:
    """Whether migrations of this project are numbered: the plan says so somewhere, or the repository shows it."""
    if any(wish.wording.kind == "migration" and not wish.wording.plain for wish in wishes.values()):
        return True
    slots = (facts.conventions.sequence_of(write.pattern.normal) for write in facts.effects.writes)
    if any(slot is not None and "migration" in slot.kind for slot in slots):
        return True
    places = ((place, facts.repository.names(place)) for place in MIGRATION_DIRECTORIES)
    return any(facts.conventions.numbered(place, names) is not None for place, names in places)


def _slots(facts: Facts, task: Task, wish: _Wish | None) -> Iterator[tuple[str, _Slot]]:
    """The places that `task` takes, each with its sequence: from the files it creates, else from what it asks for."""
    by_path = False
    for write in facts.effects.writes_of(task):
        scope, path = write.scope, write.pattern.normal
        if scope.mode not in (Mode.CREATE, Mode.WRITE) or scope.weak:
            continue
        slot = facts.conventions.sequence_of(path)
        if slot is not None and not (scope.mode is Mode.WRITE and facts.repository.exists(path)):
            by_path = True
            value = slot.number if slot.value is None else str(slot.value)
            yield (
                slot.directory or ".",
                _Slot(task.index, "writes", write.position, value, slot.kind, path, scope.evidence),
            )
        elif slot is None and is_hint(write) and scope.mode is Mode.CREATE:
            directory = path.rstrip("/")
            kind = facts.conventions.numbered(directory, facts.repository.names(directory))
            if kind is not None:
                by_path = True
                yield directory, _Slot(task.index, "writes", write.position, None, kind, None, Evidence.INFERRED)
    if wish is None or by_path:
        return
    said = wish.wording
    kind, sequence = said.kind, said.kind if said.tool else f"next {said.kind}"
    if said.django:
        app = said.app or _app(facts, task)
        if said.tool and app is None:
            return
        sequence = f"{sequence} {app or ''}".strip()
    elif said.plain and any("migrat" in write.pattern.normal.lower() for write in facts.effects.writes_of(task)):
        return  # which file it is stands there, by date or by name
    yield sequence, _Slot(task.index, wish.field, None, None, kind, None, Evidence.STATED, said.told)


def _app(facts: Facts, task: Task) -> str | None:
    """The Django app whose models the task changes; empty where it names no files, None where there are several."""
    files = [write.pattern.segments for write in facts.effects.writes_of(task) if write.names_file]
    apps = {
        "/".join(names[: names.index("models")] if "models" in names else names[:-1])
        for names in files
        if "models" in names[:-1] or names[-1] == "models.py"
    }
    return apps.pop() if len(apps) == 1 else "" if not files else None
