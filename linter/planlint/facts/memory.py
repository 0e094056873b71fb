"""`Memory`: the context files that agents of a plan inherit, with imports followed and every token accounted for.

The chain is the one that an agent started in the repository's root gets: the runtime's own memory files
(`Runtime.memory`) where there is a repository, then the files that the plan itself declares. Files of the user's home
directory and of the organisation are out of sight and not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from planlint.facts.memory_files import MemoryFile, SectionCost, measure
from planlint.model import ContextFile
from planlint.paths.spelling import split_path
from planlint.source import Origin, Source

if TYPE_CHECKING:
    from planlint.facts.facts import Facts
    from planlint.facts.imports import ImportMention

BrokenKind = Literal["missing", "circular", "too-deep", "outside"]


class BrokenImport(NamedTuple):
    """An import that does not bring in a file.

    `missing`: no such file. `circular`: the file is being imported already; `chain` shows how. `too-deep`: past the
    runtime's longest chain. `outside`: leaves the repository, so nothing is known about it.
    """

    kind: BrokenKind
    origin: Origin
    written: str
    """The path as written, without `@`."""
    target: str | None
    """The path relative to the root; None for `outside`."""
    chain: tuple[str, ...]
    """The files that lead here, the importing one last."""


class Memory:
    """The inherited context of one plan's agents."""

    def __init__(self, facts: Facts) -> None:
        self._plan = facts.plan
        self._repository = facts.repository
        self.runtime = facts.runtime
        self.rules = facts.runtime.memory
        self._plan_sources = {origin.source.path: origin.source for origin in facts.plan.sources}
        self._plan_sources.setdefault(facts.plan.origin.source.path, facts.plan.origin.source)

    @property
    def files(self) -> tuple[MemoryFile, ...]:
        """All inherited files in loading order, each once."""
        return self._loaded[0]

    @property
    def broken(self) -> tuple[BrokenImport, ...]:
        """Imports that bring in nothing, in reading order."""
        return self._loaded[1]

    @property
    def missing(self) -> tuple[ContextFile, ...]:
        """Context files that the plan declares and that do not exist; always empty without a repository."""
        return self._loaded[2]

    @cached_property
    def tokens(self) -> int:
        """What one agent inherits, in tokens of o200k (±10 %); times `Runtime.token_factor` for its model."""
        return sum(file.tokens for file in self.files)

    @cached_property
    def sections(self) -> tuple[SectionCost, ...]:
        """The parts of all files, the most expensive first."""
        parts = [section for file in self.files for section in file.sections]
        return tuple(sorted(parts, key=lambda part: -part.tokens))

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Paths of the chain's own files, imports left out."""
        return tuple(file.path for file in self.files if file.imported_at is None)

    # -- the chain -------------------------------------------------------------------------------------------------

    @cached_property
    def _loaded(self) -> tuple[tuple[MemoryFile, ...], tuple[BrokenImport, ...], tuple[ContextFile, ...]]:
        loading = _Loading(self)
        missing: list[ContextFile] = []
        for path in self._default_chain():
            source = self._source(path)
            if source is not None:
                loading.load(source, None)
        for declared in self._plan.context:
            source = self._declared_source(declared)
            if source is not None:
                loading.load(source, declared)
            elif self._repository.known and split_path(declared.path)[0] == "":
                missing.append(declared)
        return tuple(loading.files), tuple(loading.broken), tuple(missing)

    def _default_chain(self) -> Iterator[str]:
        """Paths of the files that the runtime loads by itself."""
        if not self._repository.known:
            return
        found = [path for group in self.rules.groups if (path := self._first(group))]
        if not found:
            found = [path for group in self.rules.fallback if (path := self._first(group))]
        yield from found
        if self.rules.rules_directory is not None:
            for path in sorted(self._repository.walk(self.rules.rules_directory)):
                if path.endswith(self.rules.rules_suffix) and self._always_loaded(path):
                    yield path

    def _first(self, group: tuple[str, ...]) -> str | None:
        return next((path for path in group if self._repository.is_file(path)), None)

    def _always_loaded(self, path: str) -> bool:
        from planlint.readers.front_matter import split_front_matter
        from planlint.readers.tree import Scalar

        source = self._repository.source(path)
        if source is None:
            return False
        matter = split_front_matter(source, lenient=True)[0]
        if self.rules.rules_condition == "no-paths":
            return matter is None or "paths" not in matter
        applies = None if matter is None else matter.get("alwaysApply")
        return isinstance(applies, Scalar) and applies.text.strip().lower() == "true"

    def _source(self, path: str) -> Source | None:
        """The file as the plan's own documents have it, else from the repository."""
        return self._plan_sources.get(path) or self._repository.source(path)

    def _declared_source(self, declared: ContextFile) -> Source | None:
        """A context file by its path from the root, else from the plan's own directory."""
        root, names = split_path(declared.path)
        if root:
            return None
        path = "/".join(names)
        source = self._source(path)
        if source is None:
            directory = self._plan.path.rpartition("/")[0]
            source = self._source(f"{directory}/{path}") if directory else None
        return source

    def resolve(self, written: str, importer: str) -> str | None:
        """The path of an import relative to the root; None where it leaves the repository."""
        written = written.replace("\\ ", " ")
        root, names = split_path(written)
        if root in ("", "../") or root.startswith("../"):
            directory = importer.rpartition("/")[0]
            root, names = split_path(f"{directory}/{written}" if directory else written)
        elif root != "~/":
            return self._repository.relative(written)
        return None if root else "/".join(names)

    def text_of(self, path: str) -> Source | None:
        """The source of an imported file, or None."""
        return self._source(path)

    def exists(self, path: str) -> bool:
        """Whether something that can be imported stands at `path`."""
        return path in self._plan_sources or self._repository.is_file(path)

    def knows(self, directory: str) -> bool:
        """Whether `directory` is a directory of the repository."""
        return self._repository.is_dir(directory)

    @property
    def sees_files(self) -> bool:
        """Whether a missing file may be called missing."""
        return self._repository.known


class _Loading:
    """One pass over the chain: files in order, each once, imports before what follows them."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.files: list[MemoryFile] = []
        self.broken: list[BrokenImport] = []
        self._seen: set[str] = set()
        self._chain_bytes = 0

    def load(self, source: Source, declared: ContextFile | None) -> None:
        """Add a file of the chain with everything it imports."""
        self._add(source, declared, None, ())

    def _add(
        self, source: Source, declared: ContextFile | None, imported_at: Origin | None, chain: tuple[str, ...]
    ) -> None:
        """Add one file. Recursion is no deeper than the runtime's longest chain of imports."""
        if source.path in self._seen:
            return
        self._seen.add(source.path)
        # Most plans inherit nothing, and then nothing of Markdown is needed.
        from planlint.facts.imports import mentions
        from planlint.readers.markdown.reader import read_markdown

        tree = read_markdown(source).markdown
        assert tree is not None
        rules = self.memory.rules
        left = None
        if rules.max_bytes is not None and declared is None:
            left = max(0, rules.max_bytes - self._chain_bytes)
            self._chain_bytes += len(source.text.encode("utf-8", "replace"))
        self.files.append(measure(source, tree, rules.strips_comments, len(chain), imported_at, declared, left))
        if not self.memory.rules.imports:
            return
        for mention in mentions(tree):
            self._follow(mention, source, (*chain, source.path))

    def _follow(self, mention: ImportMention, importer: Source, chain: tuple[str, ...]) -> None:
        from planlint.facts.imports import looks_like_import

        memory = self.memory
        target = memory.resolve(mention.path, importer.path)
        directory = importer.path.rpartition("/")[0]
        base = f"{directory}/" if directory else ""
        if target is None:
            if looks_like_import(mention.path, lambda _: False):
                self._fail("outside", mention, None, chain)
        elif target in chain:
            self._fail("circular", mention, target, chain)
        elif memory.exists(target):
            if len(chain) > memory.rules.max_hops:
                self._fail("too-deep", mention, target, chain)
                return
            source = memory.text_of(target)
            if source is not None:
                self._add(source, None, mention.origin, chain)
        elif memory.sees_files and looks_like_import(mention.path, lambda name: memory.knows(base + name)):
            self._fail("missing", mention, target, chain)

    def _fail(self, kind: BrokenKind, mention: ImportMention, target: str | None, chain: tuple[str, ...]) -> None:
        self.broken.append(BrokenImport(kind, mention.origin, mention.path, target, chain))
