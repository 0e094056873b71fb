"""One work item as it stands in the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from planlint.dialects.work_items.vocabulary import Head
from planlint.readers.markdown.blocks import Block, Section
from planlint.readers.prose import Prose
from planlint.source import Origin


@dataclass(slots=True)
class Item:
    """One item as it stands in the file."""

    head: Head
    prose: Prose
    """The heading or line that begins it."""
    origin: Origin
    section: Section
    """The innermost section around it (its own, where it is a heading)."""
    blocks: list[Block] = field(default_factory=list)
    """What stands below its first line."""
    rest: Prose | None = None
    """What follows its bold title on the same line."""
    group: Section | None = None
    """The wave or phase around it."""
    labels: set[str] = field(default_factory=set)
    """The fields that it has labels for."""
    is_heading: bool = True
    done: bool = False
    """Its box is ticked."""
    cells: dict[str, Prose] = field(default_factory=dict)
    """Field to cell, where the item is the row of a table."""
    unblocked: bool = False
    """The column of what blocks it names nothing."""

    @property
    def home(self) -> Section:
        """The section whose items it is one of."""
        if not self.is_heading or self.section.parent is None:
            return self.section
        return self.section.parent
