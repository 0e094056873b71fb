"""`find_references`: which other tasks a text names, and whether it waits for them.

A bare id is only a mention: in real plans it is a dependency half of the time. The words right before, between or
right after decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias

from planlint.diagnostics import Evidence
from planlint.dialects.prose.wording import sentences
from planlint.readers.prose import Prose
from planlint.source import Origin

ReferenceKind: TypeAlias = Literal["depends_on", "blocks", "parallel_with", "mention", "range-mention"]

RANGE_LIMIT = 500
"""The longest range that is expanded; real plans have at most a few hundred tasks."""


@dataclass(frozen=True, slots=True)
class IdGrammar:
    """How a dialect writes the ids of tasks.

    `pattern` is the dialect's own regular expression for one id, linear and without look-behind on user text;
    `normalise` maps what is written to the plan's spelling; `known` are the plan's ids in order, for ranges.
    """

    pattern: re.Pattern[str]
    normalise: Callable[[str], str] = str
    known: Sequence[str] = ()
    order: dict[str, int] = field(init=False, repr=False, compare=False)
    """Position of each known id; made once, so keep one grammar for all texts of a plan."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", {name: index for index, name in reversed(list(enumerate(self.known)))})


@dataclass(frozen=True, slots=True)
class Reference:
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


class _Run(NamedTuple):
    """Ids next to each other, joined by commas, "and" or a range sign."""

    start: int
    end: int
    ids: list[str]
    ranged: bool
    group: bool
    seam: _Seam | None = None


class _Seam(NamedTuple):
    """Where a comma or semicolon with "and" joins a run's last part: a new clause may begin there."""

    leading: int
    """How many ids stand before it."""
    before: int
    after: int


_GROUP = re.compile(
    r"\b(?:Phases?|User Stor(?:y|ies)|Waves?|Milestones?|Stages?|Streams?|Groups?)[ "
    r"\t]+(?:\d{1,4}(?:\.\d{1,4}){0,3}|[A-Z]\b)"
    r"|\bUS\d{1,3}\b|階段[ \t]?\d{1,3}|阶段[ \t]?\d{1,3}"
)

_JOIN = re.compile(
    r"[\s*_`]*(?:,|、|，|&|\+|/|and\b|or\b|plus\b|und\b|y\b|et\b|和|及|與|与)?(?:[\s*_`]*(?:and|&|or)\b)?[\s*_`]*"
)

_CLAUSE_JOIN = re.compile(r"[\s*_`]*[,，;]\s*and\b[\s*_`]*", re.IGNORECASE)

_RANGE = re.compile(r"[\s*_`]*(?:-|–|—|\.\.\.?|~|～|…|\bto\b|\bthrough\b|\bthru\b|至|到)[\s*_`]*")

_TAIL = re.compile(r"[ \t]?[-–][ \t]?(\d{1,6})\b(?![.\d])")

_FILL = (
    r"[\s:：*_(`\[]*(?:(?:completion|output|outputs|results?|end|merge) of\s+|the\s+|both\s+|all\s+|"
    r"of\s+|tasks?\s+|on\s+|upon\s+|steps?\s+)*[\s:：*_(`\[]*\Z"
)

_BEFORE: tuple[tuple[ReferenceKind, Evidence, re.Pattern[str]], ...] = (
    (
        "parallel_with",
        Evidence.STATED,
        re.compile(
            r"(?:\b(?:in )?parallel (?:with|to)|\bconcurrent(?:ly)? with|\balongside|\bat the same time as|與|并行于)"
            + _FILL,
            re.IGNORECASE,
        ),
    ),
    (
        "blocks",
        Evidence.STATED,
        re.compile(
            r"(?:\b(?:un)?block(?:s|ing)?|\b(?:needed|required|consumed) (?:by|for)|\bprerequisite (?:for|of|to)|"
            r"\bmust (?:be )?(?:complete|completed|finish|finished|done|land|merge|run|pass) before|"
            r"(?<!\bas )(?<!\bfail )(?<!\bfails )(?<!\bfailing )\bbefore|"
            r"\bprecedes?|"
            r"\bfeeds(?: into)?|阻塞|bloquea|bloque|blockiert)" + _FILL,
            re.IGNORECASE,
        ),
    ),
    (
        "depends_on",
        Evidence.STATED,
        re.compile(
            r"(?:\bdepend(?:s|ing|ent|ed)?(?: up)?(?:[ -]?on)?|\bdependenc(?:y|ies)(?: on)?|\bdeps?|"
            r"(?<!\bpass )(?<!\bpasses )\bafter|"
            r"\brequir(?:es?|ing)|\bblocked[ -](?:by|on)|"
            r"\bwait(?:s|ing)? (?:for|on|until)|\bonce|\bneeds?|\bprerequisites?|\bprereqs?|\bbuilds? on|"
            r"\bgated (?:by|on)|\bcontingent on|"
            r"\busing (?:the )?(?:output|results?) (?:of|from)|依賴於?|依赖于?|取決於|取决于|前置|需先完成|"
            r"depende de|dépend de|hängt ab von|nach|después de|après)" + _FILL,
            re.IGNORECASE,
        ),
    ),
    ("depends_on", Evidence.INFERRED, re.compile(r"\b(?:when|until|upon)" + _FILL, re.IGNORECASE)),
)

_NEGATION = re.compile(
    r"(?:\b(?:not|no|n't|without|independent(?:ly)? (?:of|from)|doesn’t|never)\b[^.;,]{0,24}|"
    r"\bindependent(?:ly)? (?:of|from)\s+(?:tasks?\s+)?)\Z",
    re.IGNORECASE,
)

_INDEPENDENT = re.compile(r"\bindependent(?:ly)? (?:of|from)" + _FILL, re.IGNORECASE)

_NONE_BEFORE = re.compile(r"(?:\bnone\b|—|\bno dependenc(?:y|ies)\b)[^.;]{0,40}\Z", re.IGNORECASE)

_BETWEEN: tuple[tuple[ReferenceKind, re.Pattern[str]], ...] = (
    (
        "blocks",
        re.compile(
            r"[\s*_`)]*(?:\([^()]{0,60}\)[\s*_`]*)?(?:→|->|-->|=>|⇒|(?:tasks? )?(?:un)?blocks?\b|(?:must|"
            r"should|needs? to|has to) (?:be )?(?:complete|completed|finish|finished|done|written|land|run|"
            r"merged?) (?:first,? )?before\b|"
            r"before\b|precedes?\b|(?:is|are) (?:needed|required) (?:by|for)\b|阻塞)[\s*_`(]*(?:tasks?\s)?[\s*_`]*",
            re.IGNORECASE,
        ),
    ),
    (
        "depends_on",
        re.compile(
            r"[\s*_`)]*(?:\([^()]{0,60}\)[\s*_`]*)?(?:all |both |each )?(?:depends? (?:up)?on\b|requires?\b|"
            r"needs?\b|after\b|(?:is|are) blocked by\b|waits? (?:for|on)\b|follows?\b|"
            r"must (?:come|run|be done|start) after\b|←|<-|依賴|依赖)[\s*_`(]*(?:tasks?\s)?[\s*_`]*",
            re.IGNORECASE,
        ),
    ),
)

_NEEDS_THIS = re.compile(
    r"[\s*_`]*(?:all |both )?(?:depends? (?:up)?on|requires?|needs?|waits? (?:for|on)|(?:is|are) "
    r"blocked by)\s+(?:this|it)\b(?! (?:to|for) )",
    re.IGNORECASE,
)

_REMARKED = re.compile(r"[\s*_`]*\([^()]{1,80}\)[\s*_`]*(?:,|;|、|and\b|&|\+)(?:[\s*_`]*and\b)?[\s*_`]*", re.IGNORECASE)

_BACK = 80
"""How many characters before an id may hold the words that decide about it."""


def find_references(prose: Prose, ids: IdGrammar) -> list[Reference]:
    """All references to tasks and groups of tasks in `prose`, in order; linear in its length, never raising."""
    text = prose.text
    runs = _runs(text, ids)
    if not runs:
        return []
    found: list[Reference] = []
    spans = list(sentences(prose))
    at = 0
    previous: _Run | None = None
    for run in runs:
        while at < len(spans) and spans[at].end <= run.start:
            at += 1
            previous = None
        start = spans[at].start if at < len(spans) else 0
        tied = previous is not None and found[-1].kind in ("depends_on", "blocks", "parallel_with")
        if tied and previous is not None and _REMARKED.fullmatch(text, previous.end, run.start):
            # "depends on T001 (schema), T002 (routes)": a list goes on over the remarks in brackets.
            found.append(_like(found[-1], prose, run))
            previous = run
            continue
        found.extend(_judge(prose, run, previous, start))
        previous = run
    return found


def _like(reference: Reference, prose: Prose, run: _Run) -> Reference:
    """`reference` with the ids of `run` in place of its own."""
    return replace(
        reference,
        ids=tuple(run.ids),
        written=prose.text[run.start : run.end],
        start=run.start,
        end=run.end,
        origin=prose.origin(run.start, run.end),
        group=run.group,
    )


def _judge(prose: Prose, run: _Run, previous: _Run | None, sentence: int) -> Iterator[Reference]:
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

    if previous is not None and run.start - previous.end <= _BACK:
        for kind, pattern in _BETWEEN:
            if pattern.fullmatch(text, previous.end, run.start):
                yield made(kind, subject=tuple(previous.ids))
                return
    if _NEEDS_THIS.match(text, run.end):
        yield made("blocks")
        return
    low = max(sentence, run.start - _BACK, previous.end if previous is not None else 0)
    before = text[low : run.start]
    if _INDEPENDENT.search(before):
        yield made("depends_on", negated=True)
        return
    for kind, evidence, pattern in _BEFORE:
        match = pattern.search(before)
        if match is not None:
            if kind == "parallel_with":
                yield made(kind)
                if _NONE_BEFORE.search(before, 0, match.start()):
                    yield made("depends_on", negated=True)
                return
            yield made(kind, evidence, negated=_NEGATION.search(before[: match.start()]) is not None)
            return
    yield made("range-mention" if run.ranged else "mention", Evidence.INFERRED)


def _runs(text: str, grammar: IdGrammar) -> list[_Run]:
    tokens = [
        (match.start(), match.end(), grammar.normalise(match.group()), False)
        for match in grammar.pattern.finditer(text)
    ]
    if grammar.pattern is not _GROUP:
        tokens.extend((match.start(), match.end(), match.group(), True) for match in _GROUP.finditer(text))
        tokens.sort()
    order = grammar.order
    runs: list[_Run] = []
    for start, end, name, group in tokens:
        if start == end or (runs and start < runs[-1].end):
            continue
        if runs and runs[-1].group == group and start - runs[-1].end <= 16:
            last = runs[-1]
            if not group and _RANGE.fullmatch(text, last.end, start):
                inner = _expanded(last.ids[-1], name, order, grammar.known)
                last.ids[-1:] = inner
                runs[-1] = _Run(last.start, end, last.ids, True, group, last.seam)
                continue
            gap = text[last.end : start]
            if gap.strip(" \t*_`") and _JOIN.fullmatch(gap):
                seam = _Seam(len(last.ids), last.end, start) if _CLAUSE_JOIN.fullmatch(gap) else last.seam
                last.ids.append(name)
                runs[-1] = _Run(last.start, end, last.ids, last.ranged, group, seam)
                continue
        tail = None if group else _TAIL.match(text, end)
        if tail is not None and name.rstrip("0123456789") != name:
            until = name.rstrip("0123456789") + tail.group(1)
            inner = _expanded(name, until, order, grammar.known)
            if len(inner) > 2 or until in order:
                runs.append(_Run(start, tail.end(), list(inner), True, group))
                continue
        runs.append(_Run(start, end, [name], False, group))
    return list(_split_at_clauses(text, runs))


def _split_at_clauses(text: str, runs: list[_Run]) -> Iterator[_Run]:
    """ "T3 depends on T2, and T5 depends on T4": T5 is the subject of a clause of its own, not one more object.

    A run is cut at its seam when it is the object of one verb and a second verb follows it.
    """
    for position, run in enumerate(runs):
        following = runs[position + 1] if position + 1 < len(runs) else None
        seam = run.seam
        if seam is None or following is None or not _is_tied(text, run.end, following.start):
            yield run
        elif position and _is_tied(text, runs[position - 1].end, run.start):
            yield _Run(run.start, seam.before, run.ids[: seam.leading], run.ranged, run.group)
            yield _Run(seam.after, run.end, run.ids[seam.leading :], run.ranged, run.group)
        else:
            yield run


def _is_tied(text: str, start: int, end: int) -> bool:
    return end - start <= _BACK and any(pattern.fullmatch(text, start, end) for _, pattern in _BETWEEN)


def _expanded(first: str, last: str, order: dict[str, int], known: Sequence[str]) -> tuple[str, ...]:
    """All ids from `first` to `last`: by the plan's own order, else by number; both ends alone where neither works."""
    low, high = order.get(first), order.get(last)
    if low is not None and high is not None and low <= high:
        return tuple(known[low : high + 1])
    stem = first.rstrip("0123456789")
    if last.rstrip("0123456789") == stem and first != stem and last != stem:
        start, end = first[len(stem) :], last[len(stem) :]
        if len(start) < 8 and len(end) < 8 and 0 <= int(end) - int(start) <= RANGE_LIMIT:
            return tuple(f"{stem}{number:0{len(start)}d}" for number in range(int(start), int(end) + 1))
    return (first, last)
