"""The author's checkout: plans that spell files as absolute paths mean files of the repository."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planlint.dialects.base import Workspace

_ABSOLUTE = re.compile(r"(?<![\w.~:/-])(/(?:home|Users|root|workspaces?|srv|opt)(?:/[\w.@+-]{1,80}){2,30})")
_MOST = 400
"""Absolute paths looked at; the first ones tell."""


def checkout_root(texts: Sequence[str], workspace: Workspace) -> str | None:
    """The directory below which the plan's absolute paths are those of the repository; None where nothing tells.

    A file that is written both ways tells. Where the repository can be looked at, its top-level names decide. Else
    the directory that several different paths in somebody's home share stands in: whatever lies above it, they are
    files of one tree.
    """
    found = dict.fromkeys(match.group(1) for text in texts for match in _ABSOLUTE.finditer(text))
    paths = [path.split("/")[1:] for path in list(found)[:_MOST]]
    if not paths:
        return None
    shared = _shared(paths)
    for depth in range(len(shared), 1, -1):
        if any(_stands_alone("/".join(path[depth:]), texts) for path in paths):
            return "/" + "/".join(shared[:depth])
    names = {name.rstrip("/") for name in workspace.names("")}
    for depth in range(len(shared), 1, -1):
        below = {path[depth] for path in paths if len(path) > depth}
        if 2 * len(below & names) > len(below):
            return "/" + "/".join(shared[:depth])
    return "/" + "/".join(shared) if len(paths) > 2 and len(shared) > 2 else None


def _stands_alone(relative: str, texts: Sequence[str]) -> bool:
    """Whether a file is written from the root as well: "app/page.rb (/home/ann/shop/app/page.rb)"."""
    if "/" not in relative or "." not in relative.rsplit("/", 1)[-1]:
        return False
    return any(re.search(rf"(?<![\w/.-]){re.escape(relative)}(?![\w/-])", text) for text in texts)


def _shared(paths: list[list[str]]) -> list[str]:
    """The directories that all paths begin with; a last name without a dot is one too (`cd /home/ann/dev/shop`)."""
    directories = [path[:-1] if "." in path[-1] else path for path in paths]
    shared = directories[0]
    for directory in directories[1:]:
        length = 0
        while length < min(len(shared), len(directory)) and shared[length] == directory[length]:
            length += 1
        shared = shared[:length]
    return shared
