"""What a sentence rules out, and parts of a file that stand for the file."""

from __future__ import annotations

import pytest

from planlint.dialects.prose import effects_of
from planlint.dialects.prose.remarks import mode_of_remark
from planlint.model import Mode
from planlint.readers.prose import Prose
from planlint.source import Source

from .test_effects import described


def written(text: str) -> list[str]:
    return [
        scope.path
        for scope in effects_of(Prose(Source("x.md", text), 0, len(text), text, [(0, 0)]), default=None).writes
    ]


@pytest.mark.parametrize("no", ["not", "NOT", "not in", "not the"])
def test_a_file_behind_a_bare_not_is_not_written(no):
    assert written(f"Edit agents/check.md, {no} dist/agents/check.md.") == ["agents/check.md"]


@pytest.mark.parametrize("part", ["license field", "scripts", "exports section", "header"])
def test_who_updates_a_part_of_a_file_updates_the_file(part):
    assert written(f"Update package.json {part}.") == ["package.json"]


def test_a_path_that_only_describes_what_is_updated_stays_open():
    assert written("Update package.json tests.") == []


def test_who_defines_the_structure_of_a_file_changes_the_file():
    assert written("Define the src/config.json `deploy` section structure.") == ["src/config.json"]


def test_do_not_touch_holds_for_all_of_its_list():
    text = "Do not touch any crate's main.rs, scripts/, or the workspace manifest. Update src/lib.rs."
    assert written(text) == ["src/lib.rs"]


def test_behind_do_not_touch_another_verb_begins_anew():
    assert written("Do not change the parser's API, update src/lexer.rs only.") == ["src/lexer.rs"]


def test_the_remark_read_means_reading():
    assert mode_of_remark("read") is Mode.READ
    assert mode_of_remark("reads rows, modify") is None


@pytest.mark.parametrize(
    "remark",
    [
        "created in 14-01",
        "new from Task 3",
        "added by WP02",
        "already created in the previous plan",
        "modified by Stream A",
    ],
)
def test_what_another_task_does_to_a_file_is_no_remark_on_this_one(remark):
    assert mode_of_remark(remark) is None


@pytest.mark.parametrize(
    ("remark", "mode"),
    [
        ("created in this plan", Mode.CREATE),
        ("new in v2", Mode.CREATE),
        ("new test file", Mode.CREATE),
        ("new integration test", Mode.CREATE),
        ("new test", None),
        ("new tests", None),
        ("update if exists", Mode.MODIFY),
        ("exists", Mode.READ),
        ("modified in 2 places", Mode.MODIFY),
        ("existing model", Mode.READ),
        ("existing, to be enhanced", None),
    ],
)
def test_remarks_on_the_task_itself_stay_remarks(remark, mode):
    assert mode_of_remark(remark) is mode


@pytest.mark.parametrize(
    "what", ["anything in", "generated files under", "any file in", "the vendored code in", "any code below"]
)
def test_a_directory_whose_files_must_not_be_edited_is_off_limits_as_a_whole(what):
    text = f"Never edit {what} src/made/."
    found = effects_of(Prose(Source("x.md", text), 0, len(text), text, [(0, 0)]), default=None)
    assert [scope.path for scope in found.off_limits] == ["src/made/"]


@pytest.mark.parametrize("what", ["existing exports in", "any other file in", "the API in"])
def test_a_directory_of_which_a_part_must_not_change_is_not_off_limits(what):
    text = f"Do not modify {what} src/api/."
    found = effects_of(Prose(Source("x.md", text), 0, len(text), text, [(0, 0)]), default=None)
    assert found.off_limits == []


@pytest.mark.parametrize(
    "text",
    [
        "Implement POST /orders as docs/orders.md describes.",
        "Do what docs/orders.md says.",
        "Implement contracts/orders.ts.",
        "Build the page on contracts/orders.ts.",
        "Document every export of src/api.ts.",
        "Implement the contract in src/api.ts.",
        "Adapt to the signature in src/api.ts.",
        "Build upon src/api.ts.",
        "Make tests/test_api.py pass.",
        "Fix what scripts/check.sh finds.",
        "Register nothing in src/lib.rs.",
        "The main session will register it in src/app.ts.",
        "Wiring into src/app.ts happens in a later task.",
    ],
)
def test_what_is_cited_built_upon_or_documented_is_read(text):
    assert written(text) == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Implement contracts/Token.sol.", "contracts/Token.sol"),
        ("Add a button on src/pages/Home.tsx.", "src/pages/Home.tsx"),
        ("Document src/api.ts with docstrings.", "src/api.ts"),
        ("Document the endpoint in docs/api.md.", "docs/api.md"),
        ("Write a wrapper around src/db.ts in src/cache.ts.", "src/cache.ts"),
        ("Implement the endpoint GET /a in src/api.ts.", "src/api.ts"),
        ("Make src/api.ts return JSON.", "src/api.ts"),
        ("Add a test that cancel does nothing in tests/api.test.ts.", "tests/api.test.ts"),
        ("The task will add a check to src/api.ts.", "src/api.ts"),
        ("Inject the service in src/api.ts.", "src/api.ts"),
    ],
)
def test_but_what_is_made_there_is_written(text, path):
    assert written(text) == [path]


ASSERTED = [
    ("Repository test — the old reads still behave — in `tests/repo_test.dart`", "write?:tests/repo_test.dart"),
    ("Write a test that guests cannot open the page in `tests/test_page.py`", "write:tests/test_page.py"),
    ("E2E: guests never reach checkout in `e2e/guest.spec.ts`", "write:e2e/guest.spec.ts"),
    ("Test that guests cannot create orders in `tests/orders.test.ts`", "write:tests/orders.test.ts"),
    ("單元測試：已結案不可回退 於 `tests/unit/closed.spec.ts`", "write:tests/unit/closed.spec.ts"),
]


@pytest.mark.parametrize(("line", "expected"), ASSERTED)
def test_what_a_test_denies_is_what_it_asserts(line, expected):
    assert described(line) == expected


FORBIDDEN = [
    ("All tests (unit and widget) still pass in `tests/repo_test.dart`", ".tests/repo_test.dart"),
    ("Do not add cases in `tests/orders.test.ts`", ".tests/orders.test.ts"),
    ("Add the page and do not use mocks in `tests/test_page.py`", ".tests/test_page.py"),
    ("Make sure the tool never adds files to `tests/data/`", ".tests/data/"),
    ("Agents must not add cases in `tests/orders.test.ts`", ".tests/orders.test.ts"),
    ("不可在 `tests/orders.spec.ts` 使用假資料", ".tests/orders.spec.ts"),
    ("Ensure the service does not log secrets in `src/a.py`", ".src/a.py"),
]


@pytest.mark.parametrize(("line", "expected"), FORBIDDEN)
def test_what_must_not_be_done_in_a_test_is_no_work_on_it(line, expected):
    assert described(line) == expected


def test_what_others_must_not_touch_is_not_off_limits_here():
    text = "Create src/index.ts. The other tasks fill in the modules and do not touch src/index.ts."
    assert effects_of(Prose(Source("x.md", text), 0, len(text), text, [(0, 0)]), default=None).off_limits == []


def test_a_not_goes_on_behind_or_but_an_or_of_its_own_rules_nothing_out():
    assert written("Do not log secrets or edit src/.env.local, and do not add packages or update src/lock.json.") == []
    assert written("Drop the flag or remove src/a.ts.") == ["src/a.ts"]


@pytest.mark.parametrize("rest", ["`src/c.ts`", "`src/c.ts` / `src/d.ts`"])
def test_or_goes_on_with_what_must_not_be_touched_behind_words_without_a_path(rest):
    assert written(f"Do not touch `src/a.ts` (the store), any other page, the scripts, or {rest}.") == []
