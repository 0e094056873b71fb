"""A plan that is read from texts in short is the plan that is read from nodes, with the same places and complaints."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from planlint.diagnostics import Problem
from planlint.dialects.native.build import build
from planlint.dialects.native.dialect import NativeDialect
from planlint.model import Plan, Task
from planlint.readers.tree import Node
from planlint.readers.yaml.builder import Builder
from planlint.readers.yaml.simple import simple_roots
from planlint.source import Origin, Source

KEYS = st.sampled_from(
    [
        "id", "title", "description", "brief", "prompt", "agent", "kind", "isolation", "branch", "creates", "files",
        "reads", "off_limits", "depends_on", "blockedBy", "conflicts_with", "wave", "phase", "parallel", "provides",
        "consumes", "resources", "verify", "returns", "done", "status", "estimate", "background", "x-own", "odd",
    ]
)  # fmt: skip
VALUES = st.sampled_from(
    [
        "a", "t1", "no", "on", "010", "1_000", "12:30", "1", "true", "false", "null", "yes", "review", "Worktree", "5m",
        "build it", "src/a.py", "src/a.py:10-20", "src/a.py, src/b.py", "src/{a,b}.py", "a#b", "http://x.y", "'1'",
        '"no"', "[]", "[a, b]", "[no, a]", "[1, a]", "['a', b]", "[src/a.py, src/b/]", "[a,  b]", "completed",
        "|\n      Create src/c.py and do\n      the login function in src/a.py.", "|\n      no", "",
        "\n    - a\n    - b", "\n      type: a", "\n      path: src/a.py",
    ]
)  # fmt: skip
TASKS = st.lists(st.dictionaries(KEYS, VALUES, max_size=7), min_size=1, max_size=3)


def written(tasks: list[dict[str, str]]) -> str:
    """The plan file with these tasks."""
    lines = ["plan: p", "tasks:"]
    for number, task in enumerate(tasks):
        entries = list({"id": f"t{number}", **task}.items())
        lines += [f"{'    ' if at else '  - '}{key}: {value}" for at, (key, value) in enumerate(entries)]
    return "\n".join(lines) + "\n"


def told(node: Node) -> Any:
    """Everything that is made of the document."""
    built = build(node, "plan.yaml", NativeDialect())
    return [_problem(problem) for problem in built.problems], built.plan and _plan(built.plan)


def _problem(problem: Problem) -> Any:
    return problem.code, problem.message, problem.help, _span(problem.origin), len(problem.fixes)


def _plan(plan: Plan) -> Any:
    return plan.name, plan.schedule, plan.incomplete, _span(plan.head), [_task(task) for task in plan.tasks]


def _task(task: Task) -> Any:
    parts = [*task.writes, *task.reads, *task.off_limits, *task.depends_on, *task.conflicts_with, *task.provides]
    places = {name: _span(origin) for name, origin in task.places.items()}
    return repr(task), places, [(repr(part), _span(part.origin)) for part in [*parts, *task.consumes, *task.resources]]


def _span(origin: Origin) -> tuple[int, int]:
    return origin.start, origin.end


@given(TASKS)
@example([{"writes": "[a, b]", "depends_on": "[no, t1]", "verify": "make"}])
@example([{"brief": "Create src/a.py: done.", "creates": "src/b.py"}])
def test_texts_in_short_mean_what_their_nodes_mean(tasks: list[dict[str, str]]) -> None:
    """The simple reader leaves texts, the parser gives nodes; the plan is the same."""
    source = Source("plan.yaml", written(tasks))
    roots = simple_roots(source, 0, len(source.text))
    if roots is None:
        return
    builder = Builder(source, 0, len(source.text))
    builder.run()
    assert told(roots[0]) == told(builder.roots[0])
