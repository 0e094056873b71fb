"""What a dialect is, and what it may ask of the world around the file it reads."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

from planlint.diagnostics import Edit, Problem

if TYPE_CHECKING:
    from planlint.diagnostics.remedy import Remedy
    from planlint.model import Capability, Plan
    from planlint.readers.document import Document, Syntax


class Match(NamedTuple):
    """How surely a document is a dialect's: `score` in (0, 100] and the reason, shown by `planlint show --why`.

    Scale: 95 a mark that only this product writes; 80 several of its field names together; 60 its shape; 40 a shape it
    shares with others; below 30 is not recognised at all. A product's own dialect must score above the generic ones.
    """

    score: int
    reason: str


class Workspace(Protocol):
    """The files around a plan. Read-only; every answer is cached; paths are relative to the root with `/`."""

    def document(self, path: str) -> Document | None:
        """The file at `path`, read; None where there is no such readable file."""

    def text(self, path: str) -> str | None:
        """The raw text of `path`, None where there is no such readable text file."""

    def exists(self, path: str) -> bool:
        """Whether a file or directory stands at `path`."""

    def names(self, directory: str) -> Sequence[str]:
        """Names directly in `directory`, sorted, directories with a trailing `/`; empty where there is none."""

    def relative(self, path: str) -> str | None:
        """An absolute path made relative to the root; None where it lies outside."""


class Loaded:
    """What a dialect made of a plan's documents."""

    __slots__ = ("plans", "problems")

    def __init__(self, plans: list[Plan] | None = None, problems: list[Problem] | None = None) -> None:
        self.plans = plans or []
        self.problems = problems or []


class Dialect(ABC):
    """One format's vocabulary.

    A plan may be spread over files: `members` names all files of the plan that a recognised document belongs to,
    so that the engine loads it once whichever of its files it met first.
    """

    name: ClassVar[str]
    """The name for `--dialect`, lower case with hyphens."""
    title: ClassVar[str]
    """The product's name and what the file is, for people."""
    version: ClassVar[str]
    """Which version of the format this was written against, and when that was looked at."""
    syntaxes: ClassVar[tuple[Syntax, ...]]
    capabilities: ClassVar[frozenset[Capability]]
    """What the format can express; a plan may have fewer or more (`Plan.capabilities` counts)."""
    files: ClassVar[tuple[str, ...]]
    """Patterns of the usual file names, for documentation and pre-commit; recognition goes by content."""
    explicit_only: ClassVar[bool] = False
    """Read only when named (by path or `--dialect`), never found by searching a directory."""

    def might_be(self, path: str, text: str) -> bool:
        """A cheap look (file name, a substring) before anything is parsed; a False must be sure."""
        return True

    @abstractmethod
    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        """Whether `document` is in this format, by its content; never raises."""

    def members(self, document: Document, workspace: Workspace) -> tuple[str, ...]:
        """Paths of all files of the plan that `document` belongs to, in reading order; usually just its own."""
        return (document.path,)

    def plan_path(self, document: Document, members: tuple[str, ...]) -> str:
        """The path the plan goes by: its file, or the directory for a plan spread over files."""
        return document.path

    def reader_problems(self, document: Document) -> Sequence[Problem]:
        """The reader's complaints about one of the plan's files that are worth repeating; those that the dialect itself
        tells in better words are left out."""
        return document.problems

    def edits(self, plan: Plan, remedy: Remedy) -> tuple[Edit, ...] | None:
        """The edits that carry out `remedy` in the file of `plan`; None where the format or the text cannot say it."""
        return None

    @abstractmethod
    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        """The plan or plans in `documents` (all members that could be read, in order), never raising for bad content.

        A file holding several plans (YAML documents, Taskmaster tags) gives several.
        """
