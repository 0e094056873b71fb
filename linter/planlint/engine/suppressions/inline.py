"""Suppression comments: which findings they hide, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from planlint.diagnostics import Applicability, Diagnostic, Edit, Fix, Suppression
from planlint.engine.suppressions.coverage import Coverage
from planlint.engine.suppressions.hygiene import UNKNOWN, UNREASONED, UNUSED, report
from planlint.engine.suppressions.markers import Malformed, Marker, parse_marker
from planlint.engine.suppressions.removal import removal, shorter
from planlint.engine.suppressions.sources import MARK
from planlint.engine.suppressions.words import certain_correction, unknown_word
from planlint.readers.comments import comments
from planlint.readers.registry import guess_syntax, syntax_of
from planlint.source import Origin, Source

if TYPE_CHECKING:
    from datetime import date

    from planlint.engine.run import Run


@dataclass(slots=True)
class _Placed:
    """A marker with the codes it names (by word) and those of them that hid something."""

    marker: Marker
    codes: dict[Origin, str]
    used: set[str] = field(default_factory=set)


class InlineSuppressions:
    """All markers in `sources`, held against the findings of `run`. `today` decides what has expired."""

    def __init__(self, run: Run, sources: dict[str, Source], today: date) -> None:
        self._run = run
        self._today = today
        self._complaints: list[Diagnostic] = []
        self._markers: list[_Placed] = []
        self._by_line: dict[tuple[str, int], list[_Placed]] = {}
        self._by_file: dict[str, list[_Placed]] = {}
        for source in sources.values():
            self._read(source)

    def hide(self, found: list[Diagnostic]) -> list[Diagnostic]:
        """`found`, with those marked that a comment hides."""
        if not self._markers:
            return found
        return [self._marked(finding) for finding in found]

    def complaints(self) -> list[Diagnostic]:
        """What is wrong with the markers; asked for after `hide`."""
        for placed in self._markers:
            self._complain(placed)
        return self._complaints

    def _read(self, source: Source) -> None:
        syntax = syntax_of(source.path) or guess_syntax(source.text)
        coverage: Coverage | None = None
        for comment in comments(source, syntax):
            if MARK not in comment.text:
                continue
            marker = parse_marker(comment)
            if isinstance(marker, Malformed):
                report(
                    self._run, self._complaints, UNKNOWN, marker.message, marker.origin, why=_WHY_DEAD, help=marker.help
                )
            elif marker is not None:
                placed = _Placed(marker, self._known(marker))
                self._markers.append(placed)
                if marker.scope == "file":
                    self._by_file.setdefault(source.path, []).append(placed)
                    continue
                coverage = coverage or Coverage(source, syntax)
                for line in coverage.lines(comment):
                    self._by_line.setdefault((source.path, line), []).append(placed)

    def _known(self, marker: Marker) -> dict[Origin, str]:
        """The codes that the marker's words mean; words that mean no rule are complained about."""
        registry = self._run.registry
        found: dict[Origin, str] = {}
        for word in marker.words:
            entry = registry.entry(word.text)
            if entry is not None:
                found[word] = entry.code
                continue
            message, help = unknown_word(word.text, registry)
            certain = certain_correction(word.text, registry)
            fixes: tuple[Fix, ...] = ()
            if certain is not None:
                fixes = (Fix(f"write `{certain}`", Applicability.SAFE, (Edit(word, certain),)),)
            report(
                self._run,
                self._complaints,
                UNKNOWN,
                message,
                word,
                why=_WHY_DEAD,
                help=help,
                names=(word.text,),
                fixes=fixes,
            )
        return found

    def _marked(self, finding: Diagnostic) -> Diagnostic:
        """The finding, marked when a marker at one of its places names its rule."""
        first: Marker | None = None
        places = [finding.origin, *(related.origin for related in finding.related)]
        for path in dict.fromkeys(place.source.path for place in places):
            first = self._use(self._by_file.get(path, ()), finding.code) or first
        if self._by_line:
            for place in places:
                key = (place.source.path, place.begin.line)
                first = self._use(self._by_line.get(key, ()), finding.code) or first
        if first is None:
            return finding
        kind = "file" if first.scope == "file" else "inline"
        return finding.with_suppression(Suppression(kind, first.reason or None, first.origin))

    def _use(self, markers: list[_Placed] | tuple[()], code: str) -> Marker | None:
        """The last of `markers` that hides `code`; every one that does counts as used."""
        last: Marker | None = None
        for placed in markers:
            if code in placed.codes.values() and not placed.marker.expired(self._today):
                placed.used.add(code)
                last = placed.marker
        return last

    def _complain(self, placed: _Placed) -> None:
        marker = placed.marker
        codes = tuple(placed.codes.values())
        if marker.expired(self._today):
            self._expired(placed)
            return
        if not marker.reason:
            report(
                self._run,
                self._complaints,
                UNREASONED,
                f"the suppression of {_listed(codes or tuple(word.text for word in marker.words))} gives no reason",
                marker.origin,
                why="whoever reads it later cannot tell whether it still holds",
                help="say after the bracket why the finding does not matter here",
                names=codes,
            )
        unused = {
            word: code
            for word, code in placed.codes.items()
            if code not in placed.used and self._judged.ran(code, marker.origin.source.path)
        }
        if unused:
            everything = len(unused) == len(marker.words)
            edit = removal(marker) if everything else shorter(marker, set(unused))
            title = "remove the comment" if everything else f"remove {_listed(tuple(unused.values()))} from it"
            report(
                self._run,
                self._complaints,
                UNUSED,
                f"the suppression of {_listed(tuple(unused.values()))} hides nothing",
                marker.origin,
                why="the finding is gone, or never stood here; left behind, the comment would hide the next one",
                help=f"{title}, or move it to the line that the finding names",
                names=tuple(unused.values()),
                fixes=(Fix(title, Applicability.SAFE, (edit,)),),
            )

    def _expired(self, placed: _Placed) -> None:
        marker = placed.marker
        what = _listed(tuple(word.text for word in marker.words))
        if marker.bad_date is not None:
            message = f"`expires={marker.bad_date}` is no date, so the suppression of {what} does not count"
            help = "write the last day on which it counts as YYYY-MM-DD"
            fixes: tuple[Fix, ...] = ()
        else:
            message = f"the suppression of {what} expired after {marker.expires}"
            help = "mend what it hides and remove the comment, or set a later date with a reason"
            fixes = (Fix("remove the expired comment", Applicability.SAFE, (removal(marker),)),)
        report(
            self._run,
            self._complaints,
            UNUSED,
            message,
            marker.origin,
            why="what it hid is reported again",
            help=help,
            names=tuple(placed.codes.values()),
            fixes=fixes,
        )

    @cached_property
    def _judged(self) -> Judged:
        return Judged(self._run)


class Judged:
    """Which rules have had their say about which file, so that their silence means something."""

    def __init__(self, run: Run) -> None:
        self._run = run
        skipped = {(item.path, item.code) for item in run.skipped}
        self._ran: dict[str, set[str]] = {}
        for plan in run.loading.plans:
            sure = not plan.incomplete and (
                run.configuration.for_path(plan.path).settings.include_done or not any(task.done for task in plan.tasks)
            )
            codes = {
                code
                for code in (run.selection(plan.path).codes if sure else ())
                if (plan.path, code) not in skipped and not code.startswith("PL9")
            }
            for path in {plan.path, plan.origin.source.path, *(task.origin.source.path for task in plan.tasks)}:
                # A file of two plans: only what ran on both.
                self._ran[path] = self._ran[path] & codes if path in self._ran else codes

    def ran(self, code: str, path: str) -> bool:
        """Whether `code` was looked for in the plan that the file at `path` belongs to, and everything went well.

        False for plans with finished tasks: a suppression may be about one of those, and they are not looked at.
        """
        return not self._run.complaints.internal_error and code in self._ran.get(path, ())

    def ran_anywhere(self, code: str) -> bool:
        """Whether `code` was looked for in any plan, and everything went well."""
        return not self._run.complaints.internal_error and any(code in ran for ran in self._ran.values())


_WHY_DEAD = "a suppression that names no rule hides nothing, and looks as if it did"


def _listed(codes: tuple[str, ...]) -> str:
    words = list(dict.fromkeys(codes))
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
