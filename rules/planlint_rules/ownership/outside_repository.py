"""PL109 outside-repository."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from planlint.facts.effects import Effect
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import listed, named

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
        """One finding for each task and kind of place out there; one for all tasks in somebody else's checkout."""
        found: dict[tuple[tuple[str, str, Severity], object], dict[tuple[int, str], Effect]] = {}
        for write in _suspects(facts):
            fault = _fault(facts, write)
            if fault is not None:
                found.setdefault((fault, _whose(write)), {}).setdefault((write.task, write.pattern.key), write)
        for ((place, why, severity), _), group in found.items():
            first, *others = group.values()
            tasks = [facts.task(index) for index in dict.fromkeys(write.task for write in group.values())]
            paths = list(dict.fromkeys(write.pattern.normal for write in group.values()))
            what = f"writes {_shown(paths)}" if len(tasks) == 1 else f"write below `{_common_directory(paths)}`"
            yield self.finding(
                f"{named(tasks)} {what}, {place}",
                first.scope.origin,
                why=why,
                help="write to a path in the repository, or declare the target as external",
                related=[(write.scope.origin, "this one too") for write in others],
                tasks=tasks,
                paths=paths,
                severity=severity,
                evidence=Evidence.weakest(*(write.scope.evidence for write in group.values())),
            )


def _whose(write: Effect) -> object:
    """What makes two writes one fault: one home directory or the like that absolute paths lead into, else one task.

    A plan written in another checkout has its root in all paths.
    """
    pattern = write.pattern
    return (pattern.root, pattern.segments[:2]) if pattern.is_absolute and len(pattern.segments) > 2 else write.task


def _shown(paths: list[str]) -> str:
    """Paths for the message: long ones, so two at most."""
    return listed(paths) if len(paths) < 3 else f"`{paths[0]}` and {len(paths) - 1} more files"


def _common_directory(paths: list[str]) -> str:
    return posixpath.commonpath([posixpath.dirname(path) for path in paths]) + "/"


def _suspects(facts: Facts) -> list[Effect]:
    """The writes worth a look: with a root or `.git` in their path, or any whose file git may ignore."""
    known = facts.repository.known
    if not known and not facts.paths.mentions(".git"):
        return [write for write in facts.effects.writes if write.pattern.root]
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
