"""`effects_of`: which files a text says will be written, read or left alone.

Sentence by sentence, the verb that governs a path decides. Reading is not writing: "per", "see", "like", "run" and
their kin never make a write, and where nothing decides, the path stays unknown.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from planlint.diagnostics import Evidence
from planlint.dialects.prose.bans import flatly_forbidden
from planlint.dialects.prose.bare_names import BareNames, resolved
from planlint.dialects.prose.clause import Verdict
from planlint.dialects.prose.filenames import DESIGN_DOCUMENTS, is_root_file
from planlint.dialects.prose.fronted import with_fronted_place
from planlint.dialects.prose.governor import Governor
from planlint.dialects.prose.lexer import events
from planlint.dialects.prose.mentions import PathContext, PathMention
from planlint.dialects.prose.placement import LISTED, find_placed_paths
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
    mentions = _resolve(prose.text, mentions, context)
    effects = Effects()
    if not mentions:
        return effects
    text = prose.text
    verdicts: list[Verdict] = []
    for index, (sentence, solids) in enumerate(_by_sentence(prose, mentions)):
        if any(mention is not None for _, mention in solids):
            first = index == 0 or _ONLY_PLACE.match(text, sentence.start, sentence.end) is not None
            governor = Governor(text, sentence, default if first else None, context.design_documents)
            steps = list(events(text, sentence, solids))
            found = with_fronted_place(governor.run(steps), steps)
            weak = weak_spans(text, sentence.start, sentence.end)
            verdicts.extend(_weakened(text, found, weak))
    _sort_out(verdicts, effects, context)
    return effects


_ONLY_PLACE = regex(r"\s*[Ii]n\s+[^\s]{3,200}?[.;]?\Z")
"""A sentence that is nothing but the place of the one before: "Add the dialog. In src/dialog.ts." """


def _resolve(text: str, mentions: Sequence[PathMention], context: ProseContext) -> list[PathMention]:
    find = context.resolve
    if find is None:
        find = BareNames.of({None: mentions}).find
    known: list[PathMention] = []
    for position, mention in enumerate(mentions):
        if not mention.bare_name:
            known.append(mention)
            continue
        if _is_one_of_many(text, mention):
            known.append(resolved(mention, None))
            continue
        path = find(mention.path) or (mention.path if mention.path in context.design_documents else None)
        alone = mention.path if _is_alone(mention, context) else None
        neighbours = (*known[-1:], *mentions[position + 1 : position + 2])
        at_root = _AT_ROOT.search(text, max(0, mention.start - 30), mention.start)
        if (at_root and (is_root_file(mention.path) or _is_at_root(mention, path))) or (
            is_root_file(mention.path) and any(_is_namesake(text, mention, other) for other in neighbours)
        ):
            path = mention.path
        elif any(_is_moved(text, mention, other) for other in neighbours[-1:]):
            path = alone
        elif path in (None, alone) and known and _is_listed_beside(text, known[-1], mention):
            beside = f"{posixpath.dirname(known[-1].path)}/{mention.path}"
            known.append(mention.replace(path=beside, bare_name=False))
            continue
        known.append(resolved(mention, path))
    return known


_AT_ROOT = regex(
    r"(?:\b(?:root|top)(?:[- ]level)?[ \t]+|根目[錄录][ \t]*(?:的[ \t]*)?|ルートの?[ \t]*)[`\"']?\Z", re.IGNORECASE
)
""" "the root README.md" """
_ROOTS_OF_THE_APP = frozenset({"layout", "app", "page", "index", "component", "router", "routes", "module", "template"})
""" "The root layout.tsx" is the outermost one, wherever it stands."""


def _is_at_root(mention: PathMention, elsewhere: str | None) -> bool:
    """Whether "the root `worker.py`" tells the file at the root from one that the plan puts elsewhere."""
    return elsewhere not in (None, mention.path) and mention.path.split(".")[0].lower() not in _ROOTS_OF_THE_APP


_EACH = regex(
    r"\b(?:all|every|each)[ \t]+(?:of[ \t]+)?(?:(?:the|existing|other|our)[ \t]+){0,2}[\"'`(]*\Z", re.IGNORECASE
)
_FILES = regex(r"[\"'`)]*[ \t]+files\b", re.IGNORECASE)
_AND = regex(r"(?:,|\band|\bor|&|\+)[ \t]*[\"'`(]*\Z")


def _is_one_of_many(text: str, mention: PathMention) -> bool:
    """ "Update all go.mod files": no one file is meant. "a.json and b.json files" are two, though."""
    before = text[max(0, mention.start - 40) : mention.start]
    several = _FILES.match(text, mention.end) is not None and _AND.search(before) is None
    return several or _EACH.search(before) is not None


def _is_namesake(text: str, mention: PathMention, other: PathMention) -> bool:
    """ "package.json and web/package.json" are two files: the bare one is that of the root."""
    first, second = (mention, other) if mention.start < other.start else (other, mention)
    same = not other.bare_name and other.path.rsplit("/", 1)[-1] == mention.path
    return same and LISTED.fullmatch(text, first.end, second.start) is not None


_GOES_TO = regex(r"[`\"']?[ \t]*(?:to|into|as|→|->|=>|⇒)[ \t]*[`\"']?")


def _is_moved(text: str, mention: PathMention, other: PathMention) -> bool:
    """ "Move `config.py` to `src/core/config.py`": what goes there is not there yet."""
    same = mention.start < other.start and other.path.endswith(f"/{mention.path}")
    return same and _GOES_TO.fullmatch(text, mention.end, other.start) is not None


def _is_listed_beside(text: str, before: PathMention, mention: PathMention) -> bool:
    """ "src/core/a.py and b.py": a name listed right behind a path of its kind stands in the same directory."""
    return (
        "/" in before.path
        and not before.bare_name
        and not (before.is_directory or before.is_glob or before.linked or before.in_command)
        and mention.bare_name
        and "/" not in mention.path
        and _is_kin(posixpath.splitext(posixpath.basename(before.path)), posixpath.splitext(mention.path))
        and LISTED.fullmatch(text, before.end, mention.start) is not None
    )


def _is_kin(one: tuple[str, str], two: tuple[str, str]) -> bool:
    """Whether two files are of one kind, or the halves of one unit: `cart.h` and `cart.cpp`."""
    return one[1] == two[1] or (one[0] == two[0] and "" not in (one[1], two[1]))


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


_ALTERNATIVE = regex(r"[\s`\"']*(?:or|ou|oder|或|または|또는)[\s`\"']*(?:in |to |at |under )?")


def _weakened(text: str, verdicts: list[Verdict], weak: list[Span]) -> list[Verdict]:
    """Mark what a weak word stands beside, and the two sides of "in a.ts or b.ts"."""
    marked = list(verdicts)
    for index, verdict in enumerate(verdicts):
        mention = verdict.mention
        if _is_alternative(text, mention, verdicts[index + 1].mention if index + 1 < len(verdicts) else None):
            marked[index] = marked[index].replace(weak=True)
            marked[index + 1] = marked[index + 1].replace(weak=True)
        near = bisect_left(weak, (max(0, mention.start - 150), 0))
        for span in weak[near : near + 4]:
            low, high = min(span.end, mention.end), max(span.start, mention.start)
            if high - low < 120 and not (_SEPARATOR.search(text, low, high) or _is_about_a_remark(text, mention, span)):
                marked[index] = marked[index].replace(weak=True)
    return marked


def _is_about_a_remark(text: str, mention: PathMention, weak: Span) -> bool:
    """ "Create a.py using the pool (with a limit if needed)": what is weak is told in brackets of something else."""
    between = text[mention.end : weak.start].lstrip("`\"' \t")
    return between.count("(") > between.count(")") and not between.startswith("(")


_SEPARATOR = regex(r"[;；]|,\s+(?:and|then)\b|[.!?]\s")


def _is_alternative(text: str, mention: PathMention, following: PathMention | None) -> bool:
    if following is None or not 2 <= following.start - mention.end <= 20:
        return False
    return _ALTERNATIVE.fullmatch(text, mention.end, following.start) is not None


def _sort_out(verdicts: list[Verdict], effects: Effects, context: ProseContext) -> None:
    scopes: dict[tuple[str, Mode, str | None], Scope] = {}
    forbidden: dict[str, Scope] = {}
    for verdict in verdicts:
        mention, mode = verdict.mention, verdict.mode
        if mode is None or not mention.resolved or (mode.writes and _is_boundless(mention)):
            effects.unknown.append(mention)
            continue
        scope = Scope(
            path=mention.path,
            mode=mode,
            origin=mention.origin,
            evidence=Evidence.INFERRED if _is_alone(mention, context) else verdict.evidence,
            weak=verdict.weak,
            part=verdict.part or mention.part,
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


def _is_alone(mention: PathMention, context: ProseContext) -> bool:
    """Whether a name stands for itself although nobody knows its directory: one conclusion more."""
    if not context.alone or not mention.bare_name or "/" in mention.path or mention.path in context.design_documents:
        return False
    return not (is_root_file(mention.path) or mention.path.startswith(".") or "." not in mention.path)


def _is_boundless(mention: PathMention) -> bool:
    """Whether a pattern has no literal directory or name to hold on to: `*.ts`, `**/*.md`."""
    return mention.is_glob and not any(
        segment and not any(sign in segment for sign in "*?") for segment in mention.path.split("/")
    )
