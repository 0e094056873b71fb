"""`find_paths`: every file or directory that running text names, and nothing that only looks like one."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.dialects.prose import filenames
from planlint.dialects.prose.beside import is_branch
from planlint.dialects.prose.code_paths import find_in_code
from planlint.dialects.prose.links import with_links
from planlint.dialects.prose.mentions import PathContext, PathMention
from planlint.dialects.prose.pages import PAGES, find_pages
from planlint.dialects.prose.path_words import find_in_word
from planlint.dialects.prose.wording import code_ranges, covering
from planlint.readers.prose import Prose
from planlint.source import Span
from planlint.source.regex import regex

_BARE_WORD = regex(
    r"(?:[0-9A-Za-z_À-ɏ.…@~$%+\-*/\\?:#=]++"
    r"|(?<=/)\([\w.\-]{1,60}\)(?=/)"
    r"|\[\[?[\w.\-]{1,60}\]\]?(?=[/.\w])|(?<=/)\[\[?[\w.\-]{1,60}\]\]?"
    r"|(?<=[\w/.\-])\{[^{}\n]{1,200}\}|(?<=/)\{[^{}\n]{1,200}\})++"
)

_URL_END = regex(r"[\s<>\"'`)\]}，。；、（）】」]|\Z")

_COMMAND_BEFORE = regex(
    r"(?<![\w/.-])(?:(?:npm|pnpm|yarn|bun)[ \t]+(?:run[ \t]+)?[a-z][\w:-]*|npx[ \t]+[a-z][\w-]*(?:[ \t]+(?:run|test))?"
    r"|uv[ \t]+run[ \t]+[a-z][\w-]*|(?:go|cargo|dotnet|flutter|dart|deno|mix|swift)[ \t]+test"
    r"|(?:python3?[ \t]+-m[ \t]+)?pytest)[ \t]+(?:-[\w=-]*[ \t]+){0,6}\Z"
)
"""A command line that no backticks mark: "npm test -- x.test.ts"."""


def find_paths(prose: Prose, *, known: PathContext | None = None) -> list[PathMention]:
    """All files and directories named in `prose`, in order, but for struck-out ones; linear, never raising."""
    context = known or PathContext()
    codes = code_ranges(prose)
    found = [mention for code in codes for mention in find_in_code(prose, code, context)]
    urls = _urls(prose.text)
    at = 0
    for code in [*codes, Span(len(prose.text), len(prose.text))]:
        found.extend(_in_text(prose, at, code.start, urls, context))
        at = code.end
    struck = sorted(Span(mark.start, mark.end) for mark in prose.marks if mark.kind == "strike")
    if struck:
        found = [mention for mention in found if covering(struck, mention.start) is None]
    found = [one for one in found if not (is_branch(prose.text, one) or _INSTALLED.match(one.path))]
    found.sort(key=lambda mention: mention.start)
    return with_links(prose, found, context)


def _in_text(prose: Prose, start: int, end: int, urls: list[Span], context: PathContext) -> Iterator[PathMention]:
    text = prose.text
    for match in _BARE_WORD.finditer(text, start, end):
        word = match.group()
        if PAGES.fullmatch(word):
            yield from find_pages(prose, match.start(), word, Span(start, end), context)
            continue
        if "/" not in word and "." not in word and word not in filenames.EXTENSIONLESS_FILES:
            continue
        if covering(urls, match.start()) is not None or _glued(text, match.start(), match.end()):
            continue
        command = _COMMAND_BEFORE.search(text, max(start, match.start() - 80), match.start()) is not None
        yield from find_in_word(prose, match.start(), word, context, in_code=False, in_command=command)


_INSTALLED = regex(r"(?:[\w.-]+/){0,8}(?:\.?venv/(?:bin|Scripts)|node_modules/\.bin)/")
"""A program of an environment (`.venv/bin/pytest`): it is run, and no file of the project."""


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a word is only a piece of something bigger: a placeholder `<x>/y`, a call `a.b(`, words `a/b/書`."""
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if text[end - 1] == "/" and after and not after.isascii() and after.isalpha():
        return text[start:end].split("/", 1)[0] not in filenames.DIRECTORIES
    if text[end - 1] == "/" and after == "<":
        return True
    if text[end - 1] == "/" and after == "\n":
        word = text[start : end - 1]  # "success/\nfailure"
        return word.isalpha() and word not in filenames.DIRECTORIES
    return (before in "<>" and before != "") or after == "("


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
