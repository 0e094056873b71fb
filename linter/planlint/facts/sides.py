"""Which side of an interface a task builds, and what it is about: by the files it writes, else by its title."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from planlint.diagnostics import Evidence
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

_SIDE_WORDS: dict[Side, frozenset[str]] = {
    Side.DATA: words("migration table database schema"),
    Side.TYPES: words("type interface dto typing"),
    Side.SERVICE: words("api route endpoint controller backend server resolver"),
    Side.CLIENT: words("form component page ui frontend screen modal dialog widget"),
}

_SIDES_ALONE = frozenset().union(*_SIDE_WORDS.values())
"""Words of which a title may consist that names a side and nothing else."""

_GENERIC = words(
    """
    a about across add adding agent all allow an and any api app application apply as asset async at auto back backend
    base basic be better build builder built by call can change check class client code common complete component
    config configuration connect context core create creation css data database db default define definition design
    dialog display dto each edit element enable end endpoint error every existing export expose extend extension
    feature field file fix flow follow for form from frontend full function general generate get global group handle
    handler hook html http implement implementation import in index init initial integrate integration interface into
    is issue item its javascript js json layer layout lib library list load local logic main make manage management
    manager merge migration mock modal model module monorepo mvp native need new next node of on one only option or
    order other our overall own package page part per phase plan platform post prisma private process project property
    provide public python query react read record refactor remove render request resolver resource response rest
    result return root route router rule run save schema screen script server service set setup share shared show side
    simple single sql src stage start state static step store story structure style support svelte sync system table
    task tech template test that the this time to tool track type typescript typing ui unit update use using util
    utility v1 v2 validate validation value version via view vue web widget with work workflow wrapper write
    """
)
"""Words that say nothing about which feature a task is about."""

WEAK = words("user account admin customer owner")
"""Words that many unrelated features share: one alone does not make a subject."""


def sides_of(task: Task) -> dict[Side, Evidence]:
    """The sides that a task builds: by its files, or by its title where it names none; tests are no side."""
    found: dict[Side, Evidence] = {}
    for scope in task.writes:
        side = None if scope.weak or scope.mode is Mode.DELETE else side_of_path(scope.path)
        if side is not None:
            found[side] = Evidence.weakest(Evidence.STATED, scope.evidence)
    if found or any(looks_like_file(scope.path.rpartition("/")[2]) for scope in task.writes):
        return found
    parts = set(name_parts(headline(task)))
    if "test" in parts:
        return {}
    named = [side for side, side_words in _SIDE_WORDS.items() if parts & side_words]
    return {named[0]: Evidence.INFERRED} if len(named) == 1 else {}


def side_of_path(path: str) -> Side | None:
    """The side that a file belongs to by custom; None for tests, documents and everything else."""
    path = path.replace("\\", "/").lower()
    if path.startswith("/") or path.endswith("/") or "//" in path or "./" in path or path == ".":
        path = "/".join(part for part in path.split("/") if part not in ("", "."))
    directory, _, name = path.rpartition("/")
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
    """What a path of directories in lower case says; the innermost telling one decides. A plan has few of them."""
    directories = path.split("/")
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


def subject_of(task: Task) -> frozenset[str]:
    """The telling words of a task: from its headline and from the names of the files it writes, singular."""
    found = set(name_parts(headline(task)))
    for scope in task.writes:
        parts = [part for part in scope.path.replace("\\", "/").split("/") if part]
        for part in parts[-2:]:
            found.update(name_parts(part.split(".", 1)[0]))
    return frozenset(word for word in found if len(word) > 2 and word not in _GENERIC and not word.isdigit())


def headline(task: Task) -> str:
    """The title, else the first line of the brief, cut to a sentence's length.

    A title that only names a side ("Backend"), without a file, says of what in the line below it.
    """
    lines = [line.strip() for line in task.brief.strip().split("\n", 2)[:2] if line.strip()]
    title = task.title or "".join(lines[:1])
    if not task.writes and set(name_parts(title)) <= _SIDES_ALONE:
        title = ". ".join([title, *(line for line in lines if line != title)])
    return title[:160]
