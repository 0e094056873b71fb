"""What the verb of a clause does to a path: creates, changes, deletes or only reads it."""

from __future__ import annotations

from planlint.dialects.prose.clause import Clause
from planlint.dialects.prose.verbs import TURNING, Role, is_one_of
from planlint.model import Mode


def mode_of_verb(clause: Clause, placed: bool, directory: bool) -> Mode:
    """What the verb that governs `clause` does to the path behind it.

    `placed`: a preposition of place stands between them; `directory`: the path is one.
    """
    role, place = clause.role, clause.place
    direct = not place and clause.nouns == 0 and not clause.dashed
    onto = place in ("to", "into", "as", "en", "zu", "至", "到")
    if role is Role.CREATE:
        # "create a minimal x.py", "create the migration 007_x.sql": without a preposition the path is what comes to be.
        named = not place and not clause.dashed and clause.nouns <= 2 and clause.last != ""
        return Mode.CREATE if direct or named else Mode.WRITE
    if role is Role.ADD:
        if direct and clause.verb in ("add", "adding", "introduce", "新增") and not directory:
            return Mode.CREATE
        return Mode.MODIFY if onto and clause.verb in ("add", "adding", "insert", "include") else Mode.WRITE
    if place == "into" and clause.verb in ("split", "splitting", "merge", "merging", "break", "breaking"):
        return Mode.WRITE
    if onto and is_one_of(clause.verb, TURNING):
        return Mode.WRITE
    if role is Role.DELETE:
        # "delete the now orphaned x.py": adjectives may stand before the object.
        return Mode.DELETE if direct or (not place and clause.nouns <= 2 and clause.last != "") else Mode.MODIFY
    if role is Role.MOVE:
        if onto:
            return Mode.CREATE if clause.sources else Mode.WRITE
        return Mode.DELETE if direct else Mode.MODIFY
    if role is Role.COPY:
        return (Mode.CREATE if clause.sources else Mode.WRITE) if placed else Mode.READ
    if role is Role.EXTRACT:
        return Mode.MODIFY if place == "from" else Mode.WRITE
    return Mode.MODIFY
