"""`Document`: what a reader gives for one source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from planlint.diagnostics import Problem
from planlint.readers.tree import Mapping, Node
from planlint.source import Source

if TYPE_CHECKING:
    from planlint.readers.markdown.blocks import MarkdownTree

Syntax: TypeAlias = Literal["yaml", "json", "jsonl", "markdown", "toml", "python", "javascript"]


class Document:
    """One source, read.

    * YAML, JSON, JSONL, TOML: `roots` holds one node per document in the file (usually one).
    * Markdown: `markdown` is the block tree, `front_matter` the leading YAML mapping (or None).
    * Python and JavaScript: only `source`; dialects ask `planlint.readers.python` / `.javascript` for a tree,
      so that heavy parsers load only for a file that is theirs.

    `problems` are the reader's complaints. `broken` is true when nothing of the content may be trusted.
    """

    __slots__ = ("front_matter", "markdown", "problems", "roots", "source", "syntax")

    def __init__(
        self,
        source: Source,
        syntax: Syntax,
        *,
        roots: list[Node] | None = None,
        markdown: MarkdownTree | None = None,
        front_matter: Mapping | None = None,
        problems: list[Problem] | None = None,
    ) -> None:
        self.source = source
        self.syntax: Syntax = syntax
        self.roots = roots or []
        self.markdown = markdown
        self.front_matter = front_matter
        self.problems = problems or []

    @property
    def path(self) -> str:
        """The path of the source, as shown to the user."""
        return self.source.path

    @property
    def root(self) -> Node | None:
        """The first node of a data document."""
        return self.roots[0] if self.roots else None

    @property
    def broken(self) -> bool:
        """Whether a fatal problem makes the content useless."""
        return any(problem.fatal for problem in self.problems)
