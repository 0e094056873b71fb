"""Named ignores (`[[ignore]]` in the configuration): findings that do not count, named by what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planlint.diagnostics import Diagnostic, Suppression
from planlint.engine.suppressions.hygiene import UNUSED, report
from planlint.engine.suppressions.inline import Judged

if TYPE_CHECKING:
    from datetime import date

    from planlint.config.model import NamedIgnore
    from planlint.engine.run import Run
    from planlint.source import Origin


@dataclass(slots=True)
class _Named:
    """An entry with the code of its rule and where it stands."""

    entry: NamedIgnore
    code: str
    origin: Origin
    used: bool = False


class NamedIgnores:
    """The named ignores of the run's configuration file, held against its findings."""

    def __init__(self, run: Run, today: date) -> None:
        self._run = run
        self._today = today
        file = run.configuration.file
        self._entries: list[_Named] = []
        if file is None:
            return
        for index, entry in file.named_ignores:
            rule = run.registry.entry(entry.rule)
            if rule is not None:
                self._entries.append(_Named(entry, rule.code, file.origin("ignore", index, "rule")))

    def hide(self, found: list[Diagnostic]) -> list[Diagnostic]:
        """`found`, with those marked that an entry names."""
        if not self._entries:
            return found
        return [finding if finding.suppressed is not None else self._marked(finding) for finding in found]

    def complaints(self) -> list[Diagnostic]:
        """Entries that have expired, and entries that match nothing; asked for after `hide`.

        Only a run that has searched the whole directory of the configuration file can tell that nothing matches.
        """
        found: list[Diagnostic] = []
        complete = self._searched_everything()
        judged = Judged(self._run) if complete else None
        for named in self._entries:
            rule = named.entry.rule
            if self._expired(named.entry):
                report(
                    self._run,
                    found,
                    UNUSED,
                    f"the ignore of {rule} expired after {named.entry.expires}",
                    named.origin,
                    why="what it hid is reported again",
                    help="mend what it hides and remove the entry, or set a later date with a reason",
                    names=(rule,),
                )
            elif judged is not None and not named.used and self._would_match(named, judged):
                report(
                    self._run,
                    found,
                    UNUSED,
                    f"the ignore of {rule} matches no finding",
                    named.origin,
                    why="the finding is gone; left behind, the entry would hide the next one",
                    help="remove the entry, or mend its tasks and paths",
                    names=(rule,),
                )
        return found

    def _marked(self, finding: Diagnostic) -> Diagnostic:
        for named in self._entries:
            if finding.code == named.code and self._about(named.entry, finding) and not self._expired(named.entry):
                named.used = True
                return finding.with_suppression(Suppression("config", named.entry.reason, named.origin))
        return finding

    def _about(self, entry: NamedIgnore, finding: Diagnostic) -> bool:
        """Whether the finding is about nothing but what the entry names: a third task in a conflict shows it again."""
        subjects, configuration = finding.subjects, self._run.configuration
        if entry.files and not configuration.matches(tuple(entry.files), finding.path):
            return False
        if entry.tasks and not (subjects.tasks and set(subjects.tasks) <= set(entry.tasks)):
            return False
        globs = tuple(entry.paths)
        return not globs or (
            bool(subjects.paths) and all(configuration.matches_subject(globs, path) for path in subjects.paths)
        )

    def _expired(self, entry: NamedIgnore) -> bool:
        return entry.expires is not None and self._today > entry.expires

    def _searched_everything(self) -> bool:
        file = self._run.configuration.file
        if file is None:
            return False
        return any(_holds(directory, file.directory) for directory in self._run.discovered.directories)

    def _would_match(self, named: _Named, judged: Judged) -> bool:
        """Whether a finding would have been found: its rule ran, and the tasks named are not finished ones."""
        if not judged.ran_anywhere(named.code):
            return False
        plans = [
            plan
            for plan in self._run.loading.plans
            if not named.entry.files or self._run.configuration.matches(tuple(named.entry.files), plan.path)
        ]
        if any(plan.incomplete for plan in plans):
            return False
        finished = {
            task.label
            for plan in plans
            if not self._run.configuration.for_path(plan.path).settings.include_done
            for task in plan.tasks
            if task.done
        }
        return not (finished if not named.entry.tasks else finished & set(named.entry.tasks))


def _holds(directory: Path, inner: Path) -> bool:
    return directory == inner or directory in inner.parents
