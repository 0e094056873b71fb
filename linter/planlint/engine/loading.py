"""Candidates to plans: read, recognise, gather a plan's files, and load each plan once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from planlint.diagnostics import Problem
from planlint.engine.discovery import Candidate
from planlint.engine.reading import Complaints
from planlint.engine.recognition import Recognition, Verdict, chosen_dialect, possible_dialects, recognise
from planlint.engine.templates import is_template
from planlint.engine.workspace import FileWorkspace
from planlint.readers.registry import guess_syntax, syntax_of
from planlint.source import Origin
from planlint.source.load import SourceError

if TYPE_CHECKING:
    from planlint.dialects.base import Dialect
    from planlint.model import Plan
    from planlint.readers.document import Document


class Loading:
    """What became of the candidates."""

    def __init__(self) -> None:
        self.plans: list[Plan] = []
        self.recognitions: dict[str, tuple[Verdict, ...]] = {}
        """Shown path to what the dialects said about it, for every file that somebody had an opinion on."""
        self.files: set[str] = set()
        """Shown paths of all files that were read into a plan, or named."""
        self.unusable: list[str] = []
        """One sentence for each file that was named and could not be used at all; the run ends with status 2."""


class Loader:
    """Loads plans from candidates in order. A plan spread over files is loaded when its first file is met.

    `dialect_of` gives the name of the dialect that a path must be read as, or None where it is to be recognised.
    """

    def __init__(
        self, workspace: FileWorkspace, dialect_of: Callable[[str], str | None], complaints: Complaints
    ) -> None:
        self._workspace = workspace
        self._dialect_of = dialect_of
        self._complaints = complaints
        self._claimed: set[tuple[str, str]] = set()
        self._members: set[str] = set()
        self._spoiled: set[str] = set()
        self._result = Loading()

    def load(self, candidates: tuple[Candidate, ...]) -> Loading:
        """All plans in `candidates`, by path."""
        unrecognised: list[tuple[str, Recognition]] = []
        for candidate in candidates:
            shown = self._workspace.admit(candidate.path) if candidate.named else candidate.shown
            recognition = self._visit(shown, candidate.named)
            if recognition is not None:
                unrecognised.append((shown, recognition))
            elif shown not in self._result.files:
                self._workspace.forget(shown)
        for shown, recognition in unrecognised:
            # A file may belong to a plan without being recognisable on its own.
            if shown not in self._members and shown not in self._spoiled:
                self._unrecognised(shown, recognition)
        self._result.plans.sort(key=lambda plan: (plan.path, plan.origin.start))
        return self._result

    def _visit(self, shown: str, named: bool) -> Recognition | None:
        """Look at one file; the answer is its recognition when it was named and nobody recognised it."""
        try:
            source = self._workspace.source(shown)
        except SourceError as error:
            if named:
                self._complaints.unreadable(shown, error.code, error.message, error.help)
                self._result.unusable.append(error.message)
                self._result.files.add(shown)
            return None
        if named:
            self._result.files.add(shown)
        forced = self._dialect_of(shown)
        if forced is not None:
            dialect = chosen_dialect(forced)
            if not named and syntax_of(shown) not in dialect.syntaxes:
                return None
            document = self._read(shown)
            if document is not None:
                self._load_unit(dialect, document)
            return None
        syntax = syntax_of(shown) or guess_syntax(source.text)
        on_crash = self._crashed(source.origin(0, 0))
        others = possible_dialects(shown, source.text, syntax, named=named, on_crash=on_crash)
        first = next(others, None)
        if first is None and not named:
            return None
        document = self._read(shown)
        if document is None:
            return None
        if not named and document.markdown is None and document.problems and is_template(shown, source.text):
            # What a form leaves open may be no YAML or JSON yet: `name: {{NAME}}`.
            return None
        possible = chain(() if first is None else (first,), others)
        asked = tuple(possible) if document.broken else ()
        recognition = recognise(document, self._workspace, asked or possible, on_crash=on_crash)
        if recognition.verdicts:
            self._result.recognitions[shown] = recognition.verdicts
        if recognition.dialect is not None:
            self._load_unit(recognition.dialect, document)
            return None
        if document.broken and (named or any(_usual_name(dialect, shown) for dialect in asked)):
            self._result.files.add(shown)
            self._report(document.problems)
            return None
        return recognition if named else None

    def _load_unit(self, dialect: Dialect, document: Document) -> None:
        """Load the plan that `document` belongs to, unless one of its other files was met before."""
        if (dialect.name, document.path) in self._claimed:
            return
        on_crash = self._crashed(document.source.origin(0, 0))
        try:
            members = dialect.members(document, self._workspace) or (document.path,)
            self._claimed.update((dialect.name, member) for member in (document.path, *members))
            self._members.update(members)
            documents = [found for member in members if (found := self._read(member)) is not None]
            for found in documents:
                self._report(dialect.reader_problems(found))
            self._result.files.update(found.path for found in documents)
            loaded = dialect.load(documents, self._workspace)
        except Exception as error:
            on_crash(dialect.name, error)
            return
        self._report(loaded.problems)
        for plan in map(self._with_known_runtime, loaded.plans):
            if is_template(plan.path, plan.origin.source.text):
                plan = plan.replace(pattern=True)
            self._result.plans.append(plan)
            if _is_empty(plan):
                self._complaints.add(Problem("PL007", f"{plan.path} is a plan without any task", plan.head))

    def _with_known_runtime(self, plan: Plan) -> Plan:
        """`plan`; where nobody knows the runtime that it names, that is reported and the default one taken."""
        if plan.runtime is None:
            return plan
        from planlint.facts.runtimes import runtime_for

        try:
            runtime_for(plan.runtime)
        except ValueError as error:
            help = "set `runtime` to one of the known ones, or to `generic` for anything else"
            self._report([Problem("PL003", str(error), plan.at("runtime"), help=help)])
            return plan.replace(runtime=None)
        return plan

    def _read(self, shown: str) -> Document | None:
        """`shown` as a document, None where it cannot be had; a reader that raises is a fault of planlint."""
        try:
            return self._workspace.read(shown)
        except SourceError:
            return None
        except Exception as error:
            self._complaints.crash(f"reading {shown}", error, self._workspace.source(shown).origin(0, 0))
            return None

    def _unrecognised(self, shown: str, recognition: Recognition) -> None:
        source = self._workspace.source(shown)
        origin = source.origin(*source.line_span(1))
        code = "PL005"
        if not _says_anything(source.text):
            code, message, help = "PL007", f"{shown} is empty", "write the plan, or take the file out of the check"
        elif recognition.tied:
            choices = " or ".join(f"--dialect {name}" for name in recognition.tied)
            message = f"{shown} could be {' or '.join(recognition.tied)} with equal right"
            help = f"say which: {choices}"
        else:
            message = f"{shown} is no plan in any format that planlint knows"
            help = "see `planlint dialects` for the formats, or decide with --dialect NAME"
        self._complaints.add(Problem(code, message, origin, help=help, fatal=True))
        self._result.unusable.append(message)

    def _report(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self._complaints.add(problem)

    def _crashed(self, origin: Origin) -> Callable[[str, Exception], None]:
        def report(dialect: str, error: Exception) -> None:
            self._spoiled.add(origin.source.path)
            self._complaints.crash(f"dialect {dialect}", error, origin)

        return report


def _says_anything(text: str) -> bool:
    """Whether a file holds more than blank lines, comments of YAML, and its marks between documents."""
    lines = (line.strip() for line in text.splitlines())
    return any(line and not line.startswith(("# ", "#!")) and line not in ("#", "---", "...") for line in lines)


def _usual_name(dialect: Dialect, shown: str) -> bool:
    """Whether `shown` is named as this dialect's files usually are, so that a broken one is worth a word."""
    from planlint.paths import matches

    return any(matches(pattern, shown) for pattern in dialect.files)


def _is_empty(plan: Plan) -> bool:
    """Whether a plan that is about tasks has none, and nothing else that could be checked."""
    from planlint.model import Capability

    if plan.tasks or plan.incomplete or plan.pattern or not plan.has(Capability.TASKS):
        return False
    return not (plan.scripts or plan.fan_outs or plan.agents or plan.context)
