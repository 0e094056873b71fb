"""Entry points of one group, found without `importlib.metadata`.

The standard library's finder imports the e-mail parser and reads every distribution's metadata: 10 ms of a check that
takes 90. Entry points are small files in known places, so a look into the directories of `sys.path` is enough.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

_SUFFIXES = (".dist-info", ".egg-info")


class EntryPoint(NamedTuple):
    """One entry point: its name and `module:attribute`."""

    name: str
    value: str

    def load(self) -> object:
        """The object it names; raises whatever importing it raises."""
        module, _, attribute = self.value.partition(":")
        found: object = import_module(module.strip())
        for part in filter(None, attribute.split("[")[0].strip().split(".")):
            found = getattr(found, part)
        return found


def entry_points(group: str) -> list[EntryPoint]:
    """All entry points of `group` on `sys.path`, by name and value; of one distribution only the first found counts."""
    found: dict[str, list[EntryPoint]] = {}
    for directory in sys.path:
        try:
            with os.scandir(directory or ".") as entries:
                names = [entry.name for entry in entries if entry.name.endswith(_SUFFIXES)]
        except OSError:
            continue  # a zip file or a directory that is gone: rule packs are installed as files
        for name in names:
            distribution = name.split("-", 1)[0].lower().replace("_", "-").replace(".", "-")
            if distribution not in found:
                found[distribution] = list(_read(os.path.join(directory, name, "entry_points.txt"), group))
    return sorted(point for points in found.values() for point in points)


def _read(path: str, group: str) -> Iterator[EntryPoint]:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError):
        return
    if group not in text:
        return
    inside = False
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("["):
            inside = line.rstrip("]").lstrip("[").strip() == group
        elif inside and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield EntryPoint(name.strip(), value.strip())
