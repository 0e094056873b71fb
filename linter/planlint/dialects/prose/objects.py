"""What stands behind a verb: its object, or a piece of text that is put somewhere or taken for another."""

from __future__ import annotations

from collections.abc import Sequence

from planlint.dialects.prose import verbs
from planlint.dialects.prose.clause import Clause
from planlint.dialects.prose.lexer import Event
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import Role

_OBJECT_WORDS = words(
    "the that all each every any this these those it its their "
    "existing both a an against with by whether no your our them "
    "current remaining following every full actual"
)

_FAULTS = words(
    "failure failures error errors issue issues warning warnings violation violations regression regressions problem "
    "problems finding findings bug bugs breakage failing broken flaky lint type test"
)

_ADDING = words(
    "add append insert include agregar agrega añadir añade ajouter ajoute ajoutez adicionar adicione hinzufügen füge"
)

_UPDATING = words("change update")

LISTING = frozenset({",", "，", "、", "&", "+", "and", "y", "et", "und", "e"})
"""Between two files of one list."""

_TO = words("to into a al à au zu em ao")


def lists_on(clause: Clause, ahead: Sequence[Event]) -> bool:
    """Whether a semicolon goes on with a list: "Update in: `a.css` (two colours); `b.css`". `ahead`: two events."""
    if not ahead or ahead[0].mention is None or clause.last or not clause.targeted or clause.aside:
        return False
    alone = len(ahead) == 1 or ahead[1].kind in ("stop", "open", "comma") or ahead[1].text == "and"
    return alone and clause.role is not None and clause.role.writes


def goes_on_aside(clause: Clause, ahead: Sequence[Event]) -> bool:
    """Whether a comma goes on with a list of what is only told of: "a helper that reads `a.md`, `b.md`, and `c.md`"."""
    following = ahead[1] if len(ahead) > 1 and ahead[0].text in ("and", "or") else ahead[0] if ahead else None
    return clause.aside and clause.last == "" and following is not None and following.mention is not None


def is_gerund(event: Event | None) -> bool:
    """Whether a word may be a gerund: "for *reading* x"."""
    return event is not None and event.kind == "word" and event.text.endswith("ing")


def begins_object(event: Event) -> bool:
    """Whether the object of a verb may begin here."""
    return event.kind in ("path", "code") or (event.kind == "word" and event.text in _OBJECT_WORDS)


def is_repair(word: str, following: Event) -> bool:
    """Whether "fix" and what follows it tell to repair something: "run the tests and fix failures in x.ts"."""
    return word in ("fix", "fixes", "fixing") and following.kind == "word" and following.text in _FAULTS


_OUTCOMES = words(
    "result results finding findings outcome outcomes commands numbers evidence timings decisions output notes counts "
    "baseline observations measurements"
)


def is_record(word: str, following: Event) -> bool:
    """Whether outcomes are written down: "run the suite and record the results in x.md"."""
    return word in ("record", "document", "note", "capture", "log", "save") and following.text in _OUTCOMES


_IGNORED = words("gitignore dockerignore npmignore git ci path pythonpath version source")
"""What files and directories are added to, by a name without an article."""


def is_entry(mention: PathMention, clause: Clause, following: Sequence[Event]) -> bool:
    """Whether a path is put into some list or file: "add `x` to `y`", "add `x` and `z` to their project".

    `following` are the events behind it. A directory may go "under `key`" as well, where the key is no path. "Add
    `x.ts` to show totals" says what the file is for.
    """
    adding = verbs.is_one_of(clause.verb, _ADDING) and not (clause.nouns or clause.place or clause.reading)
    if not adding or clause.aside or not following:
        return False
    if mention.is_directory and following[0].text == "under":
        return len(following) > 1 and following[1].kind == "code"
    listed = 0
    while listed + 1 < len(following) and (following[listed].text in LISTING or following[listed].kind == "path"):
        listed += 1
    return following[listed].text in _TO and not _is_purpose(following[listed + 1 :])


def _is_purpose(behind: Sequence[Event]) -> bool:
    """Whether "to" opens what a file is for: a verb follows ("to show totals"), and no list, file or name of one."""
    if not behind or behind[0].kind != "word":
        return False
    word = behind[0].text
    plural = word.endswith("s") and not word.endswith("ss")
    counted = len(behind) > 1 and behind[1].text == "of"  # "to list of exports"
    return not (begins_object(behind[0]) or plural or counted or word in _IGNORED)


def is_removed_entry(clause: Clause, following: Sequence[Event]) -> bool:
    """Whether a path is taken out of some list or file: "drop `x.cpp` from `SOURCES`"; `following` the events behind.

    "Remove `x` from the repository" and "from src/" delete the file.
    """
    if clause.role is not Role.DELETE or clause.place or clause.reading or clause.nouns:
        return False
    at = 0
    while at + 1 < len(following) and (
        following[at].text in LISTING or following[at].text in ("except", "but") or following[at].kind == "path"
    ):
        at += 1
    if at + 1 >= len(following) or following[at].text not in ("from", "aus", "de", "del", "da"):
        return False
    source = following[at + 1]
    if source.mention is not None:
        return not source.mention.is_directory
    return source.kind == "code"


def substitutes(mention: PathMention, clause: Clause, following: Sequence[Event]) -> bool:
    """Whether a path is the first half of "change `x` to `y`"; `following` are the two events behind it.

    A file in a directory that is changed to something that is no file is the file itself. "Update `x` with `y`" changes
    x; "replace `x` with `y`" puts one text for another.
    """
    if (
        not verbs.is_one_of(clause.verb, verbs.SUBSTITUTING)
        or clause.nouns
        or clause.place
        or clause.verb.startswith("renam")
    ):
        return False
    if len(following) < 2 or following[1].kind not in ("path", "code"):
        return False
    value = following[1].mention is None or following[1].mention.is_directory
    if value and "/" in mention.path and not mention.is_directory:
        return False
    if verbs.is_one_of(clause.verb, verbs.TURNING) and "/" in mention.path and not mention.is_directory:
        return False  # one file is made from another
    exchanges = following[0].text in ("with", "by") and not verbs.is_one_of(clause.verb, _UPDATING)
    return exchanges or following[0].text in ("to", "→", "->")
