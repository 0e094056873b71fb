"""`FileWorkspace`: the files around a plan, read once, read only, and never from outside the root."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from planlint.readers.document import Document, Syntax
from planlint.source import Source
from planlint.source.load import SourceError, read_source


class FileWorkspace:
    """The directory tree below `root`, plus texts that exist only in memory (standard input, editor buffers).

    Paths are relative to the root with `/`. A path that leaves the root, by `..`, by being absolute or through a
    symbolic link, names nothing, unless `admit` was told about that very file. Every answer is kept
    until it is forgotten.
    """

    def __init__(self, root: Path, overrides: Mapping[str, str] | None = None) -> None:
        self.root = root
        self._real_root = os.path.realpath(root)
        self._admitted: dict[str, Path] = {}
        self._sources: dict[str, Source | SourceError] = {}
        self._documents: dict[str, Document] = {}
        self._exists: dict[str, bool] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._overrides = frozenset(overrides or {})
        for path, text in (overrides or {}).items():
            self._sources[path] = Source(path, text.removeprefix("\ufeff"), bom=text.startswith("\ufeff"))

    def admit(self, path: Path) -> str:
        """The shown path of a file that the user named, which may therefore lie outside of the root."""
        inside = self.relative(str(path))
        if inside is not None and self._locate(inside) is not None:
            return inside
        if inside is None:
            try:
                inside = os.path.relpath(path, self.root).replace(os.sep, "/")
            except ValueError:  # another drive
                inside = path.as_posix()
        self._admitted[inside] = path
        return inside

    def source(self, path: str) -> Source:
        """The text of `path` with positions; raises `SourceError` when it cannot be read."""
        found = self._sources.get(path)
        if found is None:
            location = self._locate(path)
            if location is None:
                found = SourceError("PL001", f"{path} lies outside of the project root")
            else:
                try:
                    found = read_source(location, path)
                except SourceError as error:
                    found = error
            self._sources[path] = found
        if isinstance(found, SourceError):
            raise found
        return found

    def read(self, path: str, syntax: Syntax | None = None) -> Document:
        """`path` as a document, in `syntax` or in what its name and content suggest; raises `SourceError`."""
        document = self._documents.get(path)
        if document is None or (syntax is not None and document.syntax != syntax):
            from planlint.readers.registry import read

            document = self._documents[path] = read(self.source(path), syntax)
        return document

    def forget(self, path: str) -> None:
        """Let go of the text of `path`, which turned out to be no plan: a search reads all files of a repository."""
        if path not in self._overrides:
            self._sources.pop(path, None)
            self._documents.pop(path, None)

    def document(self, path: str) -> Document | None:
        """The file at `path`, read; None where there is no such readable file."""
        normal = _normal(path)
        if normal is None and path not in self._admitted:
            return None
        try:
            return self.read(normal if normal is not None else path)
        except SourceError:
            return None

    def text(self, path: str) -> str | None:
        """The raw text of `path`, None where there is no such readable text file."""
        normal = _normal(path)
        if normal is None and path not in self._admitted:
            return None
        try:
            return self.source(normal if normal is not None else path).text
        except SourceError:
            return None

    def exists(self, path: str) -> bool:
        """Whether a file or directory stands at `path`."""
        if path in self._overrides or path in self._admitted:
            return True
        normal = _normal(path)
        if normal is None:
            return False
        known = self._exists.get(normal)
        if known is None:
            location = self._locate(normal)
            try:
                known = location is not None and location.exists()
            except (OSError, ValueError):
                known = False
            self._exists[normal] = known
        return known

    def names(self, directory: str) -> Sequence[str]:
        """Names directly in `directory`, sorted, directories with a trailing `/`; empty where there is none."""
        normal = _normal(directory)
        if normal is None:
            return ()
        known = self._names.get(normal)
        if known is None:
            known = self._names[normal] = tuple(sorted(self._list(normal)))
        return known

    def relative(self, path: str) -> str | None:
        """An absolute path made relative to the root; None where it lies outside.

        `..` is taken as written first, so that a link inside the root keeps its own name.
        """
        if "\0" in path:
            return None
        absolute = os.path.abspath(os.path.join(self.root, path))
        for root in (os.path.abspath(self.root), self._real_root):
            if absolute == root:
                return ""
            prefix = root if root.endswith(os.sep) else root + os.sep
            if absolute.startswith(prefix):
                return absolute[len(prefix) :].replace(os.sep, "/")
        return None

    def _list(self, directory: str) -> set[str]:
        names: set[str] = set()
        prefix = directory + "/" if directory else ""
        for path in self._overrides:
            if path != "-" and path.startswith(prefix):
                first, slash, _ = path[len(prefix) :].partition("/")
                names.add(first + slash)
        location = self._locate(directory)
        if location is None:
            return names
        try:
            with os.scandir(location) as entries:
                for entry in entries:
                    names.add(entry.name + "/" if _is_directory(entry) else entry.name)
        except (OSError, ValueError):
            pass
        return names

    def _locate(self, path: str) -> Path | None:
        """Where `path` stands on disk; None when that would be outside of the root."""
        admitted = self._admitted.get(path)
        if admitted is not None:
            return admitted
        normal = _normal(path)
        if normal is None:
            return None
        location = Path(self._real_root, normal)
        try:
            real = os.path.realpath(location)
        except (OSError, ValueError):
            return None
        # A loop of links resolves to itself and fails later, when it is opened.
        inside = real == self._real_root or real.startswith(self._real_root.rstrip(os.sep) + os.sep)
        return location if inside else None


def _normal(path: str) -> str | None:
    """`path` without `.`, `..` and doubled slashes; None when it leaves the root, is absolute, or is no path at all."""
    if "\0" in path or path.startswith("/") or (os.name == "nt" and os.path.splitdrive(path)[0]):
        return None
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
