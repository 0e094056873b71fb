"""`Sentence`: what the paths of one sentence are judged by, apart from the words around each of them."""

from __future__ import annotations

import re
from functools import cached_property

from planlint.dialects.prose.mentions import PathMention
from planlint.model import Mode
from planlint.source import Span
from planlint.source.regex import regex

_DOCUMENTS_PLACE = regex(r"\./|(?:[^/]+/){0,6}(?:specs|kitty-specs|\.kiro|openspec|\.specify)/")
"""Where the documents of plans are kept."""

_BUILDS = regex(r"\bbuild(?:s|ing)?\s+(?:[\w-]+\s+){0,3}(?:project|solution|image|bundle)s?\b", re.IGNORECASE)

_SCRATCH = regex(
    r"\b(?:temp(?:orary)?|tmp)[ _-]?(?:dir|director|folder|path|workspace|project|repo)|\btmpdir|\bmkdtemp",
    re.IGNORECASE,
)

_STILL_PASSES = regex(
    r"\b(?:(?<!^)pass(?:es|ing)?(?!/)|green|still|existing|regressions?|re-?run|succeeds?|(?<!/)fail(?:s|ing)?)\b(?!-)",
    re.IGNORECASE,
)


class Sentence:
    """A sentence of `text`; `default` is what its position says of a path without a verb, None in running text."""

    def __init__(self, text: str, span: Span, default: Mode | None, documents: frozenset[str]) -> None:
        self.text = text
        self.span = span
        self.start = span.start
        self.end = span.end
        self.default = default
        self._documents = documents

    @cached_property
    def passes_at(self) -> int:
        """Where the sentence first speaks of things that pass or exist already; its end where it does not."""
        match = _STILL_PASSES.search(self.text, self.start, self.end)
        return match.start() if match else self.end

    @cached_property
    def builds_project(self) -> bool:
        """Whether a project or an image is built, which reads what it is built from."""
        return _BUILDS.search(self.text, self.start, self.end) is not None

    @cached_property
    def is_scratch(self) -> bool:
        """Whether the sentence is about a temporary directory."""
        return _SCRATCH.search(self.text, self.start, self.end) is not None

    def is_document(self, mention: PathMention) -> bool:
        """Whether a path is one of the plan's own documents (`spec.md`, `contracts/`), which tasks follow."""
        path = mention.path
        name = path.rsplit("/", 1)[-1]
        if name in self._documents:
            return "/" not in path or _DOCUMENTS_PLACE.match(path) is not None
        first = path.removeprefix("./").split("/", 1)[0]
        if first in ("contracts", "checklists"):
            return path.endswith((".md", ".yaml", ".yml", ".json", "/")) or mention.is_directory
        return path.startswith(("specs/", "kitty-specs/")) and ("/contracts/" in path or "/checklists/" in path)
