"""The order of tasks that a plan draws or outlines: arrows in a fence, Mermaid, `1 → {2, 3} → 4`, lists of waves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.drawing.edges import DrawnEdge, drawn_edges, written_edges
from planlint.dialects.drawing.names import drawn_names
from planlint.dialects.drawing.outlines import outlined_edges
from planlint.dialects.prose import IdGrammar
from planlint.readers.markdown.blocks import List, MarkdownTree, Paragraph
from planlint.readers.prose import Prose
from planlint.source import Origin

_ARROWS = ("→", "->", "=>", "⇒", "➔", "▶", "►")


def draws_all(tasks: Sequence[TaskDraft], tree: MarkdownTree) -> bool:
    """Whether the document draws an order of all `tasks`."""
    ids = drawn_names(tasks)
    return bool(_waves(tree, ids, None)) or _covers(_edges(tree, tasks, ids, None), len(tasks))


def add_drawn(tasks: Sequence[TaskDraft], tree: MarkdownTree, within: Origin) -> bool:
    """Add what the drawings in a part of a document say; whether they order all `tasks`.

    An arrow against the order of the list is left out: some authors let it point at what is needed. Waves say by their
    numbers what comes first, wherever the tasks stand.
    """
    ids = drawn_names(tasks)
    waves = _waves(tree, ids, within)
    edges = waves or _edges(tree, tasks, ids, within)
    for edge in edges:
        before, after = tasks[int(edge.before)], tasks[int(edge.after)]
        if waves or before.index < after.index:
            after.depend(
                before.id or before.title,
                edge.source.origin,
                Evidence.STATED,
                written=edge.source.written,
                target=before.index,
            )
    return bool(waves) or _covers(edges, len(tasks))


def _covers(edges: Sequence[DrawnEdge], count: int) -> bool:
    """Whether all of `count` tasks are drawn, each arrow in the order of the list."""
    drawn = {int(name) for edge in edges for name in (edge.before, edge.after)}
    return len(drawn) == count > 1 and all(int(edge.before) < int(edge.after) for edge in edges)


def _edges(tree: MarkdownTree, tasks: Sequence[TaskDraft], ids: IdGrammar, within: Origin | None) -> list[DrawnEdge]:
    return _within([*drawn_edges(tree, ids), *_written(tree, tasks, ids)], within)


def _waves(tree: MarkdownTree, ids: IdGrammar, within: Origin | None) -> list[DrawnEdge]:
    return _within(outlined_edges(tree, ids), within)


def _within(edges: Sequence[DrawnEdge], within: Origin | None) -> list[DrawnEdge]:
    return [
        edge
        for edge in edges
        if not edge.group and (within is None or within.start <= edge.source.origin.start < within.end)
    ]


def _written(tree: MarkdownTree, tasks: Sequence[TaskDraft], ids: IdGrammar) -> Iterator[DrawnEdge]:
    """What lines of text say with arrows; inside of a task only one that names more than two."""
    inside = [(task.origin.start, task.origin.end) for task in tasks]
    for prose in _lines(tree):
        if not any(sign in prose.text for sign in _ARROWS):
            continue
        edges = list(written_edges(prose, ids))
        named = {name for edge in edges for name in (edge.before, edge.after)}
        if len(named) > 2 or not any(start <= prose.start < end for start, end in inside):
            yield from edges


def _lines(tree: MarkdownTree) -> Iterator[Prose]:
    for section in tree.top.walk():
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.prose
            elif isinstance(block, List):
                yield from (entry.prose for entry in block.items)
