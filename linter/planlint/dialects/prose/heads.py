"""The head of a clause: whether a word there is its verb, and what two verbs that share an object mean together."""

from __future__ import annotations

from planlint.dialects.plan_words.looking import AUDITED
from planlint.dialects.prose import verbs
from planlint.dialects.prose.function_words import PLACES
from planlint.dialects.prose.lexer import Event
from planlint.dialects.prose.objects import begins_object, is_record, is_repair
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import Role

_SEARCHING = words("check test look search watch scan")
"""Before "for" they are verbs: "change x.py to check for files in data/"."""

_SURE_AT_START = words("test check review run use import follow measure audit study compare look open call")
"""Nouns as well as verbs, which begin a sentence only as verbs."""


_ALSO_ENGLISH_NOUNS = words("adapter tester")
"""French verbs: "Adapter le modèle" is one, "Adapter test in x.py" is not."""

_FRENCH_OBJECTS = words("le la les un une des ce cette ces son sa ses tous toutes chaque aux")

_ON_SCREEN = words(
    "dialog dialogs modal modals button buttons step page screen prompt popup sheet box panel password email form view "
    "state flow component hook action delete order"
)
"""Behind "confirm" at the front of a title they make it part of a name, "Confirm dialog in src/dialog.ts"."""

_AFTER_DESIGN = words("system systems token tokens language doc docs document")
"""Behind "design" they make it part of a name: "design system in src/ui/"."""


def is_verb(
    word: str, role: Role, following: Event | None, governing: Role | None, *, first: bool, negated: bool, joined: bool
) -> bool:
    """Whether a word at the head of a clause is the verb and no noun in a list.

    `governing` is the role of the verb before it, `first` says that the sentence begins with the word, `joined` that
    "and" or the like ties it to that verb with nothing between.
    """
    if word.endswith("s") and word[:-1] in verbs.english_verbs() and not word.endswith("ss"):
        if following is not None and following.kind == "path" and not role.writes:
            return True  # "the list in a.tsx, reads b.ts": a list of nouns has no path behind "reads"
        return not first and governing is None and following is not None and following.kind != "word"
    if word in _ALSO_ENGLISH_NOUNS and following is not None and following.kind == "word":
        return following.text in _FRENCH_OBJECTS or following.text.startswith("l'")
    if word not in verbs.AMBIGUOUS or negated:
        return True
    if following is None:
        return False
    if first and word in ("confirm", "inspect") and following.kind == "word":
        return following.text not in _ON_SCREEN
    if word == "design" and following.kind == "word" and following.text in _AFTER_DESIGN:
        return False
    if first and word == "audit" and following.kind == "word" and following.text in AUDITED:
        return False
    if first:
        return role.writes or word in _SURE_AT_START or begins_object(following)
    if joined and governing is not None:
        return True
    if begins_object(following) or is_repair(word, following) or is_record(word, following):
        return True
    if word in _SEARCHING and following.text == "for":
        return True
    return following.kind == "word" and following.text in PLACES and not role.writes


def merged_role(first: Role, second: Role) -> Role:
    """ "create/update", "verify/update", "implement and test": the verbs share their object; any write wins."""
    if not second.writes:
        return first if first.writes else second
    if not first.writes or first is second:
        return second
    return Role.MODIFY if {first, second} <= {Role.MODIFY, Role.DELETE} else Role.ADD
