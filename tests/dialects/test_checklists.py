"""Labels, declared files and numbered checkboxes: what several Markdown dialects share."""

from __future__ import annotations

import pytest

from planlint.dialects.checklist import find_check_items, listed_ids, number_grammar
from planlint.dialects.checklist.items import read_head
from planlint.dialects.file_lists import Placing, entries_in
from planlint.dialects.labels import split_labels
from planlint.dialects.prose import find_paths
from planlint.readers.markdown.reader import read_markdown
from planlint.readers.prose import Prose
from planlint.source import Source


def prose(markdown: str) -> Prose:
    tree = read_markdown(Source("x.md", f"- {markdown}\n")).markdown
    assert tree is not None
    return next(tree.items()).prose


def declared(markdown: str) -> list[tuple[str, str]]:
    return [(entry.mode.value, entry.path) for entry in entries_in(prose(markdown))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Create: `src/a.ts`", [("create", "src/a.ts")]),
        ("Modify: `src/a.ts:12-40, 50-60`", [("modify", "src/a.ts")]),
        ("**Modify:** `src/a.ts`, `src/b.ts`", [("modify", "src/a.ts"), ("modify", "src/b.ts")]),
        ("Modify: `src/a.ts` (insert after `src/b.ts`)", [("modify", "src/a.ts")]),
        ("Modify: `src/a.ts` — used by `src/b.ts`", [("modify", "src/a.ts")]),
        ("Modify: `src/a.ts` (x), `src/b.ts` (y)", [("modify", "src/a.ts"), ("modify", "src/b.ts")]),
        ("Create `src/a.ts`, modify `src/b.ts`", [("create", "src/a.ts"), ("modify", "src/b.ts")]),
        ("Create: `src/a.fsi`, `.fs`", [("create", "src/a.fsi"), ("create", "src/a.fs")]),
        ("Move: `src/a.ts` → `lib/a.ts`", [("delete", "src/a.ts"), ("create", "lib/a.ts")]),
        ("Rename: `src/a.ts`", [("write", "src/a.ts")]),
        ("Copy: `src/a.ts` -> `lib/a.ts`", [("read", "src/a.ts"), ("create", "lib/a.ts")]),
        ("Delete: `src/a.ts`", [("delete", "src/a.ts")]),
        ("Delete: `src/a.ts` from the repository", [("delete", "src/a.ts")]),
        ("Delete (moved from `src/b.ts`): `src/a.ts`", [("delete", "src/a.ts")]),
        ("Delete from: `src/a.ts`, `src/b.ts`", [("modify", "src/a.ts"), ("modify", "src/b.ts")]),
        ("Remove from `src/a.ts`: the old parser", [("modify", "src/a.ts")]),
        ("Remove all unused imports from `src/a.ts`", [("modify", "src/a.ts")]),
        ("Remove files from `src/old/`", [("delete", "src/old/")]),
        ("Add to: `src/a.ts`", [("modify", "src/a.ts")]),
        ("Add a second field to `src/a.ts`", [("modify", "src/a.ts")]),
        ("Add a short link to `docs/a.md`", []),
        ("Test: `tests/a.py`", [("write", "tests/a.py")]),
        ("Test (create): `tests/a.py`", [("create", "tests/a.py")]),
        ("Test (keep as-is): `tests/a.py`", [("read", "tests/a.py")]),
        ("Create/Modify: `src/a.ts`", [("write", "src/a.ts")]),
        ("Delete & regenerate: `web/pnpm-lock.yaml`", [("write", "web/pnpm-lock.yaml")]),
        ("Reference: `docs/a.md`", [("read", "docs/a.md")]),
        ("Read only: `docs/a.md`", [("read", "docs/a.md")]),
        ("`src/a.ts` (new)", [("create", "src/a.ts")]),
        ("`src/a.ts` (read-only)", [("read", "src/a.ts")]),
        ("修改: `src/a.ts`", [("modify", "src/a.ts")]),
        ("Modify: every file that names `Price`", []),
        ("Test: nothing new, see Task 4", []),
    ],
)
def test_the_words_before_declared_files_decide_and_remarks_name_no_files(line, expected):
    assert declared(line) == expected


@pytest.mark.parametrize(
    "line", ["Possibly modify: `a/b.py`", "Modify if needed: `a/b.py`", "Modify: `a/b.py` (if needed)"]
)
def test_a_declared_file_that_may_not_be_needed_is_weak(line):
    assert [entry.weak for entry in entries_in(prose(line))] == [True]


def test_a_declared_file_points_at_its_own_characters():
    entries = entries_in(prose("Modify: `src/a.ts:3-9`, `.css`"))
    assert [entry.origin.text for entry in entries] == ["src/a.ts", ".css"]
    assert entries[0].part == "lines 3-9"


def test_a_bare_declared_name_is_the_one_full_path_or_the_root_file_or_unknown():
    texts = [
        "Create: `core/errors.rs`",
        "Create: `a/view.ts`, `b/view.ts`",
        "Modify: `errors.rs`, `view.ts`",
    ]
    mentions = {index: find_paths(prose(text)) for index, text in enumerate(texts)}
    placing = Placing(mentions)
    found = [placing.path(entry, 2) for entry in entries_in(prose("Modify: `errors.rs`, `view.ts`, `rules.toml`"))]
    assert found == ["core/errors.rs", None, "rules.toml"]


NAMES = {"depends": "depends", "boundary": "boundary", "files": "files"}


@pytest.mark.parametrize(
    "line", ["_Depends: 1.2_", "_Depends:_ 1.2", "**Depends:** 1.2", "**Depends**: 1.2", "Depends (hard): 1.2"]
)
def test_a_label_is_read_in_every_emphasis(line):
    text, labels = split_labels(prose(line), NAMES)
    assert not text.text.strip()
    assert [(label.name, label.value.text.strip()) for label in labels] == [("depends", "1.2")]


def test_labels_in_wrapped_lines_end_where_the_next_begins():
    text, labels = split_labels(prose("Do it\n  well\n  **Depends**: 1.1,\n  1.2\n  **Files**: `a.py`"), NAMES)
    assert text.text.strip() == "Do it\nwell"
    assert [(label.name, label.value.text.strip()) for label in labels] == [("depends", "1.1,\n1.2"), ("files", "a.py")]


def test_labels_of_one_line_are_parted_by_a_bar_or_a_dot():
    _, labels = split_labels(prose("**Depends:** 1.1 | **Files:** `a.py`, `b.py` |\n  **Note:** x · Depends: 2"), NAMES)
    found = [(label.name, label.value.text.strip()) for label in labels]
    assert found == [("depends", "1.1"), ("files", "a.py, b.py |\nNote: x"), ("depends", "2")]


def test_a_sentence_with_a_colon_is_no_label():
    assert split_labels(prose("Note that: the parser depends: on nothing"), NAMES)[1] == []


@pytest.mark.parametrize(
    ("line", "name", "optional", "parallel"),
    [
        ("1. Set up", "1", False, False),
        ("1.1 Set up", "1.1", False, False),
        ("2.13b0 Set up", "2.13b0", False, False),
        ("1.C Checkpoint", "1.C", False, False),
        ("1.2 (P) Set up", "1.2", False, True),
        ("2. (P) Set up", "2", False, True),
        ("1.3* (P) Set up", "1.3", True, True),
        ("* 1.4 Set up", "1.4", True, False),
        ("1.5 Set up (P)", "1.5", False, True),
        ("Task 4: Set up", "4", False, False),
        ("[1.1] Set up", "1.1", False, False),
    ],
)
def test_the_front_of_a_numbered_item_is_read(line, name, optional, parallel):
    head = read_head(Prose(Source("x.md", line), 0, len(line), line, [(0, 0)]))
    assert head is not None
    assert (head.id, head.optional, head.parallel is not None) == (name, optional, parallel)


@pytest.mark.parametrize("line", ["3 tests pass", "24 fixtures", "v1.2 is out", "All of 1.2", ""])
def test_a_number_that_belongs_to_the_sentence_is_no_id(line):
    assert read_head(Prose(Source("x.md", line), 0, len(line), line, [(0, 0)])) is None


def items(text: str):
    tree = read_markdown(Source("x.md", text)).markdown
    assert tree is not None
    return find_check_items(tree, NAMES)


def test_the_asterisk_of_an_optional_item_is_found_escaped_or_not():
    found = items("- [ ]* 1.1 One\n- [x]\\* 1.2 Two\n- [ ] 1.3 Three\n")
    assert [(item.id, item.optional, item.done) for item in found] == [
        ("1.1", True, False),
        ("1.2", True, True),
        ("1.3", False, False),
    ]
    assert [item.title.text for item in found] == ["One", "Two", "Three"]


def test_boxes_below_a_numbered_item_are_its_steps_and_numbered_ones_are_items():
    found = items("- [ ] 1. Outer\n  - [ ] a step\n  - [ ] 1.1 Inner\n    - detail\n")
    assert [(item.id, [detail.text for detail in item.details]) for item in found] == [
        ("1", ["a step"]),
        ("1.1", ["detail"]),
    ]


def test_boxes_in_fences_and_quotes_are_no_items():
    assert items("```\n- [ ] 1.1 a\n```\n\n> - [ ] 1.2 b\n") == []


def test_what_is_struck_out_counts_as_done():
    assert [item.done for item in items("- [ ] 1.1 ~~Dropped~~\n- [ ] 1.2 Keep ~~this~~ that\n")] == [True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.1, 1.2", ["1.1", "1.2"]),
        ("1.1 and 2", ["1.1", "2"]),
        ("1.1-1.3", ["1.1", "1.2", "1.3"]),
        ("Tasks 1-2 (pattern of 4.4 first)", ["1", "2"]),
        ("Phase 1.2", ["1.2"]),
        ("none", []),
        ("None (can run parallel with 1.1)", []),
        ("None (runs first; 2.1's fixtures come later)", []),
        ("—", []),
        ("なし", []),
        ("タスク1完了（モデル）", ["1"]),
        ("タスク1.1-1.3完了", ["1.1", "1.2", "1.3"]),
        ("1.1; may run in parallel with 1.3", ["1.1"]),
        ("D2, wp-3, #4", []),
    ],
)
def test_ids_in_a_field_are_those_that_are_waited_for(text, expected):
    grammar = number_grammar(["1", "1.1", "1.2", "1.3", "2", "2.1"])
    found = listed_ids(Prose(Source("x.md", text), 0, len(text), text, [(0, 0)]), grammar)
    assert [listed.id for listed in found] == expected
