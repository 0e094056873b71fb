"""What tells that items are delegated work: labels of files, lines that say what is created, verbs in titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from planlint.dialects.file_lists import lines_of
from planlint.dialects.path_lists import only_paths
from planlint.dialects.plan_words.looking import builds
from planlint.dialects.prose import effects_of
from planlint.dialects.prose.verbs import CJK_AFTER, CJK_BEFORE, Role, english_verbs
from planlint.dialects.work_items.item import Item
from planlint.dialects.work_items.lines import labelled
from planlint.dialects.work_items.vocabulary import FILE_LABELS, TELLING, read_head
from planlint.readers.markdown.blocks import List, Paragraph
from planlint.readers.prose import Prose

_FIRST_WORD = re.compile(r"[\W_]{0,6}(\w+)")
_WANTED = re.compile(
    r"\W{0,4}(?:goals?|objectives?|purpose|mission|deliverables?|done(?: when)?|done criteria|exit criteria|kickoff|"
    r"problem|solution|approach|priority|effort|complexity|目标|目的|完了条件|목표)\W{0,3}[:：=]",
    re.IGNORECASE,
)


def has_files(items: list[Item]) -> int:
    """How many items have a label of files."""
    return sum(1 for item in items if item.labels & FILE_LABELS)


def prescribes(items: list[Item]) -> int:
    """How many items tell somebody to do something, where a page about code only says which file holds what.

    A label says that a file is made or changed, for whom or after what; there are boxes to tick; or the title or a line
    begins with a verb of writing.
    """
    return sum(
        1
        for item in items
        if item.labels - {"writes", "reads", "deliverables", "title", "description"}
        or ticks([item])
        or acting([item])
        or tells_to_build([item])
    )


def schedules(items: list[Item]) -> int:
    """How many items have labels for what they wait for and for how they run beside others."""
    return sum(1 for item in items if "depends_on" in item.labels and item.labels & {"parallel", "wave"})


def acting(items: list[Item]) -> int:
    """How many items have a line that begins with a verb of writing and the file it writes: "Create `a.ts`"."""
    return sum(1 for item in items if any(_writes(line) for line in _own_lines(item)))


def tells_to_build(items: list[Item]) -> int:
    """How many items say that something is to be made or changed: "Build the backend", as title or first sentence."""
    return sum(
        1
        for item in items
        if builds(item.head.title) or _commands(item.head.title) or any(orders(line) for line in _own_lines(item))
    )


def briefs(items: list[Item]) -> int:
    """How many items say in a field of their own what is wanted of them or how far they are: "Goal: ..."."""
    return sum(
        1
        for item in items
        if item.labels & {"verify", "status", "estimate"}
        or telling([item])
        or any(_WANTED.match(line.text) is not None for line in _own_lines(item))
    )


def waiting(items: list[Item]) -> int:
    """How many items have a label for what they wait for."""
    return sum(1 for item in items if "depends_on" in item.labels)


def ticks(items: list[Item]) -> int:
    """How many items have boxes to tick off right below them."""
    return sum(
        1
        for item in items
        if any(entry.state is not None for block in item.blocks if isinstance(block, List) for entry in block.items)
    )


def is_counted(item: Item) -> bool:
    """Whether the number of an item goes on with that of the phase around it: "2.1" below "Phase 2"."""
    head = read_head(item.group.title) if item.group is not None else None
    return head is not None and item.head.id.startswith(f"{head.id}.")


def lists_paths(items: list[Item]) -> int:
    """How many items have bullets that are nothing but paths of a repository."""
    return sum(1 for item in items if any(only_paths(line) and _is_relative(line) for line in _own_lines(item)))


def _is_relative(line: Prose) -> bool:
    return line.text.lstrip(" `*_")[:1] not in ("/", "~")


def orders(line: Prose) -> bool:
    """Whether a line begins with a verb of writing, which is no label: "Output a report", but not "Output: ..."."""
    return labelled(line)[0] is None and _commands(line.text)


def _commands(text: str) -> bool:
    word = _FIRST_WORD.match(text)
    if word is None:
        return False
    role = english_verbs().get(word[1].lower())
    if role is None and not text.isascii():
        role = next((role for verb, role in _unspaced_verbs().items() if verb in text), None)
    return role is not None and role.writes


@cache
def _unspaced_verbs() -> dict[str, Role]:
    tables = (CJK_BEFORE, CJK_AFTER)
    return {verb: role for table in tables for role, verbs in table.items() if role.writes for verb in verbs.split()}


def _own_lines(item: Item) -> Iterator[Prose]:
    if item.rest is not None:
        yield from lines_of(item.rest)
    for block in item.blocks:
        if isinstance(block, Paragraph):
            yield from lines_of(block.prose)
        elif isinstance(block, List):
            for entry in block.items:
                yield entry.prose


def _writes(line: Prose) -> bool:
    word = _FIRST_WORD.match(line.text)
    if word is None or not any(sign in line.text for sign in "./"):
        return False
    role = english_verbs().get(word[1].lower())
    if word[1].isascii() and (role is None or not role.writes):
        return False
    return bool(effects_of(line, default=None).writes)


def telling(items: list[Item]) -> int:
    """How many items have any label that tells of delegated work.

    What something puts out tells of it only where files or orders stand beside it: the agents that a product is made
    of have outputs as well.
    """
    return sum(
        1
        for item in items
        if item.labels & (TELLING - {"deliverables"})
        or ("deliverables" in item.labels and (acting([item]) or tells_to_build([item])))
    )
