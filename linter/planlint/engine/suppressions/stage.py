"""`suppress`: the stage that marks what comments and named ignores hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.engine.suppressions.inline import InlineSuppressions
from planlint.engine.suppressions.named import NamedIgnores

if TYPE_CHECKING:
    from planlint.diagnostics import Diagnostic
    from planlint.engine.run import Run
    from planlint.source import Source


def suppress(found: list[Diagnostic], run: Run, sources: dict[str, Source]) -> list[Diagnostic]:
    """`found` with what is hidden marked, and findings about the suppressions themselves.

    `sources` are the files that may hold markers. The clock is read here and nowhere else, and decides only what has
    expired; `RunConfig.today` stands in for it.
    """
    from datetime import date

    today = run.config.today or date.today()
    inline = InlineSuppressions(run, sources, today)
    named = NamedIgnores(run, today)
    found = named.hide(inline.hide(found))
    return [*found, *inline.complaints(), *named.complaints()]
