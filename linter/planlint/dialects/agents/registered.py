"""Codex roles that `.codex/config.toml` registers: `[agents.reviewer]` with a description and a `config_file`.

The first releases with several agents had only these (developers.openai.com/codex/multi-agent, looked at 2026-12-01);
now a file in `.codex/agents` may also stand for itself. A registered file needs neither name nor description.
"""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from planlint.dialects.agents.definition import text_of
from planlint.dialects.base import Workspace
from planlint.readers.tree import Mapping


class Registered(NamedTuple):
    """What the configuration says of a role."""

    name: str
    description: str | None


def registered_roles(directory: str, workspace: Workspace) -> dict[str, Registered]:
    """The roles that the configuration above a `.codex/agents` directory registers, by the paths of their files."""
    home = posixpath.dirname(directory)
    document = workspace.document(f"{home}/config.toml")
    root = document.root if document is not None else None
    agents = root.get("agents") if isinstance(root, Mapping) else None
    if not isinstance(agents, Mapping):
        return {}
    found = {}
    for key, role in agents.items():
        file = text_of(role, "config_file") if isinstance(role, Mapping) else None
        if isinstance(role, Mapping) and file:
            path = posixpath.normpath(posixpath.join(home, file))
            found[path] = Registered(key.text, text_of(role, "description"))
    return found
