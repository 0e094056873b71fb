"""`Diagnostic`: one finding as every reporter, suppression and baseline sees it."""

from __future__ import annotations

from typing import NamedTuple

from planlint.diagnostics.fix import Fix
from planlint.diagnostics.levels import Confidence, Evidence, Severity, Tier
from planlint.diagnostics.remedy import Remedy
from planlint.records import Record, record
from planlint.source import Origin


class Related(NamedTuple):
    """A labelled place that takes part in a finding (another writer, the dependency's definition)."""

    origin: Origin
    message: str


class Subjects(NamedTuple):
    """What a finding is about, in the plan's own words: task ids, paths, and other names (contracts, agents)."""

    tasks: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Suppression(NamedTuple):
    """Why a finding does not count: `kind` is `inline`, `file`, `config`, `done` or `baseline`."""

    kind: str
    reason: str | None = None
    origin: Origin | None = None


@record
class Diagnostic(Record):
    """One finding. `message` stands alone on one line; `why` says what goes wrong; `help` what to do."""

    code: str
    name: str
    severity: Severity
    message: str
    origin: Origin
    tier: Tier = Tier.CORE
    confidence: Confidence = Confidence.HIGH
    evidence: Evidence = Evidence.DECLARED
    why: str | None = None
    help: str | None = None
    related: tuple[Related, ...] = ()
    subjects: Subjects = Subjects()
    fixes: tuple[Fix, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    """What the rule proposes; the engine makes fixes of what the plan's dialect can write."""
    suppressed: Suppression | None = None
    discriminator: str = ""
    """Tells two findings with equal code and subjects apart (a contract's name, a key)."""

    @property
    def path(self) -> str:
        """The path of the file that the finding stands in."""
        return self.origin.source.path

    @property
    def fingerprint(self) -> str:
        """32 hex digits from code, file and subjects: no line numbers, so it survives reformatting and reordering."""
        import hashlib  # brings OpenSSL along; most runs print no fingerprints

        subjects = self.subjects
        parts = [
            self.code,
            self.path,
            *sorted(subjects.tasks),
            "",
            *sorted(subjects.paths),
            "",
            *sorted(subjects.names),
        ]
        if not (subjects.tasks or subjects.paths or subjects.names or self.discriminator):
            parts.append(" ".join(self.origin.text.split())[:200])
        parts.append(self.discriminator)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def with_suppression(self, suppression: Suppression) -> Diagnostic:
        """The same finding, marked as not counting."""
        return self.replace(suppressed=suppression)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Path, then place, then code: the order of every report."""
        return (self.path, self.origin.start, self.origin.end, self.code, self.message)
