"""`@path` imports in memory files: what counts as one, by Claude Code's rules.

An import is `@` at the start of a word, followed by a path without spaces. Code spans, fences and comments are not
searched. A mail address, `@scope/package`, `@decorator` or a person is no import; since all of these look like a path,
one that leads nowhere is only called broken when it could be nothing else (`looks_like_import`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from planlint.paths.names import looks_like_file
from planlint.readers.markdown.blocks import Block, Heading, List, ListItem, MarkdownTree, Paragraph, Quote, Table
from planlint.readers.prose import Prose
from planlint.source import Origin

_DOCUMENT_SUFFIXES = (".md", ".mdc", ".markdown", ".mdx", ".txt", ".rst", ".adoc")
_TRAILING = ".,;:!?)]}>\"'»”’"
_PLACEHOLDERS = ("path/to", "your/", "example", "...", "<", ">", "{", "}", "*", "$", "|", "…")


class ImportMention(NamedTuple):
    """`@path` in running text; `path` without `@` and closing punctuation, `origin` with the `@`."""

    path: str
    origin: Origin


def mentions(tree: MarkdownTree) -> Iterator[ImportMention]:
    """Everything in the document that may be an import, in reading order."""
    for prose in _proses(tree.blocks):
        if "@" in prose.text:
            yield from _in_prose(prose)


def looks_like_import(path: str, is_directory: Callable[[str], bool]) -> bool:
    """Whether `path`, which leads to no file, must have meant one.

    It must when it ends as a document does (`.md`, `.txt`, ...), or when it says where it is (`./`, `../`, `~/`, or a
    first directory that exists) and ends as a file does. `@scope/package.js` and the alias `@/components/x.tsx` do
    not. `is_directory` answers for a name beside the importing file.
    """
    lowered = path.lower()
    if path.startswith("/") or any(mark in lowered for mark in _PLACEHOLDERS):
        return False
    name = path.rstrip("/").rpartition("/")[2]
    if lowered.endswith(_DOCUMENT_SUFFIXES):
        return not name.startswith(".")
    if "/" not in path or not looks_like_file(name):
        return False
    return path.startswith(("./", "../", "~/")) or is_directory(path.split("/", 1)[0])


def _in_prose(prose: Prose) -> Iterator[ImportMention]:
    text = prose.text
    codes = sorted((mark.start, mark.end) for mark in prose.codes())
    edges = {mark.start for mark in prose.marks}
    at = text.find("@")
    while at >= 0:
        following = at + 1
        if (at == 0 or text[at - 1].isspace() or at in edges) and not _inside(codes, at):
            end = _word_end(text, following)
            path = text[following:end].rstrip(_TRAILING).partition("#")[0]
            if _is_path(path):
                yield ImportMention(path, prose.origin(at, following + len(path)))
            following = max(end, following)
        at = text.find("@", following)


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether `at` lies in one of the sorted, disjoint `spans`."""
    number = bisect_right(spans, (at, at + 1)) - 1
    return any(start <= at < end for start, end in spans[max(0, number - 1) : number + 2])


def _word_end(text: str, at: int) -> int:
    """The end of the word at `at`; an escaped space belongs to it."""
    while at < len(text) and not (text[at].isspace() and text[at - 1] != "\\"):
        at += 1
    return at


def _is_path(path: str) -> bool:
    if len(path) < 2 or "@" in path or "://" in path:
        return False
    return path[0].isalnum() or path[0] in "._-/~"


def _proses(blocks: list[Block]) -> Iterator[Prose]:
    """The running text of all blocks, without recursion."""
    stack: list[Block | ListItem] = list(reversed(blocks))
    while stack:
        block = stack.pop()
        if isinstance(block, Paragraph | Heading):
            yield block.prose
        elif isinstance(block, ListItem):
            yield block.prose
            stack.extend(reversed(block.children))
        elif isinstance(block, List):
            stack.extend(reversed(block.items))
        elif isinstance(block, Quote):
            stack.extend(reversed(block.children))
        elif isinstance(block, Table):
            yield from block.header
            for row in block.rows:
                yield from row
