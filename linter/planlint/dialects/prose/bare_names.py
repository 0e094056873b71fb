"""Which file a bare name (`errors.rs`) or a path's tail means: the one that the plan itself spells out elsewhere."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from planlint.dialects.prose.filenames import is_root_config, is_root_file
from planlint.dialects.prose.mentions import PathMention
from planlint.source.regex import regex

Key = TypeVar("Key", bound=Hashable)

_PER_DIRECTORY = frozenset({"README.md", "README", "AGENTS.md", "CLAUDE.md"})
"""Names that stand for the file at the root while the plan names none in a directory: then nobody can tell."""

_OFTEN_AT_ROOT = frozenset({"conftest.py", "components.json"})
"""Names that stand for the file at the root unless the plan names the one that it has in a directory."""

_NEVER_AT_ROOT = frozenset({".gitkeep", ".keep"})
"""Names of files that keep a directory; which one, the name does not say."""


_TELLING = regex(
    r"(?=[A-Za-z]\w*[a-z][A-Z]|[A-Za-z][\w-]*[_-]|[A-Za-z]\w*\.\w+\.|\d{2,}[_-][A-Za-z])[\w.-]{8,}"
    r"|(?:main|app|server)\.(?:py|js|ts)|main\.(?:go|rs|c|cpp)|index\.html"
    r"|(?!(?:SKILL|INDEX|COMMON|SUMMARY|STATE|TASKS|NOTES|PROMPT|README)\b)[A-Z]{5,}\.md"
)
"""A name of several words (`UserService.ts`, `run-tests.sh`, `07_totals.sql`), where a program starts (`main.py`), or
a page about the whole project (`DESIGN.md`): a plan rarely has two such files."""


_IN_EACH_PACKAGE = regex(r"(?:lib|mod)\.rs|index\.(?:[jt]sx?|vue)|__init__\.py")
"""Names that each package or directory has: that of a task which works elsewhere is another one."""


class BareNames:
    """The full paths of a plan by task and by base name, to look names up in.

    `alone`: a telling name that no path of the plan ends in stands for itself, wherever the file may be; otherwise
    nobody can tell.
    """

    __slots__ = ("_alone", "_by_name", "_by_task")

    def __init__(self, paths_by_task: Mapping[Hashable, Iterable[str]], *, alone: bool = False) -> None:
        self._alone = alone
        self._by_task: dict[Hashable, dict[str, set[str]]] = {}
        self._by_name: dict[str, set[str]] = {}
        for task, paths in paths_by_task.items():
            own = self._by_task.setdefault(task, {})
            for path in paths:
                name = _base_name(path)
                own.setdefault(name, set()).add(path)
                self._by_name.setdefault(name, set()).add(path)

    @classmethod
    def of(cls, mentions_by_task: Mapping[Key, Iterable[PathMention]], *, alone: bool = False) -> BareNames:
        """From the mentions of each task; only the ones with a directory count."""
        return cls({task: _full_paths(mentions) for task, mentions in mentions_by_task.items()}, alone=alone)

    def find(self, name: str, task: Hashable = None) -> str | None:
        """The one path that `name` means in `task`, `name` itself for a file at the root, or None when nobody can tell.

        The task's own paths come first; then well-known names of the root stand for themselves; then the whole plan,
        where exactly one path may end in `name`.
        """
        name = name.removeprefix("./")
        base = _base_name(name)
        own = _ending(self._by_task.get(task, {}).get(base, ()), name)
        if len(own) == 1:
            return own[0]
        if name in _NEVER_AT_ROOT:
            return None
        everywhere = _ending(self._by_name.get(base, ()), name)
        if name in _PER_DIRECTORY:
            return None if everywhere else name  # that of another task, or the one at the root
        if (
            (is_root_file(name) or name.startswith("."))
            and "/" not in name
            and not ((name in _OFTEN_AT_ROOT or is_root_config(name)) and everywhere)
        ):
            return name
        if not everywhere and self._alone and "/" not in name and _TELLING.fullmatch(name):
            return name
        if len(everywhere) != 1 or (_IN_EACH_PACKAGE.fullmatch(name) and self._works_elsewhere(task, everywhere[0])):
            return None
        return everywhere[0]

    def _works_elsewhere(self, task: Hashable, path: str) -> bool:
        """Whether a task names files, and none of them beside or below the directory of `path` or above it."""
        own = [other for paths in self._by_task.get(task, {}).values() for other in paths]
        return bool(own) and not any(
            other.startswith(_directory(path)) or path.startswith(_directory(other) or " ") for other in own
        )

    def find_own(self, tail: str, task: Hashable) -> str | None:
        """The one path of `task` itself that is, or ends in, `tail` (`config/schema.ts`); None where that is open."""
        own = _ending(self._by_task.get(task, {}).get(_base_name(tail), ()), tail)
        return own[0] if len(own) == 1 else None


def resolve_bare_names(mentions_by_task: Mapping[Key, Sequence[PathMention]]) -> dict[Key, list[PathMention]]:
    """All mentions with bare names replaced by the paths they mean; what stays open has `resolved` False."""
    names = BareNames.of(mentions_by_task)
    return {
        task: [
            resolved(mention, names.find(mention.path, task)) if mention.bare_name else mention for mention in mentions
        ]
        for task, mentions in mentions_by_task.items()
    }


def resolved(mention: PathMention, path: str | None) -> PathMention:
    """`mention` with the `path` its bare name was found to mean; None leaves it unresolved."""
    if path is None:
        return mention.replace(resolved=False)
    return mention.replace(path=path, resolved=True)


def _full_paths(mentions: Iterable[PathMention]) -> list[str]:
    return [mention.path for mention in mentions if not (mention.bare_name or mention.is_glob or mention.is_directory)]


def _base_name(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _directory(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _ending(paths: Iterable[str], name: str) -> list[str]:
    tail = name.removeprefix("./").replace("\\", "/")
    return sorted(path for path in paths if path == tail or path.replace("\\", "/").endswith("/" + tail))
