"""The words of a Spec Kit task line: its id, its marks, its phase heading."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.readers.prose import Prose

_ID = r"T\d{2,5}(?:\.\d{1,3}|[A-Za-z]|-[A-Z]{1,2}(?![\w-]))?"
TASK_ID = re.compile(rf"\b{_ID}\b")
"""`T001`, `T012a`, `T001.1`, `T006-T` (the test of T006). Templates pad to three digits; people also use two."""

_HEAD = re.compile(rf"[\s*_~`]*({_ID})(?=[\s*_:\].\-–—~`)]|\Z)[\s*_:.`~–—-]*")

_OTHER_HEAD = re.compile(r"[\s*_~`]*([A-SU-Z]\d{3,4}[a-z]?)(?=[\s*_:\].\-–—~`)]|\Z)[\s*_:.`~–—-]*")
"""Ids that say what sort of work it is, `R001` of research and `V001` of validation, beside the usual ones."""

_MARK = re.compile(r"\s*[*_]*\[([A-Za-z][\w.:+,/ -]{0,20})\][*_]*")

_PARALLEL = re.compile(r"P(?::([\w.]{1,12}))?\Z")

_STORY = re.compile(r"US[- ]?\d{1,3}(?:[ ,/+]+US[- ]?\d{1,3})*\Z", re.IGNORECASE)

PHASE = re.compile(
    r"(?:\W*)(?:phase|milestone|stage|iteration|fase|étape|etapa|faza|giai đoạn|фаза|этап|階段|阶段|フェーズ|단계|第)"
    r"[\s:#]*(\d{1,3}(?:\.\d{1,3}){0,2}|[A-Z]\b)",
    re.IGNORECASE,
)
"""A phase heading: `Phase 3: User Story 1`, `## 階段 2`, `Milestone 1`."""

DONE_MARKS = ("✅", "☑", "✔")


class TaskHead(NamedTuple):
    """The front of a task line. `text_start` is where its own words begin."""

    id: str
    id_start: int
    id_end: int
    text_start: int
    parallel: bool
    group: str | None
    """The group of `[P:2.1]`."""
    story: str | None
    parallel_span: tuple[int, int] | None
    """Where the `[P]` mark stands."""


def task_id_of(letters: str) -> re.Pattern[str]:
    """`TASK_ID` for a plan whose ids also begin with other letters than T."""
    return TASK_ID if not letters else re.compile(rf"{TASK_ID.pattern}|\b[{letters}]\d{{3,4}}[a-z]?\b")


def read_head(prose: Prose, *, other: bool = False) -> TaskHead | None:
    """The id and marks at the front of `prose`, in any order the templates and their users write them.

    With `other` the id may begin with another letter than T (`V001`).
    """
    text = prose.text
    head = _HEAD.match(text) or (_OTHER_HEAD.match(text) if other else None)
    if head is None:
        return None
    at = head.end()
    parallel, group, story = False, None, None
    parallel_span: tuple[int, int] | None = None
    while True:
        mark = _MARK.match(text, at)
        if mark is None:
            break
        word = mark.group(1).strip()
        if found := _PARALLEL.match(word):
            parallel, group = True, found.group(1)
            parallel_span = (mark.start(), mark.end())
        elif _STORY.match(word):
            story = word.upper()
        at = mark.end()
    while at < len(text) and text[at] in " \t\n*_:–—-":
        at += 1
    return TaskHead(head.group(1), head.start(1), head.end(1), at, parallel, group, story, parallel_span)
