"""Where a run's configuration stands: `planlint.toml`, or `[tool.planlint]` in `pyproject.toml`, found upwards."""

from __future__ import annotations

import os
from pathlib import Path

OWN_NAME = "planlint.toml"
SHARED_NAME = "pyproject.toml"
MAX_BYTES = 4 * 1024 * 1024
"""A larger `pyproject.toml` is nobody's configuration and not looked into."""


def find_config(start: Path, stop: Path | None = None) -> Path | None:
    """The nearest configuration file in the absolute directory `start` or above it, or None.

    The search ends at `stop`, at the top of a git repository, or at the top of the file system. Of two files in one
    directory `planlint.toml` counts. A `pyproject.toml` without a table `tool.planlint` is passed over.
    """
    for directory in (start, *start.parents):
        own = os.path.join(directory, OWN_NAME)
        if os.path.isfile(own):
            return Path(own)
        shared = os.path.join(directory, SHARED_NAME)
        if os.path.isfile(shared) and has_table(shared):
            return Path(shared)
        if directory == stop or os.path.exists(os.path.join(directory, ".git")):
            return None
    return None


def has_table(path: str) -> bool:
    """Whether the `pyproject.toml` at `path` configures planlint; a broken one counts when it names the table."""
    try:
        if os.path.getsize(path) > MAX_BYTES:
            return False
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return False  # unreadable, and nothing says that it is ours
    if b"planlint" not in data:
        return False
    import tomllib

    try:
        tool = tomllib.loads(data.decode("utf-8")).get("tool")
    except (ValueError, RecursionError):
        return b"tool.planlint" in data
    return isinstance(tool, dict) and "planlint" in tool
