"""From the arrows of a drawing to tasks, phases and stories that come before others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.dialects.drawing.grid import joints_of
from planlint.dialects.prose import IdGrammar, Reference, find_references
from planlint.readers.markdown.blocks import Fence, MarkdownTree

_LANGUAGES = ("", "text", "txt", "plain", "plaintext", "ascii", "diagram", "mermaid")
"""Fences in other languages are programs, where an arrow means something else."""

_MERMAID_NODE = re.compile(r"\b(\w{1,60})(?:\[{1,2}\"?([^\]\n]{1,200})\"?\]{1,2}|\({1,2}\"?([^)\n]{1,200})\"?\){1,2})?")
_MERMAID_ARROW = re.compile(r"\s*(?:-{2,}>|={2,}>|-\.+->)(?:\|[^|\n]{0,80}\|)?\s*")
_MERMAID_STATEMENT = re.compile(r"[^\n;]+")

MAX_EDGES = 5_000
"""Most edges that one drawing gives; two long ranges with an arrow between would else square."""


class DrawnEdge(NamedTuple):
    """`before` comes before `after`. Both are single names; `group`: of phases or stories, not of tasks."""

    before: str
    after: str
    source: Reference
    group: bool


def drawn_edges(tree: MarkdownTree, ids: IdGrammar) -> Iterator[DrawnEdge]:
    """The edges of all drawings of a document. Task ids that the plan does not know are left out."""
    for fence in tree.fences():
        if fence.language not in _LANGUAGES:
            continue
        pairs = _mermaid(fence, ids) if fence.language == "mermaid" else _drawing(fence, ids)
        count = 0
        for before, after in pairs:
            for edge in _edges(before, after, ids):
                yield edge
                count += 1
            if count > MAX_EDGES:
                break


def _edges(before: list[Reference], after: list[Reference], ids: IdGrammar) -> Iterator[DrawnEdge]:
    for first in before:
        for second in after:
            if first.group == second.group:
                for one in first.ids:
                    for other in second.ids:
                        if one != other and (first.group or (one in ids.order and other in ids.order)):
                            yield DrawnEdge(one, other, second, first.group)


def _drawing(fence: Fence, ids: IdGrammar) -> Iterator[tuple[list[Reference], list[Reference]]]:
    for joint in joints_of(fence.text):
        before = [name for run in joint.sources for name in _named(fence, run.start, run.end, ids)]
        after = [name for run in joint.targets for name in _named(fence, run.start, run.end, ids)]
        yield before, after


def _named(fence: Fence, start: int, end: int, ids: IdGrammar) -> list[Reference]:
    """The tasks that a piece of text names; where it names none, its phase or story."""
    found = find_references(fence.prose.slice(start, end), ids)
    return [reference for reference in found if not reference.group] or found[:1]


def _mermaid(fence: Fence, ids: IdGrammar) -> Iterator[tuple[list[Reference], list[Reference]]]:
    labels: dict[str, list[Reference]] = {}
    for statement in _MERMAID_STATEMENT.finditer(fence.text):
        previous: list[Reference] | None = None
        at, end = statement.span()
        while at < end:
            node = _MERMAID_NODE.search(fence.text, at, end)
            if node is None:
                break
            label = 2 if node.group(2) else 3 if node.group(3) else 1
            named = _named(fence, node.start(label), node.end(label), ids)
            if label > 1:
                labels[node.group(1)] = named
            named = labels.get(node.group(1), named)
            if previous is not None:
                yield previous, named
            arrow = _MERMAID_ARROW.match(fence.text, node.end(), end)
            if arrow is None:
                break
            previous, at = named, arrow.end()
