"""What a word of a language written with letters does to a walk: verb, preposition, conjunction or none of these."""

from __future__ import annotations

import re

from planlint.dialects.prose import verbs
from planlint.dialects.prose.function_words import FILLERS, HEAD_KEEPERS, PLACES, SUBORDINATORS
from planlint.dialects.prose.governing.walk import Walk
from planlint.dialects.prose.heads import is_verb, merged_role
from planlint.dialects.prose.judgement import ATTACHED_READ
from planlint.dialects.prose.lexer import Event
from planlint.dialects.prose.objects import begins_object, is_gerund
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import Role
from planlint.source.regex import regex

_AS_NEEDED = words("needed necessary applicable appropriate possible required")
""" "where needed" opens no clause of its own."""

_REPORT = regex(
    r"(?:\([a-h1-9]\)|\b(?:completed?|done|finished|implemented|changes|summary)[:：][*_]{0,2})\s+[`*_]?\Z",
    re.IGNORECASE,
)
"""What stands before a report in the middle of a sentence: "(2)", "Completed:"."""

_LABEL_BEFORE = 20
"""Characters before a verb in which the label of a report ends."""

_ID = regex(r"[a-z]{1,3}\d{1,4}[a-z]?")
"""A task or a requirement (`T012`, `FR3`): what "added in" and "per" may have for an object instead of a path."""


def take_word(walk: Walk, event: Event, following: Event | None) -> None:
    """Go on behind it: as its verb, as the next preposition of the clause, or as one more word of it."""
    word = event.text
    clause = walk.clause
    none = word in ("nothing", "nichts", "nada", "rien") and clause.nouns == 0
    if none and clause.role is not None and clause.role.writes:
        clause.negated = True  # "register nothing in x.ts"
    if _takes_verb(walk, event, following):
        return
    if word == "sure" and clause.verb in ("make", "making") and clause.nouns == 0:
        walk.govern(Role.OPEN, "ensure")
        walk.head = False
        return
    if word == "plus" and walk.after_sign and clause.place in ATTACHED_READ:
        clause.place = ""  # "add a.ts via the helper, plus b.ts"
    if word in HEAD_KEEPERS and word not in PLACES:
        if word in ("and", "or", "y", "und", "et", "e", "oder", "ou"):
            walk.joined = "and"
        clause.last = word
        walk.head = True
        if word == "by":
            clause.place = word
        return
    if word in SUBORDINATORS and not (following is not None and following.text in _AS_NEEDED):
        clause.aside, clause.place, clause.last, clause.fresh_start = True, "", word, False
        walk.head = word in ("before", "after", "once", "while", "when")
        return
    article = word == "a" and clause.verb not in verbs.foreign_verbs()
    if (word in PLACES and not article) or word in ATTACHED_READ or word in ("for", "of", "para", "pour", "für"):
        if word != "of" and not (word == "at" and clause.place == "using"):  # "using the list at x.md"
            clause.place, clause.trailing, clause.coded = word, walk.after_sign, clause.last == "`"
            if clause.reading and clause.consumed:
                clause.reading = False
        walk.head = word == "to" or (word == "for" and is_gerund(following))
        clause.last = word if word != "of" else clause.last
        return
    if word not in FILLERS or (clause.place == "" and word in ("test", "class", "component")):
        clause.nouns += 1
        clause.behind += 1
        clause.reading_nouns += 1
        clause.consumed = clause.consumed or (clause.reading and _ID.fullmatch(word) is not None)
        walk.negate = max(0, walk.negate - 1)
    clause.last = word
    walk.head = False


def _takes_verb(walk: Walk, event: Event, following: Event | None) -> bool:
    """Let a verb govern, where it begins its clause; else False, and what it is there for stands aside."""
    word, clause = event.text, walk.clause
    role = verbs.english_verbs().get(word)
    if role is Role.CHECK and word == "tests" and clause.fresh_start and walk.default is not None:
        role = None  # "Create a.ts; tests `a.test.ts`": what else is made
    if role is None and walk.start and walk.default is not None and word in verbs.DONE_FROM:
        role = Role.ADD
    told = role is None and following is not None and begins_object(following) and _reports(walk, event)
    if told:
        role = verbs.PAST.get(word)
    if (
        role is not None
        and role.writes
        and clause.place == "for"
        and clause.role is not None
        and walk.head
        and (walk.joined == "" or word.endswith("ing"))
    ):
        clause.aside = True  # "a script for updating x.json"
    elif role is not None and walk.head and _begins(walk, word, role, following):
        _begin_clause(walk, role, word)
        walk.clause.told = told
        return True
    return False


def _reports(walk: Walk, event: Event) -> bool:
    """Whether a report of what was done may begin here: at the front, or behind "(2)" or "Completed:"."""
    if walk.start:
        return True
    before = walk.text[max(walk.sentence.start, event.start - _LABEL_BEFORE) : event.start]
    return _REPORT.search(before) is not None


def _begins(walk: Walk, word: str, role: Role, following: Event | None) -> bool:
    shares_object = walk.joined != "" and walk.clause.nouns == 0
    negated = walk.negate > 0
    return is_verb(word, role, following, walk.clause.role, first=walk.start, negated=negated, joined=shares_object)


def _begin_clause(walk: Walk, role: Role, word: str) -> None:
    """Let the verb `word` govern: alone, or with the one before that has no object yet ("create and test x")."""
    clause = walk.clause
    purpose = clause.place == "for"
    open_yet = clause.nouns == 0 and not clause.place and not clause.targeted
    adjacent = clause.role is not None and open_yet and walk.joined != ""
    # "Create x.ts and export it from index.ts" says two things: `from` is the export's alone.
    adjacent = adjacent and (role is not Role.EXPORT or clause.role is Role.EXPORT)
    if adjacent and clause.role is not None and walk.negate == 0:
        merged = Role.CHECK if clause.verb == "build" and role is Role.CHECK else merged_role(clause.role, role)
        clause.verb = word if role.writes else clause.verb
        clause.role = merged
    else:
        walk.govern(role, word)
        walk.clause.purpose = purpose
        walk.clause.outcome = clause.last == "to" and clause.targeted and role.writes
    walk.joined = ""
    walk.head = False
