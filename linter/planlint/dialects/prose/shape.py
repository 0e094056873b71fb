"""Whether a piece of text is the name of a file or directory: the judgement behind `find_paths`, free of positions."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.dialects.prose import filenames
from planlint.source.regex import regex

_PARTS = regex(
    r"(?P<path>.+?)"
    r"(?P<part>::[\w.:\[\]()<>-]+|:L?\d+(?::\d+)?(?:[-–]L?\d+)?(?:,\d+(?:[-–]\d+)?)*|"
    r"#L\d+(?:-L?\d+)?|#[\w./-]*|:[A-Za-z_][\w.]*(?:\(\))?)?"
)

_SEGMENT = regex(r"[\w.@+\-*?$%!&'’~=,;{}()\[\] ]+")

LONGEST = 400
"""Characters in the longest word that is looked at; file systems allow 255 for a name."""

_PLACEHOLDERS = ("path/to/", "exact/path/", "/path/to/", "your/path/", "./path/to/")
"""Beginnings of paths that templates leave for somebody to fill in."""

_ROUTE_PARAMETER = regex(r"(?:^|/):[A-Za-z]")

_VERSION = regex(r"v?\d+(?:\.(?:\d+|x|\*))+(?:[-+][\w.]+)?|[a-z]+\d+\.\d+")

_UNKNOWN_EXTENSION = regex(r"[A-Za-z][A-Za-z0-9]{0,9}")

_MEMBER = regex(r"[a-z]\w*(?:\.\w+){1,6}")

_CONSTANT = regex(r"[A-Z][A-Z0-9_]*")

_FAMILY = regex(r"([A-Za-z]{1,12}-)[\w-]+(?:/\1[\w-]+)+")
"""Names of one family, `icon-sun/icon-moon`: things to choose from, no path."""

_QUALIFIED = regex(r"[a-z]\w*\.[A-Z]\w*[a-z]\w*(?:\.\w+)*")
"""`internal/httpx.NewClient`: a symbol with the path of its package."""

_PLAIN_WORD = regex(r"[A-Za-z]+")


class Shape(NamedTuple):
    """A piece of text that names a file or directory: `path` as it stands there, and the `part` of it that is meant."""

    path: str
    part: str | None = None
    bare: bool = False
    """No directory is given, or only the path's tail (`@/lib/x.ts`, `.../x.ts`): which file it is must be found out."""
    absolute: bool = False
    skip: int = 0
    """Characters at the front of the text that are not part of `path`."""


_HIDDEN_SETTINGS = regex(
    r"\.(?!(?:test|spec|config|schema|prod|dev|local|min)\.)[a-z][\w-]{2,40}\.(?:jsonc?|ya?ml|toml|ini|cfg)"
)
"""Hidden files with settings of a tool, `.markdownlint.json`; `.config.json` is an ending that many names share."""


def _is_hidden_file(name: str) -> bool:
    """Whether `name` is a known hidden file or one of settings by its ending: `.trivyignore`, `.lintrc`."""
    return name in filenames.DOT_FILES or _HIDDEN_LIST.fullmatch(name) is not None


_HIDDEN_LIST = regex(r"\.[a-z][a-z-]{1,20}(?:ignore|rc)")


def split_part(text: str) -> tuple[str, str | None]:
    """Take `:10-40`, `#L10`, `::Class.method` or `#key` off the end of a path."""
    match = _PARTS.fullmatch(text)
    if match is None or match["part"] is None:
        return text, None
    return match["path"], match["part"]


def extension(name: str) -> str:
    """What follows the last dot of a base name; empty for `Makefile` and `.gitignore`."""
    stem, dot, suffix = name.rpartition(".")
    return suffix if dot and stem else ""


def shape(text: str, *, in_code: bool, located: bool = False, imported: bool = False) -> Shape | None:
    """What file or directory `text` names, or None when it is something else.

    `text` is one word with surrounding punctuation already off. `in_code` says that it stood in backticks, `located`
    that a word of place stands before it ("in", "under"), `imported` that a word of packages does ("import").
    """
    if len(text) > LONGEST:
        return None
    path, part = split_part(text)
    skip = 0
    bare = False
    for prefix in ("@/", "~~/", "$lib/", ".../", "…/"):
        if path.startswith(prefix):
            skip, bare = len(prefix), True
            path = path[skip:]
    for ellipsis in ("/.../", "/…/", ".../", "…/"):
        at = path.rfind(ellipsis)
        if at >= 0:
            skip, bare = skip + at + len(ellipsis), True
            path = path[at + len(ellipsis) :]
    if not path or path.startswith(_PLACEHOLDERS) or not _plausible(path):
        return None
    slashed = path.replace("\\", "/") if in_code else path
    if "\\" in slashed:
        return None
    if in_code and slashed[0] == "/" and (slashed[1:] in filenames.ROOT_FILES or _is_hidden_file(slashed[1:])):
        return Shape(path[1:], part, skip=skip + 1)  # nobody serves `/.gitignore`: it is the one at the root
    if "/" not in slashed.strip("/") and not slashed.endswith("/"):
        if not _is_file_name(slashed.lstrip("/"), in_code=in_code, partial=bare) or slashed.startswith("/"):
            return None
        return Shape(path, part, bare=True, skip=skip)
    if not _is_slashed_path(slashed, in_code=in_code, located=located, imported=imported):
        return None
    if bare and not has_file_name(slashed):
        return None
    absolute = slashed.startswith(("/", "~/")) or slashed[1:3] == ":/"
    if absolute and slashed[0] == "/" and slashed.split("/")[1] not in filenames.FILE_SYSTEM_ROOTS:
        absolute, path, skip = False, path[1:], skip + 1
    elif slashed.startswith("./") and slashed.count("/") == 1 and not slashed.endswith("/"):
        bare = True
    return Shape(path, part, bare=bare, absolute=absolute, skip=skip)


def _plausible(path: str) -> bool:
    if path.startswith(("-", "#", "$", "%", "=", "&", ",", "!")):
        return False
    if any(
        sign in path
        for sign in ("://", "${", "{{", "<", ">", "|", "^", '"', "...", "…", "`", "//", "=>", "()", "(.", ".(")
    ):
        return False
    if path.count("{") != path.count("}") or path.count("(") != path.count(")") or path.count("[") != path.count("]"):
        return False
    at = path.find("{")
    while at >= 0:
        end = path.find("}", at)
        if "," not in path[at:end]:
            return False
        at = path.find("{", at + 1)
    return True


def _is_file_name(name: str, *, in_code: bool, partial: bool = False) -> bool:
    if name in filenames.ROOT_FILES or _is_hidden_file(name) or name in filenames.EXTENSIONLESS_FILES:
        return in_code or name not in filenames.PROSE_CAPITALS
    if name.startswith((".env.", ".eslintrc.", ".prettierrc.", "Dockerfile.", ".stylelintrc.", ".babelrc.")):
        return True
    if in_code and _HIDDEN_SETTINGS.fullmatch(name):
        return True
    if name.startswith(".") or not _SEGMENT.fullmatch(name) or " " in name:
        return False
    suffix = extension(name)
    if suffix not in filenames.EXTENSIONS:
        return False
    lowered = name.lower()
    if lowered in filenames.PRODUCTS or lowered in filenames.CALL_MEMBERS or _VERSION.fullmatch(name):
        return False
    stem = name[: -len(suffix) - 1]
    if stem.endswith("-"):  # "non-.md files"
        return False
    if len(stem) < 2 and not stem.isalpha():
        return stem == "*" and in_code
    if any(sign in name for sign in "=@!$%&'’(),;"):
        return False
    if suffix in filenames.AMBIGUOUS_EXTENSIONS:
        return (partial or extension(stem) in filenames.DATA_EXTENSIONS) or (
            in_code and len(stem) > 1 and ("-" in stem or "_" in stem or suffix in ("c", "h", "lock", "db"))
        )
    if stem.split(".")[0] in ("self", "this", "cfg", "ctx", "req", "res", "super", "window", "os", "app.state"):
        return False
    return in_code or not (suffix == "js" and name[0].isupper()) or partial


def has_file_name(path: str) -> bool:
    """Whether the last segment of `path` looks like a file's name rather than a directory's."""
    name = path.rstrip("/").rsplit("/", 1)[-1]
    if path.endswith("/"):
        return False
    if name in filenames.EXTENSIONLESS_FILES or name in filenames.DOT_FILES or name in filenames.ROOT_FILES:
        return True
    suffix = extension(name)
    return bool(suffix) and (suffix in filenames.EXTENSIONS or suffix[0] in "*{" or suffix.endswith("}"))


def _is_slashed_path(path: str, *, in_code: bool, located: bool, imported: bool) -> bool:
    segments = [segment for segment in path.split("/") if segment not in ("", ".", "..")]
    if not segments or not all(_SEGMENT.fullmatch(segment) for segment in segments):
        return False
    if any("_" in segment for segment in segments) and all(_CONSTANT.fullmatch(segment) for segment in segments):
        return False  # `MAX_ROWS/LIMIT`
    if any(segment.isspace() or segment[0] == " " or segment[-1] == " " for segment in segments):
        return False
    if _ROUTE_PARAMETER.search(path) or path.startswith("@") or all(not any(map(str.isalpha, s)) for s in segments):
        return all(segment.strip("*") == "" for segment in segments) and in_code and "**" in path
    first, last = segments[0], segments[-1]
    if _is_domain(first) or first == "localhost" or "@" in last or "=" in first or any("'" in s for s in segments):
        return False
    if any(s.startswith(".") and s[1:] in filenames.EXTENSIONS and s not in filenames.DOT_FILES for s in segments):
        return False
    named = has_file_name(path)
    if path.startswith("/"):
        return _is_rooted_path(segments, named)
    if named:
        return _is_named_path(segments)
    if all(_VERSION.fullmatch(s) or s.isdigit() for s in segments) or imported:
        return False
    if path.startswith(("./", "../", "~/")):
        return True
    return _is_directory_path(path, segments, in_code=in_code, located=located)


def _is_named_path(segments: list[str]) -> bool:
    last = segments[-1]
    if last.lower() in filenames.PRODUCTS and segments[0].lower() not in filenames.DIRECTORIES:
        return False
    return not (
        segments[0].upper() in ("GET", "POST", "PUT", "PATCH", "DELETE") and len(segments) > 1 and segments[0].isupper()
    )


def _is_rooted_path(segments: list[str], named: bool) -> bool:
    if segments[0] in filenames.FILE_SYSTEM_ROOTS:
        return len(segments) > 1
    # `/.well-known/` is where a server answers (RFC 8615), as `/api/` is.
    known = segments[0] in filenames.DIRECTORIES and segments[0] not in ("api", ".well-known")
    return named and len(segments) > 1 and (known or extension(segments[-1]) in filenames.CODE_EXTENSIONS)


def _is_directory_path(path: str, segments: list[str], *, in_code: bool, located: bool) -> bool:
    first, last = segments[0], segments[-1]
    trailing = path.endswith("/")
    if _QUALIFIED.fullmatch(last):
        return False
    if _MEMBER.fullmatch(first) and not trailing and all(_PLAIN_WORD.fullmatch(s) for s in segments[1:]):
        return False  # `response.unit.id/name`
    if first in filenames.MIME_TYPES and not trailing:
        return False
    if first in filenames.BRANCH_PREFIXES and not trailing and len(segments) < 4:
        return False
    if any(all(segment.lower() in group for segment in segments) for group in filenames.OPPOSITES) and not trailing:
        return False
    if not (in_code or located or trailing) and sum(segment in filenames.OPPOSITES[-1] for segment in segments) >= 3:
        return False  # "scripts (dev/build/lint/prisma)"
    if not trailing and len(segments) > 1 and _FAMILY.fullmatch(path):
        return False
    if first == "api" and len(segments) > 1 and re.fullmatch(r"v\d+", segments[1]):
        return False
    if trailing:
        return in_code or located or first in filenames.DIRECTORIES or len(segments) > 1
    known = first in filenames.DIRECTORIES or first in filenames.DOT_DIRECTORIES
    if "*" in path and (known or in_code):
        return known or "**" in path or path.endswith("/*")
    if len(segments) == 1:
        return False
    inner = any(segment in filenames.STRONG_DIRECTORIES for segment in segments[:-1])
    unusual = _UNKNOWN_EXTENSION.fullmatch(extension(last)) is not None and "." in last
    if in_code:
        return known or inner or (len(segments) > 2 and not all(_PLAIN_WORD.fullmatch(s) for s in segments))
    if unusual and len(segments) == 2 and not known:
        return False
    if first in filenames.STRONG_DIRECTORIES or first in filenames.DOT_DIRECTORIES or inner:
        return (
            len(segments) > 2
            or located
            or first in ("src", "apps", "packages", "crates", "cmd", "pkg", "specs", "Sources")
        )
    return known and located


def _is_domain(segment: str) -> bool:
    label, dot, top = segment.rpartition(".")
    top = top.split(":")[0]
    return bool(dot and label) and top in filenames.TOP_LEVEL_DOMAINS and label == label.lower() and label[0] != "."
