"""`.planning/config.json`: whether the project runs plans in parallel at all, how many, and in what checkout."""

from __future__ import annotations

from typing import NamedTuple

from planlint.dialects.base import Workspace
from planlint.dialects.gsd.layout import planning_directory
from planlint.model import Isolation
from planlint.readers.tree import Mapping, Node, Scalar


class Settings(NamedTuple):
    """What the project's settings say about running plans; the defaults are those of a project without any."""

    parallel: bool = True
    max_parallel: int | None = None
    isolation: Isolation = Isolation.UNKNOWN


def read_settings(directory: str, workspace: Workspace) -> Settings:
    """The settings beside the phase in `directory`; what is missing or of the wrong type counts as not said."""
    planning = planning_directory(directory)
    document = workspace.document(f"{planning}/config.json") if planning is not None else None
    if document is None or not isinstance(document.root, Mapping):
        return Settings()
    plans = document.root.get("parallelization")
    workflow = document.root.get("workflow")
    worktrees = _value(workflow.get("use_worktrees")) if isinstance(workflow, Mapping) else None
    isolation = Isolation.UNKNOWN
    if isinstance(worktrees, bool):
        isolation = Isolation.WORKTREE if worktrees else Isolation.SHARED
    if not isinstance(plans, Mapping):
        return Settings(_value(plans) is not False, None, isolation)
    switched_off = _value(plans.get("enabled")) is False or _value(plans.get("plan_level")) is False
    most = _value(plans.get("max_concurrent_agents"))
    limit = most if isinstance(most, int) and not isinstance(most, bool) and most > 0 else None
    return Settings(not switched_off, limit, isolation)


def _value(node: Node | None) -> bool | int | float | str | None:
    return node.value if isinstance(node, Scalar) else None
