"""Numbered checkbox lists (`- [ ] 1.2 text`), which several products write: items, their labels, ids and effects."""

from planlint.dialects.checklist.effects import ItemPaths, add_effects, by_task, paths_of
from planlint.dialects.checklist.headings import number_of
from planlint.dialects.checklist.items import CheckItem, find_check_items, has_boxes
from planlint.dialects.checklist.listed_files import add_listed_files
from planlint.dialects.checklist.references import Listed, listed_ids, number_grammar, says_none
from planlint.dialects.checklist.tasks import is_template, set_kind, set_parents, task_of

__all__ = [
    "CheckItem",
    "ItemPaths",
    "Listed",
    "add_effects",
    "add_listed_files",
    "by_task",
    "find_check_items",
    "has_boxes",
    "is_template",
    "listed_ids",
    "number_grammar",
    "number_of",
    "paths_of",
    "says_none",
    "set_kind",
    "set_parents",
    "task_of",
]
