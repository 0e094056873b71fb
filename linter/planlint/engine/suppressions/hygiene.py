"""Findings about suppressions themselves (PL901 to PL903), made with the catalogue's metadata, where wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planlint.diagnostics import Diagnostic, Fix, Related, Subjects
from planlint.source import Origin

if TYPE_CHECKING:
    from planlint.engine.run import Run

UNUSED, UNKNOWN, UNREASONED, STALE = "PL901", "PL902", "PL903", "PL904"


def report(
    run: Run,
    found: list[Diagnostic],
    code: str,
    message: str,
    origin: Origin,
    *,
    why: str,
    help: str,
    names: Sequence[str] = (),
    related: Sequence[Related] = (),
    fixes: Sequence[Fix] = (),
) -> None:
    """Add a finding of rule `code` to `found`, unless the rule is switched off where it would stand."""
    if not run.selection(origin.source.path).reports(code):
        return
    name, tier, severity = run.registry.metadata(code)
    found.append(
        Diagnostic(
            code=code,
            name=name,
            tier=tier,
            severity=severity,
            message=message,
            origin=origin,
            why=why,
            help=help,
            subjects=Subjects(names=tuple(names)),
            related=tuple(related),
            fixes=tuple(fixes),
            # Two markers of the same rules in one file are two findings; the reason tells them apart.
            discriminator=" ".join(origin.text.split())[:200],
        )
    )
