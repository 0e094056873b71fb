"""The numbered groups of an OpenSpec list, and the fields that planned delegation puts below their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planlint.dialects.checklist import CheckItem, number_of
from planlint.dialects.labels import Label, split_labels
from planlint.readers.markdown.blocks import List, Paragraph, Section

LABELS = {
    "dependencies": "depends",
    "dependency": "depends",
    "depends on": "depends",
    "depends": "depends",
    "files": "files",
    "file": "files",
    "files to modify": "files",
    "files to create": "files",
    "file cần sửa": "files",
    "file cần tạo": "files",
    "contracts": "contracts",
    "contract": "contracts",
    "spec scenarios": "scenarios",
    "spec scenario": "scenarios",
    "scenarios": "scenarios",
    "design decisions": "decisions",
    "size": "size",
    "note": "note",
    "notes": "note",
    "verification": "verify",
    "verify": "verify",
    "acceptance": "verify",
    "acceptance criteria": "verify",
}
"""Labels of the planned-delegation style (jankneumann/agentic-coding-tools at 84610b1), by the names used here."""

_CHECKLIST = re.compile(
    r"(?:status|definition of done|acceptance criteria|checklist|legend|success criteria|progress|状态|ステータス)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Group:
    """A heading with its boxes. `items` are positions in the list of all items."""

    section: Section
    number: str | None
    """The number in the heading: `2` of "## 2. Routes" and of "## Phase 2: Routes"."""
    items: list[int] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def label(self, name: str) -> Label | None:
        """The first label called `name` below the heading."""
        return next((label for label in self.labels if label.name == name), None)


def groups_of(items: Sequence[CheckItem]) -> list[Group]:
    """The groups in the order of the file, each with its labels."""
    groups: list[Group] = []
    for position, item in enumerate(items):
        if not groups or groups[-1].section is not item.section:
            groups.append(Group(item.section, number_of(item.section), labels=list(_labels_of(item.section))))
        groups[-1].items.append(position)
    return groups


def _labels_of(section: Section) -> Iterator[Label]:
    """Labels in the text between a heading and its first list of boxes."""
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield from split_labels(block.prose, LABELS)[1]
        elif isinstance(block, List):
            if any(item.state is not None for item in block.items):
                return
            for item in block.items:
                yield from split_labels(item.prose, LABELS)[1]


def work_of(items: Sequence[CheckItem]) -> list[CheckItem]:
    """The boxes that are tasks.

    OpenSpec counts every box. Where a list is numbered, boxes without a number count only under a numbered heading, and
    boxes under "Status" or "Definition of Done" say how far the whole is, and criteria when a part is done.
    """
    numbered = any(item.id for item in items)
    kept: list[CheckItem] = []
    for item in items:
        if item.id:
            kept.append(item)
        elif item.criterion or _CHECKLIST.match(item.section.title.strip("*_ ")):
            continue
        elif not numbered or number_of(item.section) is not None:
            kept.append(item)
    return kept
