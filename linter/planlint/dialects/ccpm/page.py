"""One task file: front matter and body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planlint.diagnostics import Problem
from planlint.dialects.ccpm import layout
from planlint.dialects.markdown_body import fields_of
from planlint.dialects.prose import IdGrammar, find_references
from planlint.dialects.task_page import TaskPage
from planlint.readers.document import Document
from planlint.readers.markdown.running_text import running_text
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.records import Record, record
from planlint.source import Origin

_ID = re.compile(r"(?:\b(?:Tasks?|Issues?)[ \t]+#?|#)\d{1,9}\b", re.IGNORECASE)
_TITLE_LEAD = re.compile(r"\s*(?:Task|Issue|T)\s*#?\d{0,9}\s*[:.—–-]+\s*", re.IGNORECASE)
_ISSUE = re.compile(r"/issues/(\d{1,9})/?\Z")
_NOTHING = frozenset({"", "none", "[]", "null", "n/a", "-", "~"})
_DEPENDENCIES = re.compile(r"\W*(?:dependencies|depends on|blocked by|prerequisites|related tasks)\W*", re.IGNORECASE)
_LABELS = {
    "depends on": "depends",
    "blocked by": "depends",
    "requires": "depends",
    **dict.fromkeys(("integrates with", "used by", "blocks", "related to", "followed by", "enables"), "other"),
}
_FINISHED = frozenset({"closed", "completed", "complete", "done", "merged", "cancelled", "canceled"})


@record
class Reference(Record):
    """One id in `depends_on` or `conflicts_with`, as written."""

    written: str
    origin: Origin

    @property
    def bare(self) -> str:
        """Without the `#` of an issue."""
        return self.written.removeprefix("#")


@dataclass(slots=True)
class Page(TaskPage):
    """A task file, read."""

    id: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def issue(self) -> str:
        """The number of the GitHub issue that the task was synced to."""
        match = _ISSUE.search(self.text("github"))
        return match.group(1) if match else ""

    @property
    def heading(self) -> Prose | None:
        """The words of the first heading behind "Task 3 —": the title, where the front matter has no name."""
        section = next((one for one in self.sections if one.heading is not None), None)
        if section is None or section.heading is None:
            return None
        prose = section.heading.prose
        lead = _TITLE_LEAD.match(prose.text)
        return prose.slice(lead.end() if lead is not None else 0, len(prose.text))

    @property
    def done(self) -> bool:
        """Whether the task is closed."""
        return self.text("status").lower() in _FINISHED

    @property
    def parallel(self) -> bool | None:
        """`parallel: true` means that it may run beside tasks which it does not conflict with."""
        return {"true": True, "yes": True, "false": False, "no": False}.get(self.text("parallel").lower())

    @property
    def depends_on(self) -> Node | None:
        """The declared dependencies."""
        return self.get("depends_on", "dependencies")


def read_page(document: Document) -> Page:
    """The task in `document`; complaints of the reader are already reported."""
    front = document.front_matter
    broken = front is None and any(problem.code == "PL002" for problem in document.problems)
    page = Page(document, front, broken or document.broken, layout.stem_of(document.path))
    for key in ("depends_on", "conflicts_with"):
        node = page.get(key)
        if isinstance(node, Mapping) or (
            isinstance(node, Sequence) and any(not isinstance(item, Scalar) for item in node.items)
        ):
            help = f"write `{key}: []`"
            page.problems.append(
                Problem("PL003", f"`{key}` must be a list of ids", node.origin.narrow(0, 60), help=help)
            )
    return page


def references_in(node: Node | None) -> list[Reference]:
    """The ids of a list, or of a string that packs several."""
    items = node.items if isinstance(node, Sequence) else [node]
    found: list[Reference] = []
    for item in items:
        if not isinstance(item, Scalar) or item.text.strip().lower() in _NOTHING:
            continue
        parts = re.findall(r"#?[\w-]+", item.text)
        packed = len(parts) > 1 and all(part.lstrip("#").isdigit() for part in parts)
        found += [Reference(part, item.origin) for part in (parts if packed else [item.text.strip()])]
    return found


def told_dependencies(page: Page) -> Iterator[tuple[str, Origin]]:
    """The numbers of tasks that the body says this one waits for: in its section of dependencies, behind its labels."""
    for section in page.sections:
        if section.heading is None or not _DEPENDENCIES.fullmatch(section.title):
            continue
        fields = fields_of(section.blocks, _LABELS)
        for one in fields:
            if one.name == "depends":
                for value in one.values:
                    yield from _waits_for(value)
        if not fields and "related" not in section.title.lower():
            for prose in running_text(section.blocks):
                yield from _waits_for(prose)


def _waits_for(value: Prose) -> Iterator[tuple[str, Origin]]:
    lead = len(value.text) - len(value.text.lstrip())
    for reference in find_references(value, IdGrammar(_ID, _number)):
        leads = reference.kind in ("mention", "range-mention") and reference.start == lead
        told = reference.kind == "depends_on" and reference.subject is None
        if (leads or told) and not reference.negated and not reference.group:
            for number in reference.ids:
                yield number, reference.origin


def _number(written: str) -> str:
    return re.sub(r"\D", "", written)
