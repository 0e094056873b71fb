"""What is a path and what only looks like one."""

from __future__ import annotations

import pytest

from planlint.dialects.prose import PathContext, PathMention, find_paths
from planlint.readers.prose import Mark, Prose
from planlint.source import Source

from .written import written


def paths(line: str) -> list[str]:
    return [mention.path for mention in find_paths(written(line))]


def only(line: str) -> PathMention:
    (mention,) = find_paths(written(line))
    return mention


NO_PATHS = [
    "Upgrade Next.js, Node.js and Vue.js",
    "Three.js scene with D3.js axes",
    "Target net10.0 and net8.0/net9.0",
    "Release v1.2.3 or 2.0.0-rc.1",
    "Some formats, e.g. i.e. etc.",
    "read/write and/or input/output",
    "TCP/IP, CI/CD, I/O, UI/UX, n/a, 24/7",
    "on 2024/05/01 at 10:30",
    "ISO/IEC 27001",
    "true/false, GET/POST, client/server, frontend/backend",
    "US1/US2 and T001/T002",
    "1/2 of them, ratio 16:9",
    "see https://host.test/a/b.ts today",
    "open example.com/docs/index.html",
    "clone github.com/owner/thing",
    "GET /api/users returns 200",
    "POST /api/profile/avatar",
    "route /projects/:projectId/board",
    "`/api/v1/orders/{id}`",
    "resolves to `/.well-known/jwks.json`",
    "one document (`/.well-known/alps.json#reader`)",
    "/sitemap.xml is served",
    "call foo.bar() then obj.method",
    "`mgmt.ListServers` and `cfg.Telemetry.x`",
    "`console.log` and `process.env`",
    "`res.json` is called",
    "self.x is set",
    "`System.Text.Json`",
    "`@scope/pkg`",
    "install `lodash/fp`",
    "import `pkg/sub`",
    "`.arb` and `.fs` resources",
    "rename .tsx files",
    "`.ts/.tsx` sources",
    "`application/json` bodies",
    "`text/html; charset=utf-8`",
    "on branch `feat/login`",
    "`npm run build`",
    "fork of `owner/repo`",
    "`owner/repo`",
    "`^src/.*\\.ts$`",
    "`src/.*` and `api/v.*x`",
    "`MAX_ROWS/LIMIT` of `LOG_LEVEL/MODE`",
    "serve `/openapi.json` at /.well-known",
    "`/\\d+/`",
    "`src/{name}/x.ts`",
    "`<root>/x.ts`",
    "src/<name>/x.ts",
    "`path/to/file.py`",
    "loading/empty/error states",
    "create/update/delete handlers",
    "opt-in/opt-out/none",
    "`--config=foo.json`",
    "`'src/a.ts'` as a string",
    "`${HOME}/x.sh`",
    "`import { a } from 'lib/b'`",
    "`#/components/schemas/User`",
    "Copyright A.B. Smith, a.m. and p.m.",
    "`Foo.map` over it",
    "half/half mixture",
    "test/build pipelines",
]


@pytest.mark.parametrize("line", NO_PATHS)
def test_what_only_looks_like_a_path_is_none(line):
    assert paths(line) == []


PATHS = [
    ("Write `src/foo.ts`", ["src/foo.ts"]),
    ("in src/foo.ts.", ["src/foo.ts"]),
    (
        "`public/.well-known/jwks.json` and `.well-known/jwks.json`",
        ["public/.well-known/jwks.json", ".well-known/jwks.json"],
    ),
    ("in src/foo.ts, src/bar.ts and src/baz.ts", ["src/foo.ts", "src/bar.ts", "src/baz.ts"]),
    ("(apps/api/src/x.service.ts)", ["apps/api/src/x.service.ts"]),
    ("**src/z.ts** is bold", ["src/z.ts"]),
    ("\"src/x.ts\" and 'src/y.ts'", ["src/x.ts", "src/y.ts"]),
    ("`src/foo` and `components/Button`", ["src/foo", "components/Button"]),
    ("under src/auth", ["src/auth"]),
    ("the lib/features/sales part", ["lib/features/sales"]),
    ("in `tests/`", ["tests/"]),
    ("於apps/api/src/x.ts（新增）。", ["apps/api/src/x.ts"]),
    ("app/(auth)/[id]/page.tsx", ["app/(auth)/[id]/page.tsx"]),
    ("app/[...slug]/page.tsx", []),
    ("`app/[[slug]]/page.tsx`", ["app/[[slug]]/page.tsx"]),
    ("`skills/{a,b}/`", ["skills/{a,b}/"]),
    ("src/{a, b}/x.ts", ["src/{a, b}/x.ts"]),
    ("`src/**` and tests/*.py", ["src/**", "tests/*.py"]),
    ("`~/x/y` and /home/me/repo/src/a.py", ["~/x/y", "/home/me/repo/src/a.py"]),
    ("`src\\foo\\bar.cs`", ["src\\foo\\bar.cs"]),
    ("Makefile, Dockerfile, go.mod, Procfile", ["Makefile", "Dockerfile", "go.mod", "Procfile"]),
    ("`web/jest.config.*` or `/.gitignore`", ["web/jest.config.*", ".gitignore"]),
    (".env.example and .gitignore", [".env.example", ".gitignore"]),
    (".github/workflows/ci.yml", [".github/workflows/ci.yml"]),
    ("`LICENSE` but LICENSE", ["LICENSE"]),
    ("schema.ts/types.ts", ["schema.ts", "types.ts"]),
    ("package.json/tsconfig.json", ["package.json", "tsconfig.json"]),
    ("`@/lib/x.ts`", ["lib/x.ts"]),
    (".../deep/y.ts", ["deep/y.ts"]),
    ("the /src/foo.ts file", ["src/foo.ts"]),
    ("`docs/User Guide.md`", ["docs/User Guide.md"]),
    ("test/Frank.Tests/Builder.fs", ["test/Frank.Tests/Builder.fs"]),
    ("`poetry.lock` changes", ["poetry.lock"]),
    ('`fs.readFile("config/x.json")`', ["config/x.json"]),
]


@pytest.mark.parametrize(("line", "expected"), [row for row in PATHS if row[1]])
def test_paths_are_found_and_cleaned(line, expected):
    assert paths(line) == expected


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("`src/a.ts:10-40`", "lines 10-40"),
        ("src/a.ts:12", "lines 12"),
        ("`src/a.ts#L10-L20`", "lines 10-20"),
        ("`src/a.py::Klass.method`", "::Klass.method"),
        ("`package.json#scripts`", "#scripts"),
        ("src/a.ts: text", None),
    ],
)
def test_a_part_of_the_file_comes_off_the_path(line, part):
    mention = only(line)
    assert (mention.part, ":" in mention.path or "#" in mention.path) == (part, False)


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("`src/a.ts` (NEW)", "NEW"),
        ("src/a.ts (modify, lines 3-9)", "modify, lines 3-9"),
        ("src/a.ts (read-only for now)", "read-only for now"),
        ("src/a.ts（新增）", "新增"),
        ("NEW: src/a.ts", "NEW"),
        ("src/a.ts (three sites)", None),
        ("src/a.ts and more (new)", None),
    ],
)
def test_a_remark_in_brackets_is_an_annotation(line, remark):
    assert only(line).annotation == remark


def test_a_path_in_a_command_is_only_an_argument():
    assert only("Run `pytest tests/x.py -q`").in_command
    assert not only("Write `tests/x.py`").in_command


def test_kinds_of_paths_are_told_apart():
    assert only("`errors.rs`").bare_name
    assert not only("`src/errors.rs`").bare_name
    assert only("`src/x/`").is_directory
    assert not only("`src/x.py`").is_directory
    assert only("`src/*.py`").is_glob
    assert only("`~/notes.md`").absolute


def test_absolute_paths_below_the_root_become_relative():
    (mention,) = find_paths(written("edit /home/me/repo/src/a.py"), known=PathContext(root="/home/me/repo"))
    assert (mention.path, mention.absolute, mention.origin.text) == ("src/a.py", False, "/home/me/repo/src/a.py")


def linked(text: str, target: str) -> Prose:
    return Prose(Source("plan.md", text), 0, len(text), text, [(0, 0)], (Mark("link", 0, len(text), target),))


def test_a_link_target_is_a_mention_when_its_text_is_no_path():
    (mention,) = find_paths(linked("the guide", "docs/guide.md"))
    assert (mention.path, mention.linked) == ("docs/guide.md", True)
    assert find_paths(linked("the site", "https://host.test/a.md")) == []


def test_a_link_target_completes_a_bare_name():
    context = PathContext(relative=lambda target: target.removeprefix("../"))
    (mention,) = find_paths(linked("guide.md", "../docs/guide.md"), known=context)
    assert (mention.path, mention.bare_name) == ("docs/guide.md", False)


def test_origins_point_at_the_path_itself():
    line = "Extend `src/a.ts:3-9` and **docs/b.md**."
    assert [mention.origin.text for mention in find_paths(written(line))] == ["src/a.ts", "docs/b.md"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Run `cd web && npm test src/a.test.ts`", ["web/src/a.test.ts"]),
        ("Run `cd core && go test ./x.go && cd ../api && go test ./y.go`", ["core/x.go", "api/y.go"]),
        ("Run `cd /home/me/shop && npm test src/a.test.ts`", []),
        ("Run `cd .. && npm test src/a.test.ts`", []),
        ("Run `npm test src/a.test.ts`", ["src/a.test.ts"]),
    ],
)
def test_the_files_of_a_command_are_those_of_the_directory_that_it_enters(line, found):
    assert paths(line) == found


def test_a_command_that_enters_the_checkout_names_files_of_the_repository():
    line = "Run `cd /home/me/shop/web && npm test src/a.test.ts`"
    mentions = find_paths(written(line), known=PathContext(root="/home/me/shop"))
    assert [mention.path for mention in mentions] == ["web/src/a.test.ts"]
