"""`Report`: everything a run found, and the exit status that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planlint.diagnostics import Diagnostic, Severity
from planlint.records import Record, record

if TYPE_CHECKING:
    from planlint.facts import Facts

FailOn: TypeAlias = Literal["error", "warning", "note", "never"]


class CheckedPlan(NamedTuple):
    """A plan that was checked: its path, the dialect's name, and the number of its tasks (containers left out)."""

    path: str
    dialect: str
    tasks: int


class Skipped(NamedTuple):
    """A rule that could say nothing about a plan, and why, in plain words."""

    code: str
    path: str
    reason: str


class Summary(NamedTuple):
    """Counts over a whole report. `suppressed` and `baselined` findings are in none of the other counts."""

    files: int
    errors: int
    warnings: int
    notes: int
    suppressed: int
    baselined: int


@record
class Report(Record):
    """What a run found. Everything is sorted; nothing depends on the machine, the clock or the order of arguments."""

    diagnostics: tuple[Diagnostic, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    plans: tuple[CheckedPlan, ...] = ()
    files: tuple[str, ...] = ()
    """Paths of the files that were read into plans, or named."""
    unreadable: tuple[str, ...] = ()
    """A sentence for each file that was named and could not be used at all."""
    internal_error: bool = False
    """Whether planlint or a rule failed (PL009)."""
    empty_directories: tuple[str, ...] = ()
    """Directories that were searched and hold no plan."""
    facts: tuple[Facts, ...] = ()
    """What was concluded from each plan, for reports that draw it."""
    fail_on: str = "error"
    """Lowest severity that makes the exit status 1, or `never`, as configured."""

    @property
    def active(self) -> tuple[Diagnostic, ...]:
        """The findings that count: neither suppressed nor in the baseline."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.suppressed is None)

    @property
    def summary(self) -> Summary:
        """The counts."""
        counts = dict.fromkeys(Severity, 0)
        suppressed = baselined = 0
        for diagnostic in self.diagnostics:
            if diagnostic.suppressed is None:
                counts[diagnostic.severity] += 1
            elif diagnostic.suppressed.kind == "baseline":
                baselined += 1
            else:
                suppressed += 1
        return Summary(
            len(self.files),
            counts[Severity.ERROR],
            counts[Severity.WARNING],
            counts[Severity.NOTE],
            suppressed,
            baselined,
        )

    def exit_code(self, fail_on: FailOn | None = None) -> int:
        """0 clean, 1 with findings at or above `fail_on` (None: as configured).

        2 when a named file could not be used or planlint failed.
        """
        if self.internal_error or self.unreadable:
            return 2
        level = fail_on or self.fail_on
        if level == "never":
            return 0
        limit = Severity(level).rank
        return int(any(diagnostic.severity.rank <= limit for diagnostic in self.active))
