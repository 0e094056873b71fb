"""Hub files: files that several unrelated changes all have to touch."""

from __future__ import annotations

from typing import Literal, NamedTuple

from planlint.facts.conventions.ecosystems import ECOSYSTEMS
from planlint.source.regex import regex

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
        "router.dart",
        "app_router.dart",
        "router.exs",
        "router.rs",
        "routes.rs",
        "Routes.kt",
        "Routing.kt",
    }
)
_ROUTE_PATHS = frozenset({"routes/web.php", "routes/api.php", "routes/index.ts", "routes/index.js", "conf/routes"})

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
        "bundles.php",
        "services.yaml",
        "Program.cs",
        "Startup.cs",
        "AppModule.kt",
        "AppModule.java",
        "injection.dart",
        "service_locator.dart",
        "CMakeLists.txt",
        "meson.build",
    }
)
_CHANGELOGS = frozenset({"changelog.md", "changelog.txt", "changelog.rst", "changelog", "changes.md", "history.md"})
_SCHEMAS = frozenset({"schema.prisma", "schema.rb", "structure.sql", "schema.graphql", "schema.sql"})
_ENVIRONMENTS = frozenset({".env.example", ".env.sample", ".env.template", ".env.dist"})

_TRACKING_ANYWHERE = frozenset({"state.md", "roadmap.md", "progress.md", "todo.md", "current-task.md", "handoff.md"})
"""Names of files in which agent tools keep the state of the whole project (GSD, Memory Bank, hand-made ones)."""
_TRACKING_DIRECTORIES = frozenset(
    {".planning", ".claude", ".taskmaster", "memory-bank", ".specify", ".kiro", ".bmad", ".gsd"}
)

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


_FRAMEWORK_ROUTES = (
    (regex(r"(?P<root>(?:.*/)?)app/controllers/.+_controller\.rb"), "config/routes.rb"),
    (regex(r"(?P<root>(?:.*/)?)app/Http/Controllers/Api/.+\.php"), "routes/api.php"),
    (regex(r"(?P<root>(?:.*/)?)app/Http/Controllers/.+\.php"), "routes/web.php"),
    (regex(r"(?P<root>(?:.*/)?[\w-]+/)views(?:/.+)?\.py"), "urls.py"),
)
"""Where a framework looks for the routes of a controller: Rails, Laravel, the app of a Django view."""


def routes_for(path: str) -> str | None:
    """The file in which the framework of the controller or view at `path` lists its routes; None where it is open."""
    path = path.replace("\\", "/").removeprefix("./")
    for pattern, table in _FRAMEWORK_ROUTES:
        match = pattern.fullmatch(path) if len(path) <= 1024 else None
        if match is not None:
            return f"{match['root']}{table}"
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
