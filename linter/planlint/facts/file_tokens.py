"""`FileTokens`: how many tokens the files take that a plan reads and writes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planlint.facts.effects import Effect, Effects
    from planlint.facts.repository import Repository

FILE_TOKENS = 1_500
"""Tokens of a source file whose size is not known: 150 lines of ten tokens. An assumption."""

OPEN_SCOPE_FILES = 3
"""Files that a directory or glob counts for when its true number is not known. An assumption."""


class FileTokens:
    """Sizes as in the repository, in tokens of a model whose factor is `factor`."""

    def __init__(self, effects: Effects, repository: Repository, factor: float) -> None:
        self._effects = effects
        self._repository = repository
        self._factor = factor

    def of(self, effects: Iterable[Effect]) -> int:
        """Tokens of the files that scopes name, or of the files they stand for."""
        known = self.known
        total = 0
        for effect in effects:
            pattern = effect.pattern
            if pattern.kind != "file":
                total += OPEN_SCOPE_FILES * FILE_TOKENS
            else:
                total += known.get(pattern.normal, FILE_TOKENS) if known else FILE_TOKENS
        return total

    @cached_property
    def known(self) -> dict[str, int]:
        """Tokens of each single file that is written or read and is there already."""
        effects, repository = self._effects, self._repository
        if not any(not place or repository.is_dir(place) for place in effects.directories):
            return {}  # a plan for something new
        sizes = repository.sizes(
            pattern.normal
            for field in (effects.writes, effects.reads)
            for effect in field
            if (pattern := effect.pattern).kind == "file"
        )
        return {path: round(size / 4 * self._factor) for path, size in sizes.items()}

    @cached_property
    def all_unknown(self) -> bool:
        """Whether all scopes are single files of which none is there yet, so that each counts the same."""
        effects = self._effects
        return (
            effects.index.is_literal and not self.known and all(read.pattern.kind == "file" for read in effects.reads)
        )

    @cached_property
    def largest_read(self) -> int:
        """Tokens of the largest file that is read; 0 where none of them is there yet."""
        read = {effect.pattern.normal for effect in self._effects.reads}
        known = self.known if read else {}
        return max((known.get(path, 0) for path in read), default=0)
