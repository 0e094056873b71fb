"""Which hub a task will have to touch although it does not name it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from planlint.facts.conventions import Hub, Install
from planlint.facts.conventions.ecosystems import files_of, manager_by_file
from planlint.facts.conventions.hubs import barrel_beside, routes_for
from planlint.facts.denial import denied
from planlint.model import Mode, Task
from planlint.rulekit import Evidence, Facts
from planlint_rules.ownership._hub_words import (
    ADDS_ROUTES,
    ALWAYS_LOGS,
    DECLARES,
    EXPORTS,
    GLOBAL,
    HINTS,
    LOGS,
    NAMED_BARREL,
    REGISTERS,
    RELEASES,
    TRACKS,
    said,
)

_ROOT_DIRECTORIES = frozenset(
    {"src", "lib", "app", "tests", "test", "docs", "internal", "cmd", "Sources", "Tests", "pkg"}
)
"""First segments that say nothing about which package of a repository is meant."""
_WORKSPACES = frozenset({"packages", "apps", "crates", "services", "libs", "modules", "plugins"})
"""Directories whose children are packages with manifests of their own."""


class Use(NamedTuple):
    """A task's need of a hub: `doing` says what makes it touch the file, as a clause."""

    task: int
    path: str
    field: str
    position: int | None
    doing: str
    evidence: Evidence
    told: str = ""
    """The words of the brief that say so."""


class HubUses:
    """The hubs that tasks must touch, by what their briefs say and by the files they create."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._only: dict[str, str | None] = {}

    @cached_property
    def tasks(self) -> Sequence[Task]:
        """The tasks that may have to touch a hub, in file order."""
        if self._demanded_log is not None:
            return self.facts.tasks
        return [self.facts.task(index) for index in sorted(self._telling | self._joining)]

    def of(self, task: Task) -> Iterator[Use]:
        """The hubs that `task` must touch."""
        if task.index not in self._telling and self._demanded_log is None:
            yield from self._barrels(task, exports=False)
            return
        install = self.facts.conventions.installs(task.brief)
        if install is not None and _changes_files(task.brief, install):
            path = self._manifest(task, install)
            if path is not None:
                what = f"adds `{install.package}`" if install.package else "adds a dependency"
                told = task.brief[install.start : install.end]
                yield Use(task.index, path, "brief", None, what, Evidence.STATED, told)
        brief = task.brief
        exports = ("xport" in brief or "arrel" in brief) and bool(said(EXPORTS, brief))
        yield from self._barrels(task, exports=exports or ("module" in brief and bool(said(DECLARES, brief))))
        yield from self._named_barrels(task)
        # A plain look for the word first: these patterns would be searched in every brief of every plan.
        brief = brief.lower()
        if "route" in brief or "endpoint" in brief:
            yield from self._route_tables(task)
        if ".md" in brief or ".json" in brief or ".txt" in brief:
            yield from self._notebooks(task)
        if ("changelog" in brief or "change log" in brief) and (told := said(LOGS, task.brief)):
            log = self.only("changelog") or ("CHANGELOG.md" if not self.facts.repository.known else None)
            if log is not None:
                yield Use(task.index, log, "brief", None, "adds an entry", Evidence.STATED, told)
        elif self.facts.effects.writes_of(task) and "changelog" not in brief and self._demanded_log is not None:
            log, memory = self._demanded_log
            yield Use(task.index, log, "writes", None, f"adds an entry, as `{memory}` demands", Evidence.INFERRED)

    @cached_property
    def _demanded_log(self) -> tuple[str, str] | None:
        """The changelog that the inherited instructions make every change update, and the file that says so."""
        log = self.only("changelog") if self.facts.repository.known else None
        if log is None:
            return None
        for memory in self.facts.memory.files:
            for line in ALWAYS_LOGS.finditer(memory.source.text):
                if said(LOGS, line[0]) and not RELEASES.search(line[0]):
                    return log, memory.path
        return None

    def _route_tables(self, task: Task) -> Iterator[Use]:
        """The table that the brief's routes go into: where the framework looks for them, or the only one there is."""
        registers = said(REGISTERS, task.brief)
        told = registers or said(ADDS_ROUTES, task.brief)
        if not told:
            return
        writes = self.facts.effects.writes_of(task)
        tables = {
            table for write in writes if write.names_file and (table := routes_for(write.pattern.normal)) is not None
        }
        if self.facts.repository.known:
            tables = {table for table in tables if self.facts.repository.exists(table)}
        table = tables.pop() if len(tables) == 1 else self.only("route-table") if registers else None
        if table is not None:
            yield Use(task.index, table, "brief", None, "registers its routes", Evidence.STATED, told)

    def _notebooks(self, task: Task) -> Iterator[Use]:
        """Files of everybody's progress that the brief asks to be kept up to date."""
        for match in TRACKS.finditer(task.brief):
            if not denied(task.brief, match.start()):
                told = match.group()
                yield Use(task.index, match["path"], "brief", None, "keeps it up to date", Evidence.STATED, told)

    @cached_property
    def _telling(self) -> frozenset[int]:
        """The tasks whose briefs may ask for a change of a hub."""
        hints = self.facts.conventions.install_hints
        return self.facts.told.tasks(*hints, *HINTS)

    @cached_property
    def _joining(self) -> frozenset[int]:
        """The tasks with new files that may belong into a barrel though no brief speaks of one: see `_barrels`."""
        suffixes = (".rs", ".py") if self._new_packages else (".rs",)
        if not self.facts.paths.mentions(*suffixes):
            return frozenset()
        return frozenset([write.task for write in self.facts.effects.writes if write.pattern.name.endswith(suffixes)])

    def only(self, kind: str) -> str | None:
        """The only hub of this kind that the repository, or else the plan, has; None where there are several."""
        if kind not in self._only:
            found = [hub.path for hub in self._hubs if hub.kind == kind]
            self._only[kind] = found[0] if len(found) == 1 else None
        return self._only[kind]

    @cached_property
    def _hubs(self) -> list[Hub]:
        """The hubs that the repository, or else the plan, has."""
        conventions = self.facts.conventions
        if self.facts.repository.known:
            return conventions.hubs_in(self.facts.repository)
        return [hub for path in self._paths if (hub := conventions.hub_of(path)) is not None]

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        if self.facts.repository.known:
            return self.facts.repository.files()
        return tuple({effect.pattern.normal: 0 for effect in self.facts.effects.writes if effect.names_file})

    def _called(self, names: Sequence[str]) -> list[str]:
        """Those of `_paths` with one of these file names, in their order."""
        return [path for _, path in sorted(item for name in set(names) for item in self._by_name.get(name, ()))]

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[int, str]]]:
        """File name to the paths that end in it, each with its place among all."""
        found: dict[str, list[tuple[int, str]]] = {}
        for place, path in enumerate(self._paths):
            found.setdefault(path.rpartition("/")[2], []).append((place, path))
        return found

    @cached_property
    def _named(self) -> frozenset[str]:
        """Keys of all paths that some task writes, reads or must keep away from."""
        effects = self.facts.effects
        fenced = [fence for task in self.facts.tasks for fence in effects.off_limits_of(task)]
        return frozenset(effect.pattern.key for effect in (*effects.writes, *effects.reads, *fenced))

    @cached_property
    def _new_packages(self) -> dict[str, int]:
        """Key of each `__init__.py` that tasks say they create, to the bit set of these tasks."""
        found: dict[str, int] = {}
        for write in self.facts.effects.writes if self.facts.paths.mentions("__init__.py") else ():
            if write.pattern.name == "__init__.py" and write.scope.mode is Mode.CREATE:
                found[write.pattern.key] = found.get(write.pattern.key, 0) | 1 << write.task
        return found

    @cached_property
    def _known_barrels(self) -> dict[str, list[str]]:
        """Directory name to the barrels in or below a directory of that name, of the repository or else the plan."""
        effects = self.facts.effects
        named = [effect.pattern.normal for effect in (*effects.writes, *effects.reads) if effect.names_file]
        hubs = [hub for path in named if (hub := self.facts.conventions.hub_of(path)) is not None]
        if self.facts.repository.known:
            hubs += self._hubs
        found: dict[str, list[str]] = {}
        for path in dict.fromkeys(hub.path for hub in hubs if hub.kind == "barrel"):
            for directory in set(path.lower().split("/")[:-1]):
                found.setdefault(directory, []).append(path)
        return found

    def _named_barrels(self, task: Task) -> Iterator[Use]:
        """ "Export it from the core barrel": the outermost barrel of the package of that name, if there is but one."""
        brief = task.brief
        if "xport" not in brief:
            return
        for match in NAMED_BARREL.finditer(brief):
            if denied(brief, match.start()):
                continue
            barrels = sorted(self._known_barrels.get(match["package"].lower(), ()), key=lambda path: path.count("/"))
            if barrels and all(path.count("/") > barrels[0].count("/") for path in barrels[1:]):
                told = match.group()
                yield Use(task.index, barrels[0], "brief", None, "exports from it", Evidence.INFERRED, told)

    def _barrels(self, task: Task, *, exports: bool) -> Iterator[Use]:
        for write in self.facts.effects.writes_of(task):
            if write.scope.mode is not Mode.CREATE or not write.names_file or write.scope.weak:
                continue
            for barrel in barrel_beside(write.pattern.normal):
                # Rust cannot see a file that no module declares, and whoever is first in a Python package makes it;
                # elsewhere a barrel is a custom that the brief names.
                key = self.facts.effects.key(barrel)
                makers = self._new_packages.get(key, 0) & self.facts.order.concurrent_mask(task.index)
                wanted = exports or barrel.endswith(".rs") or makers
                # "Export it from the package's index.ts" names the barrel as well as a path does.
                said = exports and barrel.rpartition("/")[2] in task.brief and not self.facts.repository.known
                if wanted and (said or key in self._named or self.facts.repository.exists(barrel)):
                    doing = f"adds `{write.pattern.name}` beside it"
                    yield Use(task.index, barrel, "writes", write.position, doing, Evidence.INFERRED)
                    break

    def _manifest(self, task: Task, install: Install) -> str | None:
        """The manifest that an install changes; None where the repository has none or it stays open which."""
        names = install.manifests or self._manifests_of(task)
        if not self.facts.repository.known:
            if not names or _makes_package(self.facts, task, install):
                return None
            named = set(self._called(names))
            if len(named) == 1:
                return named.pop()
            area = self._area(task)
            return None if area is None else f"{area}{names[0]}"
        found = self._called(names)
        if not found:
            return None if install.manifests else self.only("manifest")
        at_root = [path for path in found if "/" not in path]
        if at_root and len(at_root) == len(found):
            return at_root[0]
        return found[0] if len(found) == 1 else None

    def _manifests_of(self, task: Task) -> tuple[str, ...]:
        """The manifests that a package of no named manager goes into, by the kind of files that the task writes."""
        writes = self.facts.effects.writes_of(task)
        managers = {manager for write in writes if (manager := manager_by_file(write.pattern.normal)) is not None}
        return files_of(managers.pop())[0] if len(managers) == 1 else ()

    def _area(self, task: Task) -> str | None:
        """`frontend/` when all that the task writes lies below it, so its packages may be its own; else nothing.

        `packages/core/` likewise; None when the task works in several packages, and each may get the dependency.
        """
        segments = [write.pattern.segments for write in self.facts.effects.writes_of(task)]
        heads = {"/".join(names[:2] if names[0] in _WORKSPACES else names[:1]) for names in segments if len(names) > 1}
        if len(heads) > 1 and any(head.partition("/")[0] in _WORKSPACES for head in heads):
            return None
        head = heads.pop() if len(heads) == 1 else ""
        return f"{head}/" if head and head not in _ROOT_DIRECTORIES else ""


def _makes_package(facts: Facts, task: Task, install: Install) -> bool:
    """Whether the "package" that a brief adds is one that the task itself creates, as in a workspace."""
    name = (install.package or "").rpartition("/")[2].lower()
    return any(name in write.pattern.key.lower().split("/") for write in facts.effects.writes_of(task) if name)


def _changes_files(text: str, install: Install) -> bool:
    """Whether the install is wanted, and into the repository."""
    return not GLOBAL.search(text[install.start : install.end]) and not denied(text, install.start)
