"""File trees for `Repository`: the disk, or texts by path. No other module of the facts touches the file system."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol

from planlint.paths.spelling import split_path
from planlint.source import Source
from planlint.source.load import SourceError, decode, read_source

MAX_TEXT_BYTES = 4 * 1024 * 1024
"""Largest file that is read for a fact. Claude Code skips memory files above this size too (its documentation)."""

EntryKind = Literal["file", "directory"]


class FileTree(Protocol):
    """What a repository needs from a file system. `path` is canonical: no `.`, no `..`; `""` is the root."""

    def kind(self, path: str) -> EntryKind | None:
        """What stands at `path`; None for nothing, or for what is neither file nor directory."""

    def read(self, path: str) -> Source | None:
        """The file at `path`; None when it cannot be read, is too large, or is no text."""

    def size(self, path: str) -> int | None:
        """Size of the file at `path` in bytes."""

    def real(self, path: str) -> str:
        """`path` with symbolic links followed; itself where no link is on the way or the link leaves the root."""

    def entries(self, path: str) -> list[tuple[str, bool]]:
        """Names in the directory with whether each is a directory (links to directories are not), sorted."""


class DiskTree:
    """The file system below a root directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._prefix = f"{root}{os.sep}"

    def kind(self, path: str) -> EntryKind | None:
        """As `FileTree` has it; symbolic links are followed."""
        status = self._status(path)
        if status is None:
            return None
        if stat.S_ISDIR(status.st_mode):
            return "directory"
        return "file" if stat.S_ISREG(status.st_mode) else None

    def read(self, path: str) -> Source | None:
        """As `FileTree` has it."""
        size = self.size(path)
        if size is None or size > MAX_TEXT_BYTES:
            return None
        try:
            return read_source(self.root / path, path)
        except SourceError:
            return None

    def size(self, path: str) -> int | None:
        """As `FileTree` has it."""
        status = self._status(path)
        return status.st_size if status is not None and stat.S_ISREG(status.st_mode) else None

    def real(self, path: str) -> str:
        """As `FileTree` has it."""
        try:
            root = os.path.realpath(self.root)
            found = os.path.realpath(f"{self._prefix}{path}")
        except (OSError, ValueError):
            return path
        return found[len(root) + 1 :].replace(os.sep, "/") if found.startswith(root + os.sep) else path

    def entries(self, path: str) -> list[tuple[str, bool]]:
        """As `FileTree` has it."""
        try:
            with os.scandir(self.root / path) as found:
                return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
        except (OSError, ValueError):
            return []

    def _status(self, path: str) -> os.stat_result | None:
        try:
            return os.stat(f"{self._prefix}{path}")  # not `root / path`: rules ask for every path of a plan
        except (OSError, ValueError):  # ValueError: a NUL character in the path
            return None


class DictTree:
    """A tree made of texts by path, for tests and for the examples in rule documentation."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = {"/".join(split_path(path)[1]): text for path, text in files.items() if not path.endswith("/")}
        self.directories: dict[str, dict[str, bool]] = {"": {}}
        for path in files:
            names = split_path(path)[1]
            for depth in range(len(names)):
                is_directory = depth < len(names) - 1 or path.endswith("/")
                self.directories.setdefault("/".join(names[:depth]), {})[names[depth]] = is_directory
                if is_directory:
                    self.directories.setdefault("/".join(names[: depth + 1]), {})

    def kind(self, path: str) -> EntryKind | None:
        """As `FileTree` has it."""
        if path in self.files:
            return "file"
        return "directory" if path in self.directories else None

    def read(self, path: str) -> Source | None:
        """As `FileTree` has it."""
        text = self.files.get(path)
        try:
            return None if text is None else decode(text.encode("utf-8", "replace"), path)
        except SourceError:
            return None

    def size(self, path: str) -> int | None:
        """As `FileTree` has it."""
        text = self.files.get(path)
        return None if text is None else len(text.encode("utf-8", "replace"))

    def real(self, path: str) -> str:
        """As `FileTree` has it: there are no links."""
        return path

    def entries(self, path: str) -> list[tuple[str, bool]]:
        """As `FileTree` has it."""
        return sorted(self.directories.get(path, {}).items())
