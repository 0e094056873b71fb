"""A task with a Markdown page of its own: fields in front matter, and a body for the agent."""

from __future__ import annotations

from dataclasses import dataclass

from planlint.readers.document import Document
from planlint.readers.markdown.blocks import Section
from planlint.readers.tree import Mapping, Node, Scalar


@dataclass(slots=True)
class TaskPage:
    """A page, read; `broken` when its front matter cannot be."""

    document: Document
    front_matter: Mapping | None
    broken: bool

    def get(self, *keys: str) -> Node | None:
        """The value of the first of `keys` in the front matter."""
        return self.front_matter.get(*keys) if self.front_matter is not None else None

    def text(self, *keys: str) -> str:
        """The first of `keys` as text; empty where it is missing or no scalar."""
        node = self.get(*keys)
        return node.text.strip() if isinstance(node, Scalar) and node.value is not None else ""

    @property
    def sections(self) -> list[Section]:
        """All sections of the body."""
        tree = self.document.markdown
        return list(tree.top.walk()) if tree is not None else []

    @property
    def brief(self) -> str:
        """The prompt: everything below the front matter."""
        tree = self.document.markdown
        if tree is None or not tree.blocks:
            return ""
        return self.document.source.text[tree.blocks[0].start :].strip()
