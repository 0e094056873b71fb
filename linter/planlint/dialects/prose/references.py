"""`find_references`: which other tasks a text names, and whether it waits for them.

A bare id is only a mention: in real plans it is a dependency half of the time. The words right before, between or
right after decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from planlint.diagnostics import Evidence
from planlint.dialects.prose.id_runs import IdGrammar, Run, id_runs
from planlint.dialects.prose.reference_words import (
    BACK,
    BEFORE,
    BETWEEN,
    DONE_BEFORE,
    INDEPENDENT,
    NEEDS_THIS,
    NEGATION,
    NONE_BEFORE,
    REMARKED,
    ReferenceKind,
)
from planlint.dialects.prose.wording import sentences
from planlint.readers.prose import Prose
from planlint.records import Record, record
from planlint.source import Origin


@record
class Reference(Record):
    """Ids named in `Prose.text[start:end]` and how they are tied to `subject`.

    `subject` None is the task whose text it is. `depends_on`: the subject waits for `ids`. `blocks`: `ids` wait for the
    subject. `group`: the ids are phases or stories ("Phase 1.2", "US2") as written, not tasks. `negated`: the text says
    that it is *not* so.
    """

    kind: ReferenceKind
    ids: tuple[str, ...]
    written: str
    start: int
    end: int
    origin: Origin
    evidence: Evidence = Evidence.STATED
    negated: bool = False
    group: bool = False
    subject: tuple[str, ...] | None = None


def find_references(prose: Prose, ids: IdGrammar) -> list[Reference]:
    """All references to tasks and groups of tasks in `prose`, in order; linear in its length, never raising."""
    text = prose.text
    runs = id_runs(text, ids)
    if not runs:
        return []
    found: list[Reference] = []
    spans = list(sentences(prose))
    at = 0
    previous: Run | None = None
    for run in runs:
        while at < len(spans) and spans[at].end <= run.start:
            at += 1
            previous = None
        start = spans[at].start if at < len(spans) else 0
        tied = previous is not None and found[-1].kind in ("depends_on", "blocks", "parallel_with")
        if tied and previous is not None and REMARKED.fullmatch(text, previous.end, run.start):
            # "depends on T001 (schema), T002 (routes)": a list goes on over the remarks in brackets.
            found.append(_like(found[-1], prose, run))
            previous = run
            continue
        found.extend(_judge(prose, run, previous, start))
        previous = run
    return found


def _like(reference: Reference, prose: Prose, run: Run) -> Reference:
    """`reference` with the ids of `run` in place of its own."""
    return reference.replace(
        ids=tuple(run.ids),
        written=prose.text[run.start : run.end],
        start=run.start,
        end=run.end,
        origin=prose.origin(run.start, run.end),
        group=run.group,
    )


def _judge(prose: Prose, run: Run, previous: Run | None, sentence: int) -> Iterator[Reference]:
    text = prose.text

    def made(
        kind: ReferenceKind,
        evidence: Evidence = Evidence.STATED,
        *,
        negated: bool = False,
        subject: tuple[str, ...] | None = None,
    ) -> Reference:
        return Reference(
            kind,
            tuple(run.ids),
            text[run.start : run.end],
            run.start,
            run.end,
            prose.origin(run.start, run.end),
            evidence,
            negated,
            run.group,
            subject,
        )

    if previous is not None and run.start - previous.end <= BACK:
        for kind, pattern in BETWEEN:
            if pattern.fullmatch(text, previous.end, run.start):
                yield made(kind, subject=tuple(previous.ids))
                return
    if NEEDS_THIS.match(text, run.end):
        yield made("blocks")
        return
    if DONE_BEFORE.match(text, run.end):
        yield made("depends_on")
        return
    low = max(sentence, run.start - BACK, previous.end if previous is not None else 0)
    before = text[low : run.start]
    if INDEPENDENT.search(before):
        yield made("depends_on", negated=True)
        return
    for kind, evidence, pattern in BEFORE:
        match = pattern.search(before)
        if match is not None:
            if kind == "parallel_with":
                yield made(kind)
                if NONE_BEFORE.search(before, 0, match.start()):
                    yield made("depends_on", negated=True)
                return
            yield made(kind, evidence, negated=NEGATION.search(before[: match.start()]) is not None)
            return
    yield made("range-mention" if run.ranged else "mention", Evidence.INFERRED)
