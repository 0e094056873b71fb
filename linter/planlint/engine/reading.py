"""PL0xx findings: what readers, dialects and the engine itself report, with the catalogue's metadata."""

from __future__ import annotations

from planlint.diagnostics import Diagnostic, Problem, Related, Severity
from planlint.engine.registry import RuleRegistry
from planlint.source import Origin, Source


class Complaints:
    """Collects findings that no rule makes. One and the same complaint is kept once."""

    def __init__(self, registry: RuleRegistry) -> None:
        self.registry = registry
        self.diagnostics: list[Diagnostic] = []
        self.internal_error = False
        """Whether planlint itself failed somewhere."""
        self._seen: set[tuple[str, str, int, int, str]] = set()

    def add(self, problem: Problem) -> None:
        """Report `problem` under its code's name, tier and severity."""
        origin = problem.origin
        key = (problem.code, origin.source.path, origin.start, origin.end, problem.message)
        if key in self._seen:
            return
        self._seen.add(key)
        name, tier, severity = self.registry.metadata(problem.code)
        self.diagnostics.append(
            Diagnostic(
                code=problem.code,
                name=name,
                tier=tier,
                severity=problem.severity or severity,
                message=problem.message,
                origin=origin,
                why=problem.why,
                help=problem.help,
                related=tuple(Related(place, text) for place, text in problem.related),
                fixes=problem.fixes,
                discriminator=problem.message if problem.code == "PL009" else "",
            )
        )

    def unreadable(self, path: str, code: str, message: str, help: str | None) -> None:
        """Report a file of which not even the text could be had."""
        self.add(Problem(code, message, Origin(Source(path, ""), 0, 0), help=help, fatal=True))

    def crash(self, what: str, error: Exception, origin: Origin) -> None:
        """Report that planlint itself failed (PL009); everything else goes on."""
        self.internal_error = True
        self.add(
            Problem(
                "PL009",
                f"{what} failed: {type(error).__name__}",
                origin,
                help=f"please report this with the file: {_last_frame(error)}",
                why="this is a fault of planlint or of a rule pack, not of the plan; everything else was still checked",
                severity=Severity.ERROR,
            )
        )


def _last_frame(error: Exception) -> str:
    """Module, line, function and text of an exception on one line, without paths of this machine."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    text = " ".join(str(error).split())[:200]
    if not frames:
        return text or type(error).__name__
    frame = frames[-1]
    file = frame.filename.replace("\\", "/").rsplit("/", 2)
    return f"{'/'.join(file[-2:])}:{frame.lineno} in {frame.name}{': ' + text if text else ''}"
