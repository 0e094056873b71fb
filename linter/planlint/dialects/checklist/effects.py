"""What items say about files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from planlint.dialects.checklist.items import CheckItem
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prose import PathContext, PathMention, ProseContext, effects_of, find_placed_paths
from planlint.model import Mode


class ItemPaths(NamedTuple):
    """Every path that an item names, with one list for its line and one for each text below it."""

    title: list[PathMention]
    details: list[list[PathMention]]
    files: list[PathMention]
    """Those of its `files` labels."""

    @property
    def all(self) -> list[PathMention]:
        """All of them."""
        return [*self.title, *(mention for found in self.details for mention in found), *self.files]


def paths_of(items: Sequence[CheckItem], context: PathContext | None = None) -> list[ItemPaths]:
    """The paths of each item, in order."""
    return [
        ItemPaths(
            find_placed_paths(item.title, known=context),
            [find_placed_paths(detail, known=context) for detail in item.details],
            [
                mention
                for label in item.labels
                if label.name == "files"
                for mention in find_placed_paths(label.value, known=context)
            ],
        )
        for item in items
    ]


def by_task(paths: Sequence[ItemPaths]) -> Mapping[int, list[PathMention]]:
    """What bare names are looked up in: all paths of each task, by position."""
    return {position: found.all for position, found in enumerate(paths)}


def add_effects(task: TaskDraft, item: CheckItem, paths: ItemPaths, context: ProseContext) -> None:
    """Add what the item's line and the text below it say; in the line, a file named is a work product."""
    effects = [effects_of(item.title, default=Mode.WRITE, context=context, mentions=paths.title)]
    effects += (
        effects_of(detail, default=None, context=context, mentions=found)
        for detail, found in zip(item.details, paths.details, strict=True)
    )
    written = {scope.path for scope in task.writes}
    for found in effects:
        fresh = [scope for scope in found.writes if scope.path not in written]
        task.writes.extend(fresh)
        written.update(scope.path for scope in fresh)
        task.off_limits.extend(found.off_limits)
    seen = written | {scope.path for scope in task.reads}
    for found in effects:
        fresh = [scope for scope in found.reads if scope.path not in seen]
        task.reads.extend(fresh)
        seen.update(scope.path for scope in fresh)
