"""Reading is not writing: which files a sentence changes."""

from __future__ import annotations

import pytest

from planlint.dialects.prose import ProseContext, effects_of
from planlint.model import Mode

from .written import written


def described(line: str, default: Mode | None = Mode.WRITE) -> str:
    """Effects as `mode:path` words: `?` inferred, `~` weak, `-` read, `!` off limits, `unknown` as `.`."""
    found = effects_of(written(line), default=default)
    words = [
        f"{scope.mode.value}{'~' if scope.weak else ''}{'?' if scope.evidence.value == 'inferred' else ''}:{scope.path}"
        for scope in found.writes
    ]
    words += [f"-{scope.path}" for scope in found.reads]
    words += [f"!{scope.path}" for scope in found.off_limits]
    words += [f".{mention.path}" for mention in found.unknown]
    return " ".join(words)


TITLES = [
    ("Create `Invoice` model in `src/models/invoice.py`", "create:src/models/invoice.py"),
    ("Create the overdue check in `src/models/invoice.py`", "write:src/models/invoice.py"),
    ("Create a shared type in `src/types.ts`", "write:src/types.ts"),
    ("References section: keep `docs/a.md`, remove `docs/b.md`", ".docs/a.md .docs/b.md"),
    ("Clean up: remove `docs/b.md`", "delete:docs/b.md"),
    ("Replace hex in: `a/x.css` (`#fff`); `a/y.css`; `b/z.css` (2)", "modify:a/x.css modify:a/y.css modify:b/z.css"),
    ("Add totals in `src/a.ts`; `src/b.ts` shows them", "write:src/a.ts .src/b.ts"),
    ("`src/a.ts`에서 모델을 도메인별 파일로 분리", "modify?:src/a.ts"),
    ("모델을 `src/a.ts`로 분리", "write:src/a.ts"),
    ("`src/a.ts`, `src/b.ts` 기본 파일 생성", "create:src/a.ts create:src/b.ts"),
    ("`src/init.ts`에서 통합 import하는 시스템 구축", "write?:src/init.ts"),
    ("Unit tests with `internal/check.AssertResponse`", ""),
    ("Add the section using the shared pickers (`src/pickers/`)", "-src/pickers/"),
    ("Create invoice service with export (src/invoice.ts)", "write:src/invoice.ts"),
    ("Update the guide to reflect the structure in src/", "-src/"),
    ("Update quickstart to reflect the flow in docs/start.md", "modify:docs/start.md"),
    ("Create tests/unit/, tests/live/ directories", "create:tests/unit/ create:tests/live/"),
    ("Update any page referencing `Money` or `src/money.ts`", "-src/money.ts"),
    ("Create `src/a.ts` with the pool (and a limit if needed)", "create:src/a.ts"),
    ("Create .gitignore ensuring `.env` is ignored", "create:.gitignore ..env"),
    ("Create `src/.env`, and ensure `src/a.ts` is git-ignored", "create:src/.env .src/a.ts"),
    ("Create `src/a.ts` (if needed)", "create~:src/a.ts"),
    ("`git mv src/a.ts src/b/a.ts`", "delete:src/a.ts create:src/b/a.ts"),
    ("Run `git rm src/a.ts`", "delete:src/a.ts"),
    ("Run `git rm --cached src/a.ts`", "-src/a.ts"),
    ("Do not run `git mv src/a.ts src/b.ts`", "-src/a.ts -src/b.ts"),
    ("Add ignore rules (node_modules/, `dist/*`)", ".node_modules/ .dist/*"),
    ("Exclude `vendor/` from linting in `ruff.toml`", "write:ruff.toml .vendor/"),
    ("Map every current file in `src/` to its module", ".src/"),
    ("Checked `web/build.ts` - no updates needed", "-web/build.ts"),
    ("Create `tests/cart.h` and `cart.cpp`", "create:tests/cart.h create:tests/cart.cpp"),
    ("Update `src/index.ts` to export `src/a.ts`", "modify:src/index.ts .src/a.ts"),
    ("Delete legacy/ directory after the backup", "delete:legacy/"),
    ("Create a backup of the docs/ directory", "-docs/"),
    ("Create the migration `db/007_add.sql`", "create:db/007_add.sql"),
    ("`src/api.js` に CacheManager を import", "write:src/api.js"),
    ("`config.tf`に定義されている変数を一覧にする", ".config.tf"),
    ("`src/a.ts`: new module for dates", "create?:src/a.ts"),
    ("`src/a.ts`: new function parse()", "write?:src/a.ts"),
    ("In `src/errors/`, add `base.ts` and `lost.ts`", "write:src/errors/base.ts write:src/errors/lost.ts"),
    ("在 `src/errors/` 目录下创建 `base.ts`", "create:src/errors/base.ts"),
    ("确认 `data/shop.db` 生成", "-data/shop.db"),
    ("`package.json`から使わない依存を削除する", "modify:package.json"),
    ("Add a picker (`icon-sun/icon-moon/icon-auto`)", ""),
    ("Build the list in src/a.tsx, reads src/b.ts", "write:src/a.tsx -src/b.ts"),
    ("Create src/models/invoice.py with the model", "create:src/models/invoice.py"),
    ("Loader test in tests/unit/test_loader.py", "write:tests/unit/test_loader.py"),
    ("Wire loader in src/cli/main.py (depends on T012, see docs/x.md)", "modify:src/cli/main.py -docs/x.md"),
    ("Configure linting in backend/pyproject.toml", "write:backend/pyproject.toml"),
    ("Contract test POST /api/carts in tests/contract/test_carts.py", "write:tests/contract/test_carts.py"),
    ("Unit test for parsing in tests/test_parse.py", "write:tests/test_parse.py"),
    ("Add totals to src/cart.py", "modify:src/cart.py"),
    ("Add src/cart.py", "create:src/cart.py"),
    ("Add the cart model (src/cart.ts), exported from src/index.ts", "write:src/cart.ts modify:src/index.ts"),
    ("Create src/cart.ts using the type exported from src/types.ts", "create:src/cart.ts -src/types.ts"),
    ("Run tests and fix failures in src/cart.ts", "modify~:src/cart.ts"),
    ("Fix lint errors in src/cart.ts", "modify:src/cart.ts"),
    ("Verify the fix and update flow in src/cart.ts", "-src/cart.ts"),
    ("在 src/home.tsx 实现首页，从 src/api.ts 导入 loadCart", "write:src/home.tsx -src/api.ts"),
    ("Add a link to src/cart.py", "-src/cart.py"),
    ("Add it to src/cart.py if one exists", "modify~:src/cart.py"),
    ("Add the totals (missing from src/old.py) in src/cart.py", "write:src/cart.py -src/old.py"),
    ("Include references to src/cart.py in docs/guide.md", "write:docs/guide.md -src/cart.py"),
    ("Implement totals per data-model.md in src/cart.py", "write:src/cart.py -data-model.md"),
    ("Add model per FR-012 in src/x.py following the pattern in src/y.py", "write:src/x.py -src/y.py"),
    ("Add paging following the pattern in src/users.ts", "-src/users.ts"),
    ("Build cart like src/old/cart.ts in src/cart.ts", "write:src/cart.ts -src/old/cart.ts"),
    ("Mirror src/a.ts in src/b.ts", None),
    ("Move `src/a.ts` to `src/b.ts` and update src/index.ts", "delete:src/a.ts create:src/b.ts modify:src/index.ts"),
    ("Rename src/a.ts → src/b.ts", "delete:src/a.ts create:src/b.ts"),
    ("Move totals from src/a.ts to src/b.ts", "modify:src/a.ts write:src/b.ts"),
    ("Extract helpers from src/a.ts into src/util/b.ts", "modify:src/a.ts write:src/util/b.ts"),
    ("Copy index from sample/a/index.html to sample/b/index.html", "create:sample/b/index.html -sample/a/index.html"),
    ("Export Cart from src/index.ts", "modify:src/index.ts"),
    ("Remove `bar` from src/x.ts", "modify:src/x.ts"),
    ("Delete src/old.ts", "delete:src/old.ts"),
    ("Verify/update docs/guide.md", "modify:docs/guide.md"),
    ("Review and update docs/guide.md", "modify:docs/guide.md"),
    ("Implement and test `src/x.ts`", "write:src/x.ts"),
    ("Run `pytest tests/x.py`", "-tests/x.py"),
    ("Run tests in tests/unit/x.py and verify src/a.py", "-tests/unit/x.py -src/a.py"),
    ("Verify totals in src/cart.py", "-src/cart.py"),
    ("Validate import flow in tests/integration/test_import.py", "write?:tests/integration/test_import.py"),
    ("Verify all tests still pass in tests/integration/test_import.py", "-tests/integration/test_import.py"),
    ("Review src/cart.py for leaks", "-src/cart.py"),
    ("Read src/cart.py, then extend src/total.py", "modify:src/total.py -src/cart.py"),
    ("Implement totals (apps/api/src/cart.ts)", "write:apps/api/src/cart.ts"),
    ("Implement totals — apps/api/src/cart.ts", "write:apps/api/src/cart.ts"),
    ("Totals of the cart (apps/api/src/cart.ts)", "write?:apps/api/src/cart.ts"),
    ("Implement totals — the rounding helper src/a.ts shows it", "write?:src/a.ts"),
    (
        "Create `bar.dart` (shows the sum) and `row.dart` (one line) in `lib/cart/`",
        "create:lib/cart/bar.dart create:lib/cart/row.dart",
    ),
    ("Create bar.dart, row.dart and sum.dart in lib/", "create:lib/bar.dart create:lib/row.dart create:lib/sum.dart"),
    ("Add a line to docs/deploy.md pointing at `.env.template`", "modify:docs/deploy.md -.env.template"),
    ("Document how to change colors in docs/theme.md", "write:docs/theme.md"),
    ("Re-point both callers: `lib/a.dart` and `lib/b.dart`", "modify:lib/a.dart modify:lib/b.dart"),
    ("Add a `deploy/` directory with a `README.md`", "write:deploy/ write:deploy/README.md"),
    ("實作密碼雜湊與驗證於 src/hash.ts", "write:src/hash.ts"),
    ("新增測試與執行 `tests/x.py`", "-tests/x.py"),
    ("詳情頁依狀態顯示可用動作於 `src/x.tsx`", "write:src/x.tsx"),
    ("e2e：建立活動後清單可見 於 `test/list.e2e-spec.ts`", "write:test/list.e2e-spec.ts"),
    (
        "Create src/a.ts (NEW), src/b.ts (modify, lines 3-9), src/c.ts (read-only)",
        "create:src/a.ts modify:src/b.ts -src/c.ts",
    ),
    ("Create src/a.ts (if not exists)", "create:src/a.ts"),
    ("Update src/a.ts, src/b.ts (verify exists), src/c.ts (check)", "modify:src/a.ts -src/b.ts -src/c.ts"),
    ("Do not modify src/a.py or src/b.py; update src/c.py", "modify:src/c.py !src/a.py !src/b.py"),
    ("Add login without modifying src/auth.ts", "!src/auth.ts"),
    ("Add login, no changes to src/auth.ts", "!src/auth.ts"),
    ("Leave `src/a.py` unchanged and fix src/b.py", "modify:src/b.py !src/a.py"),
    ("Keep `src/` paths as-is and fix src/b.py", "modify:src/b.py .src/"),
    ("Avoid duplicating logic in src/a.py", ".src/a.py"),
    ("Use the Foo helper from src/foo.ts", "-src/foo.ts"),
    ("Use ListQuery in lib/screen.dart", "modify?:lib/screen.dart"),
    ("Create API client using axios in src/api/client.ts", "write:src/api/client.ts"),
    ("Add tests for src/foo.ts in tests/foo.test.ts", "write:tests/foo.test.ts -src/foo.ts"),
    ("Possibly update src/a.ts", "modify~:src/a.ts"),
    ("Update src/a.ts if needed", "modify~:src/a.ts"),
    ("없으면 `src/a.ts`에 추가", "write~:src/a.ts"),
    ("Update src/a.ts or src/b.ts", "modify~:src/a.ts modify~:src/b.ts"),
    ("Add guard (backend/src/optional-auth.guard.ts)", "write:backend/src/optional-auth.guard.ts"),
    ("Update src/a.ts so that `src/b.ts` keeps working", "modify:src/a.ts .src/b.ts"),
    ("Write a test that totals add up in tests/test_sum.py", "write:tests/test_sum.py"),
    ("Wire `src/a.ts` into `src/b.ts`", "modify:src/b.ts -src/a.ts"),
    ("Add `src/a.ts` to `tsconfig.json`", "modify:tsconfig.json .src/a.ts"),
    ("Add delete button and confirm dialog in src/list.tsx", "write:src/list.tsx"),
    ("Add banner; confirm the error path keeps state; in src/merge.dart", "write:src/merge.dart"),
    ("Build src/App/App.csproj and verify it compiles", "-src/App/App.csproj"),
    ("Build test project in sample/App.Tests/", "-sample/App.Tests/"),
    ("Implement POST /orders/validate resource in src/orders.fs", "write:src/orders.fs"),
    ("Add update/delete tests in tests/test_a.py", "write:tests/test_a.py"),
    ("Create Facet (as api to avoid a collision) in lib/facet.dart", "write:lib/facet.dart"),
    ("Delete the now orphaned lib/price.dart", "delete:lib/price.dart"),
    ("Add the gate in lib/gate.dart and use it in lib/router.dart", "write:lib/gate.dart modify?:lib/router.dart"),
    ("Add the gate in lib/gate.dart and use the one in lib/router.dart", "write:lib/gate.dart -lib/router.dart"),
    ("Create or update RELEASE_NOTES.md", "write:RELEASE_NOTES.md"),
    ("Update README.md in src/core/ for users", "modify:src/core/README.md"),
    ("Document results in research.md", "write:research.md"),
    ("Validate quickstart.md", "-quickstart.md"),
    ("Add entities in data-model.md to src/models.py", None),
    ("Fix the contract (contracts/routes.md)", "-contracts/routes.md"),
    ("Add enums in packages/contracts/src/enums.ts", "write:packages/contracts/src/enums.ts"),
    ("Fix errors introduced\nin src/catalog/a.py", "-src/catalog/a.py"),
    ("Migrate `src/**/*.ts`", "modify:src/**/*.ts"),
    ("Format `**/*.ts`", ".**/*.ts"),
    ("建立 Cart repository 於 apps/api/src/cart.ts", "write:apps/api/src/cart.ts"),
    ("依 data-model.md 建立 X 於 src/x.ts（參考 src/y.ts）", "write:src/x.ts -data-model.md -src/y.ts"),
    ("不要修改 src/a.ts", "!src/a.ts"),
    ("執行 src/a.ts", "-src/a.ts"),
    ("src/a.ts を更新する", "modify:src/a.ts"),
    ("src/a.ts を参照する", "-src/a.ts"),
    ("src/a.ts를 수정한다", "modify:src/a.ts"),
    ("Crear el modelo en src/modelo.py según docs/a.md", "write:src/modelo.py -docs/a.md"),
    ("Aktualisiere src/a.py gemäß docs/b.md", "modify:src/a.py -docs/b.md"),
    ("Ajouter le test dans tests/test_a.py", "write:tests/test_a.py"),
    ("Criar o modelo em src/modelo.py", "write:src/modelo.py"),
    ("Agregar `src/colors.xaml` a `src/app.xaml`", "write:src/app.xaml .src/colors.xaml"),
    ("Rédiger docs/guide.md avec des exemples", "create:docs/guide.md"),
    ("Desarrollar el modelo en src/modelo.py", "write:src/modelo.py"),
    ("Tambahkan label di `lib/label.ts`", "write:lib/label.ts"),
    ("Update src/a.py to check for files in data/old/ before it fails", "modify:src/a.py -data/old/"),
    ("Add a check for null in src/a.ts", "write:src/a.ts"),
    ("Implement Run in src/run.go over `internal/wire`", "write:src/run.go -internal/wire"),
    (
        "Create `pkg/tool/` with `package.json` and `index.ts`",
        "create:pkg/tool/ create:pkg/tool/package.json create:pkg/tool/index.ts",
    ),
    ("Add ignores section: `dist/**`, `node_modules/**`", ".dist/** .node_modules/**"),
    ("Build the page in src/page.tsx; labels in `src/ar.json`", "write:src/page.tsx write?:src/ar.json"),
    ("Build the page in src/page.tsx; existing labels in `src/ar.json`", "write:src/page.tsx .src/ar.json"),
    ("`src/a.ts` — no change needed", "-src/a.ts"),
    ("`tests/test_a.py`: read-only against editable", "write?:tests/test_a.py"),
]


@pytest.mark.parametrize(("line", "expected"), [row for row in TITLES if row[1] is not None])
def test_titles_write_what_their_verb_governs(line, expected):
    assert described(line) == expected


BODIES = [
    ("Create: `src/a.ts`, `src/b.ts`", "create:src/a.ts create:src/b.ts"),
    ("Delete: `src/a.ts`; create: `src/b.ts`", "delete:src/a.ts create:src/b.ts"),
    ("Update: `src/a.ts` was moved.", ".src/a.ts"),
    ("Open `src/a.ts` and add `URL`.", "modify?:src/a.ts"),
    ("Open `src/a.ts` and add the type to `src/b.ts`.", "modify?:src/b.ts -src/a.ts"),
    ("Read `src/a.ts` and add the type.", "-src/a.ts"),
    ("Update all go.mod files.", ".go.mod"),
    ("Update every `package.json`.", ".package.json"),
    ("Update README.md files and go.work.", "modify:go.work .README.md"),
    ("Update package.json and go.mod files.", "modify:package.json modify:go.mod"),
    ("Export the type for use in `src/b.ts`.", "-src/b.ts"),
    ("Update `src/errors.py` with `CsvError`.", "modify:src/errors.py"),
    ("Replace `src/a.ts` with `src/b.ts` everywhere.", "-src/b.ts .src/a.ts"),
    ("Create `src/b.ts` in the style of `src/a.ts`.", "create:src/b.ts -src/a.ts"),
    ("Create `src/b.ts` along the lines of `src/a.ts`.", "create:src/b.ts -src/a.ts"),
    ("Add an optional `limit` argument to `src/b.ts`.", "modify?:src/b.ts"),
    ("Read `src/b.ts` (created in 06-02) and extend it with `vat()`.", "modify?:src/b.ts"),
    ("Open `src/b.ts` and follow it in `src/c.ts`.", "-src/b.ts -src/c.ts"),
    ("Update `src/b.ts` — no change needed.", "-src/b.ts"),
    ("Extend `src/b.ts` (added by WP03).", "modify:src/b.ts"),
    ("Create `src/a.ts` with the type.", "create:src/a.ts"),
    ("Update `src/a.ts` to call it.", "modify:src/a.ts"),
    ("Add the type in src/a.ts.", "write?:src/a.ts"),
    ("The type lives in src/a.ts.", ".src/a.ts"),
    ("src/a.ts holds the type.", ".src/a.ts"),
    ("Change `src/a/*` to `src/b/*` in the list.", ".src/a/* .src/b/*"),
    ("Replace `lib/old` constructions everywhere.", ".lib/old"),
    ("Create `lib/x.md` in the temp dir.", ".lib/x.md"),
    ("Register `src/a.ts` there.", ".src/a.ts"),
    ("If the build fails, fix package.json.", "modify~:package.json"),
    ("Existing pattern in src/a.ts.", "-src/a.ts"),
    ("Do not touch src/a.ts.", "!src/a.ts"),
    ("See src/a.ts. Then edit src/b.ts.", "modify:src/b.ts -src/a.ts"),
    ("Create a utility to parse `src/a.yaml`.", "-src/a.yaml"),
    ("Extend the adapter and load src/tasks.json at startup.", "-src/tasks.json"),
    ("Create a loader to load plugins in src/plugins.ts.", "create?:src/plugins.ts"),
    ("Ignore non-.md files in it.", ""),
    ("`src/a.ts` must not be modified.", "!src/a.ts"),
    ("The `src/a.ts` file can't be changed here.", "!src/a.ts"),
    ("The `src/a.ts` file must be updated to export it.", "modify?:src/a.ts"),
    ("src/a.ts has to be created first.", "create?:src/a.ts"),
    ("src/a.ts will be changed by another task.", ".src/a.ts"),
    ("Create a git branch named `test/cart` and update src/a.ts.", "modify:src/a.ts"),
    ("On the `test/cart` branch, edit src/a.ts.", "modify:src/a.ts"),
    ("Lower the cap in config/limits.yml.", "modify?:config/limits.yml"),
    ("Update the `package.json` bin mapping.", "modify:package.json"),
    ("Update `src/a.ts` and the `package.json` tests.", "modify:src/a.ts .package.json"),
    ("Update ci.yml test paths to src/tests/.", ".ci.yml .src/tests/"),
    ("Update the loader to src/a.ts.", ".src/a.ts"),
    ("Move lib/a.py and lib/b.py to core/.", "delete:lib/a.py delete:lib/b.py create:core/a.py create:core/b.py"),
    ("Copy lib/a.py into core/util/.", "create:core/util/a.py -lib/a.py"),
    ("Move lib/old/ to core/.", "delete:lib/old/ create:core/"),
    ("Add core/a.json and core/b.json in core/.", "create:core/a.json create:core/b.json .core/"),
    (
        "Create .gitkeep files for the empty ones in src/a/, src/b/.",
        "write?:src/a/.gitkeep write?:src/b/.gitkeep ..gitkeep",
    ),
    ("Do not touch any crate's manifest, scripts/, or docs.", ".scripts/"),
    ("Do not touch src/a.ts, src/b.ts or src/c.ts.", "!src/a.ts !src/b.ts !src/c.ts"),
    ("Add src/a.ts using `x`, plus src/b.ts for the rest.", "create:src/a.ts write?:src/b.ts"),
]


@pytest.mark.parametrize(("line", "expected"), BODIES)
def test_descriptions_need_an_explicit_verb(line, expected):
    assert described(line, default=None) == expected


FRONTED = [
    ("In `src/a.ts`, add a cache.", "write?:src/a.ts"),
    ("In src/a.ts add a cache.", "write?:src/a.ts"),
    ("In `src/a.ts`: add a cache.", "write?:src/a.ts"),
    ("In `src/a.ts`: the cache is small.", ".src/a.ts"),
    ("In `src/a.yml`, keep `name: x` and the triggers, and add a group.", "write?:src/a.yml"),
    ("In `src/a.yml`, keep the name and the test log.", ".src/a.yml"),
    ("In the existing src/a.ts and src/b.ts modules, rename the hook.", "write?:src/a.ts write?:src/b.ts"),
    ("In a new file, `src/a.ts`, create and export `load`.", "create?:src/a.ts"),
    ("In a new file, e.g., `src/a.ts`, write the test.", "create~?:src/a.ts"),
    ("In the `main` function of `src/a.ts`, replace the loop.", "write?:src/a.ts"),
    ("In `src/a.ts` around line 40, we should then add a guard.", "write?:src/a.ts"),
    ("In `src/a.ts`, import `load` from `src/b.ts`.", "write?:src/a.ts -src/b.ts"),
    ("In `src/a.ts`, move the types to `src/b.ts`.", "write?:src/a.ts write?:src/b.ts"),
    ("In `src/a.ts`, read the version from package.json.", "-package.json .src/a.ts"),
    ("In `src/a.ts`, do not add anything.", ".src/a.ts"),
    ("In `src/a.ts`, the loader is built when it is asked for.", ".src/a.ts"),
    ("In src/a.ts the types live.", ".src/a.ts"),
    ("In src/a/, add a page.", ".src/a/"),
    ("In `src/a.ts` update handlers fail.", ".src/a.ts"),
    ("In `src/a.ts`, use the parser to build a list of the files in docs/.", "write?:src/a.ts .docs/"),
    ("In `src/a.ts`, use `load` for the list.", ".src/a.ts"),
    ("In research.md, add nothing new.", "-research.md"),
]


@pytest.mark.parametrize(("line", "expected"), FRONTED)
def test_a_sentence_may_open_with_the_place_of_its_verb(line: str, expected: str):
    assert described(line, default=None) == expected


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Refactor the login function in src/a.ts", "function login"),
        ("Update lines 10-40 of src/a.ts", "lines 10-40"),
        ("Update `src/a.py::Klass`", "::Klass"),
        ("Update src/a.ts", None),
    ],
)
def test_the_part_of_a_file_that_is_meant_is_kept(line, part):
    (scope,) = effects_of(written(line), default=Mode.WRITE).writes
    assert scope.part == part


def test_only_the_first_sentence_of_a_title_is_a_title():
    assert described("Cart screen in src/cart.tsx. The hook in src/hook.ts") == "write:src/cart.tsx .src/hook.ts"


def test_bare_names_are_asked_of_the_dialect():
    context = ProseContext(resolve={"cart.ts": "src/cart.ts"}.get)
    found = effects_of(written("Update `cart.ts` and `other.ts`"), default=Mode.WRITE, context=context)
    assert [scope.path for scope in found.writes] == ["src/cart.ts"]
    assert [(mention.path, mention.resolved) for mention in found.unknown] == [("other.ts", False)]


ASKED_FOR_LATER = [
    ("Ensure owners alone may edit in src/guard.ts", "write?:src/guard.ts"),
    ("Ensure all tests pass in tests/unit/test_x.py", ".tests/unit/test_x.py"),
    ("Add build scripts and verify they run in web/package.json", "write:web/package.json"),
    ("Store the record when a message is saved in src/store.py", "write:src/store.py"),
    ("Debounce input where needed (src/input.ts)", "write~?:src/input.ts"),
    ("Fetch the icons from the design project into assets/icons/", "write:assets/icons/"),
    ("Add a panel modelled on `Sheet` in src/sheet.ts", "-src/sheet.ts"),
    ("Add tests for reading settings in tests/test_settings.py", "write:tests/test_settings.py"),
    ("Add rules for reading `.kiro/steering/x.md`", "-.kiro/steering/x.md"),
    ("Add script for updating docs/api.json in tools/update.py", "write:tools/update.py .docs/api.json"),
    ("Pass every date through `wire()` in src/a.ts (`create` and `update`)", "write:src/a.ts"),
    ("Add a resolver that chooses roots such as `.claude/skills`", "..claude/skills"),
    ("Initialize the project with package.json", "write?:package.json"),
    ("Add the dialog. In src/dialog.ts.", "write:src/dialog.ts"),
    ("使用 src/helper.ts 建立解析器於 src/parse.ts", "write:src/parse.ts -src/helper.ts"),
    ("修正一致性（含 CSRF/header/錯誤碼、lint/test/build）於 backend/openapi.yaml", "modify:backend/openapi.yaml"),
    ("rate limit 單元測試（fail-closed 503）於 backend/tests/limit.test.ts", "write:backend/tests/limit.test.ts"),
    ("Set up tooling in .prettierrc and eslint.config.js", "write:.prettierrc write:eslint.config.js"),
]


@pytest.mark.parametrize(("line", "expected"), ASKED_FOR_LATER)
def test_a_place_belongs_to_the_verb_that_the_whole_title_is_about(line: str, expected: str):
    assert described(line) == expected


PREDICATES = [
    ("`src/url.ts`にURL検証クラスを実装", "write:src/url.ts"),
    ("`e2e/a.spec.ts`に完全なフローのテストを記述", "write:e2e/a.spec.ts"),
    ("`src/ui`ディレクトリに部品を作成", "write?:src/ui"),
    ("`src/a.ts` と `src/b.ts` を更新する", "modify:src/a.ts modify:src/b.ts"),
    ("`src/a.ts`を参照して`src/b.ts`に処理を追加する", "write:src/b.ts -src/a.ts"),
    ("`src/a.ts` と `src/b.ts` に型を追加: 一覧、詳細", "write:src/a.ts write:src/b.ts"),
    ("`src/a.ts` の動作確認: 画面を開く", "-src/a.ts"),
    ("`src/a.ts`の型定義を更新", "modify?:src/a.ts"),
    ("`src/a.ts`のテストを作成", ".src/a.ts"),
    ("docker-compose.ymlの作成(開発環境)", "create:docker-compose.yml"),
    ("`src/a.ts`は変更しない", "!src/a.ts"),
    ("`src/a.ts`の変更を含まないことを確認する", "-src/a.ts"),
    ("`src/x.py`에 파서 클래스를 구현", "write:src/x.py"),
    ("`src/x.py`를 수정하고 `tests/test_x.py`에 테스트 작성", "modify:src/x.py write:tests/test_x.py"),
]


@pytest.mark.parametrize(("line", "expected"), PREDICATES)
def test_the_verb_at_the_end_of_a_japanese_or_korean_clause_rules_its_path(line: str, expected: str):
    assert described(line, None) == expected


def test_a_name_listed_behind_a_path_of_its_kind_stands_beside_it():
    assert described("Create src/models/user.ts, post.ts and comment.ts") == (
        "create:src/models/user.ts create:src/models/post.ts create:src/models/comment.ts"
    )
    assert described("Add scripts in package.json and web/package.json") == "write:package.json write:web/package.json"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Create User.cs in src/Domain/", "create:src/Domain/User.cs"),
        ("Create User.cs entity extending Person in src/Domain/", "create:src/Domain/User.cs"),
        ("Create BaseEntity.cs abstract class in src/Domain/Common/", "create:src/Domain/Common/BaseEntity.cs"),
        ("Add the form (LoginForm.tsx) in src/components/", "write:src/components/LoginForm.tsx"),
        ("Update Program.cs to register handlers in src/Handlers/", "modify:src/Handlers/ .Program.cs"),
    ],
)
def test_a_name_and_the_directory_it_is_in_are_one_file(line: str, expected: str):
    assert described(line) == expected


def test_a_chinese_verb_may_take_the_plans_own_documents():
    assert described("建立付款路由契約於 specs/001-pay/contracts/openapi.yaml") == (
        "write:specs/001-pay/contracts/openapi.yaml"
    )


def test_a_file_that_is_only_cited_is_read_weakly():
    found = effects_of(written("Create src/a.ts, compatible with src/b.ts"), default=Mode.WRITE)
    assert [(scope.path, scope.weak) for scope in found.reads] == [("src/b.ts", True)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("`src/a.ts`: add a field", "modify?:src/a.ts"),
        ("src/a.ts (line 9) — remove the flag", "modify?:src/a.ts"),
        ("`src/a.ts`: create the router", "write?:src/a.ts"),
        ("`src/a.ts`: delete", "delete?:src/a.ts"),
        ("`src/a.ts`: exports the router", ".src/a.ts"),
        ("`src/a.ts`: test suite of the router", ".src/a.ts"),
        ("The router in `src/a.ts`: add nothing", ".src/a.ts"),
    ],
)
def test_an_item_that_begins_with_a_file_and_goes_on_with_an_order_changes_it(line: str, expected: str):
    assert described(line, default=None) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Option B: add a hook to `src/a.ts`",
        "Option B (alternative): add a hook to `src/a.ts`",
        "Alternative: add a hook to `src/a.ts`",
        "Add a hook to `src/a.ts` (not recommended)",
    ],
)
def test_one_of_several_ways_is_no_certain_change(line: str):
    assert described(line, default=None) == "modify~?:src/a.ts"
    assert "~" not in described("Option A (preferred): add a hook to `src/a.ts`", default=None)
