"""The words before, between and behind ids that tie tasks to each other, as data."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from planlint.diagnostics import Evidence
from planlint.source.regex import regex

ReferenceKind: TypeAlias = Literal["depends_on", "blocks", "parallel_with", "mention", "range-mention"]

_FILL = (
    r"[\s:：*_(`\[]*(?:(?:completion|output|outputs|results?|end|merge) of\s+|the\s+|both\s+|all\s+|"
    r"of\s+|tasks?\s+|on\s+|upon\s+|steps?\s+)*[\s:：*_(`\[]*\Z"
)

BEFORE: tuple[tuple[ReferenceKind, Evidence, re.Pattern[str]], ...] = (
    (
        "parallel_with",
        Evidence.STATED,
        regex(
            r"(?:\b(?:in )?parallel (?:with|to)|\bconcurrent(?:ly)? with|\balongside|\bat the same time as|與|并行于)"
            + _FILL,
            re.IGNORECASE,
        ),
    ),
    (
        "blocks",
        Evidence.STATED,
        regex(
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
        regex(
            r"(?:\bdepend(?:s|ing|ent|ed)?(?: up)?(?:[ -]?on)?|\bdependenc(?:y|ies)(?: on)?|\bdeps?|"
            r"(?<!\bpass )(?<!\bpasses )\bafter|"
            r"\brequir(?:es?|ing)|\bblocked[ -](?:by|on)|"
            r"\bwait(?:s|ing)? (?:for|on|until)|\bonce|\bneeds?|\bprerequisites?|\bprereqs?|\bbuilds? on|"
            r"\bgated (?:by|on)|\bcontingent on|"
            r"\busing (?:the )?(?:output|results?) (?:of|from)|依賴於?|依赖于?|取決於|取决于|前置|需先完成|"
            r"depende de|dépend de|hängt ab von|nach|después de|après|"
            r"\bsobald|\bnachdem|\bwartet auf|\buna vez que|\bespera a|\bdès que|\bassim que|"
            r"\babhängig(?:keit(?:en)?)?(?: von)?|\bdepend[eê]ncias?|\bdépendances?|"
            r"依存(?:関係)?[ :：*]|의존성?[ :：*])" + _FILL,
            re.IGNORECASE,
        ),
    ),
    ("depends_on", Evidence.INFERRED, regex(r"\b(?:when|until|upon)" + _FILL, re.IGNORECASE)),
)

NEGATION = regex(
    r"(?:(?:(?<![\w-])(?:not|no|without|independent(?:ly)? (?:of|from)|doesn’t|never)\b(?!-)|n't\b)[^.;,()（）]{0,24}|"
    r"\bindependent(?:ly)? (?:of|from)\s+(?:tasks?\s+)?)\Z",
    re.IGNORECASE,
)

INDEPENDENT = regex(r"\bindependent(?:ly)? (?:of|from)" + _FILL, re.IGNORECASE)

NONE_BEFORE = regex(r"(?:\bnone\b|—|\bno dependenc(?:y|ies)\b)[^.;]{0,40}\Z", re.IGNORECASE)

BETWEEN: tuple[tuple[ReferenceKind, re.Pattern[str]], ...] = (
    (
        "blocks",
        regex(
            r"[\s*_`)]*(?:\([^()]{0,60}\)[\s*_`]*)?(?:→|->|-->|=>|⇒|(?:tasks? )?(?:un)?blocks?\b|(?:must|"
            r"should|needs? to|has to) (?:be )?(?:complete|completed|finish|finished|done|written|land|run|"
            r"merged?) (?:first,? )?before\b|"
            r"before\b|precedes?\b|(?:is|are) (?:needed|required) (?:by|for)\b|阻塞)[\s*_`(]*(?:tasks?\s)?[\s*_`]*",
            re.IGNORECASE,
        ),
    ),
    (
        "depends_on",
        regex(
            r"[\s*_`)]*(?:\([^()]{0,60}\)[\s*_`]*)?(?:all |both |each )?(?:depends? (?:up)?on\b|requires?\b|"
            r"needs?\b|after\b|(?:is|are) blocked by\b|waits? (?:for|on)\b|follows?\b|"
            r"must (?:come|run|be done|start) after\b|←|<-|依賴|依赖)[\s*_`(:：]*(?:tasks?\s)?[\s*_`]*",
            re.IGNORECASE,
        ),
    ),
)

NEEDS_THIS = regex(
    r"[\s*_`]*(?:all |both )?(?:depends? (?:up)?on|requires?|needs?|waits? (?:for|on)|(?:is|are) "
    r"blocked by)\s+(?:this|it)\b(?! (?:to|for) )",
    re.IGNORECASE,
)

DONE_BEFORE = regex(
    r"[\s*_`]*(?:に依存(?!し?ない|せず|なし)|(?:が|の)?完了後|の(?:あと|後)(?:に|で|、|）|\)|\Z)|完成[后後]|之[后後]"
    r"|에 의존(?!하지)|(?:이|가)? ?완료 ?후|이후)"
)
"""Behind ids, in languages whose verb comes last: what stands before waits for them."""

REMARKED = regex(r"[\s*_`]*\([^()]{1,80}\)[\s*_`]*(?:,|;|、|and\b|&|\+)(?:[\s*_`]*and\b)?[\s*_`]*", re.IGNORECASE)

BACK = 80
"""How many characters before an id may hold the words that decide about it."""
