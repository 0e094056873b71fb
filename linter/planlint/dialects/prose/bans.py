"""Whether a sentence keeps a task away from a whole file."""

from __future__ import annotations

import re

from planlint.model import Scope
from planlint.source.regex import regex

_BEFORE = regex(
    r"(?<!\w)(?:(?:do|must|may|should) not|don['’]?t|never) (?:touch|edit|modify|change|alter)(?: the files?)? "
    r"?[`\"']?\Z",
    re.IGNORECASE,
)
_AFTER = regex(r"[`\"']?(?:[.;!)]?(?:[\"'],?)?\s*(?:\Z|\n|\\n)|[.;!)] )")
_NEAR = 60
"""Characters before a path in which the words stand."""


def flatly_forbidden(scope: Scope) -> bool:
    """Whether a sentence forbids the file and says no more about it: "Do not touch `src/tokens.ts`."

    "Do not change the rest of x.ts" and "do not touch x.ts except for the import" are about a part of the file, which
    the task may well change.
    """
    origin = scope.origin
    text = origin.source.text
    return (
        _BEFORE.search(text, max(0, origin.start - _NEAR), origin.start) is not None
        and _AFTER.match(text, origin.end, origin.end + 8) is not None
    )
