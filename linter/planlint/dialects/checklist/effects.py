"""What items say about files."""

from __future__ import annotations

from collections.abc import Sequence

from planlint.dialects.checklist.items import CheckItem
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prose import PathContext, PathMention, ProseContext, effects_of, find_paths
from planlint.model import Mode


def mentions_of(items: Sequence[CheckItem], context: PathContext | None = None) -> dict[int, list[PathMention]]:
    """Every path that each item names, by position, `files` labels included: what bare names are looked up in."""
    return {
        position: [
            mention
            for prose in (
                item.title,
                *item.details,
                *(label.value for label in item.labels if label.name == "files"),
            )
            for mention in find_paths(prose, known=context)
        ]
        for position, item in enumerate(items)
    }


def add_effects(task: TaskDraft, item: CheckItem, context: ProseContext) -> None:
    """Add what the item's line and the text below it say; in the line, a file named is a work product."""
    effects = [effects_of(item.title, default=Mode.WRITE, context=context)]
    effects += (effects_of(detail, default=None, context=context) for detail in item.details)
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
