"""Which tasks a drawing means, and when a plan draws or outlines the order of all of them."""

from __future__ import annotations

import pytest

from planlint.dialects.draft import TaskDraft
from planlint.dialects.drawing import add_drawn, draws_all
from planlint.readers.markdown.reader import parse_blocks
from planlint.source import Source

TASKS = [("Task 1", "Schema"), ("Task 2", "API (users)"), ("Task 3", "User list"), ("Task 4", "E2E")]
FORK = {(1, 0), (2, 0), (3, 1), (3, 2)}


def read(text: str, tasks=TASKS):
    """Who waits for whom by position, and whether all are in order."""
    source = Source("plan.md", text)
    drafts = [TaskDraft(name, source.origin(0, 0), index=at, title=title) for at, (name, title) in enumerate(tasks)]
    complete = add_drawn(drafts, parse_blocks(source), source.origin(0, len(text)))
    return {(draft.index, on.target) for draft in drafts for on in draft.depends_on}, complete


WRITTEN = {
    "ids": "```\nTask 1 → Task 2, Task 3 → Task 4\n```\n",
    "numbers with a sign": "```\n#1 (schema) → #2, #3 → #4\n```\n",
    "first letters": "```mermaid\ngraph LR\nT1 --> T2 & T3 --> T4\n```\n",
    "titles": "```mermaid\ngraph LR\nA[Schema] --> B[API] & C[User list]\nB & C --> D[E2E]\n```\n",
    "bare numbers on a line": "**Order:** 1 → {2, 3} → 4\n",
    "waves on lines": "```\nWave 1: Task 1\nWave 2 (parallel): Task 2, Task 3\nWave 3: Task 4\n```\n",
    "waves in a list": "1. Batch A: Task 1\n2. Batch B: Tasks 2 and 3\n3. Batch C: Task 4\n",
    "waves in a table": "| Wave | Tasks |\n|---|---|\n| 1 | Task 1 |\n| 2 | Task 2, Task 3 |\n| 3 | Task 4 |\n",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_every_way_to_name_the_tasks_gives_the_same_order(text: str):
    assert read(text) == (FORK, True)


def test_an_order_that_leaves_a_task_out_is_not_the_order_of_all():
    assert read("```\nTask 1 → Task 2 → Task 3\n```\n") == ({(1, 0), (2, 1)}, False)


def test_an_arrow_against_the_list_is_left_out_and_settles_nothing():
    assert read("```\nTask 2 → Task 1\nTask 3 → Task 4\n```\n") == ({(3, 2)}, False)


def test_a_number_beside_words_counts_something():
    assert read("Task 1 → 3 endpoints\n")[0] == set()


def test_waves_that_name_a_task_twice_are_no_outline():
    assert read("- Wave 1: Task 1, Task 2\n- Wave 2: Task 2, Task 3\n- Wave 3: Task 4\n") == (set(), False)


def test_a_title_that_two_tasks_share_names_neither():
    tasks = [("Task 1", "Tests"), ("Task 2", "Tests"), ("Task 3", "Docs")]
    assert read("```\nTests → Docs\n```\n", tasks)[0] == set()


def test_a_document_may_draw_its_tasks_before_they_are_read():
    source = Source("plan.md", WRITTEN["ids"])
    drafts = [TaskDraft(name, source.origin(0, 0), title=title) for name, title in TASKS]
    assert draws_all(drafts, parse_blocks(source))
    assert not draws_all([*drafts, TaskDraft("Task 5", source.origin(0, 0))], parse_blocks(source))


def test_waves_order_tasks_wherever_these_stand_and_a_remark_says_what_they_wait_for():
    outline = "```\nWave 1: Task 1 + Task 4 ── independent\nWave 2: Task 2 + Task 3 ── depend on Task 1\n```\n"
    assert read(outline) == ({(1, 0), (1, 3), (2, 0), (2, 3)}, True)
