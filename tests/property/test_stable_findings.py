"""A baseline holds when a plan is written anew: order, style, indentation and comments do not count."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.config.run import RunConfig
from planlint.engine.run import check
from planlint.facts.repository import Repository

PATHS = st.lists(st.sampled_from(["src/a.ts", "src/b.ts", "src/index.ts", "docs/"]), unique=True, max_size=3)
TASKS = st.lists(
    st.fixed_dictionaries({"creates": PATHS, "reads": PATHS, "depends": st.sets(st.integers(0, 5), max_size=2)}),
    min_size=2,
    max_size=6,
)


def plain(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tasks as a plan says it; each may wait only for earlier ones, so there is no cycle."""
    return [
        {
            "id": f"task-{number}",
            "title": f"Part {number} of the work",
            "creates": task["creates"],
            "reads": task["reads"],
            "depends_on": [f"task-{needed}" for needed in sorted(task["depends"]) if needed < number],
        }
        for number, task in enumerate(tasks)
    ]


def as_block(tasks: list[dict[str, Any]], indent: int) -> str:
    """In block style, with comments and blank lines."""
    lines = ["# written anew", "tasks:"]
    for task in tasks:
        lead = "- "
        for key, value in task.items():
            lines.append(
                f"{' ' * indent}{lead}{key}:" + (f" {value}" if isinstance(value, str) else " []" * (not value))
            )
            lead = "  "
            lines += [f"{' ' * (indent + 4)}- '{item}'  # {key}" for item in value if isinstance(value, list)]
        lines.append("")
    return "\n".join(lines) + "\n"


def fingerprints(path: Path, text: str) -> Counter[str]:
    report = check([str(path)], RunConfig(root=path.parent), repository=Repository.none(), texts={path.name: text})
    return Counter(finding.fingerprint for finding in report.active)


@settings(max_examples=60, deadline=None)
@given(TASKS, st.randoms(use_true_random=False), st.integers(0, 6))
def test_fingerprints_do_not_depend_on_how_a_plan_is_written(tmp_path_factory, tasks, random, indent):
    path = tmp_path_factory.getbasetemp() / "plan.yaml"
    path.touch()
    written = plain(tasks)
    before = fingerprints(path, json.dumps({"tasks": written}))
    shuffled = [dict(random.sample(list(task.items()), len(task))) for task in written]
    random.shuffle(shuffled)
    assert fingerprints(path, as_block(shuffled, indent)) == before
