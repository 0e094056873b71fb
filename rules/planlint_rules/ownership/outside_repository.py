"""PL109 outside-repository."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.effects import Effect
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import listed

_SCRATCH = ("/tmp/", "/var/tmp/", "/private/tmp/", "/dev/")
"""Where files are not meant to stay; who shares a name there is PL110's business."""


class OutsideRepository(Rule):
    """A task writes outside of the repository, into `.git`, or into a file that git ignores.

    ## Why

    What an agent changes out there is in no diff, no review and no worktree, and no revert brings it back. In `.git` it
    can break the repository for every agent at once. A change to an ignored file never leaves its worktree.

    ## Example

    ```yaml
    plan: hooks
    tasks:
      - id: hook
        title: Format before each commit
        creates: [.git/hooks/pre-commit]
    ```

    ## Use instead

    ```yaml
    plan: hooks
    tasks:
      - id: hook
        title: Format before each commit
        creates: [.githooks/pre-commit]
    ```

    ## Silent on

    Targets declared as external; absolute paths that lead into the repository; temporary directories; paths with `~/`
    or `../` that only a sentence mentions; reading. Ignored files count only where the repository is known and the
    scope is declared; local settings (`.env`) are meant to be ignored.
    """

    code = "PL109"
    name = "outside-repository"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.WRITES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task and each kind of place out there, with all paths."""
        found: dict[int, dict[tuple[str, str, Severity], dict[str, Effect]]] = {}
        for write in _suspects(facts):
            fault = _fault(facts, write)
            if fault is not None:
                found.setdefault(write.task, {}).setdefault(fault, {}).setdefault(write.pattern.key, write)
        for index, faults in found.items():
            task = facts.task(index)
            for (place, why, severity), writes in faults.items():
                first, *others = writes.values()
                paths = [write.pattern.normal for write in writes.values()]
                yield self.finding(
                    f"`{task.label}` writes {listed(paths)}, {place}",
                    first.scope.origin,
                    why=why,
                    help="write to a path in the repository, or declare the target as external",
                    related=[(write.scope.origin, "this one too") for write in others],
                    tasks=[task],
                    paths=paths,
                    severity=severity,
                    evidence=Evidence.weakest(*(write.scope.evidence for write in writes.values())),
                )


def _suspects(facts: Facts) -> list[Effect]:
    """The writes worth a look: with a root or `.git` in their path, or any whose file git may ignore."""
    known = facts.repository.known
    return [
        write
        for write in facts.effects.writes
        if write.pattern.root
        or ".git" in write.pattern.normal.lower()
        or (known and write.scope.evidence is Evidence.DECLARED)
    ]


def _fault(facts: Facts, write: Effect) -> tuple[str, str, Severity] | None:
    """Where the write goes, why that is wrong, and how bad; None for a path in the repository."""
    pattern, firm = write.pattern, write.scope.evidence is Evidence.DECLARED
    severity = Severity.ERROR if firm else Severity.WARNING
    if write.scope.weak:
        severity = severity.lowered()
    if ".git" in (segment.lower() for segment in pattern.segments):
        return "inside git's own directory", "a broken `.git` stops every agent that works here", severity
    lost = "the change is in no diff and no review, and no worktree keeps it apart"
    if pattern.escapes:
        # In a sentence, `../` starts from some file and not from the root: "extends ../../tsconfig.base.json".
        return ("above the root of the repository", lost, severity) if firm else None
    if pattern.root == "~/":
        return ("in the home directory", lost, severity.lowered()) if firm else None
    if pattern.is_absolute:
        if pattern.normal.startswith(_SCRATCH) or facts.repository.relative(pattern.normal) is not None:
            return None
        return "outside of the repository", lost, severity
    if firm and write.names_file and facts.repository.known and facts.repository.is_ignored(pattern.normal):
        if pattern.segments[-1].startswith(".env"):
            return None
        apart = facts.plan.isolation_of(facts.task(write.task)).separate
        return (
            "which git ignores",
            "the change will be in no commit" + (", so it stays behind in the worktree" if apart else ""),
            Severity.WARNING if apart else Severity.NOTE,
        )
    return None
