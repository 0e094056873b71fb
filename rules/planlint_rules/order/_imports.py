"""Which files of the repository a source file imports, as far as its import lines show; nothing is run or resolved.

Python modules are looked for at the root, in `src/` and beside the importing file, ECMAScript ones only by relative
paths. What is built in, installed or reached through an alias is not found.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from planlint.source.regex import regex

_PYTHON = regex(
    r"^[ \t]*(?:from[ \t]+(?P<base>\.{0,5}[\w.]{0,200})[ \t]+import[ \t]+\(?(?P<names>[\w, \t]{0,400})"
    r"|import[ \t]+(?P<modules>[\w., \t]{1,400}))",
    re.MULTILINE,
)
_SCRIPT = regex(r"\b(?:from|import|require\()[ \t]*['\"](?P<path>\.{1,2}/[^'\"\n]{1,300})['\"]")
_SCRIPT_SUFFIXES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".mts", ".vue", ".svelte")
SOURCE_SUFFIXES = (".py", *_SCRIPT_SUFFIXES)
"""Files whose imports can be told."""


def imported(path: str, text: str) -> list[str]:
    """Paths of files that the source file at `path` may import, each once; only those that exist mean anything."""
    found = _python(path, text) if path.endswith(".py") else _script(path, text)
    return list(dict.fromkeys(found))


def _python(path: str, text: str) -> Iterator[str]:
    folder = posixpath.dirname(path)
    for match in _PYTHON.finditer(text):
        if match["modules"] is not None:
            for module in match["modules"].split(","):
                yield from _modules(folder, module.strip().partition(" ")[0])
            continue
        base = match["base"]
        yield from _modules(folder, base)
        for name in match["names"].split(","):
            name = name.strip().partition(" ")[0]
            if name:
                yield from _modules(folder, f"{base}{'' if base.endswith('.') else '.'}{name}")


def _modules(folder: str, module: str) -> Iterator[str]:
    dots = len(module) - len(module.lstrip("."))
    place = module.strip(".").replace(".", "/")
    if dots:
        for _ in range(dots - 1):
            folder = posixpath.dirname(folder)
        starts = [folder]
    else:
        starts = ["", "src", folder]
    for start in starts if place else ():
        whole = posixpath.join(start, place)
        yield f"{whole}.py"
        yield f"{whole}/__init__.py"


def _script(path: str, text: str) -> Iterator[str]:
    for match in _SCRIPT.finditer(text):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match["path"]))
        if target.startswith(".."):
            continue
        yield target
        stem, suffix = posixpath.splitext(target)
        for ending in _SCRIPT_SUFFIXES:
            yield f"{target}{ending}"
            yield f"{target}/index{ending}"
            if suffix in (".js", ".mjs", ".jsx"):
                yield f"{stem}{ending}"
