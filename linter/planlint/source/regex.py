"""Regular expressions that are compiled when they are first used.

Rules and facts have some hundred and fifty of them, and a run searches with few: the texts of most plans hold none of
the words that a pattern begins with. Compiling all of them took a quarter of the time that a small plan takes.
"""

from __future__ import annotations

import re
from typing import Any, cast


class DeferredRegex:
    """Stands in for a compiled pattern. After the first use its methods are those of the pattern itself."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.__pattern = pattern
        self.__flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.__pattern, self.__flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled when it is first used; an error in it shows only then, so a test compiles them all."""
    return cast("re.Pattern[str]", DeferredRegex(pattern, flags))
