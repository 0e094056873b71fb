"""Words right beside a path that settle what is said of it, whatever verb governs the sentence."""

from __future__ import annotations

import re

from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.remarks import LEFT_AS_IT_IS
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import Role, english_verbs
from planlint.model import Mode
from planlint.source.regex import regex

_NOT_THIS = regex(
    r"\b(?:not|rather[ \t]+than)[ \t]+(?:in[ \t]+|to[ \t]+)?(?:(?:the|an?)[ \t]+)?(?:(?:new|separate)[ \t]+)?[\"'(]?\Z",
    re.IGNORECASE,
)

_REFERS = regex(
    r"\b(?:references?|citations?)[ \t]+to[ \t]+(?:the[ \t]+)?[\"'`(\[]*\Z"
    r"|\b(?:uses?|usages?)[ \t]+of[ \t]+(?:the[ \t]+)?[\"'`(\[]*\Z"
    r"|\b(?:provide|pass|give|paste|include)[ \t]+(?:\w+[ \t]+){0,3}(?:text|contents?)[ \t]+of[ \t]+(?:the[ \t]+)?"
    r"[\"'`(\[]*\Z",
    re.IGNORECASE,
)

_LINKS = regex(
    r"(?:(\S{1,40})[ \t]+)?\b(?:(?P<many>links)|link|pointers?)[ \t]+to[ \t]+(?:the[ \t]+)?[\"'`(\[]*\Z", re.IGNORECASE
)

_UNQUALIFIED = words("a an the any all its add adds adding insert include and or with of")
"""Before "link to x": the link leads to x, whatever x is. "A menu link to `Nav.vue`" is put there."""

_LINKED = regex(r"\.(?:mdx?|rst|adoc|txt|html?|pdf)(?:#|$)", re.IGNORECASE)
"""What texts link to."""

_IS_THERE = regex(
    r"[`\"')]*\s+(?:both |all )?already exists?\b"
    r"|[`\"')]*(?:\s*\([^()]{0,120}\))?\s+(?:is|are|stays?|remains?) (?:un(?:affected|changed|touched)|intact)\b",
    re.IGNORECASE,
)

_ONE_IS_THERE = regex(r"[`\"')]*(?:\s*\([^()]{0,120}\))?\s+(?:already exists|is|stays|remains)\b", re.IGNORECASE)

_MUST_STAY = regex(
    r"[`\"')]*\s+(?:(?:must|should|shall|has to|have to|needs? to|will)\s+(?:stay|remain|be (?:kept|left))\s+"
    r"(?:completely |byte-)?(?:unchanged|untouched|unmodified|intact|identical|as[- ]is)\b"
    r"|(?:files? )?(?:(?:must|should|shall|may|will|can)(?: not|n't|n’t)|cannot|can't) be "
    r"(?:changed|modified|edited|touched|altered|rewritten|overwritten|deleted|removed)\b)",
    re.IGNORECASE,
)

_TO_FILE = regex(
    r"[`'\"]?[ \t]+(?:to|into|as)[ \t]+(?:the |a |an )?(?:new )?[`'\"]?[\w.-]*[/.][\w./-]*\w", re.IGNORECASE
)
_ASKED_FOR = regex(
    r"[`\"')]*\s+(?:files? )?(?:must|should|shall|has to|have to|needs? to) be "
    r"(?:(?P<new>created|added)|updated|changed|modified|edited|extended|refactored|rewritten|adapted|adjusted)\b",
    re.IGNORECASE,
)

_POINT = regex(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")

_THEN_TOLD = regex(
    r"[`\"')*_]*(?:[ \t]*\([^()\n]{1,80}\))?[*_]*(?::[*_]*[ \t]|[ \t]+(?:[—–]|--?)[ \t])[ \t]*"
    r"(?P<verb>[A-Za-z][a-z-]{1,19})(?=(?P<more>[ \t]+[^\s])?)"
)
"""Behind a path: a colon or dash, and the word that may be an order."""

_ORDERS = frozenset({Role.CREATE, Role.ADD, Role.MODIFY, Role.DELETE, Role.MOVE, Role.EXTRACT})

_BRANCH_BEFORE = regex(r"\bbranch(?:es)?(?:[ \t]+(?:named|called|from|off))?[ \t:]*[`\"'(]*\Z", re.IGNORECASE)
_BRANCH_BEHIND = regex(r"[`\"')]*[ \t]+branch\b", re.IGNORECASE)


_USE = regex(
    r"\b(?:imports?|includes?|requires?|calls?|references?|mentions?|dependenc(?:y|ies)|entry|entries)\s+"
    r"(?:of|to|on|for)\s+(?:the\s+)?[`\"'(]*\Z",
    re.IGNORECASE,
)
""" "remove the import of a.ts from b.ts": what goes is in the other file."""

_OF = regex(r"(?<!\bout )\bof\s+(?:the\s+)?[`\"'(]*\Z", re.IGNORECASE)
""" "document the API of a.ts in b.md": a.ts is only what b.md is about."""

_A_NEW = regex(r"(?<!than )(?<!of )(?<!without )(?<!not )\ban?\s(?:brand[- ])?new\s[\"'`(]*\Z", re.IGNORECASE)

_FOR = regex(r"[`\"')]*\s+for\s")

_SUBJECT = regex(r"[^,.;:\n]{0,60}?\s(?:will|would|makes?|means|breaks?|causes|requires|is|was)\s")
""" "Adding `a.ts` will fail the scan": what is said of it, no instruction."""


def is_called_new(text: str, mention: PathMention) -> bool:
    """ "two panes: a new `a.dart` beside the form": wherever it is told, the file is to be made."""
    return _A_NEW.search(text, max(0, mention.start - 32), mention.start) is not None


def is_ruled_out(text: str, mention: PathMention) -> bool:
    """ "edit a.md, not b.md": the second one is ruled out."""
    return _NOT_THIS.search(text, max(0, mention.start - 40), mention.start) is not None


_SHUT_OUT = regex(
    r"\b(?:(?:git)?ignor(?:e|es|ed|ing)|exclu(?:de|des|ded|ding|sions?))\b(?![^.;\n(:]{0,40}\b(?:in|to|into)\b)"
    r"[^.;\n]{0,80}\Z",
    re.IGNORECASE,
)


_LEFT_OUT = regex(
    r"[`\"')]*[ \t]+(?:is|are|be|stays?|remains?)[ \t]+(?:also[ \t]+|already[ \t]+|still[ \t]+)?"
    r"(?:(?:git-?)?ignored|excluded|untracked|(?:not|never)[ \t]+(?:committed|tracked)|"
    r"in[ \t]+[`\"']?\.\w{1,12}ignore)\b",
    re.IGNORECASE,
)


def is_shut_out(text: str, mention: PathMention, start: int) -> bool:
    """A pattern that is written somewhere, no target: "Add ignore rules (`dist/`)", "ensure .env is ignored"."""
    if _LEFT_OUT.match(text, mention.end):
        return True
    wide = mention.is_directory or mention.is_glob
    return wide and _SHUT_OUT.search(text, max(start, mention.start - 120), mention.start) is not None


_PICTURED = regex(
    r"\b(?:reflect|match|mirror|describe|show)(?:s|ing)?[ \t]+(?:the[ \t]+)?(?:[\w-]+[ \t]+){0,4}"
    r"(?:structure|layout|organi[sz]ation|contents?|files|tree)[ \t]+(?:in|of|under)[ \t]+(?:the[ \t]+)?[`\"'(]*\Z",
    re.IGNORECASE,
)
""" "update the guide to reflect the structure in tests/" """

_MADE_OF_IT = regex(
    r"\b(?:backup|copy|copies|snapshot|list|inventory|summary|overview|archive|export|dump)s?[ \t]+of[ \t]+"
    r"(?:the[ \t]+|all[ \t]+)?(?:(?:current|existing|old)[ \t]+)?[`\"'(]*\Z",
    re.IGNORECASE,
)


def is_taken_down(text: str, mention: PathMention, start: int) -> bool:
    """ "Create a backup of docs/", "show the files in src/": something is made of the path, which stays as it is."""
    if mention.is_directory and _PICTURED.search(text, max(start, mention.start - 80), mention.start):
        return True
    return _MADE_OF_IT.search(text, max(start, mention.start - 60), mention.start) is not None


def is_referred_to(text: str, mention: PathMention, start: int) -> bool:
    """ "add a link to b.md", "the uses of b.ts", "provide the full text of b.md": another file is meant.

    `start`: of the sentence.
    """
    start = max(start, mention.start - 60)
    if _REFERS.search(text, start, mention.start):
        return True
    link = _LINKS.search(text, start, mention.start)
    if link is None:
        return False
    what = (link.group(1) or "a").lower()
    if what not in _UNQUALIFIED and link["many"]:
        return False  # "add runbook links to docs/README.md"
    return what in _UNQUALIFIED or _LINKED.search(mention.path) is not None


def stays_as_it_is(text: str, mention: PathMention, end: int) -> bool:
    """ "`a.ts` — no change needed", "a.ts already exists". `end`: of the sentence."""
    return LEFT_AS_IT_IS.match(text, mention.end, end) is not None or is_there(text, mention, end)


def is_there(text: str, mention: PathMention, end: int) -> bool:
    """ "a.ts already exists", "a.ts is unaffected". `end`: of the sentence."""
    return _IS_THERE.match(text, mention.end, end) is not None


def are_there(text: str, mention: PathMention, end: int) -> bool:
    """ "a.ts and b.ts already exist": said of the whole list that ends in `mention`. `end`: of the sentence."""
    return is_there(text, mention, end) and _ONE_IS_THERE.match(text, mention.end, end) is None


def must_stay(text: str, mention: PathMention, end: int) -> bool:
    """ "a.json must stay unchanged": nobody may write it. `end`: of the sentence."""
    return _MUST_STAY.match(text, mention.end, end) is not None


def is_use(text: str, mention: PathMention, start: int) -> bool:
    """ "the import of a.ts", "the references to a.ts": what uses it is meant. `start`: of the sentence."""
    return _USE.search(text, max(start, mention.start - 60), mention.start) is not None


def is_topic(text: str, mention: PathMention) -> bool:
    """ "the API of a.ts": the file is what the work is about, and its target if no other follows."""
    return _OF.search(text, max(0, mention.start - 16), mention.start) is not None


def is_given_away(text: str, mention: PathMention) -> bool:
    """ "swap a.ts for b.ts" """
    return _FOR.match(text, mention.end) is not None


def is_turned_into(text: str, mention: PathMention) -> bool:
    """ "rewrite a.js into b.ts", "convert a.js to b.ts": the old file is what the new one is made from."""
    return _TO_FILE.match(text, mention.end) is not None


def is_subject(text: str, mention: PathMention) -> bool:
    """ "adding a.ts will fail the scan": part of what the sentence speaks about."""
    return _SUBJECT.match(text, mention.end) is not None


def is_asked_for(text: str, mention: PathMention, end: int) -> Mode | None:
    """ "a.ts must be updated", "a.ts has to be created": what is to happen to it. `end`: of the sentence."""
    found = _ASKED_FOR.match(text, mention.end, end)
    return None if found is None else Mode.CREATE if found["new"] else Mode.MODIFY


def is_branch(text: str, mention: PathMention) -> bool:
    """ "a branch named `test/parser`": no file."""
    if "." in mention.path or mention.path.endswith("/"):
        return False
    before = _BRANCH_BEFORE.search(text, max(0, mention.start - 40), mention.start)
    return before is not None or _BRANCH_BEHIND.match(text, mention.end) is not None


def is_told_to(text: str, mention: PathMention, start: int, end: int) -> Mode | None:
    """ "`a.ts`: add a field", "b.ts — remove the flag": an item that begins with a file and goes on with an order.

    `start` and `end`: of the sentence.
    """
    point = _POINT.match(text, start, mention.start)
    if any(map(str.isalnum, text[point.end() if point is not None else start : mention.start])):
        return None
    found = _THEN_TOLD.match(text, mention.end, end)
    role = english_verbs().get(found["verb"].lower()) if found is not None else None
    if found is None or role not in _ORDERS or found["verb"].endswith(("s", "ed", "ing")):
        return None
    if role is Role.CREATE:
        return Mode.WRITE  # "create the router": the file may be there
    return Mode.DELETE if role is Role.DELETE and not found["more"] else Mode.MODIFY
