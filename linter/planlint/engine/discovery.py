"""From paths on a command line to files to look at: sorted, without duplicates, ignore files honoured."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from planlint.paths.gitignore import IgnoreRules
from planlint.records import Record, record
from planlint.source.regex import regex

SKIPPED_DIRECTORIES = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".jj",
        ".venv",
        "venv",
        "node_modules",
        "bower_components",
        "site-packages",
        "__pycache__",
        ".tox",
        ".nox",
        ".eggs",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
        ".gradle",
        ".terraform",
        ".next",
        ".nuxt",
        ".turbo",
        ".yarn",
        ".worktrees",
    }
)
"""Directories that a search never enters: other people's code, caches, copies of the repository."""

_OUTPUT = frozenset({"dist", "build", "target"})
"""Names of build output, which a search passes over wherever they do not name a plan."""

_PLAN_HOMES = regex(
    r"(?:^|/)(?:\.claude/(?:tasks|epics)|\.planning|\.kiro/specs|\.taskmaster|specs|kitty-specs|openspec/changes|"
    r"docs/(?:superpowers/)?plans)(?:/|$)"
)
"""Directories below which `build` or `target` is what a plan is called, and no output."""

MAX_SEARCHED_BYTES = 8 * 1024 * 1024
"""A search passes over larger files: they are data. One named on the command line is read up to the reader's limit."""


@record
class Candidate(Record):
    """A file to look at. `shown` is relative to the root with `/`; `named` when the user wrote this very path."""

    shown: str
    path: Path
    named: bool = False


@record
class Discovered(Record):
    """What the arguments lead to: `candidates` in the order of their shown paths, and the `directories` searched."""

    candidates: tuple[Candidate, ...]
    directories: tuple[Path, ...]


def start_of(paths: Sequence[Path], working_directory: Path) -> Path:
    """The directory in which the search for the root and for the configuration begins: that of the first path."""
    first = Path(os.path.abspath(working_directory / paths[0])) if paths else working_directory
    return first if first.is_dir() else first.parent


def find_root(paths: Sequence[Path], working_directory: Path, configured: Path | None = None) -> Path:
    """The root when none is given: the git top level above the first path, else `configured` (the directory of the
    configuration file above it), else the working directory if the paths are inside it, else the directory that all
    paths are in."""
    start = start_of(paths, working_directory)
    for directory in (start, *start.parents):
        if (directory / ".git").exists():
            return directory
    if configured is not None and (configured == start or configured in start.parents):
        return configured
    starts = {start_of([path], working_directory) for path in paths} or {start}
    inside = all(one == working_directory or working_directory in one.parents for one in starts)
    return working_directory if inside else _common(starts)


def _common(directories: set[Path]) -> Path:
    """The deepest directory that all are in; the first of them in order where they are on different drives."""
    try:
        return Path(os.path.commonpath(directories))
    except ValueError:
        return min(directories)


Searched = Callable[[str, bool], bool]
"""Whether a search looks at a shown path, and into it when the second argument says that it is a directory."""


def discover(
    paths: Iterable[Path],
    root: Path,
    suffixes: frozenset[str],
    searched: Searched | None = None,
    *,
    only_plans: bool = False,
) -> Discovered:
    """The files that `paths` (absolute) lead to.

    A file named by its path is always taken, whatever its name, size or ignore rules; a directory is searched for files
    with one of `suffixes`, as far as `searched` agrees. With `only_plans` a file that exists counts as found, not as
    named: `searched` may refuse it, and it need not be a plan.
    """
    candidates: dict[str, Candidate] = {}
    directories: list[Path] = []
    for path in sorted(set(paths)):
        if path.is_dir():
            directories.append(path)
            for found in _search(path, root, suffixes, searched):
                candidates.setdefault(_identity(found), Candidate(_shown(found, root), found))
        elif not only_plans or not path.exists():
            candidates[_identity(path)] = Candidate(_shown(path, root), path, named=True)
        elif searched is None or _searched_into(_shown(path, root), searched):
            candidates.setdefault(_identity(path), Candidate(_shown(path, root), path))
    return Discovered(tuple(sorted(candidates.values(), key=lambda item: item.shown)), tuple(directories))


def _searched_into(shown: str, searched: Searched) -> bool:
    """Whether a search from the root would come to the file at `shown`."""
    parts = shown.split("/")
    return all(searched("/".join(parts[:depth]), True) for depth in range(1, len(parts))) and searched(shown, False)


def _search(top: Path, root: Path, suffixes: frozenset[str], searched: Searched | None) -> list[Path]:
    """The files below `top` with one of `suffixes`, links last so that a file keeps its own name."""
    files: list[Path] = []
    links: list[Path] = []
    real_root = os.path.realpath(root)
    rules = _rules_above(top, root)
    stack: list[tuple[str, tuple[IgnoreRules, ...]]] = [(str(top), rules)]
    while stack:
        directory, above = stack.pop()
        try:
            with os.scandir(directory) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            continue
        names = {entry.name for entry in entries}
        if directory != str(top) and ".git" in names and _is_linked_worktree(directory):
            continue
        here = _shown(Path(directory), root)
        if ".gitignore" in names:
            above = (*above, _ignore_file(os.path.join(directory, ".gitignore"), here))
        for entry in entries:
            shown = f"{here}/{entry.name}" if here else entry.name
            try:
                if entry.is_dir(follow_symlinks=False):
                    output = entry.name in _OUTPUT and _PLAN_HOMES.search(here) is None
                    if entry.name in SKIPPED_DIRECTORIES or output or _ignored(shown, True, above):
                        continue
                    if searched is None or searched(shown, True):
                        stack.append((entry.path, above))
                    continue
                if os.path.splitext(entry.name)[1].lower() not in suffixes or not entry.is_file():
                    continue
                if entry.stat().st_size > MAX_SEARCHED_BYTES or _ignored(shown, False, above):
                    continue
                if searched is not None and not searched(shown, False):
                    continue
                if not entry.is_symlink():
                    files.append(Path(entry.path))
                elif os.path.realpath(entry.path).startswith(real_root.rstrip(os.sep) + os.sep):
                    links.append(Path(entry.path))
            except OSError:
                continue
    return sorted(files) + sorted(links)


def _rules_above(top: Path, root: Path) -> tuple[IgnoreRules, ...]:
    """The ignore rules of the directories from the root down to above `top`.

    Empty when they ignore `top` itself: who names an ignored directory wants to see it.
    """
    shown = _shown(top, root)
    if shown.startswith("../") or os.path.isabs(shown):
        return ()
    rules = [_ignore_file(str(root / ".git" / "info" / "exclude"), "")]
    parts = shown.split("/") if shown else []
    for depth in range(len(parts)):
        here = "/".join(parts[:depth])
        rules.append(_ignore_file(os.path.join(root, here, ".gitignore"), here))
    return () if shown and _ignored(shown, True, tuple(rules)) else tuple(rules)


def _ignore_file(path: str, base: str) -> IgnoreRules:
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return IgnoreRules.parse(file.read(1_000_000), base)
    except OSError:
        return IgnoreRules.parse("", base)


def _ignored(shown: str, is_dir: bool, rules: tuple[IgnoreRules, ...]) -> bool:
    """The deepest ignore file that speaks about the path decides, as in git."""
    for one in reversed(rules):
        verdict = one.ignored(shown, is_dir)
        if verdict is not None:
            return verdict
    return False


def _is_linked_worktree(directory: str) -> bool:
    """Whether `directory` is another checkout of a repository: its plans are copies."""
    try:
        with open(os.path.join(directory, ".git"), encoding="utf-8", errors="replace") as file:
            return "/worktrees/" in file.read(4096).replace("\\", "/")
    except OSError:  # also when `.git` is a directory
        return False


def _identity(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)


def _shown(path: Path, root: Path) -> str:
    try:
        relative = os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:  # another drive, or a NUL character
        return path.as_posix()
    return "" if relative == "." else relative
