"""What phrases of several words do to a walk: "according to", "exported from", "unchanged"."""

from __future__ import annotations

from planlint.dialects.prose import verbs
from planlint.dialects.prose.afterwards import MAKES, forbid_open
from planlint.dialects.prose.governing.walk import Walk
from planlint.dialects.prose.lexer import Event
from planlint.dialects.prose.objects import begins_object
from planlint.dialects.prose.verbs import Role
from planlint.source.regex import regex

_STANDS_IN = regex(r"(?:created|added|registered|set|stored|saved|built|written|done) in")
"""What is read behind a verb of its own, and behind "when" tells where the work of the sentence stands."""

_CITING = frozenset({
    "follow", "match", "matching", "like", "reference", "references", "see", "ver", "mirror", "given", "the way",
})  # fmt: skip
"""Reading words that need an object right behind: "use the same icons *like* before" cites nothing."""

_FROM_WRITES = frozenset({Role.DELETE, Role.EXTRACT, Role.EXPORT, Role.MOVE})
"""Verbs that change what their "from" names."""


def take_phrase(walk: Walk, event: Event, following: Event | None) -> None:
    """Begin to read, unless the verb or the words around say that the phrase is a place or a plain word."""
    clause = walk.clause
    word = event.text
    if word == "following" and clause.last in ("the", "these"):
        return  # "create the following files", which stand below
    if _STANDS_IN.fullmatch(word) and clause.aside and not clause.targeted and clause.role and clause.role.writes:
        # "Create the record when a message is saved in src/x.py": the place of the whole sentence
        clause.place = "in"
        walk.head = False
        return
    if word == "exported from" and walk.after_sign and clause.targeted and clause.role in MAKES:
        # "Add the model (src/a.ts), exported from src/index.ts": what is new has no export yet.
        walk.govern(Role.EXPORT, word)
        walk.clause.place = "from"
        walk.head = False
        return
    done_there = walk.default is not None and not clause.targeted and verbs.is_one_of(clause.verb, verbs.DONE_FROM)
    if word == "from" and (clause.role in _FROM_WRITES or done_there):
        clause.place = "from"
        walk.head = False
        return
    if word in _CITING and not (
        walk.head or following is None or following.kind in ("path", "code", "phrase") or begins_object(following)
    ):
        clause.nouns += 1
        clause.last = word
        return
    clause.reading, clause.consumed, clause.reading_nouns, clause.reading_word = True, False, 0, word
    clause.predicated = clause.last in ("is", "are", "be") and word.endswith(" in")
    clause.place = ""
    walk.head = False
    walk.negate = 0


def take_untouched(walk: Walk) -> None:
    """ "leave x.ts unchanged": what "keep" or nothing governed so far is off limits."""
    told = walk.clause.last in ("was", "were")  # what was left alone, not what must be
    if told or (walk.clause.role not in (None, Role.OPEN) and not walk.clause.aside):
        walk.clause.nouns += 1
        walk.clause.last = "unchanged"
        walk.head = False
        return
    forbid_open(walk.verdicts, walk.text, walk.sentence.start)
    walk.clause.last = "unchanged"
    walk.head = False
