"""`find_paths`: every file or directory that running text names, and nothing that only looks like one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from planlint.dialects.prose import filenames
from planlint.dialects.prose.annotations import annotation_of
from planlint.dialects.prose.beside import is_branch
from planlint.dialects.prose.code_spans import is_command, is_pattern, is_spaced_path
from planlint.dialects.prose.links import with_links
from planlint.dialects.prose.mentions import PathContext, PathMention
from planlint.dialects.prose.shape import Shape, has_file_name, shape, split_part
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.wording import code_ranges, covering
from planlint.readers.prose import Prose
from planlint.source import Span
from planlint.source.regex import regex

_CODE_WORD = regex(r"[^\s\"'`,;]+")

_BARE_WORD = regex(
    r"(?:[0-9A-Za-z_À-ɏ.…@~$%+\-*/\\?:#=]++"
    r"|(?<=/)\([\w.\-]{1,60}\)(?=/)"
    r"|\[\[?[\w.\-]{1,60}\]\]?(?=[/.\w])|(?<=/)\[\[?[\w.\-]{1,60}\]\]?"
    r"|(?<=[\w/.\-])\{[^{}\n]{1,200}\}|(?<=/)\{[^{}\n]{1,200}\})++"
)

_URL_END = regex(r"[\s<>\"'`)\]}，。；、（）】」]|\Z")

_TRAILING = ".,;:!?'\"’”)]}…"

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

_COMMAND_BEFORE = regex(
    r"(?<![\w/.-])(?:(?:npm|pnpm|yarn|bun)[ \t]+(?:run[ \t]+)?[a-z][\w:-]*|npx[ \t]+[a-z][\w-]*(?:[ \t]+(?:run|test))?"
    r"|uv[ \t]+run[ \t]+[a-z][\w-]*|(?:go|cargo|dotnet|flutter|dart|deno|mix|swift)[ \t]+test"
    r"|(?:python3?[ \t]+-m[ \t]+)?pytest)[ \t]+(?:-[\w=-]*[ \t]+){0,6}\Z"
)
"""A command line that no backticks mark: "npm test -- x.test.ts"."""

_IMPORT_CODE = regex(r"(?:import|from|require|include|using|use|export|#include|@import)\b[\s({'\"]")


def find_paths(prose: Prose, *, known: PathContext | None = None) -> list[PathMention]:
    """All files and directories named in `prose`, in order, but for struck-out ones; linear, never raising."""
    context = known or PathContext()
    codes = code_ranges(prose)
    found = [mention for code in codes for mention in _in_code(prose, code, context)]
    urls = _urls(prose.text)
    at = 0
    for code in [*codes, Span(len(prose.text), len(prose.text))]:
        found.extend(_in_text(prose, at, code.start, urls, context))
        at = code.end
    struck = sorted(Span(mark.start, mark.end) for mark in prose.marks if mark.kind == "strike")
    if struck:
        found = [mention for mention in found if covering(struck, mention.start) is None]
    found = [mention for mention in found if not is_branch(prose.text, mention)]
    found.sort(key=lambda mention: mention.start)
    return with_links(prose, found, context)


def _in_text(prose: Prose, start: int, end: int, urls: list[Span], context: PathContext) -> Iterator[PathMention]:
    text = prose.text
    for match in _BARE_WORD.finditer(text, start, end):
        word = match.group()
        if _PAGES.fullmatch(word):
            yield from _pages(prose, match.start(), word, Span(start, end), context)
            continue
        if "/" not in word and "." not in word and word not in filenames.EXTENSIONLESS_FILES:
            continue
        if covering(urls, match.start()) is not None or _glued(text, match.start(), match.end()):
            continue
        command = _COMMAND_BEFORE.search(text, max(start, match.start() - 80), match.start()) is not None
        yield from _named(prose, match.start(), word, context, in_code=False, in_command=command)


_PAGES = regex(r"(?:README|CHANGELOG)(?:/(?:README|CHANGELOG))?\.?")
"""Pages of a project that people name without their ending."""

_PAGE_BEFORE = regex(
    r"\b(?:updat(?:e|ing)|extend|edit|amend|revise|rewrite|write|create|refresh|in|to|into|в|en|dans|im|em)"
    r"[ \t]+(?:the[ \t]+)?"
    r"(?:(?:root|main|project|top-level)[ \t]+)?(?:README[ \t]*(?:,|and|&|\+|or)[ \t]*(?:the[ \t]+)?)?\Z",
    re.IGNORECASE,
)

_PAGE_BEHIND = regex(
    r"[ \t]*(?:\Z|\n|[,.;:()（）、，。—–-]|\b(?:with|to|for|and|section|about|so|including|accordingly|in)\b)"
)
""" "Update README with ...": the file is meant; in "README generation" and "README badges" it is not."""


def _pages(prose: Prose, start: int, word: str, within: Span, context: PathContext) -> Iterator[PathMention]:
    """The pages that `word`, which stands at `start` in the stretch `within`, names as files."""
    text = prose.text
    if not _PAGE_BEFORE.search(text, max(within.start, start - 60), start):
        return
    if not _PAGE_BEHIND.match(text, start + len(word.rstrip(".")), within.end):
        return
    at = start
    for name in word.rstrip(".").split("/"):
        page = _mention(prose, at, name, Shape(name, bare=True), context, in_code=False, in_command=False)
        yield page.replace(path=f"{name}.md")
        at += len(name) + 1


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a word is only a piece of something bigger: a placeholder `<x>/y`, a call `a.b(`, words `a/b/書`."""
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if text[end - 1] == "/" and after and not after.isascii() and after.isalpha():
        return text[start:end].split("/", 1)[0] not in filenames.DIRECTORIES
    if text[end - 1] == "/" and after == "<":
        return True
    if text[end - 1] == "/" and after == "\n":
        return (
            text[start : end - 1].isalpha() and text[start : end - 1] not in filenames.DIRECTORIES
        )  # "success/\nfailure"
    return (before in "<>" and before != "") or after == "("


_BRACED = regex(r"[\w.@/-]{0,200}/[\w.-]{0,60}\{[\w.@/-]{1,80}(?:,[ ]*[\w.@/-]{1,80}){1,20}\}[\w.@/-]{0,80}")
"""A path with alternatives, which may have blanks between them: `infra/{main.tf, outputs.tf}`."""


def _in_code(prose: Prose, code: Span, context: PathContext) -> Iterator[PathMention]:
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
        yield from _named(prose, code.start + lead, content.strip(), context, in_code=True, in_command=False)
        return
    if command:
        yield from _in_command(prose, code, context)
        return
    statement = any(sign in content for sign in ("=", "(", ";", "=>", ": "))
    for match in _CODE_WORD.finditer(text, code.start, code.end):
        word = match.group().lstrip("(")
        if statement and not ("/" in word and has_file_name(split_part(word)[0])):
            continue
        yield from _named(prose, match.end() - len(word), word.rstrip("),"), context, in_code=True, in_command=False)


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
        named = _named(prose, match.end() - len(word), word.rstrip("),"), context, in_code=True, in_command=True)
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


_QUOTES = ("'", '"')

_METHODS = words("GET POST PUT PATCH DELETE HEAD OPTIONS")


def _named(
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
            yield _mention(prose, at, piece, what, context, in_code=in_code, in_command=in_command)


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


def _mention(
    prose: Prose, at: int, piece: str, what: Shape, context: PathContext, *, in_code: bool, in_command: bool
) -> PathMention:
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


def _urls(text: str) -> list[Span]:
    spans: list[Span] = []
    at = text.find("://")
    while at >= 0:
        start = at
        while start > 0 and at - start < 16 and (text[start - 1].isalnum() or text[start - 1] in "+.-"):
            start -= 1
        match = _URL_END.search(text, at + 3)
        end = match.start() if match else len(text)
        spans.append(Span(start, end))
        at = text.find("://", max(end, at + 3))
    return spans
