"""What kind of work a label or a sentence tells of: building, review, research, integration, coordination."""

from __future__ import annotations

import re

from planlint.dialects.plan_words.looking import AUDIT, builds
from planlint.source.regex import regex

_REVIEW = regex(
    r"\b(?:review\w*|" + AUDIT + r"\w*|validat\w+|verif(?!iab)\w+|qa|critic|inspect\w*|code reviewer|"
    r"security (?:expert|analyst|reviewer|auditor)|sceptic|skeptic)\b",
    re.IGNORECASE,
)
_RESEARCH = regex(
    r"\b(?:research\w*|investigat\w+|explor(?:e|er|ation|ing)\b|analy[sz](?:e|es|ing|er|is|t)\b|survey\w*|gather\w*"
    r"|compar(?:e|ison)\b|find(?:s|ing)? (?:all|every|out)\b)",
    re.IGNORECASE,
)
_INTEGRATE = regex(
    r"\b(?:integrat\w+|wire[sd]? (?:up|together)|merges? (?:all|every|the|results)|joins?|assembl\w+)\b", re.IGNORECASE
)
_COORDINATE = regex(r"\b(?:coordinat(?:or|es?)|orchestrat(?:or|es?)|lead agent|team lead)\b", re.IGNORECASE)


def kind_word(label: str, text: str) -> str:
    """The kind of work (a value of `Kind`) that a label and the text after it tell of."""
    if _INTEGRATE.search(label):
        return "integrate"
    if _COORDINATE.search(label):
        return "coordinate"
    built = builds(text)
    if _REVIEW.search(label):
        return "review"
    if _RESEARCH.search(label) and not built:
        return "research"
    if built:
        return "build"
    if _REVIEW.search(text):
        return "review"
    if _RESEARCH.search(text):
        return "research"
    return "integrate" if _INTEGRATE.search(text) else "build"
