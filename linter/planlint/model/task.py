"""`Task`: one piece of work for one agent."""

from __future__ import annotations

from enum import StrEnum

from planlint.model.agents import Agent, Isolation
from planlint.model.base import NO_PLACES, Part, Place, Places, part
from planlint.model.contracts import ContractRef
from planlint.model.dependencies import Dependency
from planlint.model.scopes import Resource, Scope
from planlint.source import Origin


class Kind(StrEnum):
    """What sort of work it is."""

    BUILD = "build"
    REVIEW = "review"
    """Looks at what others made: review, validation, tests of the whole."""
    RESEARCH = "research"
    """Reads and reports; changes nothing."""
    INTEGRATE = "integrate"
    """Joins the pieces of others."""
    COORDINATE = "coordinate"
    """Directs others and writes nothing itself."""


@part
class Task(Part):
    """One piece of work. `index` is its position in `Plan.tasks` and the only key that is always unique.

    `places` holds where each field stands (`id`, `title`, `verify`, `agent`, ...); items of tuples carry their own.
    """

    id: str
    index: int
    origin: Place
    """The whole task, from its first character to its last."""
    title: str = ""
    brief: str = ""
    """What the agent is told, as plain text. Includes everything of the task that its format hands to the agent."""
    kind: Kind = Kind.BUILD
    agent: Agent = Agent()
    isolation: Isolation | None = None
    """Overrides the plan's; None: the plan's counts."""
    phase: str | None = None
    wave: str | None = None
    """The number of the concurrent group as declared; same wave = meant to run together."""
    parallel: bool | None = None
    """Marked parallel (True), marked not parallel (False), or not marked at all (None)."""
    done: bool = False
    optional: bool = False
    container: bool = False
    """Only groups other tasks (a parent with sub-tasks); it is no work of its own."""
    parent: int | None = None
    """`Task.index` of the container."""
    writes: tuple[Scope, ...] = ()
    reads: tuple[Scope, ...] = ()
    off_limits: tuple[Scope, ...] = ()
    scope_known: bool | None = None
    """Whether `writes` is meant to be complete: True for a declared list, None where only prose was read, False where
    the plan admits that it is not (`files: unknown`)."""
    broad: bool = False
    """Declared to touch the whole code base; exempt from overlap checks (spec-kitty's `codebase-wide`)."""
    resources: tuple[Resource, ...] = ()
    depends_on: tuple[Dependency, ...] = ()
    blocks: tuple[Dependency, ...] = ()
    """Tasks that declare (here) to wait for this one; the reverse of `depends_on`."""
    conflicts_with: tuple[Dependency, ...] = ()
    provides: tuple[ContractRef, ...] = ()
    consumes: tuple[ContractRef, ...] = ()
    verify: str | None = None
    returns: str | None = None
    estimate: float | None = None
    """Minutes."""
    places: Places = NO_PLACES

    @property
    def label(self) -> str:
        """The id, or the title where there is no id: how messages name the task."""
        return self.id or self.title or f"task {self.index + 1}"

    def at(self, field: str, index: int | None = None) -> Origin:
        """Where `field` (and its item `index`) stands; the nearest parent answers for what is missing."""
        if index is not None:
            items = getattr(self, field, ())
            if isinstance(items, tuple) and 0 <= index < len(items):
                found = getattr(items[index], "origin", None)
                if isinstance(found, Origin):
                    return found
        place = self.places.get(field)
        if place is not None:
            return place
        if field == "agent" and self.agent.origin is not None:
            return self.agent.origin
        return self.name_origin

    def place_of(self, field: str, phrase: str) -> Origin:
        """Where `phrase` stands in a field, when the file has it there once and word for word; else the field's place.

        A brief may be folded or escaped in its file, so its offsets are no offsets of the file. Where the brief has no
        place of its own, the whole task is looked through.
        """
        origin = self.places.get(field) or (self.origin if field == "brief" else self.at(field))
        text = origin.text
        if not phrase or text.count(phrase) != 1:
            return self.at(field)
        at = text.index(phrase)
        return origin.narrow(at, at + len(phrase))

    @property
    def name_origin(self) -> Origin:
        """The place that names the task: its id, else its title, else its first line."""
        for name in ("id", "title"):
            place = self.places.get(name)
            if place is not None:
                return place
        text = self.origin.text
        line_end = min((at for at in (text.find("\n"), text.find("\r")) if at >= 0), default=len(text))
        return self.origin.narrow(0, line_end)
