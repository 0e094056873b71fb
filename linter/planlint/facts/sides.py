"""Which side of an interface a task builds: by the files it writes, else by its title."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.facts.conventions.hubs import hub_of
from planlint.facts.words import name_parts, words
from planlint.model import Mode, Task
from planlint.paths.names import looks_like_file


class Side(StrEnum):
    """Which side of an interface a task builds."""

    DATA = "data"
    """Tables, migrations, entities."""
    TYPES = "types"
    """Types, schemas, transfer objects."""
    SERVICE = "service"
    """Routes, controllers, handlers."""
    CLIENT = "client"
    """Components, pages, forms, hooks."""
    PUBLISHER = "publisher"
    """What sends an event."""
    CONSUMER = "consumer"
    """What reacts to an event."""

    @property
    def noun(self) -> str:
        """The side in a message."""
        return _NOUNS[self]


_NOUNS = {
    Side.DATA: "the table",
    Side.TYPES: "the types",
    Side.SERVICE: "the API",
    Side.CLIENT: "the user interface",
    Side.PUBLISHER: "the publisher",
    Side.CONSUMER: "the consumer",
}

_DATA_DIRECTORIES = words("migrations migrate migration entities prisma db database drizzle models")
_TYPE_DIRECTORIES = words("types interfaces dto dtos schemas typings")
_SERVICE_DIRECTORIES = words("routes route api apis controllers endpoints handlers resolvers routers")
_CLIENT_DIRECTORIES = words(
    "components pages ui screens hooks widgets views frontend client web mobile templates forms"
)
_TEST_DIRECTORIES = words("tests test __tests__ spec e2e cypress playwright")
_CLIENT_ROOTS = words("frontend client web ui mobile")
_CLIENT_SUFFIXES = words("tsx jsx vue svelte astro")
_NAME_PARTS: tuple[tuple[str, Side], ...] = (
    (".types.", Side.TYPES),
    (".d.ts", Side.TYPES),
    (".dto.", Side.TYPES),
    (".schema.", Side.TYPES),
    (".entity.", Side.DATA),
    (".migration.", Side.DATA),
    (".controller.", Side.SERVICE),
    (".route.", Side.SERVICE),
    (".routes.", Side.SERVICE),
    (".resolver.", Side.SERVICE),
)
_WHOLE_NAMES = {
    "types.ts": Side.TYPES,
    "types.py": Side.TYPES,
    "schemas.py": Side.TYPES,
    "schema.prisma": Side.DATA,
    "schema.sql": Side.DATA,
    "models.py": Side.DATA,
    "route.ts": Side.SERVICE,
    "routes.ts": Side.SERVICE,
    "routes.py": Side.SERVICE,
    "views.py": Side.SERVICE,
}
_TELLING_NAMES = frozenset(
    {
        *_WHOLE_NAMES,
        *_TEST_DIRECTORIES,
        *_TYPE_DIRECTORIES,
        *_DATA_DIRECTORIES,
        *_SERVICE_DIRECTORIES,
        *_CLIENT_DIRECTORIES,
    }
)
_TELLING_SUFFIXES = frozenset({*_CLIENT_SUFFIXES, "sql"})

SIDE_WORDS: dict[Side, frozenset[str]] = {
    Side.DATA: words("migration table database schema"),
    Side.TYPES: words("type interface dto typing"),
    Side.SERVICE: words("api route endpoint controller backend server resolver"),
    Side.CLIENT: words("form component page ui frontend screen modal dialog widget"),
}
"""Words of a title that say which side is built."""

_SIDES_ALONE = frozenset().union(*SIDE_WORDS.values())
"""Words of which a title may consist that names a side and nothing else."""


def sides_of(task: Task) -> dict[Side, Evidence]:
    """The sides that a task builds: by its files, or by its title where it names none; tests are no side.

    To plug in something at a barrel, a route table or a registry that exists is no side either: both sides do that.
    """
    found: dict[Side, Evidence] = {}
    for scope in task.writes:
        side = side_of_path(scope.path)
        if side is None or scope.weak or scope.mode is Mode.DELETE:
            continue
        if scope.mode is Mode.CREATE or not _is_junction(scope.path):
            found[side] = Evidence.weakest(Evidence.STATED, scope.evidence)
    if found:
        return found
    for scope in task.writes:
        if looks_like_file(scope.path.rpartition("/")[2]):
            return {}
    parts = set(name_parts(headline(task)))
    if "test" in parts:
        return {}
    named = [side for side, side_words in SIDE_WORDS.items() if parts & side_words]
    return {named[0]: Evidence.INFERRED} if len(named) == 1 else {}


def side_of_path(path: str) -> Side | None:
    """The side that a file belongs to by custom; None for tests, documents and everything else."""
    path = path.replace("\\", "/") if "\\" in path else path
    directory, _, name = path.rpartition("/")
    if not name or name == ".":
        path = "/".join(part for part in path.split("/") if part not in ("", "."))
        directory, _, name = path.rpartition("/")
    name = name.lower()
    where = _side_of_directories(directory)
    if where.tests:
        return None
    if where.side is None:
        # Few of a plan's files have a name that tells.
        stem, _, suffix = name.rpartition(".")
        if suffix not in _TELLING_SUFFIXES and "." not in stem and name not in _TELLING_NAMES:
            return None
    if not name or ".test." in name or ".spec." in name or name.startswith("test_") or name in _TEST_DIRECTORIES:
        return None
    found = _side_of_directories(directory if looks_like_file(name) else path)
    if found.tests:
        return None
    if name in _WHOLE_NAMES:
        return _WHOLE_NAMES[name]
    for mark, side in _NAME_PARTS if name.count(".") > 1 else ():
        if mark in name:
            return side
    if name.endswith(".sql"):
        return Side.DATA
    if found.side is not None:
        return None if found.code_only and name.endswith((".md", ".json", ".css")) else found.side
    return Side.CLIENT if name.rpartition(".")[2] in _CLIENT_SUFFIXES else None


class _Directories(NamedTuple):
    """What the directories on the way to a file say: whether it is a test, and its side, maybe of code alone."""

    tests: bool
    side: Side | None = None
    code_only: bool = False


@lru_cache(maxsize=4096)
def _side_of_directories(path: str) -> _Directories:
    """What a path of directories says; the innermost telling one decides. A plan has few of them."""
    directories = path.lower().split("/")
    if not _TEST_DIRECTORIES.isdisjoint(directories):
        return _Directories(True)
    for directory in reversed(directories):
        if directory in _TYPE_DIRECTORIES:
            return _Directories(False, Side.TYPES)
        if directory in _DATA_DIRECTORIES:
            return _Directories(False, Side.DATA)
        if directory in _SERVICE_DIRECTORIES:
            return _Directories(False, Side.SERVICE if _CLIENT_ROOTS.isdisjoint(directories) else Side.CLIENT)
        if directory in _CLIENT_DIRECTORIES:
            return _Directories(False, Side.CLIENT, code_only=True)
    return _Directories(False)


def _is_junction(path: str) -> bool:
    hub = hub_of(path)
    return hub is not None and hub.kind in ("barrel", "route-table", "registry")


def headline(task: Task) -> str:
    """The title, else the first line of the brief, cut to a sentence's length.

    A title that only names a side ("Backend"), without a file, says of what in the line below it.
    """
    lines = [line.strip() for line in task.brief.strip().split("\n", 2)[:2] if line.strip()]
    title = task.title or "".join(lines[:1])
    if not task.writes and set(name_parts(title)) <= _SIDES_ALONE:
        title = ". ".join([title, *(line for line in lines if line != title)])
    return title[:160]
