"""`effects_of`: which files a text says will be written, read or left alone.

Sentence by sentence, the verb that governs a path decides. Reading is not writing: "per", "see", "like", "run" and
their kin never make a write, and where nothing decides, the path stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from planlint.diagnostics import Evidence
from planlint.dialects.prose.bans import flatly_forbidden
from planlint.dialects.prose.clause import Verdict
from planlint.dialects.prose.filenames import DESIGN_DOCUMENTS
from planlint.dialects.prose.fronted import with_fronted_place
from planlint.dialects.prose.governing.governor import govern
from planlint.dialects.prose.lexer import events
from planlint.dialects.prose.mentions import PathContext, PathMention
from planlint.dialects.prose.name_resolution import resolve_names, stands_alone
from planlint.dialects.prose.placement import find_placed_paths
from planlint.dialects.prose.trailing import with_trailing_place
from planlint.dialects.prose.weakness import weakened
from planlint.dialects.prose.wording import code_ranges, sentences, weak_spans
from planlint.model import Mode, Scope
from planlint.readers.prose import Prose
from planlint.records import Record, record
from planlint.source import Span
from planlint.source.regex import regex


@record
class ProseContext(Record):
    """What a dialect knows when it asks for the effects of a text.

    `resolve` says which path a bare name means (see `BareNames.find`); without it, the text's own paths are used.
    """

    paths: PathContext | None = None
    design_documents: frozenset[str] = DESIGN_DOCUMENTS
    resolve: Callable[[str], str | None] | None = None
    body: bool = False
    """Value for `Scope.body`."""
    alone: bool = False
    """`resolve` lets telling names stand for themselves: what is said of those is a conclusion."""


@dataclass(slots=True)
class Effects:
    """What a text says about files; `unknown` are mentions whose role nothing decides."""

    writes: list[Scope] = field(default_factory=list)
    reads: list[Scope] = field(default_factory=list)
    off_limits: list[Scope] = field(default_factory=list)
    unknown: list[PathMention] = field(default_factory=list)


def effects_of(
    prose: Prose,
    *,
    default: Mode | None,
    context: ProseContext | None = None,
    mentions: Sequence[PathMention] | None = None,
) -> Effects:
    """The effects of `prose`. Never raises; linear in its length.

    `default` is what the position of the text says: `Mode.WRITE` for a task's title, where "Parser test in
    tests/test_parser.py" names a work product; None for descriptions, where only an explicit verb makes a write.
    `mentions` are the paths of `prose`, where the caller has looked for them already (`find_placed_paths`).
    """
    context = context or ProseContext()
    if mentions is None:
        mentions = find_placed_paths(prose, known=context.paths, documents=context.design_documents)
    mentions = resolve_names(
        prose.text, mentions, context.resolve, documents=context.design_documents, alone=context.alone
    )
    effects = Effects()
    if not mentions:
        return effects
    text = prose.text
    verdicts: list[Verdict] = []
    for index, (sentence, solids) in enumerate(_by_sentence(prose, mentions)):
        if any(mention is not None for _, mention in solids):
            first = index == 0 or _ONLY_PLACE.match(text, sentence.start, sentence.end) is not None
            steps = list(events(text, sentence, solids))
            said = default if first else None
            judged = govern(text, sentence, steps, default=said, documents=context.design_documents)
            found = with_fronted_place(judged, steps)
            if default is not None and default.writes:
                found = with_trailing_place(text, sentence, found, first=first)
            verdicts.extend(weakened(text, found, weak_spans(text, sentence.start, sentence.end)))
    _sort_out(verdicts, effects, context)
    return effects


_ONLY_PLACE = regex(r"\s*[Ii]n\s+[^\s]{3,200}?[.;]?\Z")
"""A sentence that is nothing but the place of the one before: "Add the dialog. In src/dialog.ts." """


def _by_sentence(
    prose: Prose, mentions: list[PathMention]
) -> Iterable[tuple[Span, list[tuple[Span, PathMention | None]]]]:
    """Each sentence with the paths and other code spans in it, sorted and disjoint."""
    spans = [Span(mention.start, mention.end) for mention in mentions]
    solids: list[tuple[Span, PathMention | None]] = list(zip(spans, mentions, strict=True))
    taken = 0
    for code in code_ranges(prose):
        while taken < len(spans) and spans[taken].end <= code.start:
            taken += 1
        if taken == len(spans) or spans[taken].start >= code.end:
            solids.append((code, None))
    solids.sort(key=lambda solid: solid[0].start)
    at = 0
    for sentence in sentences(prose, spans):
        inside: list[tuple[Span, PathMention | None]] = []
        while at < len(solids) and solids[at][0].start < sentence.end:
            inside.append(solids[at])
            at += 1
        yield sentence, inside


def _sort_out(verdicts: list[Verdict], effects: Effects, context: ProseContext) -> None:
    scopes: dict[tuple[str, Mode, str | None], Scope] = {}
    forbidden: dict[str, Scope] = {}
    for verdict in verdicts:
        mention, mode = verdict.mention, verdict.mode
        if mode is None or not mention.resolved or (mode.writes and _is_boundless(mention)):
            effects.unknown.append(mention)
            continue
        part = verdict.part or mention.part
        if mode is Mode.DELETE and part is not None:
            mode = Mode.MODIFY  # "delete `a.ts:10-20`": the file stays
        scope = Scope(
            path=mention.path,
            mode=mode,
            origin=mention.origin,
            evidence=Evidence.INFERRED
            if context.alone and stands_alone(mention, context.design_documents)
            else verdict.evidence,
            weak=verdict.weak,
            part=part,
            external=False,
            body=context.body,
            note=mention.annotation,
        )
        if verdict.forbidden:
            forbidden.setdefault(mention.path, scope)
            continue
        key = (scope.path, mode, scope.part)
        known = scopes.get(key)
        if known is None or (scope.evidence.rank, scope.weak) < (known.evidence.rank, known.weak):
            scopes[key] = scope
    for path, _, part in [key for key in scopes if key[1] is Mode.WRITE]:
        # "Create stub x.ts in src/x.ts" says it twice; the firmer word stays.
        if any((path, mode, part) in scopes for mode in (Mode.CREATE, Mode.MODIFY)):
            del scopes[path, Mode.WRITE, part]
    written = {scope.path for scope in scopes.values() if scope.mode.writes}
    effects.writes.extend(scope for scope in scopes.values() if scope.mode.writes)
    effects.reads.extend(scope for scope in scopes.values() if not scope.mode.writes and scope.path not in written)
    effects.unknown[:] = [mention for mention in effects.unknown if mention.path not in written]
    effects.off_limits.extend(
        scope for path, scope in forbidden.items() if path not in written or flatly_forbidden(scope)
    )


def _is_boundless(mention: PathMention) -> bool:
    """Whether a pattern has no literal directory or name to hold on to: `*.ts`, `**/*.md`."""
    return mention.is_glob and not any(
        segment and not any(sign in segment for sign in "*?") for segment in mention.path.split("/")
    )
