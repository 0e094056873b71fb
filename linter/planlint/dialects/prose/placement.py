"""`find_placed_paths`: names that a text puts into a directory get that directory, "README.md in src/core/"."""

from __future__ import annotations

import re

from planlint.dialects.prose.filenames import DESIGN_DOCUMENTS
from planlint.dialects.prose.mentions import PathContext, PathMention
from planlint.dialects.prose.paths import find_paths
from planlint.readers.prose import Prose
from planlint.source.regex import regex

LISTED = regex(r"(?:\s+\([^()]{1,200}\))?(?:\s*[,，、]\s*(?:and\s+)?|\s+(?:and|&|\+|y|et|und)\s+|\s*[和及與与と]\s*)")
"""What may stand between two files of one list, a remark on the first included."""

_WITHIN = regex(
    r"[)`]?(?:\s+(?:[a-z-]{1,20}\s+)?(?:class|interface|enum|entity|component|model|service|record|struct|module|file|"
    r"hook|types?|schema|helpers?|tests?|script|page|controller|repository|middleware|widget|view|dto|validator|"
    r"skeleton|scaffold|stub)"
    r"(?:\s+(?:extending|inheriting(?:\s+from)?|implementing)\s+\w{1,60})?)?"
    r"\s+(?:in|under|inside|within|at|into|below)\s+(?:the\s+)?"
)
""" "User.cs in src/", and with what kind of thing it is between: "User.cs entity in src/Entities/"."""

_KEEPS = regex(r"[`\"']?\s+(?:(?:placeholder|file)s?\s+)?(?:for|to|into)\s+(?:the\s+)?[`\"']?\Z")
""" "a `.gitkeep` placeholder for data/": the directory it keeps is the one it is in."""

_REMARKED_WITHIN = regex(r"\s+\([^()]{1,200}\)\s+(?:in|under|inside|within|at|into|below)\s+(?:the\s+)?")

_FETCHED_INTO = regex(r"\)\s+from\s+[^.;\n]{1,160}?\s+(?:directly\s+)?(?:in)?to\s+(?:the\s+)?")
""" "fetch the icons (a.svg, b.svg) from the design into assets/": what stands between names no path."""

_ADDED_TO = regex(r"[)`]?\s+to\s+(?:the\s+)?")

_ADDED = regex(r"\badd(?:ing|s)?\s+(?:(?:an?|the|new)\s+){0,2}[`\"']?\Z", re.IGNORECASE)
""" "Add a.ts and b.ts to src/": the files come to be there."""

_HOLDING = regex(
    r"(?:\s+(?:directory|folder|package|project|module))?(?:\s+(?:structure|layout|skeleton|tree))?"
    r"\s+(?:with|containing|holding)\s+(?:(?:an?|its|the|proper|own|new|minimal|empty|basic)\s+){0,2}"
)
""" "a `deploy/` directory with a `README.md`" """

_LAID_OUT = regex(
    r"(?:(?:\s+(?:directory|folder|package|project|module))?\s+(?:structure|layout|skeleton|tree)"
    r"|\s*(?:ディレクトリ|フォルダ|目錄|目录|資料夾|文件夹)?(?:構造|構成|結構|结构))?\s*[(（]\s*"
)
""" "the src/ layout (components/, main.ts)", or directories right in brackets: "src/ (components/)"."""

_MODULES = regex(
    r"(?:\s+(?:directory|folder|package|project|module))?\s+(?:with|containing|holding)\s+(?:[a-z-]{1,20}\s+){0,3}"
    r"(?:files?|modules?|scripts?|components?|pages?|classes|helpers|tests?)\s*[(（:]\s*[`\"']?"
)
""" "a `parsers/` directory with parser modules (csv.ts, json.ts)" """

_HEADS_LIST = regex(r"[`\"')\]]*[ \t]*[*_]{0,2}[:：][*_]{0,2}[ \t]*\n(?:[ \t]*\n)?")
""" "Create the following files in src/auth/:" above a list."""

_ITEM = regex(r"([ \t]*)(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?[`*_\"']*")

_MADE_THERE = regex(
    r"[`」]?\s*(?:目录|目錄|文件夹|資料夾)?\s*[下中里裡內内]?[，,]?\s*"
    r"(?:新增|新建|创建|創建|建立|添加|增加|加入|编写|編寫|撰寫|撰写|实现|實作|實現|加)\s*(?:文件|檔案)?\s*[`「]?"
    r"|[`)]?(?:\s+(?:directory|folder))?,\s+(?:add|create|write|introduce)\s+(?:(?:an?|the|new)\s+){0,2}[`]?",
)
_AT = regex(r"(?:[在於于]|\b(?:in|under|inside)\s(?:the\s)?)\s*[`「]?\Z", re.IGNORECASE)
""" "In `src/errors/`, add `base.cs`", 在 `src/errors/` 新增 `base.cs`: the place of what is made stands before it."""

_CITED = regex(r"\b(?:per|see|from|following|match|matching|against|according to|based on)\s+[`\[(]*\Z", re.IGNORECASE)

_MOVED = regex(r"\b(?:mov(?:e|es|ing)|relocat(?:e|es|ing)|cop(?:y|ies|ying))\b[^.;\n]{0,60}\Z", re.IGNORECASE)
""" "Move a.md into docs/": two places, not one."""


def find_placed_paths(
    prose: Prose, *, known: PathContext | None = None, documents: frozenset[str] = DESIGN_DOCUMENTS
) -> list[PathMention]:
    """All paths that `prose` names, as `find_paths`; a name that it puts into a directory has that directory.

    The same goes for each of a list, with or without remarks: "a.py (parses) and b.py (prints) in src/core/".
    `documents` are the base names of what plans are made of: "per plan.md in src/" puts none of them into `src/`.
    """
    text = prose.text
    joined: list[PathMention] = []
    for mention in find_paths(prose, known=known):
        before = joined[-1] if joined else None
        if before is None:
            joined.append(mention)
        elif _is_single(mention) and (before.path.endswith("/") or before.held):
            directory = _directory_for(text, before, mention)
            if directory is None and _is_made_there(text, before, mention):
                directory = joined.pop().path
            joined.append(_held(mention, directory) if directory is not None else mention)
        else:
            joined.append(mention)
        if before is not None and mention.path.endswith("/") and _is_single(before) and not joined[-1].held:
            _put_into(text, joined, documents)
    heads = [mention for mention in joined if mention.is_directory and _HEADS_LIST.match(text, mention.end)]
    for head in heads:
        if not head.is_glob and _put_below(text, joined, head):
            joined.remove(head)
    return joined


def _is_single(mention: PathMention) -> bool:
    """Whether it is a bare name, or a directory of one segment: `form.ts`, `hooks/`."""
    return "/" not in mention.path.removesuffix("/") and (mention.bare_name or mention.path.endswith("/"))


def _held(mention: PathMention, directory: str) -> PathMention:
    return mention.replace(path=directory + mention.path, bare_name=False, held=True)


def _directory_for(text: str, before: PathMention, mention: PathMention) -> str | None:
    """The directory that `before` names or stands in, where the text puts `mention` into it as well."""
    if before.held and LISTED.fullmatch(text, before.end, mention.start):
        return before.path[: before.path.rstrip("/").rfind("/") + 1]
    if not before.path.endswith("/"):
        return None
    laid_out = _LAID_OUT.fullmatch(text, before.end, mention.start)
    if laid_out is not None and (mention.path.endswith("/") or text[laid_out.start() : laid_out.end()].strip(" (（")):
        return before.path
    holding = _HOLDING.fullmatch(text, before.end, mention.start) or _MODULES.fullmatch(text, before.end, mention.start)
    return before.path if holding else None


def _put_below(text: str, joined: list[PathMention], directory: PathMention) -> bool:
    """Put the bare names that the items of the list below a line with `directory` begin with into it, if any do."""
    names = {mention.start: at for at, mention in enumerate(joined) if mention.bare_name}
    head = _HEADS_LIST.match(text, directory.end)
    line = head.end() if head is not None else len(text)
    indent: str | None = None
    found = False
    while item := _ITEM.match(text, line):
        indent = item[1] if indent is None else indent
        at = names.get(item.end())
        if at is not None and item[1] == indent and "/" not in joined[at].path:
            joined[at] = _held(joined[at], directory.path.rstrip("/") + "/")
            found = True
        line = text.find("\n", item.end()) + 1
        if not line:
            break
    return found


def _is_made_there(text: str, before: PathMention, mention: PathMention) -> bool:
    made = before.path.endswith("/") and _MADE_THERE.fullmatch(text, before.end, mention.start) is not None
    return made and _AT.search(text, max(0, before.start - 14), before.start) is not None


def _put_into(text: str, joined: list[PathMention], documents: frozenset[str]) -> None:
    """Put the name, or the list of names, before the last of `joined` into that directory, which is no target then."""
    name, directory = joined[-2:]
    near = _WITHIN.fullmatch(text, name.end, directory.start) or (
        name.path in (".gitkeep", ".keep") and _KEEPS.fullmatch(text, name.end, directory.start)
    )
    fetched = not near and _FETCHED_INTO.fullmatch(text, name.end, directory.start)
    added = not near and not fetched and not name.path.endswith("/") and _is_added(text, joined)
    if not near and not fetched and not added and not _REMARKED_WITHIN.fullmatch(text, name.end, directory.start):
        return
    start = max(0, name.start - 80)
    if _MOVED.search(text, start, name.start) or (name.path in documents and _CITED.search(text, start, name.start)):
        return
    joined[-2:] = [_in(name, directory).replace(end=directory.end if near or added else name.end)]
    last = len(joined) - 1
    for at in range(_first_listed(text, joined, last), last):
        joined[at] = _in(joined[at], directory)


def _in(name: PathMention, directory: PathMention) -> PathMention:
    return name.replace(path=directory.path + name.path, bare_name=False)


def _is_added(text: str, joined: list[PathMention]) -> bool:
    """Whether "add" stands before the name, or the list of names, that goes "to" the last of `joined`."""
    last = len(joined) - 2
    if _ADDED_TO.fullmatch(text, joined[last].end, joined[-1].start) is None:
        return False
    start = joined[_first_listed(text, joined, last)].start
    return _ADDED.search(text, max(0, start - 24), start) is not None


def _first_listed(text: str, joined: list[PathMention], last: int) -> int:
    """The index of the first name of the list that ends with the one at `last`."""
    first = last
    while (
        first and _is_single(joined[first - 1]) and LISTED.fullmatch(text, joined[first - 1].end, joined[first].start)
    ):
        first -= 1
    return first
