"""How plans say, in several languages, that some of their parts may run at the same time."""

from __future__ import annotations

import re

from planlint.source.regex import regex

CONDITIONAL = regex(
    r"\bif\s+(?:staffed|desired|(?:the\s+)?(?:team\s+)?capacity)\b|\bcapacity\s+(?:allows|permits)|若人力|人力允許",
    re.IGNORECASE,
)
"""The template's general remark ("if staffed"): it claims nothing about this plan."""

PEOPLE = regex(r"\bdevelopers?\b|\bteam\b|\bdifferent people\b", re.IGNORECASE)
"""Who does the work: how it could be shared out, unless the sentence names what is shared."""

NEGATED = regex(
    r"\bnot\b|n't\b|n’t\b|\bcannot\b|\bnever\b|不可|不能|不得|\bnicht\b|\bno (?:se )?pueden?\b", re.IGNORECASE
)

_ALL = r"(?:fully[ \t]+|entirely[ \t]+|all[ \t]+|both[ \t]+|also[ \t]+)*"
_IN_PARALLEL = r"(?:in[ \t]+parallel|parallel|concurrently|simultaneously|at[ \t]+the[ \t]+same[ \t]+time|together)\b"

MAY = regex(
    # English: "can all be built by two people **in parallel**"
    rf"(?:can|may|could)[ \t]+{_ALL}(?:be[ \t]+{_ALL})?"
    r"(?:(?:run|done|executed|proceed|start(?:ed)?|built|developed|implemented|written|worked[ \t]+on)"
    rf"[ \t]+)?{_ALL}(?:by[ \t]+(?:\w+[ \t]+)?(?:people|developers|agents)[ \t]+)?[*_]*{_IN_PARALLEL}"
    # Chinese and Japanese: "可由不同人平行進行", "は並列実行可能"
    r"|(?:皆|都|均)?可(?:以)?(?:由不同\w{1,4}?)?(?:同時|同时|平行|並行|并行)"
    r"|は?(?:すべて)?(?:並列|並行)(?:実行|作業)?(?:が)?(?:可能|できる)"
    # Korean: "모두 병렬 실행 가능"
    r"|(?:은|는)?[ \t]*(?:모두[ \t]*)?병렬(?:로)?[ \t]*(?:\w{1,4}[ \t]*)?가능"
    # Spanish, Portuguese, French, German
    r"|pueden[ \t]+(?:[a-záéíóú]+[ \t]+){1,2}en[ \t]+paralelo|podem[ \t]+(?:[a-zãçéí]+[ \t]+){1,2}em[ \t]+paralelo"
    r"|peuvent[ \t]+(?:[a-zéèê]+[ \t]+){1,2}en[ \t]+parallèle|können[ \t]+(?:alle[ \t]+)?parallel\b",
    re.IGNORECASE,
)
"""What lets the parts that are named before it run at the same time."""

WITH = regex(r"[*_]*[ \t]+(?:with|to)[ \t]+(?:the[ \t]+)?", re.IGNORECASE)
"""Behind `MAY`: what follows is the other side."""

EACH_OTHER = regex(r"(?:each[ \t]+other|one[ \t]+another)\b", re.IGNORECASE)

BESIDE = regex(
    r"(?:可(?:以)?)(?:與|与|和)[ \t]*(?P<other>[^，。；;,\n]{1,40}?)[ \t]*(?:平行|並行|并行)"
    r"|(?P<other_ko>[\w ,·/]{1,30}?)(?:과|와)[ \t]*병렬[ \t]*가능"
)
"""Languages that name the other side before the words for parallel: "可與 US1 平行", "US1과 병렬 가능"."""
