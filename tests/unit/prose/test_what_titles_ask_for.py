"""Titles of tasks whose words look like something else: purposes, values, names, reports, command lines."""

from __future__ import annotations

import pytest

from planlint.dialects.prose import BareNames

from .test_effects import described

PURPOSES_AND_ENTRIES = [
    ("Add `src/Totals.jsx` to show totals and taxes", "create:src/Totals.jsx"),
    ("Add src/upload.ts to handle uploads", "create:src/upload.ts"),
    ("Add `src/a.ts` to process orders", "create:src/a.ts"),
    ("Add `src/a.ts` to list of exports", ".src/a.ts"),
    ("Add `src/a.ts` to the barrel file", ".src/a.ts"),
    ("Add src/a.h and src/b.h to their project files", ".src/a.h .src/b.h"),
    ("Add `dist/` and `out/` to gitignore", ".dist/ .out/"),
    ("Create `data/` for uploads and set the limits in `src/app.py`", "create:data/ write:src/app.py"),
    ("Create layout `pkg/` with `pkg/__init__.py`", "create:pkg/ write?:pkg/__init__.py"),
    ("Create src/a.py with the table from `docs/rows.md`", "create:src/a.py -docs/rows.md"),
    (
        "Edit tests/Makefile.am to drop all `src/*.c` but `src/a.c` from `SOURCES`",
        "modify:tests/Makefile.am .src/*.c .src/a.c",
    ),
    ("Remove `src/old.ts` from `tsconfig.json`", "modify:tsconfig.json .src/old.ts"),
    ("Remove `src/old.ts` from the repository", "delete:src/old.ts"),
    ("Add a `.gitkeep` placeholder for `data/raw/`", "create:data/raw/.gitkeep"),
    ("Rewrite `load()` in src/a.py to append to `data/raw/`", "modify:src/a.py .data/raw/"),
    ("Rename `src/core/a.ts` to `b.ts`", "delete:src/core/a.ts create:src/core/b.ts"),
    ("Add the view (`src/View.tsx` + `view.css`)", "write:src/View.tsx write:src/view.css"),
]


@pytest.mark.parametrize(("line", "expected"), PURPOSES_AND_ENTRIES)
def test_what_a_file_is_added_for_is_told_from_what_it_is_added_to(line: str, expected: str):
    assert described(line) == expected


BEHIND_A_SEMICOLON = [
    ("Create `src/a.ts` — parser; `src/b.ts` — printer", "create:src/a.ts write?:src/b.ts"),
    ("`src/a.ts`: parser; `src/b.ts`: printer", "write?:src/a.ts write?:src/b.ts"),
    ("Create `src/a.ts`; tests `tests/a.test.ts`", "create:src/a.ts write?:tests/a.test.ts"),
    ("`src/a.ts` — модель; тест `tests/a.test.ts` против сервера", "write?:src/a.ts write?:tests/a.test.ts"),
    ("Update `src/a.ts`; `src/b.ts` stays the same", "modify:src/a.ts .src/b.ts"),
    ("Update `src/a.ts`; see `tests/a.test.ts`", "modify:src/a.ts -tests/a.test.ts"),
    ("Client: `src/a.ts` `MAX` 2→4; `src/b.tsx` `LABELS` to 4", "write?:src/a.ts write?:src/b.tsx"),
    ("Add tests in tests/a.py; run pytest tests/b.py", "write:tests/a.py -tests/b.py"),
]


@pytest.mark.parametrize(("line", "expected"), BEHIND_A_SEMICOLON)
def test_files_listed_behind_semicolons_are_work_as_the_first_one_is(line: str, expected: str):
    assert described(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "npm test -- src/a.test.ts passes",
        "테스트 실행: npm run test -- src/a.test.ts",
        "Green: npx vitest run src/a.test.ts",
        "python -m pytest -q src/a.test.ts",
    ],
)
def test_a_command_line_needs_no_backticks_to_be_one(line: str):
    assert described(line) == "-src/a.test.ts"


REPORTS = [
    ("Document the flags of `src/a.py` and `src/b.py` in `docs/a.md`", "write:docs/a.md -src/a.py -src/b.py"),
    ("Record the missing `docs/b.md` in docs/a.md", "write:docs/a.md -docs/b.md"),
    ("Document `docs/a.md`", "write:docs/a.md"),
    ("Normalize the states in specs/002-x/spec.md", "modify:specs/002-x/spec.md"),
    ("Generate an index in specs/002-x/research.md", "write:specs/002-x/research.md"),
    ("Generate tests from specs/002-x/contracts/api.yaml", "-specs/002-x/contracts/api.yaml"),
]


@pytest.mark.parametrize(("line", "expected"), REPORTS)
def test_a_report_changes_where_it_is_written_not_what_it_is_about(line: str, expected: str):
    assert described(line) == expected


WHERE_IT_IS_DONE = [
    ("Write failing tests for `tests/cart.test.ts` — totals", "write:tests/cart.test.ts"),
    ("Write failing tests for `src/cart.ts`", "-src/cart.ts"),
    ("Speed up the tree where links are built (src/tree.rb)", "write?:src/tree.rb"),
    ("Verify that the tree is fast (src/tree.rb)", ".src/tree.rb"),
    ("Add `clamp` and use it. Then undo the trial — `src/editor.tsx`", "write?:src/editor.tsx"),
    ("Identify all imports in src/stores/ for tracking", "-src/stores/"),
    ('Remove the "More..." button in `src/menu.ts`', "modify:src/menu.ts"),
    ("Delete the check `src/a.ts:10-20`", "modify:src/a.ts"),
    ("Unit test that a limit flips pass/fail in tests/unit/test_gate.py", "write:tests/unit/test_gate.py"),
    ("Test API : liste vide sans action validée dans `tests/test_api.py`", "write:tests/test_api.py"),
    ("Implement `src/metrics.py::success(rows, cases) -> Result`", "write:src/metrics.py"),
    ("Remove old commands in `/Dockerfile`", "modify:Dockerfile"),
    ("Remove the exemption in `/.trivyignore`", "modify:.trivyignore"),
    ("Ganti handler pada `src/hook.js`", "modify:src/hook.js"),
    ("Verifikasi izin melalui `tests/unit/izin.test.mjs`", "-tests/unit/izin.test.mjs"),
    ("Call both from src/main.py", "modify?:src/main.py"),
    ("Send the event from `src/bus.ts`", "modify?:src/bus.ts"),
    ("Call `load` from src/util.py in src/main.py", "modify?:src/main.py -src/util.py"),
    ("Use the hook from src/hooks.ts", "-src/hooks.ts"),
    ("Review form in src/review/form.tsx", "write?:src/review/form.tsx"),
    ("Review the form in src/review/form.tsx", "-src/review/form.tsx"),
    ("Review form in src/order/form.tsx", "-src/order/form.tsx"),
    ("Adapter test in tests/adapter.go", "write:tests/adapter.go"),
    ("Adapter le modèle dans src/model.py", "modify:src/model.py"),
    ("Update `state/now.json` → `specs/002-x`", "modify:state/now.json .specs/002-x"),
    ("Füge lange Inhalte (z. B. Namen) in `src/panel.tsx` hinzu", "write:src/panel.tsx"),
]


@pytest.mark.parametrize(("line", "expected"), WHERE_IT_IS_DONE)
def test_words_that_look_like_another_verb_or_sentence(line: str, expected: str):
    assert described(line) == expected


RUSSIAN = [
    ("Добавить проверку в `src/check.py`", "write:src/check.py"),
    ("Создать `src/a.go` по `docs/a.md`", "create:src/a.go -docs/a.md"),
    ("Запустить `scripts/ci.sh` на новом коммите", "-scripts/ci.sh"),
    ("Не менять `src/a.go`", ".src/a.go"),
    ("Описать примеры в README", "write:README.md"),
]


@pytest.mark.parametrize(("line", "expected"), RUSSIAN)
def test_russian_verbs_and_places_are_words_too(line: str, expected: str):
    assert described(line) == expected


WHAT_IT_MAKES = [
    ("Implement `.mcp.json` creation in `src/init.ts`", "write:src/init.ts ..mcp.json"),
    ("Create `PRIME.md` agent protocol template in `src/prime.ts`", "write:src/prime.ts .PRIME.md"),
    ("Create `app.ts` component wrapper in `src/app.ts`", "create:src/app.ts"),
    ("Escribir tests para `src/a.js` y `src/b.js`", "-src/a.js -src/b.js"),
    ("Add runbook links to `docs/README.md`", "modify:docs/README.md"),
    ("Add a link to `docs/README.md`", "-docs/README.md"),
    ("Add `config.yaml.example` with the keys", ".config.yaml.example"),
    ("Create a branch from `spec/1755/phase-2`", ""),
]


@pytest.mark.parametrize(("line", "expected"), WHAT_IT_MAKES)
def test_what_the_code_deals_with_is_no_target(line: str, expected: str):
    assert described(line) == expected


JAPANESE = [
    ("src/types.ts に定義された型を使って src/a.ts を実装する", "write:src/a.ts -src/types.ts"),
    ("src/a.ts に実装済みの関数を使い、src/b.ts を更新する", "modify:src/b.ts -src/a.ts"),
    ("手順を specs/002-x/quickstart.md に記録する", "write:specs/002-x/quickstart.md"),
    ("specs/002-x/data-model.md に定義した表を src/a.ts に実装する", "write:src/a.ts -specs/002-x/data-model.md"),
    ("正常系のテスト作成（RED確認） `src/a.rs`", "write?:src/a.rs"),
    ("`db/schema.sql` (読み取りのみ)", "-db/schema.sql"),
]


@pytest.mark.parametrize(("line", "expected"), JAPANESE)
def test_a_japanese_verb_that_describes_a_noun_asks_for_nothing(line: str, expected: str):
    assert described(line) == expected


PAGES = [
    ("Update README with the new flags", "modify:README.md"),
    ("Update the README and CHANGELOG", "modify:README.md modify:CHANGELOG.md"),
    ("Update README/CHANGELOG", "modify:README.md modify:CHANGELOG.md"),
    ("Add a section to the README.", "modify:README.md"),
    ("Implement README generation in src/gen.py", "write:src/gen.py"),
    ("Implement the command, see README", ""),
]


@pytest.mark.parametrize(("line", "expected"), PAGES)
def test_readme_and_changelog_are_files_where_they_are_changed(line: str, expected: str):
    assert described(line) == expected


def test_where_a_program_starts_stands_for_itself_while_the_plan_names_no_other():
    alone = BareNames({1: ["src/a.py"]}, alone=True)
    assert (alone.find("main.py"), alone.find("DESIGN.md"), alone.find("models.py")) == ("main.py", "DESIGN.md", None)
    assert alone.find("SKILL.md") is None
    assert BareNames({1: ["src/main.py"]}, alone=True).find("main.py") == "src/main.py"
    assert BareNames({1: ["a/main.py", "b/main.py"]}, alone=True).find("main.py") is None
