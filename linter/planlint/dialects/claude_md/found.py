"""What the readers of a delegation section hand to the one who puts the plan together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from planlint.dialects.calls import ReadScript
from planlint.dialects.claude_md.batches import Named
from planlint.dialects.draft import TaskDraft
from planlint.readers.markdown.blocks import Section
from planlint.readers.prose import Prose
from planlint.source import Origin


@dataclass(slots=True)
class Around:
    """What the text around a list or table says of it."""

    told: bool = False
    """The heading or the text right before gives work to agents."""
    inherited: bool = False
    """The section above does."""
    launching: bool = False
    """The text right before tells to start those that stand here."""
    count: int | None = None
    """How many it says to start."""
    text: str = ""
    """The heading and the text right before."""
    waved: bool = False
    """It stands under the heading of a wave, which may be one worker's."""

    @property
    def delegating(self) -> bool:
        """Whether anything around gives work to agents."""
        return self.told or self.inherited


@dataclass(slots=True)
class FoundTask:
    """A task with what is still to be worked out: its order and the tasks that it refers to."""

    draft: TaskDraft
    number: str | None = None
    """The number in front of it in a list; not its id, but others may refer to it ("Task 7 combines ...")."""
    wave: str | None = None
    first: bool = False
    """Said to run before the others of its group."""
    last: bool = False
    """Said to run after the others of its group."""
    lead: bool = False
    """Done by the one who starts and joins the others, which takes place before or after their work."""
    needs: list[Prose] = field(default_factory=list)
    """Cells and labelled bullets that list what it waits for."""
    texts: list[Prose] = field(default_factory=list)
    """Its sentences, for references such as "after Agent 1"."""
    launch: tuple[int, int] | None = None
    """The script (by position) and step that launches it."""


@dataclass(slots=True)
class FoundGroup:
    """Tasks that stand together, in order."""

    tasks: list[FoundTask]
    origin: Origin
    shape: str
    """The shape that was recognised, in words for people."""
    order: str | None = None
    """What the text says of their order: `parallel`, `serial`, `both` or nothing."""
    divides: bool = False
    """It divides the files by itself: a table with a column for what each worker, or each task, may change, or a list
    that says what each owns."""
    label: str | None = None
    """`Wave 2`, where the group is one of several that run one after another."""


class Edge(NamedTuple):
    """A task waits for another one; `on` is None where nothing has the name that is `written`."""

    task: FoundTask
    on: FoundTask | None
    written: Named


@dataclass(slots=True)
class FoundPlan:
    """One delegation section."""

    section: Section
    origin: Origin
    title_origin: Origin | None
    groups: list[FoundGroup] = field(default_factory=list)
    scripts: list[ReadScript] = field(default_factory=list)
    texts: list[Prose] = field(default_factory=list)
    """Its heading, paragraphs and bullets, for counts and fan-out."""
    edges: list[Edge] = field(default_factory=list)
    """Who waits for whom, where a list of batches says so."""

    @property
    def title(self) -> str:
        """The heading of the section; empty where there is none."""
        return self.section.title

    @property
    def tasks(self) -> list[FoundTask]:
        """All tasks in order."""
        return [task for group in self.groups for task in group.tasks]
