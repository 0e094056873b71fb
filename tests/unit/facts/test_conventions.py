"""What paths and commands mean by custom."""

import pytest

from planlint.facts.conventions import Conventions
from planlint.facts.conventions.hubs import barrel_beside, routes_for

CUSTOM = Conventions({"files": {"src/wiring.ts": "wiring"}, "not_hubs": ["docs/"], "sequences": ["docs/rfc"]})


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("package.json", "manifest"),
        ("apps/web/package.json", "manifest"),
        ("pnpm-lock.yaml", "lock"),
        ("uv.lock", "lock"),
        ("backend/pyproject.toml", "manifest"),
        ("src/Acme.Api.csproj", "manifest"),
        ("src/components/index.ts", "barrel"),
        ("pkg/__init__.py", "barrel"),
        ("src/lib.rs", "barrel"),
        ("config/routes.rb", "route-table"),
        ("routes/api.php", "route-table"),
        ("./CHANGELOG.md", "changelog"),
        (".planning/STATE.md", "tracking"),
        ("TODO.md", "tracking"),
        ("docs/progress.md", "tracking"),
        ("prisma/schema.prisma", "schema"),
        (".env.example", "environment"),
    ],
)
def test_a_hub_is_known_by_its_name(path: str, kind: str) -> None:
    assert Conventions().hub_of(path).kind == kind


@pytest.mark.parametrize(
    "path",
    [
        "src/app.ts",
        "src/pages/index.tsx",
        "src/index.html",
        "src/state.ts",
        "src/features/todo/deep/todo.md",
        "src/",
        "src/*/index.ts*",
        "",
        "my-package.json.md",
    ],
)
def test_an_ordinary_file_is_no_hub(path: str) -> None:
    assert Conventions().hub_of(path) is None


def test_a_project_adds_and_removes_hubs() -> None:
    assert CUSTOM.hub_of("src/wiring.ts").noun == "wiring"
    assert CUSTOM.hub_of("docs/CHANGELOG.md") is None
    assert CUSTOM.hub_of("CHANGELOG.md") is not None


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("app/controllers/wishes_controller.rb", "config/routes.rb"),
        ("backend/app/Http/Controllers/Api/WishController.php", "backend/routes/api.php"),
        ("shop/views/wishes.py", "shop/urls.py"),
        ("src/views/wishes.ts", None),
    ],
)
def test_a_framework_has_one_place_for_routes(path: str, table: str | None) -> None:
    assert routes_for(path) == table


def test_a_date_is_no_place_in_a_sequence() -> None:
    assert Conventions().sequence_of("database/migrations/2026_11_01_000000_create_notes_table.php") is None


def test_strange_additions_are_ignored() -> None:
    strange = Conventions({"files": 3, "not_hubs": [4, "x" * 5000], "sequences": None, "more": {}})
    assert strange.hub_of("package.json") is not None


@pytest.mark.parametrize(
    ("path", "barrels"),
    [
        ("src/ui/Button.tsx", ("src/ui/index.ts",)),
        ("pkg/core.py", ("pkg/__init__.py",)),
        ("src/parser.rs", ("src/mod.rs", "src/lib.rs")),
        ("src/ui/index.ts", ()),
        ("README.md", ()),
    ],
)
def test_the_barrel_beside_a_file(path: str, barrels: tuple[str, ...]) -> None:
    assert barrel_beside(path) == barrels


@pytest.mark.parametrize(
    ("text", "manager", "package"),
    [
        ("Run `npm install zod`", "npm", "zod"),
        ("npm i -D @types/node@20", "npm", "@types/node@20"),
        ("pnpm add react-query and use it", "pnpm", "react-query"),
        ("yarn workspace @acme/web add lodash", "yarn", "lodash"),
        ("uv add --dev pytest", "uv", "pytest"),
        ("poetry add httpx", "poetry", "httpx"),
        ("cargo add serde --features derive", "cargo", "serde"),
        ("go get github.com/x/y@v1", "go", "github.com/x/y@v1"),
        ("dotnet add src/Api package Serilog", "dotnet", "Serilog"),
        ("Add the `zod` dependency", None, "zod"),
        ("Install sharp as a dependency.", None, "sharp"),
        ("Install the sharp package", None, "sharp"),
        ("Add a dependency on date-fns", None, "date-fns"),
        ("do npm install, then npm install zod", "npm", "zod"),
        ("Install zod and validate the form", None, "zod"),
        ("Installiere `zod` für die Prüfung", None, "zod"),
        ("先安装 zod，再写表单", None, "zod"),
        ("Add the express-rate-limit package", None, "express-rate-limit"),
        ("Add the redis crate to the store", "cargo", "redis"),
        ("Add the pagy gem", "bundler", "pagy"),
        ("Add the Gradle dependency io.ktor:ktor-client-core", "gradle", "io.ktor:ktor-client-core"),
        ("Add the mapstruct dependency to the pom", "maven", "mapstruct"),
        ("Add the Swift package swift-log", "swift", "swift-log"),
        ("Pull in the Hex package oban", "mix", "oban"),
        ("npx expo install expo-camera", "npm", "expo-camera"),
    ],
)
def test_adding_a_dependency_is_recognised(text: str, manager: str | None, package: str) -> None:
    install = Conventions().installs(text)
    assert (install.manager, install.package) == (manager, package)
    assert package in text[install.start : install.end]


@pytest.mark.parametrize(
    "text",
    [
        "npm install",
        "run npm install to restore packages",
        "npm install && npm test",
        "Do not npm install lodash",
        "never run `pnpm add anything`",
        "Do not add new dependencies",
        "Add a new package for billing",
        "pip install -e .",
        "npm run add-user",
        "npm install -g pnpm",
        "feat: add config package",
        "Add new default dependencies",
        "if a refactoring re-introduces `context.features` dependency, this test fails",
        "This adds a dependency between tasks",
        "Install dependencies and run the tests",
        "Install hooks",
        "Add the billing package",
        "Install the app on the device",
        "Tests for setup and post-install parity, then release",
        "files below the install directory.",
        "`--all` install writes one report",
    ],
)
def test_what_adds_no_dependency_is_no_install(text: str) -> None:
    assert Conventions().installs(text) is None


def test_an_install_names_the_files_it_changes() -> None:
    install = Conventions().installs("pnpm add zod")
    assert "package.json" in install.manifests
    assert install.locks == ("pnpm-lock.yaml",)


@pytest.mark.parametrize(
    ("path", "directory", "value"),
    [
        ("apps/users/migrations/0007_add_avatar.py", "apps/users/migrations", 7),
        ("db/migrations/012_users.up.sql", "db/migrations", 12),
        ("sql/V3__init.sql", "sql", 3),
        ("docs/adr/0012-use-queues.md", "docs/adr", 12),
        ("docs/adr/NNNN-use-queues.md", "docs/adr", None),
        ("docs/decisions/XXXX-name.md", "docs/decisions", None),
        ("alembic/versions/004_users.py", "alembic/versions", 4),
    ],
)
def test_a_numbered_file_takes_a_place_in_its_directory(path: str, directory: str, value: int | None) -> None:
    slot = Conventions().sequence_of(path)
    assert (slot.directory, slot.value) == (directory, value)


@pytest.mark.parametrize(
    "path",
    [
        "db/migrate/20240101120000_add_users.rb",
        "prisma/migrations/20240101_init/migration.sql",
        "supabase/migrations/20240101_x.sql",
        "alembic/versions/1975ea83b712_users.py",
        "docs/guide/01-intro.md",
        "src/app.ts",
        "migrations/README.md",
        "x" * 5000,
    ],
)
def test_timestamps_hashes_and_plain_files_are_no_sequence(path: str) -> None:
    assert Conventions().sequence_of(path) is None


def test_a_project_names_its_own_sequences() -> None:
    assert CUSTOM.sequence_of("docs/rfc/0004-more.txt").value == 4
    assert CUSTOM.sequence_of("docs/rfc/template.txt") is None


def test_two_numbered_files_make_a_directory_a_sequence() -> None:
    assert Conventions().numbered("docs/adr", ["0001-a.md", "0002-b.md", "README.md"]) == "ADR"
    assert Conventions().numbered("docs/adr", ["0001-a.md"]) is None


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("write the result to /tmp/out.json.", "scratch", "/tmp/out.json"),
        ("put the text in `commit-msg.txt`", "scratch", "commit-msg.txt"),
        ("open http://localhost:3000/login", "port", "3000"),
        ("start it on port 8080", "port", "8080"),
        ("npm run dev -- --port 5173", "port", "5173"),
        ("createdb app_test", "database", "app_test"),
        ("DATABASE_URL=postgres://u:p@host:5432/app_test", "database", "app_test"),
        ("docker run -d --name pg -p 1:2 postgres", "container", "pg"),
        ("git checkout -b feat/login", "branch", "feat/login"),
        ("git worktree add ../wt-login -b feat", "worktree", "../wt-login"),
    ],
)
def test_shared_scratch_is_found_at_its_place(text: str, kind: str, name: str) -> None:
    [mention] = Conventions().scratch_in(text)
    assert (mention.kind, mention.name) == (kind, name)
    assert text[mention.start : mention.end] == name


@pytest.mark.parametrize(
    "text",
    ["/tmp/$TASK_ID.json", "/tmp/{id}/out", "src/tmp/cache.ts", "at 12:30", "localhost:99999", "docs/commit-msg.txt"],
)
def test_unique_or_unrelated_names_are_no_scratch(text: str) -> None:
    assert Conventions().scratch_in(text) == []


@pytest.mark.parametrize(
    "text", ["npm install " * 20_000, "add " * 50_000, "/tmp/" * 50_000, "a" * 200_000, " " * 200_000]
)
def test_hostile_texts_are_read_in_linear_time(text: str) -> None:
    assert Conventions().installs(text) is None
    assert isinstance(Conventions().scratch_in(text), list)


def test_a_project_adds_scratch_names_of_its_own() -> None:
    known = Conventions({"scratch": ["notes.tmp"]})
    text = "Write to notes.tmp, not to my-notes.tmp; then read /tmp/out.json."
    assert [mention.name for mention in known.scratch_in(text)] == ["notes.tmp", "/tmp/out.json"]
    assert [mention.name for mention in Conventions().scratch_in(text)] == ["/tmp/out.json"]
