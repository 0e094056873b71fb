"""Paths beside a writing verb that are not what it writes: cited, built upon, or left to somebody else."""

from __future__ import annotations

import re

from planlint.dialects.prose.clause import Clause
from planlint.dialects.prose.filenames import TEST_FILE
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import is_one_of
from planlint.source import Span
from planlint.source.regex import regex

_CITES = regex(r"\b(?:as|what|how|whatever|wie|was)[ \t]+(?:the[ \t]+)?[`'\"]?$", re.IGNORECASE)
_SAYS = regex(
    r"[`'\")]*[ \t]+(?:describes?|says?|specif(?:y|ies)|states?|explains?|shows?|demands?|prescribes?|requires?|asks|"
    r"lists?|defines?|wants?|suggests?|has|have|does|documents?|finds?|reports?|complains|"
    r"beschreibt|sagt|zeigt|verlangt|festlegt|findet|meldet)\b",
    re.IGNORECASE,
)
""" "as `docs/orders.md` describes": behind and before the path."""
_BUILT_ON = words("build builds building base bases basing implement implements implementing write writes writing code")
""" "Build the page on `src/types.ts`": what is built upon is there already."""
_LEANS_ON = regex(
    r"\b(?:build(?:s|ing)?|bas(?:e[sd]?|ing)|rel(?:y|ies|ying)|depend(?:s|ing)?)[ ]upon\b[^.;,\n]{0,30}$"
    r"|\b(?:adapt|connect|subscribe|bind|attach|listen|hook)(?:s|ing)?[ ](?:in)?to\b[^.;,\n]{1,40}"
    r"\b(?:in|of|from)[ ][`'\"]?$"
    r"|\b(?:implement|fulfil|satisfy|honour)(?:s|ing)?[ ](?:the|all|each|every)[ ](?:\w+[ ]){0,2}?"
    r"(?:contracts?|interfaces?|protocols?|signatures?|types?)[ ](?:in|of|from)[ ][`'\"]?$"
    r"|\binject(?:s|ing)?[ ](?:the[ ])?\w+[ ](?:of|from)[ ][`'\"]?$",
    re.IGNORECASE,
)
""" "adapt to the signature in x.ts", "implement the contract in x.ts"."""
_INTERFACE = regex(
    r"(?:^|[/._-])(?:contracts?|interfaces?|openapi|swagger)(?:[/._-][^/]*)*\.(?:d\.ts|[jt]s|json|ya?ml|md|py|go|graphql)$"
    r"|\.proto$",
    re.IGNORECASE,
)
""" "Implement `contracts/orders.ts`": one implements what such a file asks for (not `contracts/Token.sol`)."""
_PAPER = regex(r"\.(?:md|mdx|rst|txt|adoc|html)$|(?:^|/)docs?/", re.IGNORECASE)
_IN_THE_CODE = regex(r"\b(?:docstrings?|jsdoc|tsdoc|javadoc|rustdoc|comments?|inline|annotations?)\b", re.IGNORECASE)
_ABOUT_IT = regex(
    r"\b(?:on[ ]top|screenshots?|(?P<tests>tests?))[ ]of[ ](?:the[ ])?[`'\"]?$",
    re.IGNORECASE,
)
_PORTED = regex(r"[`'\")]*[ \t]+(?:to|into|as)[ \t]+[`'\"]?[\w./-]{1,120}\.\w+", re.IGNORECASE)
_MAKES = regex(r"\b(?:makes?|making|gets?|getting|until)[ ][`'\"]?$", re.IGNORECASE)
_MADE_TO = regex(r"[`'\")]*[ \t]+(?:pass|green|compile|build)\b(?![ \t]+\w+[ \t]+(?:to|into|as)\b)", re.IGNORECASE)
""" "Make `tests/test_a.py` pass": the fault is elsewhere."""
_SOMEBODY = (
    r"(?:main session|lead|coordinator|orchestrator|parent|(?:another|other|next|later|last|final|join|integration) "
    r"(?:agent|task|session|step|stream)|tasks? [\w.-]*\d[\w.-]*|somebody else|someone else)"
)
_OTHERS_DO = regex(
    rf"[\s\d.)*>+-]*(?:(?:the |a |an )?{_SOMEBODY}\b[^.;\n]{{0,12}}\b(?:will|does|is going to)\b"
    r"|(?:the |all )?(?:other|remaining|later|following) (?:tasks|agents|sessions|steps|streams)\b)",
    re.IGNORECASE,
)
""" "The main session will register it in x.ts", "the other tasks do not touch x.ts": said of somebody else."""
_DONE_BY_OTHERS = regex(
    r"[`'\")]*[ \t]+(?:happens?|is done|will be done|is made|comes?|follows?|takes place)\b[^.;\n]{0,20}?"
    rf"\b(?:later|afterwards|(?:in|by|with) (?:the |a |an )?{_SOMEBODY})\b",
    re.IGNORECASE,
)
""" "Wiring into x.ts happens in a later task"."""


_REPORTING = words("document record note log list describe explain outline summarize summarise")
_REPORTED_IN = regex(
    r"[^;；\n]{0,160}?[ \t](?:in|into|to|under)[ \t]+(?:the[ \t]+)?[`\"'\[]?"
    r"[\w@.{-][\w./@{},-]{0,160}(?:\.\w{1,8}|/)",
    re.IGNORECASE,
)


def is_cited(text: str, sentence: Span, mention: PathMention) -> bool:
    """ "as x.md describes", "on top of x.ts", "tests of x.ts", "make x pass": what is done is not done to the path."""
    before = max(sentence.start, mention.start - 32)
    if _SAYS.match(text, mention.end, sentence.end) and _CITES.search(text, before, mention.start):
        return True
    if _MADE_TO.match(text, mention.end, sentence.end) and _MAKES.search(text, before, mention.start):
        return True
    about = _ABOUT_IT.search(text, before, mention.start)
    return about is not None and (not about["tests"] or TEST_FILE.search(mention.path) is None)


def is_looked_at(text: str, sentence: Span, mention: PathMention, clause: Clause) -> bool:
    """Whether a verb of running text that may write only looks at the path: built upon, implemented, documented."""
    if clause.place == "on" and clause.verb in _BUILT_ON:
        return True
    if clause.verb.startswith("implement") and clause.nouns == 0 and not clause.place:
        return _INTERFACE.search(mention.path) is not None
    if clause.verb.startswith("document") and clause.place in ("", "of"):
        told = _IN_THE_CODE.search(text, sentence.start, sentence.end)
        return told is None and not mention.is_directory and _PAPER.search(mention.path) is None
    leans = _LEANS_ON.search(text, max(sentence.start, mention.start - 80), mention.start)
    return leans is not None and not mention.path.endswith(".sol")


def is_reported(text: str, sentence: Span, mention: PathMention, clause: Clause) -> bool:
    """ "Document the flags of a.py in docs/a.md", "note missing `a.md` in b.md": a report is about them."""
    if clause.place or clause.targeted or not is_one_of(clause.verb, _REPORTING):
        return False
    return _REPORTED_IN.match(text, mention.end, sentence.end) is not None


def is_ported(text: str, sentence: Span, mention: PathMention, clause: Clause) -> bool:
    """ "Port a.js to b.ts": the original is read."""
    return clause.verb.startswith("port") and _PORTED.match(text, mention.end, sentence.end) is not None


def is_for_others(text: str, sentence: Span, mention: PathMention) -> bool:
    """Whether the sentence is about what another task or session does with the path."""
    if _OTHERS_DO.match(text, sentence.start, mention.start):
        return True
    return _DONE_BY_OTHERS.match(text, mention.end, sentence.end) is not None
