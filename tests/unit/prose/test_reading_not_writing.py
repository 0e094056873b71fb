"""Files that a sentence names beside its target: what it only reads, keeps, cites or puts somewhere."""

from __future__ import annotations

import pytest

from planlint.model import Mode

from .test_effects import described

BESIDE_THE_TARGET = [
    ("Extend the byte test to cover `api/a.json` and `api/b.json`", "-api/a.json -api/b.json"),
    ("Cover `src/a.ts` with tests in tests/a.test.ts", "write:tests/a.test.ts -src/a.ts"),
    ("Write tests in tests/a.test.ts covering every row of docs/rows.md", "write:tests/a.test.ts -docs/rows.md"),
    ("Add a check to tests/keys.test.ts asserting l10n/a.arb matches", "modify:tests/keys.test.ts -l10n/a.arb"),
    ("Create `src/dialog.ts` wrapping the existing `src/form.ts`", "create:src/dialog.ts -src/form.ts"),
    ("Add cases in tests/run.sh for all tests/fixtures/x.ts files", "write:tests/run.sh -tests/fixtures/x.ts"),
    ("Deprecate `src/old.ts` in favour of `src/new.ts`", "write?:src/old.ts -src/new.ts"),
    ("Import the type in src/a.ts instead of src/b.ts", "modify?:src/a.ts -src/b.ts"),
    ("Document in `docs/a.md` how `src/api.ts` works", "write:docs/a.md .src/api.ts"),
    ("Replace the uses of src/old.ts in src/a.ts", "modify:src/a.ts -src/old.ts"),
    ("Unit test helpers added in T008 in tests/test_money.py", "write:tests/test_money.py"),
    ("Read docs/api.md and summarise it in docs/summary.md", "write:docs/summary.md -docs/api.md"),
    ("Run the suite and record the results in docs/results.md", "write:docs/results.md"),
    ("Make sure the keys are listed in src/keys.ts", "write?:src/keys.ts"),
    ("Ensure all commands are documented in docs/cli.md", "write?:docs/cli.md"),
    ("Ensure the keys defined in src/keys.ts are used", "-src/keys.ts"),
    ("Check that the keys are listed in src/keys.ts", "-src/keys.ts"),
    ("Fix the screen the way `src/other.ts` does", "-src/other.ts"),
    ("Build the prompt using the rubric at docs/rubric.md", "-docs/rubric.md"),
    ("Given src/api.ts, write src/hooks.ts", "write:src/hooks.ts -src/api.ts"),
    ("Build src/client.ts on top of src/fetch.ts", "write:src/client.ts -src/fetch.ts"),
    ("Remove the import of src/old.ts from src/app.ts", "modify:src/app.ts -src/old.ts"),
    ("Swap src/old.ts for src/new.ts in src/app.ts", "modify:src/app.ts -src/old.ts -src/new.ts"),
    ("Port src/calc.py to src/calc.rs", "create:src/calc.rs -src/calc.py"),
    ("Rewrite src/calc.js into src/calc.ts", "write:src/calc.ts -src/calc.js"),
    ("Convert src/calc.js to src/calc.ts", "write:src/calc.ts -src/calc.js"),
    ("Provide the full text of docs/spec.md in the prompt", "-docs/spec.md"),
    ("Convert src/calc.js to TypeScript", "modify:src/calc.js"),
    ("Tests for src/api.ts and src/hooks.ts", "-src/api.ts -src/hooks.ts"),
    ("Read settings from config/app.yaml in src/settings.py", "modify?:src/settings.py -config/app.yaml"),
    ("Ignore dist/ in .gitignore", "write:.gitignore -dist/"),
    ("Document the API of src/api.ts in docs/api.md", "write:docs/api.md -src/api.ts"),
    ("Document the API of src/api.ts", "write:src/api.ts"),
    ("Run the generator after editing db/schema.prisma", "modify?:db/schema.prisma"),
    ("Split src/big.ts into src/a.ts and src/b.ts", "modify:src/big.ts write:src/a.ts write:src/b.ts"),
    ("Promote the schema to `schemas/orders/`", "write:schemas/orders/"),
]


@pytest.mark.parametrize(("line", "expected"), BESIDE_THE_TARGET)
def test_what_stands_beside_the_target_is_read(line: str, expected: str):
    assert described(line) == expected


AS_IT_IS = [
    ("Confirm reuse: `src/a.ts`, `src/b.ts` and `src/c.ts` already exist", "-src/a.ts -src/b.ts -src/c.ts"),
    ("Snapshot tests/orders.json must stay unchanged", "!tests/orders.json"),
    ("Extend src/model.py, but leave src/base.py untouched", "modify:src/model.py !src/base.py"),
    ("Update `src/a.ts` (existing)", "modify:src/a.ts"),
    ("Use `src/a.ts` (existing)", "-src/a.ts"),
    ("Extend `src/a.ts` (created in T017)", "modify:src/a.ts"),
    ("`ruff check` is clean; the live `tests/test_a.py` (gated on a key) is unaffected", "-tests/test_a.py"),
    ("Search the diff for literals; several turned up in `lib/`, all unmodified lines", "-lib/"),
    ("Add the gate before updating `tasks.md`", "-tasks.md"),
    ("Two panes: a new `lib/pane.dart` beside the existing, unmodified `Form`", "write?:lib/pane.dart"),
    ("Restructure `lib/a.dart`: a new `lib/pane.dart` beside it", "modify:lib/a.dart create?:lib/pane.dart"),
    ("Add the case to `tests/a.py` rather than a new `tests/b.py`", "modify:tests/a.py .tests/b.py"),
    ("`tests/golden/` was untouched throughout", ".tests/golden/"),
    ("Confirm keys already exist in `src/keys.ts`", "-src/keys.ts"),
    ("Confirm RBAC objects in `src/keys.ts`; this task only verifies", "-src/keys.ts"),
    ("Update src/App.fsproj to include all files: src/A.fs, src/B.fs", "modify:src/App.fsproj .src/A.fs .src/B.fs"),
    ("Update `src/index.ts` to export all: `src/a.ts`", "modify:src/index.ts .src/a.ts"),
    ("Extend `src/b.ts`, `src/a.ts` stays untouched", "modify:src/b.ts -src/a.ts"),
    ("Merge the channels in src/hub.ts (delete `a`, `b`; add `c`)", "modify:src/hub.ts"),
    ("Clean up src/hub.ts (delete)", "delete:src/hub.ts"),
    (
        "Declare the assets in `ui/app.yaml`: add `assets/new/` under `flutter: assets:`",
        "write:ui/app.yaml .assets/new/",
    ),
    (
        "Fetch `one.png` from the design into `web/` and `web/icons/`",
        "write:web/one.png write:web/icons/one.png .one.png",
    ),
    ("Write tests for `src/a.ts` (new file `tests/a.test.ts`)", "write:tests/a.test.ts -src/a.ts"),
]


@pytest.mark.parametrize(("line", "expected"), AS_IT_IS)
def test_a_file_that_is_there_already_changes_only_where_the_verb_says_so(line: str, expected: str):
    assert described(line) == expected


LINKS = [
    ("Add a link to src/nav.vue", "-src/nav.vue"),
    ('Add an "Orders" menu link to src/nav.vue', "modify:src/nav.vue"),
    ("Add an install link to docs/install.md in README.md", "write:README.md -docs/install.md"),
]


@pytest.mark.parametrize(("line", "expected"), LINKS)
def test_a_link_leads_to_a_document_and_is_put_into_a_screen(line: str, expected: str):
    assert described(line) == expected


WIDE = [
    ("`ruff check` across `src/` with no warnings", ".src/"),
    ("Rename `Store` to `Orders` across `src/`", "modify~?:src/"),
    ("Install the dependencies in backend/", ".backend/"),
    ("`src/*` naming policy", ".src/*"),
]


@pytest.mark.parametrize(("line", "expected"), WIDE)
def test_a_whole_directory_is_a_target_only_when_the_words_leave_no_other(line: str, expected: str):
    assert described(line) == expected


def test_a_file_that_becomes_something_else_is_changed():
    assert described("Convert `src/a.tsx` to `Form`") == "modify:src/a.tsx"


def test_brackets_behind_each_name_of_a_list_are_all_targets():
    line = "Add `load` to `Store` (src/store.ts) and `FileStore` (src/file-store.ts)"
    assert described(line) == "write:src/store.ts write:src/file-store.ts"


def test_each_point_of_a_list_has_its_own_verb():
    assert described("Polish: (a) delete src/a.ts; (b) totals in src/b.ts") == "delete:src/a.ts write?:src/b.ts"


def test_places_behind_a_reading_phrase_without_path_are_all_targets():
    assert described("Create the folders per plan in src/a/ and src/b/") == "write:src/a/ write:src/b/"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Created `src/a.ts` for the list.", "create?:src/a.ts"),
        ("Done: (1) created `src/a.ts`, (2) enhanced `src/b.ts`", "create?:src/a.ts modify?:src/b.ts"),
        ("✅ COMPLETED: Created `src/a.ts` with the list", "create?:src/a.ts"),
        ("Beforehand: created `src/a.ts`", ".src/a.ts"),
        ("Updated files are listed in src/a.ts.", "-src/a.ts"),
        ("The created `src/a.ts` is fast.", ".src/a.ts"),
        ("Adding `src/a.ts` later will make the scan fail.", ".src/a.ts"),
    ],
)
def test_a_note_on_finished_work_tells_what_it_wrote(line: str, expected: str):
    assert described(line, None) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Create the following: src/a.ts", "create:src/a.ts"),
        ("Create a list following src/a.ts", "-src/a.ts"),
        ("Design system already exists in src/ui/", "-src/ui/"),
        ("Diseño: ya existe en src/ui/", "-src/ui/"),
        ("Registrar la ruta en src/app.py", "modify?:src/app.py"),
    ],
)
def test_what_follows_below_and_what_exists_are_told_apart(line: str, expected: str):
    assert described(line, None) == expected


def test_a_test_file_that_new_code_is_tested_in_is_written():
    assert described("Write src/read.go. Test it in src/read_test.go.", None).endswith("write?:src/read_test.go")
    assert described("Test the reader in src/read_test.go.", None) == "-src/read_test.go"


LANGUAGES = [
    ("設定ファイル（`vercel.json`、`vite.config.ts`）を作成", "create:vercel.json create:vite.config.ts"),
    ("設定ファイル（`vercel.json`, `vite.config.ts`）作成", "create:vercel.json create:vite.config.ts"),
    ("src/ ディレクトリ構造（components/, hooks/）を作成", "write?:src/components/ write?:src/hooks/ .src/"),
    ("src/a.ts 実装", "write:src/a.ts"),
    ("src/a.ts 確認", "-src/a.ts"),
    ("src/a.ts 変更なし", "!src/a.ts"),
    ("`src/a.ts` 수정", "modify:src/a.ts"),
    ("Sửa `src/a.ts`", "modify:src/a.ts"),
    ("Tạo file `src/a.ts`", "create:src/a.ts"),
    ("Đọc src/a.ts", "-src/a.ts"),
    ("Không sửa src/a.ts", "!src/a.ts"),
]


@pytest.mark.parametrize(("line", "expected"), LANGUAGES)
def test_lists_in_other_languages_end_in_the_verbs_noun_or_begin_with_their_verb(line: str, expected: str):
    assert described(line, None) == expected


def test_a_chinese_integration_test_is_a_work_product_and_no_integration():
    assert described("登入整合測試於 tests/login.test.ts") == "write:tests/login.test.ts"
    assert described("使用者列表於 src/users.tsx") == "write:src/users.tsx"


def test_the_place_of_the_sentence_decides_nothing_for_descriptions():
    assert described("All keys are listed in src/keys.ts", Mode.WRITE) == "-src/keys.ts"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Configure config/alembic.ini with the address.", "write?:config/alembic.ini"),
        ("Configure the `jest.config.js` for TypeScript.", "write?:jest.config.js"),
        ("Configure Next.js.", ""),
        ("Configure the server using config/app.yaml.", "-config/app.yaml"),
        ("Configure src/server.ts to use the cache.", ".src/server.ts"),
    ],
)
def test_who_configures_a_file_of_settings_writes_it(text, expected):
    assert described(text, None) == expected
