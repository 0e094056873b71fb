"""Whether a document has the shape of a plan: fatal complaints about its outline, and everything else task by task."""

from __future__ import annotations

from typing import Any, NamedTuple

from planlint.diagnostics import Problem
from planlint.dialects.native.faults import SHAPE_CODE, shape_of
from planlint.dialects.native.reading import Reader
from planlint.dialects.plan_words.table import PLAN, fits
from planlint.dialects.shape import Fault, describe, explain, first_line
from planlint.readers.tree import Mapping, Node, Scalar, Sequence


class Checked(NamedTuple):
    """The valid part of a document, and what was wrong with the rest."""

    data: dict[str, Any]
    """Under canonical names; every value fits its field in `table`, so nothing needs to be converted."""
    kept: list[int]
    """Positions in the file of the tasks in `data["tasks"]`."""
    faults: list[Fault]
    broken: set[int]
    """Positions in the file of the tasks that were left out."""


def outline_problem(root: Node) -> Problem | None:
    """The fatal complaint about a document that is no plan at all; None where it has `tasks`, even without any."""
    if not isinstance(root, Mapping):
        return Problem(
            SHAPE_CODE,
            f"a plan is a mapping with a list of `tasks`, not {describe(root)}",
            first_line(root),
            help="begin with `tasks:` and one `- id: ...` for each task",
            fatal=True,
        )
    tasks = root.get("tasks")
    if tasks is None:
        return Problem(SHAPE_CODE, "the plan has no `tasks`", first_line(root), help=_tasks_hint(root), fatal=True)
    if isinstance(tasks, Sequence) or (isinstance(tasks, Scalar) and tasks.value is None):
        return None
    return Problem(
        SHAPE_CODE,
        f"`tasks` must be a list, not {describe(tasks)}",
        root.keys["tasks"].origin,
        help="begin each task with `- id: ...`",
        fatal=True,
    )


def validate(reader: Reader, data: dict[str, Any]) -> Checked:
    """Validate everything at once; what is wrong is left out.

    `data` is what `reader` made of the document; a missing list of tasks in it becomes an empty one.
    """
    tasks = data["tasks"] = data["tasks"] or []
    broken = {position for position, node in enumerate(reader.tasks) if reader.doubled and _is_doubled(reader, node)}
    # The reader has looked at most tasks already.
    faults = [] if fits({**data, "tasks": reader.doubtful}, PLAN) else _faults(reader, data)
    if not broken and not faults:
        return Checked(data, list(range(len(tasks))), [], broken)
    paths = [path for fault in faults for path in fault.paths]
    broken |= {int(path[1]) for path in paths if path[0] == "tasks"}
    wrong = {path[0] for path in paths}
    valid = {name: value for name, value in data.items() if name not in wrong}
    kept = [position for position in range(len(tasks)) if position not in broken]
    valid["tasks"] = [tasks[position] for position in kept]
    return Checked(valid, kept, faults, broken)


def _faults(reader: Reader, data: dict[str, Any]) -> list[Fault]:
    """Everything that is wrong with `data`, by the definition of the format."""
    from pydantic import ValidationError

    from planlint.dialects.native.document import PlanDocument

    try:
        PlanDocument.model_validate(data)
    except ValidationError as error:
        return explain(error, reader.root, shape_of(reader, data), reader.renamed)
    return []


def _tasks_hint(root: Mapping) -> str:
    from difflib import get_close_matches

    close = get_close_matches("tasks", [key[:20] for key in root], n=1, cutoff=0.7)
    return f"`{close[0]}` should be `tasks`" if close else "add `tasks:` with one `- id: ...` for each task"


def _is_doubled(reader: Reader, node: Node) -> bool:
    """Whether a mapping at or below `node` has one field under two names."""
    if id(node) in reader.doubled:
        return True
    if isinstance(node, Mapping):
        return any(_is_doubled(reader, value) for value in node.values.values())
    return isinstance(node, Sequence) and any(_is_doubled(reader, item) for item in node.items)
