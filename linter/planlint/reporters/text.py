"""`--format text`: findings with the source they stand in, as compilers show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.reporters.closing import closing_lines
from planlint.reporters.snippet import Label, snippets
from planlint.reporters.terminal import Palette, palette, visible, wrap

if TYPE_CHECKING:
    from planlint.diagnostics import Diagnostic
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext

MAX_LABELS = 6
"""Most related places shown; of more, the first five are, and the rest are counted."""


def render(report: Report, context: RenderContext) -> str:
    """Every finding that counts, with its places, then what was found in all."""
    paint = palette(context.color)
    blocks = ["\n".join(_finding(finding, context.width, paint)) + "\n" for finding in report.active]
    closing = "".join(f"{line}\n" for line in closing_lines(report, context))
    return "\n".join([*blocks, closing] if closing else blocks)


def _finding(finding: Diagnostic, width: int, paint: Palette) -> list[str]:
    head = paint.severity(finding.severity, f"{finding.severity.value}[{finding.code}]")
    lines = [f"{head} {paint.bold(f'{finding.name}: {visible(finding.message)}')}"]
    related = finding.related
    more = 0
    if len(related) > MAX_LABELS:
        more = len(related) - (MAX_LABELS - 1)
        related = related[: MAX_LABELS - 1]
    labels = [
        Label(finding.origin, "", primary=True),
        *(Label(place.origin, place.message, primary=False) for place in related),
    ]
    shown, gutter = snippets(labels, finding.severity, width, paint)
    lines += shown
    margin = " " * gutter
    for word, text in (
        ("note", f"and {more} more {'place' if more == 1 else 'places'}" if more else None),
        ("why", finding.why),
        ("help", finding.help),
        ("fix", _fix_line(finding)),
    ):
        if text:
            wrapped = wrap(text, f"{margin} = {word}: ", width)
            bar = f"{margin} {paint.gutter('=')} {paint.hint(word + ':')} "
            lines.append(bar + wrapped[0][len(margin) + len(word) + 5 :])
            lines += wrapped[1:]
    return lines


def _fix_line(finding: Diagnostic) -> str | None:
    """What fixing by machine would do, where it could."""
    if not finding.fixes:
        return None
    fix = finding.fixes[0]
    option = "--fix" if fix.applicability == "safe" else "--fix --unsafe-fixes"
    return f"{fix.title} ({option})"
