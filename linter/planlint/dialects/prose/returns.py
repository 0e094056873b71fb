"""Which clause a place at the end of a sentence belongs to, when it is not the one that it stands in."""

from __future__ import annotations

import re

from planlint.dialects.prose.clause import Clause
from planlint.dialects.prose.filenames import TEST_FILE
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.verbs import Role
from planlint.source.regex import regex

_TELLS_WHAT_HOLDS = regex(r"does(?: not|n't|n’t)|cannot|can(?: not|'t|’t)|never|不可|不能", re.IGNORECASE)
""" "Guests cannot create orders" tells how things are; "must not" may as well forbid."""

_WHERE = frozenset({"in", "at", "within", "dans", "en", "em", "im", "於", "在"})


def returns_to_main(clause: Clause, main: Clause) -> bool:
    """ "Add X; confirm Y; in a.ts": a place behind a comma belongs to the writing verb `main` of the sentence.

    So does the only place of "Add X and verify Y in a.ts".
    """
    if clause.place not in ("in", "at"):
        return False
    joined = clause.joined and clause.role in (Role.CHECK, Role.OPEN) and clause.nouns > 0
    if not (clause.trailing or clause.purpose or joined):
        return False
    return clause.role is not None and not clause.role.writes and not (main.targeted or clause.targeted)


def is_asserted(mention: PathMention, clause: Clause, denial: str) -> bool:
    """ "Test that guests cannot open the page in tests/x.py": what `denial` denies is what the test asserts there."""
    if clause.place not in _WHERE or TEST_FILE.search(mention.path) is None:
        return False
    tells = clause.nouns > 0 and _TELLS_WHAT_HOLDS.fullmatch(denial) is not None
    return tells or clause.role is None or not clause.role.writes or not clause.negated
