"""What a Spec Kit plan says about order in sentences: on the task line and in its dependency section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.drawing import DrawnEdge
from planlint.dialects.prose import IdGrammar, Reference, find_references
from planlint.dialects.prose.wording import sentences
from planlint.dialects.spec_kit.grammar import task_id_of
from planlint.dialects.spec_kit.items import Item
from planlint.dialects.spec_kit.ordering import phase_positions
from planlint.model import Dependency
from planlint.readers.prose import Prose

_BRACKETED = re.compile(
    r"[(（*_\s]*\s*(?:depends\s+on|depends|deps|requires|after|blocked\s+by|依賴於?|依赖于?|前置)\s*[:：]?[\s*_]*\Z",
    re.IGNORECASE,
)

MAX_APART = 40
"""Most tasks that one sentence keeps apart; a longer list is about something else."""

_APART = re.compile(
    r"\b(?:not|never|cannot|can't|can’t)\b[^.;]{0,40}?\bparallel\s+(?:with|to)\s+(?:each\s+other|one\s+another)\b"
    r"|\b(?:not|never|cannot|can't|can’t) (?:be\s+)?(?:run|done|edited|executed)\s+"
    r"(?:in\s+parallel|concurrently|at\s+the\s+same\s+time)\b"
    r"|\bsequence\s+(?:these|them|the\s+two|both)\b"
    r"|\bsequence\s+(?:tasks?\s+)?(?P<named>(?=T\d{2}))",
    re.IGNORECASE,
)
"""Words with which a plan keeps the tasks of a sentence apart, whatever their marks and stories allow."""


def grammar_for(items: Sequence[Item]) -> IdGrammar:
    """How this plan writes ids, with its own ids in order for ranges."""
    known = tuple(dict.fromkeys(item.head.id for item in items))
    return IdGrammar(task_id_of("".join(sorted({name[0] for name in known} - {"T"}))), known=known)


def add_own(draft: TaskDraft, prose: Prose, grammar: IdGrammar) -> None:
    """Add what the task's own text says: `(depends on T001, T004)`, `blocks T009`, `after T012`."""
    for reference in find_references(prose, grammar):
        if reference.negated or reference.group:
            continue
        if reference.subject is not None and draft.id not in reference.subject:
            continue
        evidence = _evidence(prose, reference)
        for task in reference.ids:
            if task == draft.id or evidence is Evidence.INFERRED:
                continue
            if reference.kind == "depends_on":
                draft.depend(task, reference.origin, evidence, written=reference.written)
            elif reference.kind == "blocks":
                draft.blocks.append(
                    Dependency(task=task, origin=reference.origin, evidence=Evidence.STATED, written=reference.written)
                )


def add_stated(drafts: Sequence[TaskDraft], statements: Iterable[Prose], grammar: IdGrammar) -> None:
    """Add what the plan's sections say of tasks by id: `T008 blocks T009`, `T001 → T002`."""
    by_id: dict[str, list[TaskDraft]] = {}
    for draft in drafts:
        by_id.setdefault(draft.id, []).append(draft)
    for prose in statements:
        if grammar.pattern.search(prose.text) is None:
            continue
        for reference in find_references(prose, grammar):
            if reference.negated or reference.group or reference.subject is None or not reference.evidence.rank <= 1:
                continue
            if reference.kind not in ("depends_on", "blocks"):
                continue
            for one in reference.subject:
                for other in reference.ids:
                    waiting, needed = (one, other) if reference.kind == "depends_on" else (other, one)
                    if waiting == needed or not (grammar.pattern.fullmatch(one) and grammar.pattern.fullmatch(other)):
                        continue  # "T007 blocks US2": a story is no task
                    for draft in by_id.get(waiting, []):
                        draft.depend(needed, reference.origin, Evidence.STATED, written=reference.written)
                    if waiting not in by_id:
                        # The task that has to wait is the one that is missing; without either it is template text.
                        missing = Dependency(
                            task=waiting, origin=reference.origin, evidence=Evidence.STATED, written=reference.written
                        )
                        for draft in by_id.get(needed, []):
                            draft.blocks.append(missing)


def add_drawn(drafts: Sequence[TaskDraft], edges: Iterable[DrawnEdge]) -> None:
    """Add what a drawing says of tasks by id.

    An arrow against the order of the list is left out: some authors let it point at what is needed.
    """
    by_id = {draft.id: draft for draft in reversed(drafts)}
    for edge in edges:
        if edge.group:
            continue
        needed, waiting = by_id[edge.before], by_id[edge.after]
        if needed.index < waiting.index:
            waiting.depend(edge.before, edge.source.origin, Evidence.STATED, written=edge.source.written)


def drawn_phases(items: Sequence[Item], titles: Sequence[str], edges: Iterable[DrawnEdge]) -> set[tuple[int, int]]:
    """Pairs of phase positions, the earlier first, between which a drawing has an arrow; stories stand for phases."""
    positions = phase_positions(items, titles)
    ordered: set[tuple[int, int]] = set()
    for edge in edges:
        before, after = (positions.get(" ".join(name.upper().split())) for name in (edge.before, edge.after))
        if before is not None and after is not None and before < after:
            ordered.add((before, after))
    return ordered


def add_kept_apart(drafts: Sequence[TaskDraft], statements: Iterable[Prose], grammar: IdGrammar) -> None:
    """Tasks that a sentence of the plan keeps apart: "T032, T042 and T053 are not parallel with each other"."""
    by_id: dict[str, list[TaskDraft]] = {}
    for draft in drafts:
        by_id.setdefault(draft.id, []).append(draft)
    for prose in statements:
        if _APART.search(prose.text) is None:
            continue
        for sentence in sentences(prose):
            part = prose.slice(sentence.start, sentence.end)
            apart = _APART.search(part.text)
            if apart is None:
                continue
            named = [reference for reference in find_references(part, grammar) if not reference.group]
            if apart["named"] is not None:  # "sequence T003/T007": those that follow, whatever else is said before
                named = [reference for reference in named if reference.start == apart.end()]
            pairs = [(task, reference) for reference in named for task in reference.ids if task in by_id]
            if len(pairs) > MAX_APART:
                continue
            for one, _ in pairs:
                for other, reference in pairs:
                    if one != other:
                        conflict = Dependency(
                            task=other, origin=reference.origin, evidence=Evidence.STATED, written=reference.written
                        )
                        for draft in by_id[one]:
                            draft.conflicts_with.append(conflict)


def _evidence(prose: Prose, reference: Reference) -> Evidence:
    """`(depends on T001)` is the format's own way to declare; the same words in a sentence only state it."""
    before = prose.text[max(0, reference.start - 40) : reference.start]
    opened = max(before.rfind("("), before.rfind("（"))
    bracketed = opened >= 0 and _BRACKETED.match(before[opened:]) is not None
    return Evidence.DECLARED if bracketed and reference.kind == "depends_on" else reference.evidence
