"""What the items of a list say of themselves: roles or steps, workers with files, kinds of agents, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.claude_md.fields import Field, field_of
from planlint.dialects.claude_md.labelled import Item
from planlint.dialects.claude_md.prompt_fences import prompts_in
from planlint.dialects.claude_md.scopes import says_ownership
from planlint.dialects.claude_md.texts import block_proses
from planlint.dialects.claude_md.vocabulary import runs_last
from planlint.dialects.claude_md.workers import WorkerLabel
from planlint.dialects.path_lists import only_paths
from planlint.dialects.prose import find_paths
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import english_verbs
from planlint.readers.prose import Prose


def is_labelled(item: Item, *, launching: bool) -> bool:
    """Whether an item has a name and says something of it; agents that are started need a name in code only."""
    named = launching and any(mark.kind == "code" for mark in item.label_prose.marks)
    return bool(item.label) and len(item.label) <= 50 and (named or bool(item.rest.text.strip()))


_ONE = re.compile(r"(?:one|another|a (?:second|third|fourth)|the (?:other|last))\b", re.IGNORECASE)


def are_counted(items: list[Item], count: int | None) -> bool:
    """Whether the items count the agents that are started: "One to build ...", "One for the tests"."""
    return count in (None, len(items)) and all(_ONE.match(item.rest.text) for item in items)


def begins_with_verb(text: str) -> bool:
    """Whether a text tells what to do."""
    word = re.match(r"\W*([\w'-]+)", text)
    return word is not None and word[1].lower() in english_verbs()


def is_remark(item: Item) -> bool:
    """Whether an item among named workers names none itself and gives no file: a rule for all of them."""
    return not (item.label or item.children or _names_file(item) or runs_last(item.rest.text))


def is_kind(item: Item, label: WorkerLabel | None) -> bool:
    """Whether an item tells what a kind of agent is: "**Plugin agents** are prefixed with ..."."""
    counted = label is not None and label.numbered
    return not counted and re.match(r"\s*(?:are|have)\b", item.rest.text) is not None


def are_told(items: list[Item]) -> bool:
    """Whether sentences each begin with what is to be done, and most give a file."""
    first = [re.findall(r"[\w'-]+", item.rest.text[:80].lower())[:1] for item in items]
    return all(word and word[0] in english_verbs() and word[0] not in _OF_THE_LEAD for word in first) and sum(
        1 for item in items if _names_file(item)
    ) * 2 > len(items)


def is_role(label: str, *, started: bool = False) -> bool:
    """Whether a label names a part of the work and not a step of a procedure ("Read the spec").

    Where the text tells to start those that are named (`started`), only what the lead itself does is a step.
    """
    named = re.findall(r"[\w'-]+|&|/", label.lower())
    if not named or field_of(label) in (Field.OFF_LIMITS, Field.WAVE, Field.PARALLEL):
        return False
    if re.match(
        r"(?:step|phase|wave|stage|always|never|if|when|before|after|no|do|don't|must|only|rule|limit|max|note)\b",
        label,
        re.IGNORECASE,
    ):
        return False
    if named[0] not in english_verbs():
        return True
    if started:
        return named[0] not in _OF_THE_LEAD
    # "Tests" and "Review and validation" are parts of the work, "Test the parser" is a step.
    return named[0] in _ROLE_NOUNS and (
        len(named) == 1 or named[1] in ("and", "or", "&", "/", "agent", "engineer", "expert", "specialist")
    )


_OF_THE_LEAD = words(
    "launch spawn start dispatch deploy invoke run use call wait collect gather merge combine aggregate synthesize "
    "synthesise summarize summarise monitor poll track present report return show ask confirm read load parse identify "
    "determine decide choose select pick split break assign give pass send set store save keep continue repeat stop "
    "ensure make let limit avoid include provide"
)
"""What the one who starts the agents does before and after it."""

_ROLE_NOUNS = frozenset(
    [
        "test",
        "tests",
        "tester",
        "style",
        "styles",
        "hook",
        "hooks",
        "type",
        "types",
        "integration",
        "document",
        "documents",
        "documentation",
        "design",
        "support",
        "review",
        "index",
        "mock",
        "seed",
        "check",
        "report",
        "reports",
        "schema",
        "access",
        "log",
        "query",
        "format",
        "research",
        "audit",
    ]
)


def several_give_files(items: list[Item]) -> bool:
    """Whether at least two items name a path."""
    return sum(1 for item in items if _names_file(item)) >= 2


def wait_for_each_other(items: list[Item]) -> bool:
    """Whether some item waits for one that another item names."""
    labels = [re.escape(item.label) for item in items if 2 <= len(item.label) <= 40]
    if len(labels) < len(items):
        return False
    waits = re.compile(
        rf"\b(?:waits? for|depends on|blocked by|needs|after|once)\b[^.;\n]{{0,60}}?\b(?:{'|'.join(labels)})\b",
        re.IGNORECASE,
    )
    return any(waits.search(prose.text) is not None for item in items for prose in proses(item))


def _names_file(item: Item) -> bool:
    return any(not found.in_command for prose in proses(item) for found in find_paths(prose))


def divides_work(items: list[Item], labels: list[WorkerLabel | None]) -> bool:
    """Whether a list of workers divides work by itself: numbered ones with files, ownership words, lanes, prompts."""
    if _gives_lanes(items) or sum(1 for item in items if any(prompts_in(item.children, item.label))) >= 2:
        return True
    if all(_names_only_paths(item) for item in items) or sum(1 for item in items if _has_file_field(item)) >= 2:
        return True
    numbered = sum(1 for label in labels if label is not None and label.numbered)
    owning = sum(1 for item in items if any(says_ownership(prose.text) for prose in proses(item)))
    return several_give_files(items) and (numbered * 2 > len(items) or owning >= 2)


def _names_only_paths(item: Item) -> bool:
    """Whether a worker's text is nothing but files."""
    texts = [prose for prose in proses(item) if prose.text.strip(" ()firstlaFL*_")]
    return bool(texts) and all(only_paths(prose) for prose in texts)


def _has_file_field(item: Item) -> bool:
    """Whether a label below a worker's name gives it files: "scope: `src/search/`"."""
    return any(
        _field_before_colon(prose) in (Field.OWNS, Field.FILES) and any(not one.in_command for one in find_paths(prose))
        for prose in block_proses(item.children)
    )


def _field_before_colon(prose: Prose) -> Field | None:
    return field_of(re.split("[:：]", prose.text, maxsplit=1)[0])


def _gives_lanes(items: list[Item]) -> bool:
    """Whether at least two items have a branch or a worktree of their own."""
    lanes = 0
    for item in items:
        fields = [_field_before_colon(prose) for prose in block_proses(item.children)]
        lanes += any(field in (Field.BRANCH, Field.WORKTREE) for field in fields)
    return lanes >= 2


def is_told(items: list[Item]) -> bool:
    """Whether every worker is told something to do; a bare list of names is none."""
    return all(item.rest.text.strip() or item.children for item in items)


def proses(item: Item) -> Iterator[Prose]:
    """All that an item says behind its name, what it quotes as a prompt included."""
    yield item.rest
    yield from block_proses(item.children)
    yield from prompts_in(item.children, item.label)
