"""What the names of files in the actions of a phase mean: its plans spell most of them out somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planlint.dialects.prose import BareNames

_INSIDE_A_PACKAGE = frozenset(
    {"src", "lib", "app", "tests", "test", "__tests__", "e2e", "internal", "cmd", "pkg", "docs", "scripts"}
)
"""Directories that a project has, so that what they stand in is its root."""


class BodyNames:
    """What a file name in an action means: the plan's own files first, then what it reads, then the whole phase."""

    def __init__(self, written: Mapping[str, Iterable[str]], read: Mapping[str, Iterable[str]]) -> None:
        """Both map the id of a plan to the paths that it spells out, those of files at the root among them."""
        paths = {plan: set(found) for plan, found in written.items()}
        self._at_root = {plan: {path for path in found if "/" not in path} for plan, found in paths.items()}
        self._in_package = {plan: is_in_package(found) for plan, found in paths.items()}
        self._written = _full(paths)
        self._read = _full(read)

    def find(self, name: str, plan: str) -> str | None:
        """The path that a bare name means, None where that cannot be told.

        `package.json` is the one at the root, unless all that the plan writes lies in one package of several: of three
        such names in executed plans all meant the package's own. Documents such as `CLAUDE.md` are the repository's.
        """
        found = self._written.find(name, plan) or self._read.find(name, plan)
        doubtful = found == name and "/" not in name and not name.endswith(".md")
        if doubtful and self._in_package.get(plan) and name not in self._at_root[plan]:
            return None
        return found

    def complete(self, path: str, plan: str) -> str:
        """`path` with the directories that it lacks, as the plan itself or else one path of the phase has them."""
        for names in (self._written, self._read):
            found = names.find_own(path, plan)
            if found is not None:
                return found
        return (self._written.find(path, plan) or path) if "/" in path else path


def _full(paths: Mapping[str, Iterable[str]]) -> BareNames:
    return BareNames({plan: {path for path in found if "/" in path} for plan, found in paths.items()})


def is_in_package(paths: Iterable[str]) -> bool:
    """Whether all `paths` with a directory lie in one package of the repository: `backend/src/a.py`, `backend/tests/`.

    What tells is a directory that several of them share and that holds `src`, `tests` or the like.
    """
    directories = [path.split("/")[:-1] for path in paths if "/" in path]
    shared = _shared(directories) if directories else []
    depth = next((number for number, name in enumerate(shared) if name in _INSIDE_A_PACKAGE), len(shared))
    return depth > 0 and any(len(one) > depth and one[depth] in _INSIDE_A_PACKAGE for one in directories)


def _shared(directories: Sequence[Sequence[str]]) -> list[str]:
    """The directories that all begin with."""
    shared: list[str] = []
    for names in zip(*directories, strict=False):
        if len(set(names)) > 1:
            break
        shared.append(names[0])
    return shared
