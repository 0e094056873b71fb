"""Hub files: files that several unrelated changes all have to touch."""

from __future__ import annotations

from typing import Literal, NamedTuple

HubKind = Literal[
    "manifest", "lock", "barrel", "route-table", "registry", "changelog", "tracking", "schema", "environment", "project"
]
"""`manifest`/`lock`: dependencies. `barrel`: re-exports what stands beside it. `route-table`, `registry`: where parts
are plugged in. `tracking`: progress files of agent tools. `schema`: one file for all tables. `project`: the user's."""


class Hub(NamedTuple):
    """A path that is a hub, with words for messages."""

    path: str
    kind: HubKind
    noun: str
    """`lock file of npm`, `barrel`."""
    why: str
    """Why several tasks end up in it, in one clause."""


class Ecosystem(NamedTuple):
    """A package manager's files, by exact name; `*.suffix` stands for any file with that suffix."""

    name: str
    manifests: tuple[str, ...]
    locks: tuple[str, ...]


ECOSYSTEMS: tuple[Ecosystem, ...] = (
    Ecosystem("npm", ("package.json",), ("package-lock.json", "npm-shrinkwrap.json")),
    Ecosystem("pnpm", ("package.json", "pnpm-workspace.yaml"), ("pnpm-lock.yaml",)),
    Ecosystem("yarn", ("package.json",), ("yarn.lock",)),
    Ecosystem("bun", ("package.json",), ("bun.lock", "bun.lockb")),
    Ecosystem("deno", ("deno.json", "deno.jsonc"), ("deno.lock",)),
    Ecosystem("uv", ("pyproject.toml",), ("uv.lock",)),
    Ecosystem("poetry", ("pyproject.toml",), ("poetry.lock",)),
    Ecosystem("pdm", ("pyproject.toml",), ("pdm.lock",)),
    Ecosystem("pipenv", ("Pipfile",), ("Pipfile.lock",)),
    Ecosystem("pip", ("requirements.txt", "requirements-dev.txt", "setup.py", "setup.cfg"), ()),
    Ecosystem("conda", ("environment.yml", "environment.yaml"), ("conda-lock.yml",)),
    Ecosystem("cargo", ("Cargo.toml",), ("Cargo.lock",)),
    Ecosystem("go", ("go.mod", "go.work"), ("go.sum", "go.work.sum")),
    Ecosystem("composer", ("composer.json",), ("composer.lock",)),
    Ecosystem("bundler", ("Gemfile",), ("Gemfile.lock",)),
    Ecosystem("maven", ("pom.xml",), ()),
    Ecosystem(
        "gradle",
        ("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "libs.versions.toml"),
        ("gradle.lockfile",),
    ),
    Ecosystem("dotnet", ("Directory.Packages.props", "Directory.Build.props", "*.csproj"), ("packages.lock.json",)),
    Ecosystem("swift", ("Package.swift",), ("Package.resolved",)),
    Ecosystem("cocoapods", ("Podfile",), ("Podfile.lock",)),
    Ecosystem("dart", ("pubspec.yaml",), ("pubspec.lock",)),
    Ecosystem("mix", ("mix.exs",), ("mix.lock",)),
    Ecosystem("nix", ("flake.nix",), ("flake.lock",)),
    Ecosystem("terraform", ("versions.tf",), (".terraform.lock.hcl",)),
)
"""Package managers, from each one's documentation. A manifest shared by several belongs to the first for messages."""

_BARRELS = frozenset({"__init__.py", "mod.rs", "lib.rs", "__init__.pyi"})
_BARREL_STEMS = frozenset({"index"})
_BARREL_SUFFIXES = frozenset({"ts", "js", "mts", "mjs", "cts", "cjs"})
"""`index.tsx` is usually a component or a page of its own, not a barrel."""

_ROUTE_TABLES = frozenset(
    {
        "routes.rb",
        "urls.py",
        "routes.ts",
        "routes.js",
        "routes.tsx",
        "routes.py",
        "routes.php",
        "router.ts",
        "router.js",
        "router.py",
        "router.go",
        "router.ex",
        "routes.go",
        "app-routing.module.ts",
        "app.routes.ts",
        "routeTree.gen.ts",
    }
)
_ROUTE_PATHS = frozenset({"routes/web.php", "routes/api.php", "routes/index.ts", "routes/index.js"})

_REGISTRIES = frozenset(
    {
        "registry.ts",
        "registry.js",
        "registry.py",
        "registry.go",
        "registry.rs",
        "container.ts",
        "container.py",
        "app.module.ts",
        "di.ts",
        "inversify.config.ts",
        "AppServiceProvider.php",
    }
)
_CHANGELOGS = frozenset({"changelog.md", "changelog.txt", "changelog.rst", "changelog", "changes.md", "history.md"})
_SCHEMAS = frozenset({"schema.prisma", "schema.rb", "structure.sql", "schema.graphql", "schema.sql"})
_ENVIRONMENTS = frozenset({".env.example", ".env.sample", ".env.template", ".env.dist"})

_TRACKING_ANYWHERE = frozenset({"state.md", "roadmap.md", "progress.md", "todo.md", "current-task.md", "handoff.md"})
"""Names of files in which agent tools keep the state of the whole project (GSD, Memory Bank, hand-made ones)."""
_TRACKING_DIRECTORIES = frozenset({".planning", ".claude", ".taskmaster", "memory-bank", ".specify", ".kiro", ".bmad"})

_WHY: dict[HubKind, str] = {
    "manifest": "every task that adds a dependency changes it",
    "lock": "every task that adds a dependency rewrites it",
    "barrel": "every task that exports something beside it adds a line",
    "route-table": "every task that adds an endpoint or page registers it there",
    "registry": "every task that adds a part registers it there",
    "changelog": "every task adds an entry at the same place",
    "tracking": "every agent reads it, changes it and writes it back",
    "schema": "every task that adds a table changes it",
    "environment": "every task that adds a setting changes it",
    "project": "the project says so",
}


def _by_name() -> dict[str, tuple[HubKind, str]]:
    found: dict[str, tuple[HubKind, str]] = {}
    for ecosystem in ECOSYSTEMS:
        for name in ecosystem.manifests:
            found.setdefault(name, ("manifest", f"manifest of {ecosystem.name}"))
        for name in ecosystem.locks:
            found.setdefault(name, ("lock", f"lock file of {ecosystem.name}"))
    kinds: tuple[tuple[frozenset[str], HubKind, str], ...] = (
        (_BARRELS, "barrel", "barrel"),
        (_ROUTE_TABLES, "route-table", "route table"),
        (_REGISTRIES, "registry", "registry"),
        (_SCHEMAS, "schema", "schema file"),
        (_ENVIRONMENTS, "environment", "environment template"),
    )
    for names, kind, noun in kinds:
        for name in names:
            found.setdefault(name, (kind, noun))
    return found


_NAMES = _by_name()


def hub_of(path: str) -> Hub | None:
    """What kind of hub `path` is by convention; None for a directory, a pattern or an ordinary file."""
    path = path.replace("\\", "/").removeprefix("./")
    directory, _, name = path.rpartition("/")
    if not name or any(mark in name for mark in "*?[{"):
        return None
    found = _NAMES.get(name)
    if found is None:
        found = _by_shape(path, directory, name)
    if found is None:
        return None
    kind, noun = found
    return Hub(path, kind, noun, _WHY[kind])


def _by_shape(path: str, directory: str, name: str) -> tuple[HubKind, str] | None:
    lowered = name.lower()
    stem, _, suffix = name.rpartition(".")
    tail = "/".join(path.split("/")[-2:])
    if tail in _ROUTE_PATHS:
        return "route-table", "route table"
    if stem in _BARREL_STEMS and suffix in _BARREL_SUFFIXES:
        return "barrel", "barrel"
    if lowered in _CHANGELOGS:
        return "changelog", "changelog"
    if suffix == "csproj":
        return "manifest", "manifest of dotnet"
    parts = directory.split("/") if directory else []
    if lowered in _TRACKING_ANYWHERE and (not parts or parts[-1] in _TRACKING_DIRECTORIES or len(parts) == 1):
        return "tracking", "tracking file"
    return None


def barrel_beside(path: str) -> tuple[str, ...]:
    """The barrels that would export a new file at `path`, nearest directory only; existence is not looked at."""
    directory, _, name = path.replace("\\", "/").rpartition("/")
    prefix = f"{directory}/" if directory else ""
    suffix = name.rpartition(".")[2]
    if suffix in ("ts", "tsx", "mts"):
        found: tuple[str, ...] = (f"{prefix}index.ts",)
    elif suffix in ("js", "jsx", "mjs", "cjs"):
        found = (f"{prefix}index.js",)
    elif suffix == "py":
        found = (f"{prefix}__init__.py",)
    elif suffix == "rs":
        found = (f"{prefix}mod.rs", f"{prefix}lib.rs")
    else:
        return ()
    return tuple(barrel for barrel in found if barrel != path)


def files_of(ecosystem: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Manifests and lock files of a package manager by its name; two empty tuples when unknown."""
    for entry in ECOSYSTEMS:
        if entry.name == ecosystem:
            return entry.manifests, entry.locks
    return (), ()
