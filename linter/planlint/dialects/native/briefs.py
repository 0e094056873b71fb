"""What the briefs of a plan file say about files, beside the lists that declare them."""

from __future__ import annotations

import re

from planlint.model import Scope, Task
from planlint.readers.tree import Scalar

_AROUND = ".,;:!?`'\"()<>"
"""What may stand around a path in a sentence."""


_CUTS = re.compile(r"\b(?:lines? \d|Zeilen? \d|(?:section|chapter|function|method|class)\b)", re.IGNORECASE)
"""Words by which a brief can mean a part of a file that the task lists."""

_NOTEBOOKS = re.compile(
    r"(?:handoff|progress|roadmap|state|status|tasks|todo|track(?:er|ing)|worklog)\.md", re.IGNORECASE
)
"""Files that agents keep their progress in. One at the root is meant, though the plan spells no path out."""


def names_more(brief: str, task: Task) -> bool:
    """Whether `brief` may name a file that `task` does not list; cheap, for most briefs repeat the lists."""
    if "." not in brief and "/" not in brief:
        return False
    if _CUTS.search(brief):
        return True
    listed = {scope.path for scopes in (task.writes, task.reads, task.off_limits) for scope in scopes}
    for word in brief.split():
        if "/" in word or "." in word[:-1]:
            word = word.strip(_AROUND)
            if word not in listed and ("/" in word or "." in word):
                return True
    return False


def with_briefs(tasks: tuple[Task, ...], briefs: dict[int, Scalar]) -> tuple[Task, ...]:
    """The tasks with what their briefs, by `Task.index`, say they write, read and leave alone.

    What is declared stays as it is and goes first. A file that the brief alone names is `stated`; where the task
    declares its files, it counts as told in the body, which PL112 compares with the declaration.
    """
    from planlint.dialects.prose import BareNames, PathContext, ProseContext, effects_of
    from planlint.readers.prose import Prose

    names = BareNames({task.index: [scope.path for scope in (*task.writes, *task.reads)] for task in tasks})
    paths = PathContext()
    found = list(tasks)
    for index, scalar in briefs.items():
        task = tasks[index]

        def resolve(name: str, task: int = index) -> str | None:
            return names.find(name, task) or (name if _NOTEBOOKS.fullmatch(name) else None)

        context = ProseContext(paths=paths, resolve=resolve, body=any(not scope.weak for scope in task.writes))
        effects = effects_of(Prose.of_scalar(scalar), default=None, context=context)
        declared = [scope.path for scope in (*task.writes, *task.reads, *task.off_limits)]
        writes = [scope for scope in effects.writes if not (_is_named(scope, declared) or _is_scratch(scope))]
        written = {scope.path for scope in (*task.writes, *writes)}
        reads = [scope for scope in effects.reads if not _is_named(scope, declared)]
        # "Do not change the rest of x.ts" is about a part of what the task itself changes.
        kept_off = [scope for scope in effects.off_limits if scope.path not in written and scope.path not in declared]
        listed = _cut(task.writes, task.brief)
        if writes or reads or kept_off or listed != task.writes:
            found[index] = task.replace(
                writes=(*listed, *writes),
                reads=(*task.reads, *reads),
                off_limits=(*task.off_limits, *kept_off),
            )
    return tuple(found)


def _cut(listed: tuple[Scope, ...], brief: str) -> tuple[Scope, ...]:
    """The listed scopes, each with the part of its file that the brief means wherever it speaks of the file."""
    if not _CUTS.search(brief):
        return listed
    return tuple(
        scope.replace(part=part) if scope.part is None and (part := _part_of(scope.path, brief)) else scope
        for scope in listed
    )


def _part_of(path: str, brief: str) -> str | None:
    """The one part of the file that the brief means; None where it means several, or all of it."""
    from planlint.dialects.prose.remarks import cut_of

    name = path.rpartition("/")[2]
    if not name or any(mark in name for mark in "*?[{"):
        return None
    parts: set[str | None] = set()
    for match in re.finditer(rf"(?<![\w./-])(?:[\w./-]{{0,200}}/)?{re.escape(name)}(?![\w-])", brief):
        parts.add(cut_of(brief, match.start()))
    return parts.pop() if len(parts) == 1 else None


def _is_named(scope: Scope, declared: list[str]) -> bool:
    """Whether the task declares the file already, in full or written from a directory further up."""
    path = scope.path.removeprefix("./")
    return any(other.removeprefix("./") == path or other.endswith(f"/{path}") for other in declared)


def _is_scratch(scope: Scope) -> bool:
    """Whether it lies outside of the project, as scratch files do; PL110 looks for those in the briefs."""
    return scope.path.startswith(("/", "~", "$")) or scope.path[1:2] == ":"
