"""One `*-PLAN.md`: what its name, its front matter and its body say, still without the rest of the phase."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from planlint.diagnostics import Problem, Severity
from planlint.dialects.gsd.layout import PlanName, plan_name
from planlint.dialects.gsd.sections import add_sections
from planlint.dialects.gsd.tags import Body, Element, read_body
from planlint.readers.document import Document
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Origin, Source, Span

FIELDS = frozenset({"wave", "depends_on", "files_modified", "must_haves", "autonomous"})
"""What a plan's front matter has beside `phase` and `plan`, and a summary's or a verification's has not."""

_FINISHED = frozenset({"complete", "completed", "done", "executed", "superseded", "archived", "cancelled", "canceled"})
_LATE = re.compile(r"^---[ \t]*\r?\n(?=(?:phase|plan|type|wave)[ \t]*:)", re.MULTILINE)
_END = re.compile(r"^---[ \t]*$", re.MULTILINE)
_LATE_WITHIN = 4_000
"""Characters in which front matter that does not stand at the top is looked for."""
_ARCHIVED = re.compile(r"^>[ \t]*\**STATUS:?\**:?[ \t]*\**ARCHIVED\b", re.MULTILINE | re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_LETTER = re.compile(r"[A-Za-z]")
_HEADING = re.compile(r"^#{1,3}[ \t]+(\S[^\n]*)", re.MULTILINE)
_PLAN_LEAD = re.compile(
    r"(?:Plan:[ \t]*|(?:Phase|Plan|TRD|Quick(?: Task)?)[ \t]+[\w.-]{0,20}\d[\w.-]{0,20}[ \t]*[:,—–-]?[ \t]*)+",
    re.IGNORECASE,
)
"""What stands before the title of a plan: `Plan 1.2:`, `Phase 3 Plan 02 —`, `Quick Task 7:`."""
STEP_NUMBER = re.compile(r"\A(?:Task|Step)[ \t]*\d[\w.]{0,7}[ \t]*[:.—–-]*[ \t]*", re.IGNORECASE)
"""What stands before the name of a step: `Task 3:`."""
_BOLD = re.compile(r"(?<![\w*/])\*\*(?=[^\s*])[^*\n]{1,300}(?<=\S)\*\*(?![\w*/])")
_TITLE = 100
"""Characters of an objective that serve as a title."""


@dataclass(slots=True)
class PlanFile:
    """A plan file, read."""

    document: Document
    name: PlanName
    front_matter: Mapping | None
    body_start: int
    body: Body
    broken: bool
    """Its front matter cannot be read, so neither wave, nor dependencies, nor declared files are known."""
    archived: bool
    problems: list[Problem] = field(default_factory=list)
    id: str = ""

    @property
    def source(self) -> Source:
        """The text it was read from."""
        return self.document.source

    @property
    def origin(self) -> Origin:
        """All of the file."""
        return self.source.origin(0, len(self.source.text))

    def get(self, *keys: str) -> Node | None:
        """The value of the first of `keys` that the front matter has."""
        return self.front_matter.get(*keys) if self.front_matter is not None else None

    def text(self, key: str) -> str:
        """A scalar of the front matter as text; empty where there is none."""
        node = self.get(key)
        return node.text.strip() if isinstance(node, Scalar) else ""

    @property
    def gap_closure(self) -> bool:
        """Whether it belongs to a later round that closes gaps, where waves start again."""
        return self.text("gap_closure").lower() in ("true", "yes")

    @property
    def finished(self) -> bool:
        """Whether the file itself says that there is nothing left to do."""
        return self.archived or self.text("status").lower() in _FINISHED

    @property
    def wave(self) -> str | None:
        """The declared wave: a number without needless zeros, or a capital letter; None where there is none."""
        text = self.text("wave")
        if _NUMBER.fullmatch(text):
            return f"{float(text):g}"
        return text.upper() if _LETTER.fullmatch(text) else None

    @property
    def title(self) -> tuple[str, Origin] | None:
        """What the plan is for, in its own words, and where that stands."""
        node = self.get("title")
        if isinstance(node, Scalar) and node.text.strip():
            return node.text.strip(), node.origin
        return self._objective(section=False) or self._heading() or self._objective(section=True) or self._first_step()

    def _objective(self, *, section: bool) -> tuple[str, Origin] | None:
        """The first line of the objective, as a tag or as a section."""
        for objective in self.elements("objective"):
            place = objective.place(self.source)
            line = place.text.split("\n", 1)[0].strip()
            if line and place.start >= objective.content.start and objective.section is section:
                return _shortened(line), place.narrow(0, len(line))
        return None

    def _heading(self) -> tuple[str, Origin] | None:
        """The heading above the tags and sections, in plans without a tag for the objective."""
        end = min((element.start for element in self.body.root.children), default=len(self.source.text))
        match = _HEADING.search(self.source.text, self.body_start, end)
        if match is None:
            return None
        lead = _PLAN_LEAD.match(self.source.text, *match.span(1))
        start = lead.end() if lead is not None and lead.end() < match.end(1) else match.start(1)
        return _shortened(self.source.text[start : match.end(1)]), self.source.origin(start, match.end(1))

    def _first_step(self) -> tuple[str, Origin] | None:
        for step in self.body.tasks:
            for name in step.named("name", "title"):
                place = name.place(self.source)
                lead = STEP_NUMBER.match(place.text)
                start = lead.end() if lead is not None else 0
                if place.text[start:] and place.start >= name.content.start:
                    return _shortened(place.text[start:]), place.narrow(start, len(place.text))
        return None

    def prose(self, start: int, end: int) -> Prose:
        """A range of the body as running text, without the marks of code and bold words."""
        text = self.source.text[start:end]
        prose = Prose.of_scalar(Scalar(self.source, start, end, text, text, "plain"))
        codes = [mark.start for mark in prose.codes()]
        ends = [mark.end for mark in prose.codes()]
        signs: list[tuple[int, int, str]] = []
        for match in _BOLD.finditer(prose.text):
            both = (Span(match.start(), match.start() + 2), Span(match.end() - 2, match.end()))
            # A glob in code has such signs too.
            if all(bisect_right(codes, sign.start) == bisect_right(ends, sign.start) for sign in both):
                signs += [(sign.start, sign.end, "") for sign in both]
        return prose.replaced(signs) if signs else prose

    def elements(self, *names: str) -> list[Element]:
        """The elements called one of `names` at the top of the body."""
        return list(self.body.root.named(*names))


def _shortened(line: str) -> str:
    shown = line if len(line) <= _TITLE else line[:_TITLE].rsplit(" ", 1)[0] + " ..."
    return shown.replace("**", "")


def read_plan_file(document: Document) -> PlanFile:
    """What is in `document`; complaints are kept in `problems`, those of the reader are already reported."""
    source = document.source
    front_matter, start, late = _front_matter(document)
    archived = _ARCHIVED.search(source.text, 0, _LATE_WITHIN) is not None
    broken = front_matter is None and any(problem.code == "PL002" for problem in document.problems)
    body = read_body(source.text, start, steps_in_code=front_matter is not None)
    add_sections(body, source.text, start)
    found = PlanFile(document, plan_name(document.path), front_matter, start, body, broken, archived)
    if late is not None and not archived:
        found.problems.append(
            Problem(
                "PL003",
                "the front matter does not stand at the top of the file, so GSD reads none of it",
                late,
                help="move it up so that the file begins with `---`",
                why="without it GSD knows neither the wave, nor the dependencies, nor the files of this plan",
                severity=Severity.WARNING,
            )
        )
    _check_types(found)
    return found


def _front_matter(document: Document) -> tuple[Mapping | None, int, Origin | None]:
    """The front matter, where the body begins, and the place of front matter that does not stand at the top."""
    text = document.source.text
    if document.front_matter is not None:
        close = _END.search(text, document.front_matter.end)
        return document.front_matter, close.end() if close else document.front_matter.end, None
    if text.startswith("---"):
        close = _END.search(text, 3)
        return None, close.end() if close else 0, None
    opening = _LATE.search(text, 0, _LATE_WITHIN)
    close = _END.search(text, opening.end()) if opening else None
    if opening is None or close is None or _is_quoted(document, opening.start()):
        return None, 0, None
    from planlint.readers.yaml import read_yaml_range

    root = read_yaml_range(document.source, opening.end(), close.start()).root
    if not isinstance(root, Mapping):
        return None, 0, None
    return root, close.end(), document.source.origin(opening.start(), opening.start() + 3)


def _is_quoted(document: Document, at: int) -> bool:
    """Whether `at` lies in a fence that stands below other text: a page that shows what a plan looks like."""
    fences = document.markdown.fences() if document.markdown is not None else ()
    return any(fence.start <= at < fence.end and document.source.text[: fence.start].strip() for fence in fences)


def _check_types(plan: PlanFile) -> None:
    """Complain about fields whose values decide the order or the scope and cannot be understood."""
    wave = plan.get("wave")
    if wave is not None and plan.wave is None and not (isinstance(wave, Scalar) and wave.value is None):
        plan.problems.append(
            Problem(
                "PL003",
                "`wave` must be a number",
                wave.origin.narrow(0, 60),
                help="write `wave: 1` for a plan that waits for nothing",
                why="the wave says which plans are started together",
            )
        )
    for key in ("depends_on", "files_modified"):
        node = plan.get(key, key.replace("_", "-"))
        if isinstance(node, Mapping) or (isinstance(node, Sequence) and any(not isinstance(i, Scalar) for i in node)):
            plan.problems.append(
                Problem(
                    "PL003", f"`{key}` must be a list of words", node.origin.narrow(0, 60), help=f"write `{key}: []`"
                )
            )
