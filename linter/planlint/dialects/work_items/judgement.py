"""Which of the items that a document holds are work to be done, and whether that makes the document a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.dialects.base import Match
from planlint.dialects.plan_words.documents import is_account, names_a_plan
from planlint.dialects.prose import find_paths
from planlint.dialects.prose.order_words import stated_order
from planlint.dialects.work_items.finding import find_items
from planlint.dialects.work_items.headed import headed_items
from planlint.dialects.work_items.item import Item
from planlint.dialects.work_items.signs import (
    acting,
    briefs,
    has_files,
    is_counted,
    lists_paths,
    prescribes,
    schedules,
    telling,
    tells_to_build,
    ticks,
    waiting,
)
from planlint.dialects.work_items.tables import ORDERED, table_rows, waiting_rows
from planlint.dialects.work_items.vocabulary import FILE_LABELS, SPLIT, TOGETHER, WEAK
from planlint.readers.markdown.blocks import MarkdownTree, Paragraph, Section

_WAVE = re.compile(r"\W{0,4}(?:wave|batch|round)\b", re.IGNORECASE)
_SPLIT_UP = re.compile(
    r"\b(?:split|divided?|distributed|parallel)\b[^.\n]{0,40}\b(?:workers?|agents?|streams?|lanes?|sessions?|threads?)\b",
    re.IGNORECASE,
)
"""Words for work that is given to several: "the work can be split across parallel workers"."""
_LANES = frozenset({"lane", "track", "stream", "workstream", "worktree"})
"""Workers by their place: no product is built of these, as it may be of agents."""


class Judged(NamedTuple):
    """The items that count, and what makes them a plan, if anything does."""

    items: list[Item]
    match: Match | None


def judge(tree: MarkdownTree) -> Judged:
    """The items of a document that are work.

    Items of one word are judged by themselves where they are not all of one: sprints that only list what the phases
    above them spell out, or test cases beside tasks, are no work of their own. Where no words begin items, the rows of
    tables and sections that name their files may be some.
    """
    judged = _judge(find_items(tree), tree)
    if judged.match is not None:
        return judged
    for read in (table_rows, headed_items, waiting_rows):
        others = read(tree)
        match = _match(others, tree)
        if match is not None:
            return Judged(others, match)
    return judged


def _judge(items: list[Item], tree: MarkdownTree) -> Judged:
    kinds: dict[str, list[Item]] = {}
    for item in items:
        kinds.setdefault(item.head.word, []).append(item)
    if len(kinds) > 1:
        matches = {word: match for word, kind in kinds.items() if (match := _match(kind, tree)) is not None}
        if matches:
            kept = [item for item in items if item.head.word in matches or _stands(item)]
            return Judged(kept, max(matches.values(), key=lambda match: match.score))
    return Judged(items, _match(items, tree) or _drawn(items, tree))


def _stands(item: Item) -> bool:
    """Whether an item counts whatever the others of its word are."""
    return item.head.word not in WEAK and (has_files([item]) > 0 or waiting([item]) > 0)


def _match(items: list[Item], tree: MarkdownTree) -> Match | None:
    """Two items with labels of files or of waiting, or words for workers, or in a document that calls them a plan."""
    if len(items) < 2 or _is_account(items, tree):
        return None
    words = {item.head.word for item in items}
    count, shown = len(items), items[0].head.written
    if items[0].cells:
        return _table(items, tree)
    if "" in words:
        return _numbered(items, tree)
    if words <= WEAK:
        return _weak(items, tree)
    if 2 * telling(items) >= count and (words & (TOGETHER | SPLIT) or "unit" in words):
        return Match(55, f"{count} items like `{shown}` with labels of files, branches or waiting")
    if 2 * has_files(items) >= count:
        return Match(45, f"{count} items like `{shown}` with labels of files")
    worded = any(" " in item.head.written for item in items)  # `T1` by itself may be a test, a milestone, a room
    if 2 * (telling(items) if worded else waiting(items)) >= count:
        return Match(38, f"{count} items like `{shown}` with labels")
    if 2 * acting(items) >= count:
        return Match(37, f"{count} items like `{shown}` that say which files they create or change")
    waves = all(item.group is not None and _WAVE.match(item.group.title) is not None for item in items)
    if (words <= TOGETHER or waves) and 2 * lists_paths(items) >= count:
        return Match(37, f"{count} items like `{shown}` with lists of paths")
    if words <= SPLIT and 2 * tells_to_build(items) >= count:
        return Match(32, f"{count} items like `{shown}`")
    if words <= _LANES and count > 2 and any(stated_order(text) in ("parallel", "both") for text in _around(items)):
        return Match(34, f"{count} items like `{shown}` that run in parallel")
    wanted = tells_to_build(items)
    if words <= TOGETHER and 2 * wanted >= count and any(_SPLIT_UP.search(text) for text in _around(items)):
        return Match(32, f"{count} items like `{shown}`, among whom the work is split")
    if not words <= TOGETHER - _LANES:  # the agents of a product have goals as well
        wanted = max(wanted, briefs(items))
    if words <= _LANES:
        wanted = max(wanted, sum(1 for item in items if item.labels))
    if 2 * wanted >= count and _is_plan(items, tree):
        return Match(33, f"{count} items like `{shown}` in a document that calls itself a plan")
    return None


def _table(items: list[Item], tree: MarkdownTree) -> Match | None:
    count = len(items)
    if 2 * has_files(items) < count:
        named = 2 * waiting(items) >= count and _is_plan(items, tree)
        return Match(36, f"a table of {count} tasks and what they wait for, in a plan") if named else None
    if any(item.group is not None or item.labels & ORDERED for item in items):
        return Match(42, f"a table of {count} tasks with files and what they wait for")
    paths = sum(1 for item in items if any(find_paths(item.cells[name]) for name in item.labels & FILE_LABELS))
    if 2 * paths >= count and _is_plan(items, tree):
        return Match(41, f"a table of {count} workers with their files, in a plan")
    return None


def _numbered(items: list[Item], tree: MarkdownTree) -> Match | None:
    """Headings that begin with nothing but a number."""
    count, shown = len(items), items[0].head.written
    if 2 * schedules(items) >= count:
        return Match(56, f"{count} numbered items with labels of waiting and of running in parallel")
    if all(map(is_counted, items)):
        done = max(has_files(items), acting(items), ticks(items))
        plan = 2 * done >= count and _is_plan(items, tree)
        return Match(33, f"{count} headings like `{shown}`, numbered within their phases") if plan else None
    if shown and any({"depends_on", "id"} & item.labels for item in items):
        return _weak(items, tree)
    named = max(has_files(items), sum(1 for item in items if ticks([item]) and find_paths(item.prose)))
    plan = named > 1 and 2 * named >= count and _is_plan(items, tree)
    return Match(32, f"{count} sections of a plan that name files") if plan else None


def _weak(items: list[Item], tree: MarkdownTree) -> Match | None:
    """Headings as in any document: "Phase 1", "Step 2", "3."."""
    count, shown = len(items), items[0].head.written
    files = has_files(items)
    if 2 * files >= count and files > 1 and (_is_plan(items, tree) or 2 * prescribes(items) >= count):
        return Match(40, f"{count} headings like `{shown}` with labels of files")
    deliver = sum(1 for item in items if "deliverables" in item.labels and "depends_on" in item.labels)
    if 2 * deliver >= count and deliver > 1:
        return Match(36, f"{count} headings like `{shown}` with deliverables and dependencies")
    act = acting(items)
    if 2 * act >= count and act > 1 and _is_plan(items, tree):
        return Match(33, f"{count} headings like `{shown}` that say which files they create or change, in a plan")
    return None


def _is_account(items: list[Item], tree: MarkdownTree) -> bool:
    """Whether the document, the heading around the items, or most of the items themselves tell of what is or was."""
    if is_account(tree.title) or (is_account(items[0].home.title) and not ticks(items)):
        return True
    return 2 * sum(1 for item in items if is_account(item.head.title)) > len(items)


def _is_plan(items: list[Item], tree: MarkdownTree) -> bool:
    """Whether the document, or a heading around the items, calls them a plan."""
    home = items[0].home
    return names_a_plan(tree.title) or any(names_a_plan(section.title) for section in (home, *home.ancestors))


def _around(items: list[Item]) -> Iterator[str]:
    """The heading right above the items, and its paragraphs."""
    home: Section = items[0].home
    yield home.title
    yield from (block.prose.text for block in home.blocks if isinstance(block, Paragraph))


def _drawn(items: list[Item], tree: MarkdownTree) -> Match | None:
    from planlint.dialects.draft import TaskDraft
    from planlint.dialects.drawing import draws_all

    if len(items) < 3 or {item.head.word for item in items} & (WEAK | {""}) or 2 * tells_to_build(items) < len(items):
        return None
    if not draws_all([TaskDraft(item.head.written, item.origin, title=item.head.title) for item in items], tree):
        return None
    return Match(34, f"{len(items)} items like `{items[0].head.written}` in an order that is drawn")
