"""`weakened`: paths that an "if needed" or an "or" beside them leaves in doubt."""

from __future__ import annotations

from bisect import bisect_left

from planlint.dialects.prose.clause import Verdict
from planlint.dialects.prose.mentions import PathMention
from planlint.source import Span
from planlint.source.regex import regex

_ALTERNATIVE = regex(r"[\s`\"']*(?:or|ou|oder|或|または|또는)[\s`\"']*(?:in |to |at |under )?")
"""Between two paths of which one is meant."""

_SEPARATOR = regex(r"[;；]|,\s+(?:and|then)\b|[.!?]\s")
"""Between a path and weak words that are of something else."""


def weakened(text: str, verdicts: list[Verdict], weak: list[Span]) -> list[Verdict]:
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


def _is_alternative(text: str, mention: PathMention, following: PathMention | None) -> bool:
    if following is None or not 2 <= following.start - mention.end <= 20:
        return False
    return _ALTERNATIVE.fullmatch(text, mention.end, following.start) is not None
