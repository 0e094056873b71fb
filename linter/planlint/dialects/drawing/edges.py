"""From the arrows of a drawing to tasks, phases and stories that come before others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from planlint.dialects.drawing.grid import joints_of
from planlint.dialects.drawing.mermaid import mermaid_edges
from planlint.dialects.prose import IdGrammar, Reference, find_references
from planlint.readers.markdown.blocks import Fence, MarkdownTree
from planlint.readers.prose import Prose

_LANGUAGES = ("", "text", "txt", "plain", "plaintext", "ascii", "diagram", "mermaid")
"""Fences in other languages are programs, where an arrow means something else."""

_ONLY_NUMBERS = re.compile(
    r"\W*(?:[^\W\d][^\d:：\n]{0,30}[:：])?(?:[\s\d.,，、&/|+{}()\[\]]|\band\b|\bor\b)*", re.IGNORECASE
)
"""A piece in which bare numbers are names: `1`, `{2, 3}`, `Order: 1`; elsewhere they count something."""
MAX_EDGES = 5_000
"""Most edges that one drawing gives; two long ranges with an arrow between would else square."""


class DrawnEdge(NamedTuple):
    """`before` comes before `after`. Both are single names; `group`: of phases or stories, not of tasks."""

    before: str
    after: str
    source: Reference
    group: bool


def drawn_edges(drawings: MarkdownTree | Iterable[Fence], ids: IdGrammar) -> Iterator[DrawnEdge]:
    """The edges of all drawings of a document, or of those given. Tasks that the plan does not know are left out."""
    for fence in drawings.fences() if isinstance(drawings, MarkdownTree) else drawings:
        if fence.language not in _LANGUAGES:
            continue
        if fence.language == "mermaid":
            pairs = mermaid_edges(fence.text, partial(_named, fence.prose, ids))
        else:
            pairs = _drawing(fence.prose, ids)
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


def written_edges(prose: Prose, ids: IdGrammar) -> Iterator[DrawnEdge]:
    """The edges of a line of text with arrows: `1 → {2, 3} → 4`."""
    for before, after in _drawing(prose, ids):
        yield from _edges(before, after, ids)


def _drawing(prose: Prose, ids: IdGrammar) -> Iterator[tuple[list[Reference], list[Reference]]]:
    for joint in joints_of(prose.text):
        before = [name for run in joint.sources for name in _named(prose, ids, run.start, run.end)]
        after = [name for run in joint.targets for name in _named(prose, ids, run.start, run.end)]
        yield before, after


def _named(prose: Prose, ids: IdGrammar, start: int, end: int) -> list[Reference]:
    """The tasks that a piece of text names; where it names none, its phase or story."""
    found = find_references(prose.slice(start, end), ids)
    if any(reference.written.isdigit() for reference in found) and not _ONLY_NUMBERS.fullmatch(prose.text, start, end):
        found = [reference for reference in found if not reference.written.isdigit()]
    return [reference for reference in found if not reference.group] or found[:1]
