"""`Repository`: the files around a plan, read-only.

Paths are relative to the root with `/`. A path that leaves the root has no answer (links inside are followed), nothing
is executed, devices and pipes are not read, and every answer is kept. Where there is no repository (`known` is False),
rules about files that exist or are missing must stay silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from planlint.facts.conventions.hubs import Hub, hub_of
from planlint.facts.file_tree import DictTree, DiskTree, EntryKind, FileTree
from planlint.paths.spelling import is_tidy, split_path
from planlint.source import Source

if TYPE_CHECKING:
    from planlint.paths.gitignore import IgnoreRules

MAX_FILES = 50_000
"""Most files that a walk lists; later ones are left out and `truncated` turns true."""


class Repository:
    """The files below one root, or no repository at all (`Repository.none()`)."""

    def __init__(self, root: Path | None, *, explicit: bool = False, tree: FileTree | None = None) -> None:
        """The repository at `root`; `explicit` when the user named it as the root, so that it needs no `.git`."""
        self.root = root
        self._tree = tree if tree is not None or root is None else DiskTree(root)
        self._explicit = explicit
        self._kinds: dict[str, EntryKind | None] = {}
        self._sources: dict[str, Source | None] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._rules: dict[str, IgnoreRules | None] = {}
        self.truncated = False
        """Whether `files` left some out."""

    @classmethod
    def none(cls) -> Repository:
        """No repository: a plan from standard input without a root."""
        return cls(None)

    @cached_property
    def known(self) -> bool:
        """Whether this really is a repository, so that a missing file means something.

        It is when the user named it as the root, or when it has a `.git` (a file in a worktree or submodule).
        """
        return self._tree is not None and (self._explicit or self._kind(".git") is not None)

    def exists(self, path: str) -> bool:
        """Whether a file or directory stands at `path`."""
        return self._kind(path) is not None

    def is_file(self, path: str) -> bool:
        """Whether a regular file stands at `path`."""
        return self._kind(path) == "file"

    def is_dir(self, path: str) -> bool:
        """Whether a directory stands at `path`."""
        return self._kind(path) == "directory"

    def source(self, path: str) -> Source | None:
        """The text file at `path`, decoded; None where there is none, or it is larger than `MAX_TEXT_BYTES`."""
        key = self._key(path)
        if key is None or self._tree is None:
            return None
        if key not in self._sources:
            self._sources[key] = self._tree.read(key) if self._kind(key) == "file" else None
        return self._sources[key]

    def text(self, path: str) -> str | None:
        """The text of the file at `path`, or None."""
        source = self.source(path)
        return None if source is None else source.text

    def size(self, path: str) -> int | None:
        """Bytes of the file at `path`, or None."""
        key = self._key(path)
        if key is None or self._tree is None or not self._may_hold(key):
            return None
        return self._tree.size(key)

    def sizes(self, paths: Iterable[str]) -> dict[str, int]:
        """Bytes of those of `paths` at which a file stands; a directory that is not there is asked for once."""
        found: dict[str, int] = {}
        there: dict[str, bool] = {}
        for path in paths:
            directory = path.rpartition("/")[0]
            is_there = there.get(directory)
            if is_there is None:
                is_there = there[directory] = not directory or self.is_dir(directory)
            if is_there and path not in found:
                size = self.size(path)
                if size is not None:
                    found[path] = size
        return found

    def real(self, path: str) -> str:
        """The canonical path of the file that `path` really names, symbolic links inside of the repository followed."""
        key = self._key(path)
        return path if key is None or self._tree is None else self._tree.real(key)

    def names(self, directory: str = "") -> tuple[str, ...]:
        """Names directly in `directory`, sorted, directories with a trailing `/`; empty where there is none."""
        key = self._key(directory)
        if key is None or self._tree is None:
            return ()
        if key not in self._names:
            self._names[key] = tuple(f"{name}/" if is_dir else name for name, is_dir in self._tree.entries(key))
        return self._names[key]

    def walk(self, directory: str) -> Iterator[str]:
        """Paths of all files below `directory`, ignored ones too, sorted by level; at most `MAX_FILES`."""
        yield from self._walk(directory, ignoring=False)

    def files(self) -> tuple[str, ...]:
        """Paths of all files that are not ignored, at most `MAX_FILES`. Links to directories are not entered."""
        return self._files

    @cached_property
    def _files(self) -> tuple[str, ...]:
        return tuple(self._walk("", ignoring=True))

    @cached_property
    def hubs(self) -> tuple[Hub, ...]:
        """Which of `files` are hubs by convention; kept, for every plan of a run may ask."""
        return tuple([hub for path in self.files() if (hub := hub_of(path)) is not None])

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.files():
            found.setdefault(path.rpartition("/")[2].lower(), []).append(path)
        return found

    def is_ignored(self, path: str) -> bool:
        """Whether `.gitignore` files take `path` out of version control (`.git/info/exclude` is not read)."""
        key = self._key(path)
        if not key or self._tree is None:
            return False
        is_dir = path.endswith("/") or self._kind(key) == "directory"
        names = key.split("/")
        # A directory that is ignored as a whole decides for all below, so ask from the top down.
        for depth in range(1, len(names) + 1):
            part = "/".join(names[:depth])
            if self._verdict(part, is_dir if depth == len(names) else True):
                return True
        return False

    def close_matches(self, path: str, count: int = 3) -> tuple[str, ...]:
        """Existing files that `path` may have meant: the same name elsewhere, then similar names; best first."""
        key = self._key(path)
        if not key or self._tree is None:
            return ()
        from difflib import get_close_matches

        directory, _, name = key.rpartition("/")
        found = sorted(self._by_name.get(name.lower(), []), key=lambda other: _distance(key, other))[:count]
        neighbours = [other for other in self.names(directory) if not other.endswith("/")]
        beside = get_close_matches(name, neighbours, n=count, cutoff=0.75)
        found += [f"{directory}/{other}" if directory else other for other in beside]
        if not found:
            elsewhere = get_close_matches(name.lower(), self._by_name, n=1, cutoff=0.85)
            found = [other for close in elsewhere for other in self._by_name[close]]
        return tuple(dict.fromkeys(other for other in found if other != key))[:count]

    def relative(self, path: str) -> str | None:
        """An absolute path made relative to the root; None where it lies outside, or there is no root."""
        if self.root is None:
            return None
        root, names = split_path(path)
        own_root, own_names = split_path(self.root.as_posix())
        if root != own_root or names[: len(own_names)] != own_names:
            return None
        return "/".join(names[len(own_names) :])

    def _key(self, path: str) -> str | None:
        """The canonical form of a path inside of the root; None for one outside."""
        if is_tidy(path):
            return path
        root, names = split_path(path)
        return None if root else "/".join(names)

    def _may_hold(self, key: str) -> bool:
        """Whether the directory of `key` is there: what a plan will make lies in few directories, asked for once."""
        directory = key.rpartition("/")[0]
        if not directory:
            return True
        if directory not in self._kinds:
            self._kind(directory)
        return self._kinds[directory] == "directory"

    def _kind(self, path: str) -> EntryKind | None:
        key = self._key(path)
        if key is None or self._tree is None:
            return None
        if key not in self._kinds:
            self._kinds[key] = self._tree.kind(key) if self._may_hold(key) else None
        return self._kinds[key]

    def _verdict(self, path: str, is_dir: bool) -> bool:
        """What the rules say about this very entry: the innermost ignore file that speaks decides."""
        directory = path
        while directory:
            directory = directory.rpartition("/")[0]
            rules = self._rules_in(directory)
            verdict = None if rules is None else rules.ignored(path, is_dir)
            if verdict is not None:
                return verdict
        return False

    def _rules_in(self, directory: str) -> IgnoreRules | None:
        if directory not in self._rules:
            from planlint.paths.gitignore import IgnoreRules

            text = self.text(f"{directory}/.gitignore" if directory else ".gitignore")
            self._rules[directory] = None if text is None else IgnoreRules.parse(text, directory)
        return self._rules[directory]

    def _walk(self, start: str, *, ignoring: bool) -> Iterator[str]:
        """Files level by level. An ignored directory is not entered, so `node_modules` costs nothing."""
        key = self._key(start)
        if key is None or self._tree is None:
            return
        queue = [key]
        count = 0
        for directory in queue:
            prefix = f"{directory}/" if directory else ""
            for name in self.names(directory):
                is_dir = name.endswith("/")
                path = prefix + name.removesuffix("/")
                if name in (".git/", ".git") or (ignoring and self._verdict(path, is_dir)):
                    continue
                if is_dir:
                    queue.append(path)
                    continue
                if count >= MAX_FILES:
                    self.truncated = True
                    return
                count += 1
                yield path


class MemoryRepository(Repository):
    """A repository made of texts by path (`{"src/a.py": "..."}`); a key that ends in `/` is an empty directory."""

    def __init__(self, files: Mapping[str, str], *, known: bool = True) -> None:
        super().__init__(None, explicit=known, tree=DictTree(files))


def _distance(wanted: str, other: str) -> tuple[int, str]:
    """How far two paths are apart: segments that are not shared from the left, then the alphabet."""
    ours, theirs = wanted.split("/"), other.split("/")
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))
    return len(ours) + len(theirs) - 2 * shared, other
