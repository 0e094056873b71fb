"""What table columns and labelled bullets are about."""

from __future__ import annotations

import re
from enum import Enum

from planlint.dialects.plan_words.translations import WORDS
from planlint.source.regex import regex


class Field(Enum):
    """What a table column or a labelled bullet is about."""

    AGENT = "agent"
    PERSON = "person"
    """Owner, role, who: an agent only where the text around delegates."""
    TASK = "task"
    ID = "id"
    ACCESS = "access"
    """Whether it may change its files or only read them."""
    OWNS = "owns"
    """Files that this agent alone changes; the word alone makes a roster of workers."""
    FILES = "files"
    """Files, where only the context says that they are changed."""
    OFF_LIMITS = "off-limits"
    READS = "reads"
    VERIFY = "verify"
    DEPENDS = "depends"
    WAVE = "wave"
    PARALLEL = "parallel"
    WORKTREE = "worktree"
    BRANCH = "branch"
    TYPE = "type"
    MODEL = "model"
    RETURNS = "returns"
    PROVIDES = "provides"
    STATUS = "status"
    RESULT = "result"
    """How it ended: the column of a record of what was done."""
    TRIGGER = "trigger"
    """What makes somebody choose this row: the column of a routing table."""


_FIELDS: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern, re.IGNORECASE))
    for field, pattern in (
        (
            Field.TRIGGER,
            r"triggers?(?:ed by)?|when to (?:use|call|spawn|invoke)|use (?:when|for|case)|if|situations?|scenarios?"
            r"|(?:task|work|change|request|file|problem) (?:types?|kinds?)|(?:type|kind) of (?:task|work|change)"
            r"|best for|you (?:want|need)(?: to)?",
        ),
        (
            Field.OFF_LIMITS,
            r"(?:does ?n[o']?t|does not|must not|mustn't|may not|can ?not|never|do not|don'?t|not)\s?(?:own|touch|edit"
            r"|modify|change|write)\w*"
            r"(?: files?)?|off[- ]?limits?|forbidden(?: files| paths)?|no[- ]touch|hands[- ]off|avoids?"
            r"|excluded(?: files)?|protected|must stay out of|out of scope",
        ),
        (
            Field.OWNS,
            r"owns?|owned(?: files| paths| directories| by)?|owns? files|file ownership|(?:exclusive )?ownership"
            r"|(?:files?|paths?|directories) (?:that )?(?:it|they|he|she|each) "
            r"(?:owns?|changes?|edits?|writes?|touch(?:es)?)"
            r"|(?:exclusive|assigned)(?: files| paths| scope)?|(?:files?|paths?) assigned"
            r"|(?:may|can|allowed to) (?:edit|write|touch|modify|change)|files? (?:owned|touched|changed|modified"
            r"|to (?:create|modify|edit|touch|change|write))"
            r"|touches|writes?(?: to| scope| set| files)?|writable|creates?|modifies|edits|file scope|write scope"
            r"|allowed (?:files|paths|directories)|territory"
            r"|files it may (?:edit|touch|change)|only (?:edits|touches)|deliverable files|output files?",
        ),
        (
            Field.FILES,
            r"files?|paths?|file paths?|director(?:y|ies)|folders?|scope|surface|area|modules?|key files|target files?"
            r"|globs?|boundar(?:y|ies)|where",
        ),
        (Field.RESULT, r"results?|outcomes?|verdicts?|commits?|merged(?: at)?|duration|findings?"),
        (Field.STATUS, r"status|state|done\??|progress"),
        (
            Field.READS,
            r"reads?(?: only)?|read[- ]only(?: (?:files|dependencies|context))?|inputs?|context(?: files)?|references?"
            r"|may read|consumes files",
        ),
        (
            Field.VERIFY,
            r"verif(?:y|ication|ied by)|done (?:means|when|criteria)|definition of done|tests?|checks?"
            r"|acceptance(?: criteria)?|gates?|exit criteria|validation",
        ),
        (
            Field.DEPENDS,
            r"blocked[- ]?(?:by|on)|depends(?: on)?|dependenc(?:y|ies)|(?:(?:starts?|runs?|begins?|only) )?after"
            r"|(?:starts?|begins?)(?: when| once)?|needs|requires|prerequisites?|wait(?:s|ing)? (?:for|on)",
        ),
        (Field.WAVE, r"waves?|phases?|batch(?:es)?|rounds?|stages?"),
        (Field.PARALLEL, r"parallel(?:i[sz]able|[- ]safe)?\??|concurrent\??|can run in parallel\??|in parallel\??"),
        (Field.WORKTREE, r"worktrees?(?: path)?|checkout|workspace|isolation"),
        (Field.BRANCH, r"branch(?:es| name)?"),
        (Field.TYPE, r"sub-?agent[_ ]types?|agent[_ ]types?|type"),
        (Field.MODEL, r"models?"),
        (Field.RETURNS, r"returns?|reports?(?: back)?|output(?: format)?|deliverables?"),
        (Field.PROVIDES, r"provides|exports?|exposes"),
        (
            Field.AGENT,
            r"(?:sub-?)?agents?(?: name| id)?|workers?|lanes?|(?:work)?streams?|teammates?|tracks?|sessions?"
            r"|instances?|specialists?|claude instances?|terminals?",
        ),
        (
            Field.PERSON,
            r"owners?|roles?|who|assignees?|assigned(?: to)?|members?|developers?|editors?|name"
            r"|code ?names?|call ?signs?",
        ),
        (Field.ACCESS, r"access|permissions?|mode"),
        (Field.ID, r"#|no|nr|n°|id|(?:task|item|ticket|job|work item) ?(?:id|#|no|number)"),
        (
            Field.TASK,
            r"tasks?(?: name)?|items?|work(?: items?)?|tickets?|issues?|slices?|what|description|focus"
            r"|responsibilit(?:y|ies)|purpose|goal|job|mission|scope of work|does",
        ),
    )
)


_SPOKEN = {
    "off_limits": Field.OFF_LIMITS,
    "owns": Field.OWNS,
    "creates": Field.OWNS,
    "modifies": Field.OWNS,
    "writes": Field.FILES,
    "reads": Field.READS,
    "verify": Field.VERIFY,
    "depends_on": Field.DEPENDS,
    "wave": Field.WAVE,
    "parallel": Field.PARALLEL,
    "branch": Field.BRANCH,
    "agent": Field.AGENT,
    "owner": Field.PERSON,
    "task": Field.TASK,
}
_TRANSLATED = tuple((field, regex(WORDS[name], re.IGNORECASE)) for name, field in _SPOKEN.items())


def field_of(label: str) -> Field | None:
    """What a header cell or the label of a bullet is about; None for any other word."""
    words = " ".join(label.replace("*", " ").replace("_", " ").replace("`", " ").strip(" :.?!").split())
    if not words or len(words) > 120:
        return None
    words = re.sub(r"\s*\([^()]{0,80}\)$", "", words)
    for field, pattern in (*_FIELDS, *_TRANSLATED):
        if pattern.fullmatch(words):
            return field
    return None
