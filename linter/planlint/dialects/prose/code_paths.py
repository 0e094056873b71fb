"""The paths in a code span: one path, a command line, or a piece of a program that names some."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from planlint.dialects.prose import filenames
from planlint.dialects.prose.code_spans import is_command, is_pattern, is_spaced_path
from planlint.dialects.prose.mentions import PathContext, PathMention
from planlint.dialects.prose.path_words import find_in_word
from planlint.dialects.prose.shape import has_file_name, split_part
from planlint.dialects.prose.tables import words
from planlint.readers.prose import Prose
from planlint.source import Span
from planlint.source.regex import regex

_CODE_WORD = regex(r"[^\s\"'`,;]+")

_IMPORT_CODE = regex(r"(?:import|from|require|include|using|use|export|#include|@import)\b[\s({'\"]")
"""A statement of some program that imports."""

_BRACED = regex(r"[\w.@/-]{0,200}/[\w.-]{0,60}\{[\w.@/-]{1,80}(?:,[ ]*[\w.@/-]{1,80}){1,20}\}[\w.@/-]{0,80}")
"""A path with alternatives, which may have blanks between them: `infra/{main.tf, outputs.tf}`."""

_QUOTES = ("'", '"')

_METHODS = words("GET POST PUT PATCH DELETE HEAD OPTIONS")
"""What a span begins with that is a request to some route."""


def find_in_code(prose: Prose, code: Span, context: PathContext) -> Iterator[PathMention]:
    """The files and directories that the code span `code` of `prose` names, in order."""
    text = prose.text
    content = text[code.start : code.end]
    if content.strip()[:1] in _QUOTES:
        return  # a string literal of some program
    if "/" not in content and "." not in content and "\\" not in content:
        name = content.strip()
        if name not in filenames.EXTENSIONLESS_FILES:
            return
    words = content.split(None, 2)
    if not words or is_pattern(content):
        return
    command = len(words) > 1 and is_command(content)
    if not command and len(words) > 1 and (_IMPORT_CODE.match(content.lstrip()) or words[0] in _METHODS):
        return
    quoted = any(sign in content for sign in _QUOTES)
    if (
        (_BRACED.fullmatch(content.strip()) is not None and not command)
        or (len(words) == 1 and not quoted)
        or (not command and has_file_name(content.strip()) and is_spaced_path(content.strip()))
    ):
        lead = len(content) - len(content.lstrip())
        yield from find_in_word(prose, code.start + lead, content.strip(), context, in_code=True, in_command=False)
        return
    if command:
        yield from _in_command(prose, code, context)
        return
    statement = any(sign in content for sign in ("=", "(", ";", ": "))
    for match in _CODE_WORD.finditer(text, code.start, code.end):
        word = match.group().lstrip("(")
        if statement and not ("/" in word and has_file_name(split_part(word)[0])):
            continue
        yield from find_in_word(
            prose, match.end() - len(word), word.rstrip("),"), context, in_code=True, in_command=False
        )


def _in_command(prose: Prose, code: Span, context: PathContext) -> Iterator[PathMention]:
    """The files that a command line names: behind `cd web &&` they are those of that directory.

    The directory itself is only where the command runs.
    """
    directory: str | None = ""
    entering = False
    for match in _CODE_WORD.finditer(prose.text, code.start, code.end):
        word = match.group().lstrip("(")
        if entering:
            directory, entering = _entered(directory, word.rstrip(")"), context), False
            continue
        entering = word == "cd"
        named = find_in_word(prose, match.end() - len(word), word.rstrip("),"), context, in_code=True, in_command=True)
        for mention in named:
            placed = _below(directory, mention)
            if placed is not None:
                yield placed


def _entered(directory: str | None, target: str, context: PathContext) -> str | None:
    """Where `cd target` leads from `directory` (empty for the root); None where that is not known or outside."""
    root = context.root.rstrip("/") if context.root else ""
    if root and (target == root or target.startswith(f"{root}/")):
        target, directory = target[len(root) :].lstrip("/") or ".", ""
    if directory is None or target.startswith(("/", "~", "$", "-")):
        return None
    joined = posixpath.normpath(posixpath.join(directory, target))
    return None if joined.startswith("..") else joined.removeprefix(".")


def _below(directory: str | None, mention: PathMention) -> PathMention | None:
    """`mention` as it is meant in `directory`; None where that cannot be told."""
    if directory == "" or mention.absolute or mention.path.startswith("~"):
        return mention
    if directory is None:
        return None
    joined = posixpath.normpath(posixpath.join(directory, mention.path))
    if joined.startswith(".."):
        return None
    return mention.replace(path=joined + "/" * mention.path.endswith("/"), bare_name=False)
