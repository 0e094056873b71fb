"""Sentences and words of `Prose`: where one ends, which words make a statement uncertain, what is code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from planlint.dialects.prose.tables import words
from planlint.readers.prose import Mark, Prose
from planlint.source import Span
from planlint.source.regex import regex

_ENDS = regex(
    r"[.!?]+(?=[\s\"')\]]|$)|[。！？]+|\n[ \t]*\n|\n(?=[ \t]*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]|[A-Z][a-z]{2,11}:[ \t]))"
)

_ABBREVIATIONS = words("e.g i.e eg ie etc vs cf approx resp incl excl no nr sec fig ca z.b d.h p.ej bzw ggf")

_GOES_ON = regex(r"[\"'”’」)\]`]*[ \t]*(?:[a-zà-ÿ,;:—–(（぀-ヿ㐀-鿿가-힯]|[\"'`*])")
"""Behind dots that leave something out: the sentence goes on (the button "More..." is removed)."""

_SPACED = regex(r"(?<![\w.])(?:z\. ?B|d\. ?h|u\. ?a|o\. ?ä|i\. ?e|e\. ?g|p\. ?ej|p\. ?ex)\.", re.IGNORECASE)
"""Abbreviations of several words, with or without a blank: "z. B.", "d. h."."""

_LAST_WORD = regex(r"[^\W\d_][\w.]{0,11}\Z")

OPTIONAL = (
    r"optional(?=[ \t]*(?:[^\w \t`]|$|(?:but|and|if|for now)\b|(?:extra )?(?:step|task|work|extra|improvement|"
    r"refinement|change|update|edit|cleanup|clean-up|polish|follow-up)s?\b))"
)
"""The work is optional: neither "add an optional argument" nor a section called "Optional Features"."""

_WEAK = regex(
    r"(?<![\w/.-])(?:if (?:needed|necessary|required|applicable|missing|appropriate|possible|"
    r"relevant|present|any)|as (?:needed|necessary|"
    r"appropriate)|where (?:needed|necessary|applicable)|when (?:needed|necessary)|possibly|optionally|"
    + OPTIONAL
    + r"|conditionally|only if|maybe|perhaps|potentially|may (?:also )?need|might|"
    r"if (?:useful|helpful|(?:one|it|they|any) exists?)|option [A-D](?=(?: \(alternative\))?[ \t]*[:—–-])|"
    r"alternative(?:ly)?(?=:)|not recommended|or just|or alternatively|wenn nötig|falls nötig|gegebenenfalls|"
    r"si (?:es )?(?:necesario|nécessaire)|se necessário)(?![\w/-]|\.\w)|如有必要|如需|必要時|必要时|视情况|視情況|"
    r"\b(?:run|re-?run|check|verify|test|validate|lint|build)\b[^.;\n]{1,80}?(?:\band|\bthen|,)\s+(?:then\s+)?(?:fix|resolve|address)\s+"
    r"(?:\w+\s+){0,3}?(?:failures|errors|issues|warnings|violations|regressions|problems|findings|breakage)\b|"
    r"必要に応じて|なければ|ない場合|필요\s?시|필요하면|없으면|없는 경우|若無|若无|如果没有|如果沒有",
    re.IGNORECASE,
)


def code_ranges(prose: Prose) -> list[Span]:
    """The code spans as sorted, disjoint ranges of `prose.text`."""
    ranges: list[Span] = []
    for mark in sorted(prose.codes(), key=_start_of):
        start = max(mark.start, ranges[-1].end if ranges else 0)
        end = min(mark.end, len(prose.text))
        if start < end:
            ranges.append(Span(start, end))
    return ranges


def _start_of(mark: Mark) -> int:
    return mark.start


def covering(ranges: list[Span], at: int) -> Span | None:
    """The one of the sorted, disjoint `ranges` that covers the offset `at`."""
    index = bisect_right(ranges, at, key=_range_start) - 1
    if index >= 0 and at < ranges[index].end:
        return ranges[index]
    return None


def _range_start(span: Span) -> int:
    return span.start


def sentences(prose: Prose, keep: list[Span] | None = None) -> Iterator[Span]:
    """The sentences as ranges of `prose.text`, in order, blank ones left out.

    No sentence ends inside a code span, inside one of the sorted ranges `keep` (paths), or at an abbreviation; soft
    line breaks do not end one; blank lines, list markers and labels ("Create: ...") at the start of a line do.
    """
    text = prose.text
    codes = code_ranges(prose)
    keep = keep or []
    start = 0
    for match in _ENDS.finditer(text):
        at = match.start()
        if covering(codes, at) is not None:
            continue
        inside = covering(keep, at)
        if inside is not None and inside.end > match.end():
            continue
        if match.group().startswith("..") and _GOES_ON.match(text, match.end()):
            continue
        if text[at] == "." and match.end() - at == 1 and _is_abbreviation(text, start, at):
            continue
        if text[start : match.end()].strip():
            yield Span(start, match.end())
        start = match.end()
    if text[start:].strip():
        yield Span(start, len(text))


def _is_abbreviation(text: str, start: int, at: int) -> bool:
    word = _LAST_WORD.search(text, max(start, at - 12), at)
    if word is None:
        return False
    spaced = _SPACED.search(text, max(start, at - 5), at + 5)
    return word.group().lower() in _ABBREVIATIONS or (spaced is not None and spaced.start() < at < spaced.end())


def weak_spans(text: str, start: int, end: int) -> list[Span]:
    """Words in `text[start:end]` that make a statement uncertain: "if needed", "possibly", "optionally"."""
    return [Span(*match.span()) for match in _WEAK.finditer(text, start, end)]
