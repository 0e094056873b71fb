"""Which files make one plan: items in files of their own, and plans cut into several files that refer to each other."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from planlint.dialects.base import Workspace
from planlint.dialects.invented.finding import Found, find_items, judge_front_matter
from planlint.readers.document import Document
from planlint.readers.markdown.blocks import Block, List, ListItem, Paragraph, Table
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Origin

_DIGITS = re.compile(r"\d+")
_SPLIT_NAME = re.compile(r"(?:.*[-_])?(?:plan|part)?[-_]?\d{1,3}(?:[-_].*)?\.ya?ml", re.IGNORECASE)
_WAVE = re.compile(r"\W{0,4}wave\s*#?\s*(\d{1,3}|[A-Z])\b", re.IGNORECASE)
_WORD = re.compile(r"[\w.-]{1,80}")
_ID_LINE = re.compile(r"^id[ \t]*:[ \t]*[\"']?([\w.-]{1,80})", re.MULTILINE)
_MOST_FILES = 2000
"""Files of a directory that are looked at; the largest backlog seen has 400."""


def found_in(document: Document) -> Found | None:
    """The items of a document: of its front matter, or of the first of its roots that has any."""
    if document.syntax == "markdown":
        return judge_front_matter(document.front_matter) if document.front_matter is not None else None
    return next((found for root in document.roots if (found := find_items(root)) is not None), None)


def is_item_file(found: Found) -> bool:
    """Whether the file is one item of a plan, the others standing beside it."""
    return len(found.items) == 1 and found.items[0].node is (found.root or found.items[0].node) and not found.list_key


def item_files(document: Document, workspace: Workspace) -> tuple[str, ...]:
    """The files beside `document` that are items of the same plan, those included that cannot be parsed."""
    own = found_in(document)
    directory, name = posixpath.split(document.path)
    shape = _DIGITS.sub("0", name)
    files: list[str] = []
    for other in workspace.names(directory)[:_MOST_FILES]:
        if posixpath.splitext(other)[1] != posixpath.splitext(name)[1]:
            continue
        path = posixpath.join(directory, other)
        if path == document.path:
            files.append(path)
            continue
        beside = workspace.document(path)
        if beside is None:
            continue
        found = found_in(beside)
        if found is not None:
            if own is not None and is_item_file(found) and found.profile == own.profile:
                files.append(path)
        elif _DIGITS.sub("0", other) == shape and beside.problems:
            files.append(path)
    return tuple(files) if document.path in files else (document.path,)


def id_of_broken(document: Document) -> frozenset[str]:
    """The ids that a file whose front matter cannot be parsed may go by."""
    stem = posixpath.splitext(posixpath.basename(document.path))[0]
    match = _ID_LINE.search(document.source.text[:2000])
    return frozenset({stem, match.group(1)} if match is not None else {stem})


def waves_beside(document: Document, ids: set[str], workspace: Workspace) -> dict[str, tuple[str, Origin]]:
    """Id to wave, from the headings `Wave N` of a `plan.md` in the directory above."""
    above = posixpath.dirname(posixpath.dirname(document.path))
    plan = workspace.document(posixpath.join(above, "plan.md"))
    waves: dict[str, tuple[str, Origin]] = {}
    if plan is None or plan.markdown is None:
        return waves
    for section in plan.markdown.top.walk():
        match = _WAVE.match(section.title)
        if match is None or section.heading is None:
            continue
        for part in section.walk():
            for prose in _texts(part.blocks):
                for word in _WORD.finditer(prose.text):
                    if word.group() in ids:
                        waves.setdefault(word.group(), (match.group(1), prose.origin(*word.span())))
    return waves


def _texts(blocks: list[Block]) -> Iterator[Prose]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.prose
        elif isinstance(block, List):
            for item in block.items:
                yield from _item_texts(item)
        elif isinstance(block, Table):
            for row in block.rows:
                yield from row[:2]


def _item_texts(item: ListItem) -> Iterator[Prose]:
    yield item.prose
    yield from _texts(item.children)


def split_files(document: Document, workspace: Workspace) -> tuple[str, ...]:
    """The files of a plan whose tasks refer to tasks of other files: those named, and their numbered neighbours."""
    files = {document.path: None}
    queue = [document.path]
    looked_in: set[str] = set()
    for path in queue:
        current = workspace.document(path)
        if current is None or len(files) > _MOST_FILES:
            continue
        directory = posixpath.dirname(path)
        near = [
            posixpath.normpath(posixpath.join(directory, written)) for root in current.roots for written in _cited(root)
        ]
        if _SPLIT_NAME.fullmatch(posixpath.basename(path)) and directory not in looked_in:
            looked_in.add(directory)
            near += _numbered(directory, workspace)
            above = posixpath.dirname(directory)
            if directory and any(_SPLIT_NAME.fullmatch(name) for name in workspace.names(above)[:_MOST_FILES]):
                near += _numbered(above, workspace)
        for other in near:
            if other not in files and not other.startswith("../") and _is_part(other, workspace):
                files[other] = None
                queue.append(other)
    return tuple(sorted(files, key=_by_number)) if len(files) > 1 else (document.path,)


def _by_number(path: str) -> tuple[int, str]:
    """Parts of a plan go by the number in their names, wherever they stand."""
    number = _DIGITS.search(posixpath.basename(path))
    return (int(number[0]) if number is not None else 0, path)


def _numbered(directory: str, workspace: Workspace) -> list[str]:
    """Numbered plan files in a directory and right below it."""
    found = []
    for name in workspace.names(directory)[:_MOST_FILES]:
        if name.endswith("/"):
            below = posixpath.join(directory, name.rstrip("/"))
            found += [posixpath.join(below, inner) for inner in workspace.names(below) if _SPLIT_NAME.fullmatch(inner)]
        elif _SPLIT_NAME.fullmatch(name):
            found.append(posixpath.join(directory, name))
    return found


def _is_part(path: str, workspace: Workspace) -> bool:
    document = workspace.document(path) if path.endswith((".yaml", ".yml")) else None
    found = found_in(document) if document is not None and document.syntax == "yaml" else None
    return found is not None and found.profile is not None and found.profile.name == "conductor plan"


def _cited(node: Node) -> Iterator[str]:
    """Files named by `{file: ..., task: ...}` in the lists of dependencies."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _cited(item)
    elif isinstance(node, Mapping):
        file = node.get("file")
        if isinstance(file, Scalar) and isinstance(file.value, str) and "task" in node:
            yield file.text.strip()
        for value in node.values.values():
            yield from _cited(value)
