"""`Conventions`: the built-in tables with a project's additions, as one thing to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from planlint.facts.conventions.hubs import Hub, hub_of
from planlint.facts.conventions.installs import INSTALL_HINTS, Install, installs
from planlint.facts.conventions.scratch import SCRATCH_HINTS, ScratchMention, scratch_in
from planlint.facts.conventions.sequences import SequenceSlot, may_be_numbered, numbered, sequence_of
from planlint.paths import Pattern, PatternError, matches

if TYPE_CHECKING:
    from planlint.facts.repository import Repository


class Conventions:
    """Hubs, sequences, installs and scratch names.

    `additions` is `Settings.hubs`: `files` maps patterns to the word for what they are (or lists patterns), `sequences`
    lists directories whose files are numbered, `not_hubs` lists patterns that are no hubs here, `scratch` lists names
    of files or services that agents of this project share without saying so. Unknown keys and patterns that cannot be
    read are left to the configuration's own checks and ignored.
    """

    def __init__(self, additions: Mapping[str, Any] | None = None) -> None:
        additions = additions or {}
        files = additions.get("files", ())
        named = files.items() if isinstance(files, Mapping) else ((text, "shared file") for text in _texts(files))
        self._files = [(pattern, str(word)) for text, word in named if (pattern := _pattern(text)) is not None]
        self._not_hubs = [p for text in _texts(additions.get("not_hubs", ())) if (p := _pattern(text)) is not None]
        self._scratch = tuple(name for name in _texts(additions.get("scratch", ())) if name.strip())
        self._sequences = tuple(text.strip("/") for text in _texts(additions.get("sequences", ())))

    def hub_of(self, path: str) -> Hub | None:
        """What kind of hub `path` is, or None."""
        if any(matches(pattern, path) for pattern in self._not_hubs):
            return None
        for pattern, word in self._files:
            if matches(pattern, path):
                return Hub(path, "project", word, "declared by the project")
        return hub_of(path)

    def hubs_in(self, repository: Repository) -> list[Hub]:
        """The files of `repository` for which `hub_of` has an answer, in its order."""
        if self._files:
            return [hub for path in repository.files() if (hub := self.hub_of(path)) is not None]
        excluded = self._not_hubs
        return [hub for hub in repository.hubs if not any(matches(pattern, hub.path) for pattern in excluded)]

    @property
    def scratch_hints(self) -> tuple[str, ...]:
        """Fragments, in lower case, of which one stands in every text that `scratch_in` finds something in."""
        return (*(hint.lower() for hint in SCRATCH_HINTS), *(name.lower() for name in self._scratch))

    @property
    def install_hints(self) -> tuple[str, ...]:
        """The same for `installs`."""
        return INSTALL_HINTS

    def installs(self, text: str) -> Install | None:
        """The first command or sentence in `text` that adds a dependency, or None."""
        return installs(text)

    def sequence_of(self, path: str) -> SequenceSlot | None:
        """The numbered sequence that `path` belongs to, with its number where the path says it; or None."""
        return sequence_of(path, self._sequences)

    def may_be_numbered(self, name: str) -> bool:
        """Whether a file of this name can have a place in a sequence, decided cheaply; `sequence_of` knows."""
        return may_be_numbered(name) or bool(self._sequences)

    def numbered(self, directory: str, names: Iterable[str]) -> str | None:
        """What kind of sequence the existing `names` in `directory` form ("ADR"); None when they are not numbered."""
        return numbered(directory, names, self._sequences)

    def scratch_in(self, text: str) -> list[ScratchMention]:
        """Shared scratch names in `text`, in order."""
        found = scratch_in(text)
        for name in self._scratch:
            at = text.find(name)
            while at >= 0:
                if not _goes_on(text, at, at + len(name)):
                    found.append(ScratchMention("scratch", name, at, at + len(name)))
                at = text.find(name, at + len(name))
        return sorted(set(found), key=lambda mention: mention.start) if self._scratch else found


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether what stands at `[start, end)` is only a part of a longer name."""
    around = text[start - 1 : start] + text[end : end + 1]
    return any(character.isalnum() or character in "_-" for character in around)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return [item for item in value if isinstance(item, str)] if isinstance(value, Iterable) else ()


def _pattern(text: Any) -> Pattern | None:
    try:
        return Pattern.parse(text) if isinstance(text, str) else None
    except PatternError:
        return None
