"""The paths that one word names, cleaned of the signs around it: `find_in_word`, `mention_of`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.prose.annotations import annotation_of
from planlint.dialects.prose.mentions import PathContext, PathMention
from planlint.dialects.prose.shape import Shape, has_file_name, shape
from planlint.dialects.prose.tables import words
from planlint.readers.prose import Prose
from planlint.source.regex import regex

_TRAILING = ".,;:!?'\"’”)]}…"
"""Signs behind a word that are no part of it."""

_PLACE_BEFORE = regex(
    r"(?:\b(?:in|into|inside|within|under|at|to|from|directory|folder|dir|create|see|en|dans|im|"
    r"unter|em|de)|於|在|到|至|里|裡)[ \t\n]*(?:the[ \t]+)?[\"'(（]?\Z",
    re.IGNORECASE,
)

_DIRECTORY_BEHIND = regex(r"(?<=/)[ \t]+(?:director(?:y|ies)|folders?)\b", re.IGNORECASE)
""" "Delete legacy/ directory": it is called one."""

_PACKAGE_BEFORE = regex(
    r"\b(?:import(?:s|ed|ing)?|install(?:s|ed|ing)?|package|packages|dependency|dependencies|module|"
    r"require|branch|branches|"
    r"repo|repository|fork of|github|uses:|tag|remote|image|scope|GET|POST|PUT|PATCH|DELETE|HEAD|"
    r"OPTIONS|endpoint|endpoints|"
    r"route|routes|npm|pip|crate|gem|model)[ \t]+(?:the[ \t]+)?\Z",
)


def find_in_word(
    prose: Prose, start: int, word: str, context: PathContext, *, in_code: bool, in_command: bool
) -> Iterator[PathMention]:
    """The path, or the paths joined by slashes (`a.ts/b.ts`), that one word names."""
    lead = len(word) - len(word.lstrip("'\"([" if not in_code else "'\""))
    if word[lead:].startswith("[") and "]/" not in word and "]." not in word:
        lead += 1
    if not in_code and word[lead:].startswith("**") and not word[lead:].startswith("**/"):
        lead += 2  # bold marks of text that no Markdown reader has seen
    cleaned = word[lead:].rstrip(_TRAILING if not in_code else ".,;:'\"")
    cleaned = _rebalanced(word[lead:], cleaned)
    if not in_code and cleaned.endswith("**") and not cleaned.endswith("/**"):
        cleaned = cleaned[:-2].rstrip(_TRAILING)
    start += lead
    upper = cleaned[:5].upper()
    for prefix in ("NEW:", "FILE:", "PATH:"):
        if upper.startswith(prefix) and len(cleaned) > len(prefix):
            start, cleaned = start + len(prefix), cleaned[len(prefix) :]
    pieces = _pieces(cleaned)
    for offset, piece in pieces:
        at = start + offset
        before = prose.text[max(0, at - 40) : at]
        what = shape(
            piece,
            in_code=in_code,
            located=_PLACE_BEFORE.search(before) is not None
            or _DIRECTORY_BEHIND.match(prose.text, at + len(piece)) is not None,
            imported=_PACKAGE_BEFORE.search(before) is not None,
        )
        if what is not None:
            yield mention_of(prose, at, piece, what, context, in_code=in_code, in_command=in_command)


def _rebalanced(word: str, cleaned: str) -> str:
    """Give closing brackets back that belong to the path: `skills/{a,b}`, `app/[id]`."""
    while len(cleaned) < len(word) and word[len(cleaned)] in "}])":
        closing = word[len(cleaned)]
        opening = {"}": "{", "]": "[", ")": "("}[closing]
        if cleaned.count(opening) <= cleaned.count(closing):
            break
        cleaned += closing
    return cleaned


def _pieces(word: str) -> list[tuple[int, str]]:
    """Split `schema.ts/types.ts` into its files; a path stays whole."""
    segments = word.split("/")
    pieces: list[tuple[int, str]] = []
    start = at = 0
    for index, segment in enumerate(segments[:-1]):
        at += len(segment) + 1
        following = segments[index + 1]
        suffix = segment.rpartition(".")[2] if "." in segment.lstrip(".") else ""
        if suffix in _FILE_ONLY and "." in following.strip(".") and has_file_name(following):
            pieces.append((start, word[start : at - 1]))
            start = at
    pieces.append((start, word[start:]))
    return pieces


_FILE_ONLY = words("ts tsx js jsx py rs go md json yml yaml toml css scss html java kt swift cs fs rb php sql")


def mention_of(
    prose: Prose, at: int, piece: str, what: Shape, context: PathContext, *, in_code: bool, in_command: bool
) -> PathMention:
    """The file or directory `what` that `piece` names, which stands at `at` in `prose`."""
    start = at + what.skip
    path = what.path
    end = start + len(path)
    after = at + len(piece)
    part = _part(what.part)
    absolute = what.absolute
    if absolute and context.root and path.startswith(context.root.rstrip("/") + "/"):
        path, absolute = path[len(context.root.rstrip("/")) + 1 :] or ".", False
    return PathMention(
        path=path,
        start=start,
        end=max(end, after) if part else end,
        origin=prose.origin(start, end),
        in_code=in_code,
        in_command=in_command,
        annotation=None if in_command else annotation_of(prose, at, after),
        part=part,
        is_directory=path.endswith("/") or (not has_file_name(path) and not _globbed(path)),
        is_glob=_globbed(path),
        bare_name=what.bare,
        absolute=absolute,
    )


def _globbed(path: str) -> bool:
    return "*" in path or "{" in path or "?" in path


def _part(part: str | None) -> str | None:
    if part is None or part in (":", "#"):
        return None
    numbers = part.lstrip(":#L")
    return f"lines {numbers.replace('–', '-').replace('L', '')}" if numbers[:1].isdigit() else part
