"""What tells that items are delegated work: labels of files, lines that say what is created, verbs in titles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.file_lists import lines_of
from planlint.dialects.path_lists import only_paths
from planlint.dialects.plan_words.looking import builds
from planlint.dialects.prose import effects_of
from planlint.dialects.prose.verbs import english_verbs
from planlint.dialects.work_items.item import Item
from planlint.dialects.work_items.vocabulary import FILE_LABELS, TELLING
from planlint.readers.markdown.blocks import List, Paragraph
from planlint.readers.prose import Prose

_FIRST_WORD = re.compile(r"[\W_]{0,6}(\w+)")


def has_files(items: list[Item]) -> int:
    """How many items have a label of files."""
    return sum(1 for item in items if item.labels & FILE_LABELS)


def schedules(items: list[Item]) -> int:
    """How many items have labels for what they wait for and for how they run beside others."""
    return sum(1 for item in items if "depends_on" in item.labels and item.labels & {"parallel", "wave"})


def acting(items: list[Item]) -> int:
    """How many items have a line that begins with a verb of writing and the file it writes: "Create `a.ts`"."""
    return sum(1 for item in items if any(_writes(line) for line in _own_lines(item)))


def tells_to_build(items: list[Item]) -> int:
    """How many items say that something is to be made or changed: "Build the backend", as title or first sentence."""
    return sum(1 for item in items if builds(item.head.title) or any(orders(line) for line in _own_lines(item)))


def lists_paths(items: list[Item]) -> int:
    """How many items have bullets that are nothing but paths of a repository."""
    return sum(1 for item in items if any(only_paths(line) and _is_relative(line) for line in _own_lines(item)))


def _is_relative(line: Prose) -> bool:
    return line.text.lstrip(" `*_")[:1] not in ("/", "~")


def orders(line: Prose) -> bool:
    """Whether a line begins with a verb of writing."""
    word = _FIRST_WORD.match(line.text)
    role = english_verbs().get(word[1].lower()) if word is not None else None
    return role is not None and role.writes


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
    """How many items have any label that tells of delegated work."""
    return sum(1 for item in items if item.labels & TELLING)
