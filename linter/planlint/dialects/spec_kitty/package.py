"""One work package as its own page tells it: front matter, and a body for the agent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planlint.diagnostics import Problem
from planlint.dialects.spec_kitty import layout
from planlint.dialects.task_page import TaskPage
from planlint.readers.document import Document
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Origin

CODE = re.compile(r"\bWP\d{1,4}[a-z]?\b", re.IGNORECASE)
"""The name of a work package inside of running text."""

_ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_NOTHING = frozenset({"", "none", "[]", "null", "n/a", "-", "~"})


@dataclass(slots=True)
class Reference:
    """One entry of `dependencies`, as written; a string that packs several gives several."""

    written: str
    origin: Origin


@dataclass(slots=True)
class Package(TaskPage):
    """A page, read."""

    problems: list[Problem] = field(default_factory=list)

    @property
    def id(self) -> str:
        """`WP03`: `wp_code` where the id proper is a machine's, else the id, else what the file name says."""
        declared = self.text("work_package_id")
        if declared and not _ULID.fullmatch(declared):
            return declared
        return self.text("wp_code") or layout.code_of(self.document.path) or declared

    @property
    def aliases(self) -> set[str]:
        """Everything that other packages may call it by."""
        return {name for name in (self.id, self.text("work_package_id"), self.text("wp_code")) if name}

    @property
    def id_place(self) -> Origin | None:
        """Where the id stands."""
        for key in ("work_package_id", "wp_code"):
            node = self.get(key)
            if isinstance(node, Scalar) and node.text.strip() == self.id:
                return node.origin
        return None


def read_package(document: Document) -> Package:
    """The page in `document`; complaints of the reader are already reported."""
    broken = document.front_matter is None and any(problem.code == "PL002" for problem in document.problems)
    package = Package(document, document.front_matter, broken or document.broken)
    for key in ("dependencies", "owned_files", "create_intent"):
        node = package.get(key)
        if isinstance(node, Mapping) or (
            isinstance(node, Sequence) and any(not isinstance(item, Scalar) for item in node.items)
        ):
            package.problems.append(
                Problem(
                    "PL003", f"`{key}` must be a list of words", node.origin.narrow(0, 60), help=f"write `{key}: []`"
                )
            )
    return package


def references_in(node: Node | None) -> list[Reference]:
    """The entries of a `dependencies` value: a list, or a string such as `WP01, WP02` or `[WP01]`."""
    items = node.items if isinstance(node, Sequence) else [node]
    found: list[Reference] = []
    for item in items:
        if not isinstance(item, Scalar):
            continue
        text = item.text.strip()
        if text.lower() in _NOTHING:
            continue
        parts = list(re.finditer(r"[\w.-]+", text))
        packed = len(parts) > 1 and all(CODE.fullmatch(part.group()) for part in parts)
        if packed and item.style in ("plain", "single", "double"):
            quote = 0 if item.style == "plain" else 1
            lead = len(item.text) - len(item.text.lstrip()) + quote
            found += [
                Reference(part.group(), item.origin.narrow(lead + part.start(), lead + part.end())) for part in parts
            ]
        else:
            found.append(Reference(text.strip("[]\"' "), item.origin))
    return found
