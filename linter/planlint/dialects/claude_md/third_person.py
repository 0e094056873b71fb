"""What a worker "creates" it is told to create: sentences about a worker as sentences to it."""

from __future__ import annotations

import re

from planlint.dialects.prose.verbs import english_verbs
from planlint.readers.prose import Prose

_VERB = re.compile(r"(?:(?P<first>\A\W{0,4})|[,;][ \t]+(?:and |then )?|\b(?:and|then)[ \t]+)(?P<verb>[a-z]{2,20}s)\b")


def as_told(prose: Prose) -> Prose:
    """The text with its verbs as in an order: "creates `a.ts` and updates `b.ts`" tells to create and update them.

    Only a text that begins with such a verb is about the worker whose name stands before it.
    """
    edits = []
    for match in _VERB.finditer(prose.text):
        base = _base(match.group("verb"))
        if base is None and match.group("first") is not None:
            break
        if base is not None:
            edits.append((*match.span("verb"), base))
    begins = bool(edits) and re.search(r"\w", prose.text[: edits[0][0]]) is None
    return prose.replaced(edits) if begins else prose


def _base(word: str) -> str | None:
    """The base form of a verb in the third person (`modifies`, `fixes`, `writes`)."""
    forms = [word[:-1]]
    if word.endswith("ies"):
        forms.insert(0, word[:-3] + "y")
    elif word.endswith("es"):
        forms.append(word[:-2])
    verbs = english_verbs()
    return next((form for form in forms if form in verbs), None)
