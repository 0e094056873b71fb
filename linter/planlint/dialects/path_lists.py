"""Fields that hold nothing but a list of paths: separated by commas, lines or bullets, with remarks beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.diagnostics import Evidence
from planlint.dialects.prose import PathContext, PathMention, find_paths
from planlint.dialects.prose.remarks import mode_of_remark
from planlint.model import Mode
from planlint.readers.prose import Prose
from planlint.readers.tree import Node, Scalar, Sequence
from planlint.records import Record, record
from planlint.source import Origin

_LEAD = re.compile(r"[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+)?(?:@(?=[\w./~]))?")
_SPACED = re.compile(r"(?!.{0,400}\s[/~])[^()—–,;:]{1,200}/[^()—–,;:]{1,200}\.\w{1,8}")
_BETWEEN_PATHS = re.compile(
    r"\s(?:and|or|to|in|into|for|from|see|with|via|of|on|at|per|like|plus|then|the|a|an|new|as|by|if|when|->|=>|→|&|\+|-)\s",
    re.IGNORECASE,
)
"""A word of a sentence: what holds it is no name with blanks in it."""
_ORDER = re.compile(r"(create|add|new|modify|update|edit|extend|refactor|delete|remove|rename)\s+", re.IGNORECASE)
_WORD = re.compile(r"[\w.@~/\\\[\]()+*?{}$:-]{1,300}")
_NO_PATH = frozenset(
    {"none", "n/a", "na", "and/or", "tbd", "todo", "null", "nil", "various", "multiple", "unknown", "empty", "-"}
)
_OPENING, _CLOSING = "([{（", ")]}）"


@record
class FileItem(Record):
    """One entry of a list of files: its path, cleaned, where the path stands, and the remark beside it."""

    path: str
    origin: Origin
    mode: Mode | None = None
    """What the remark says happens to the file; None where it says nothing."""
    note: str | None = None
    part: str | None = None
    evidence: Evidence = Evidence.DECLARED
    external: bool = False
    """Outside of the repository on purpose: below the home directory."""


def files_in_node(node: Node | None, context: PathContext) -> list[FileItem]:
    """The entries of a front matter list of files (or of a single string with commas)."""
    nodes = node.items if isinstance(node, Sequence) else [node]
    found: list[FileItem] = []
    for item in nodes:
        if isinstance(item, Scalar) and item.text.strip() and item.value is not None:
            found += files_in(Prose.of_scalar(item), context, any_word=True)
    return found


def files_in(prose: Prose, context: PathContext, *, any_word: bool = False) -> list[FileItem]:
    """The entries of a text that lists files by commas, lines or bullets, one path each, remarks taken off.

    `any_word`: the place holds nothing but paths, so that `Procfile` is one; elsewhere people explain things.
    """
    mentions = find_paths(prose, known=context)
    found: list[FileItem] = []
    at = 0
    for start, end in _parts(prose.text):
        while at < len(mentions) and mentions[at].start < start:
            at += 1
        inside: list[PathMention] = []
        while at < len(mentions) and mentions[at].start < end:
            inside.append(mentions[at])
            at += 1
        item = _item(prose, start, end, inside, any_word, context)
        if item is not None:
            found.append(item)
    return found


def only_paths(prose: Prose) -> bool:
    """Whether a bullet names files and says no more about them than a remark behind a dash or in brackets."""
    mentions = find_paths(prose)
    if not mentions or mentions[0].in_command:
        return False
    rest = prose.text
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.end :]
    rest = re.split(r"\s[—–-]+\s|\(|:\s", rest, maxsplit=1)[0]
    return not re.search(r"[^\W\d_]{2,}", re.sub(r"\b(?:and|or|plus)\b", "", rest))


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The pieces between separators that stand outside of brackets, as ranges without leading bullets."""
    start = depth = 0
    for at, sign in enumerate(text):
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
        elif sign == "\n" or (depth == 0 and sign in ",;"):
            depth = 0
            yield from _trimmed(text, start, at)
            start = at + 1
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _is_spaced(text: str, first: str) -> bool:
    """Whether a text is one path with blanks in its names, `first` being the path that it begins with or ends in."""
    if " " not in text or _SPACED.fullmatch(text) is None or _BETWEEN_PATHS.search(text) or _ORDER.match(text):
        return False
    return text.endswith(first) or (text.startswith(first) and "." not in first.rpartition("/")[2])


def _item(
    prose: Prose, start: int, end: int, mentions: list[PathMention], any_word: bool, context: PathContext
) -> FileItem | None:
    """The path that `prose.text[start:end]` begins with."""
    text = prose.text[start:end]
    first = mentions[0] if mentions else None
    if first is not None and _is_spaced(text, first.path):
        return FileItem(_below(context.root, text), prose.origin(start, end))
    order = _ORDER.match(text)
    if order is not None and first is not None and first.start == start + order.end():
        item = _item(prose, first.start, end, mentions, any_word, context)
        return item if item is None or item.mode is not None else item.replace(mode=mode_of_remark(order[1]))
    if first is not None and not prose.text[start : first.start].strip("\"'*_@"):
        rest = prose.text[first.end : end].strip(" \t—–-:*_\"'")
        note = first.annotation or rest.strip("()（）") or None
        mode = mode_of_remark(note)
        return FileItem(first.path, first.origin, mode, note, first.part, external=first.path.startswith("~"))
    word = _WORD.match(text)
    if word is None or (word.end() < len(text) and text[word.end() :].lstrip()[:1] not in ("(", "—", "–", "#")):
        return None
    path = word.group().rstrip(".,:")
    if (
        not (any_word or "/" in path)
        or path.lower() in _NO_PATH
        or path[:1] in "([{"
        or "://" in path
        or not any(sign.isalnum() for sign in path)
    ):
        return None
    return FileItem(
        _below(context.root, path),
        prose.origin(start, start + len(path)),
        note=text[word.end() :].strip(" \t()—–#") or None,
        external=path.startswith("~"),
    )


def _below(root: str | None, path: str) -> str:
    """`path` relative to the repository, where it is absolute and lies in it: "@/home/ann/shop/src/cart.ts"."""
    return path if root is None else path.removeprefix(f"{root}/")
