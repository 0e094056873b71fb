"""What an item holds alone, locks and branches and worktrees, and what that says about its isolation."""

from __future__ import annotations

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.invented.vocabulary import NOTHING, scalars
from planlint.dialects.keys import fold
from planlint.model import Isolation, Resource
from planlint.readers.tree import Mapping, Node, Scalar


def add_resources(task: TaskDraft, kind: str, names: list[Scalar]) -> None:
    """Put what `names` lists into the resources of the task."""
    for name in names:
        if isinstance(name.value, str) and name.text.strip().lower() not in NOTHING:
            task.resources.append(
                Resource(kind=kind, name=name.text.strip(), origin=name.origin, evidence=Evidence.DECLARED)
            )


def set_worktree(task: TaskDraft, value: Node) -> None:
    """`worktree: true`, the name of one, or a mapping with `name` and `mode`."""
    if isinstance(value, Scalar) and isinstance(value.value, bool):
        task.isolation = Isolation.WORKTREE if value.value else task.isolation
        return
    names = scalars(value)
    if isinstance(value, Scalar):
        add_resources(task, "worktree", names)
    # A mapping names the directory of all worktrees: each package gets its own below it.
    mode = value.get("mode") if isinstance(value, Mapping) else None
    if isinstance(mode, Scalar) and fold(mode.text) in ("shared", "none", "inplace"):
        task.isolation = Isolation.SHARED
    elif names:
        task.isolation = Isolation.WORKTREE


def isolation_of(text: str) -> Isolation | None:
    """The isolation that a word stands for; None for an unknown one."""
    from planlint.dialects.plan_words.synonyms import ISOLATION_WORDS

    word = fold(text.strip())
    word = ISOLATION_WORDS.get(word, word)
    return Isolation(word) if word in set(Isolation) else None
