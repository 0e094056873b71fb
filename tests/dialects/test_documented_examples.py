"""The examples on the pages about spec-kitty, ccpm, Taskmaster and Claude Code's own files say what they show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from planlint.dialects.registry import get_dialect
from planlint.engine.workspace import FileWorkspace
from planlint.model import Plan

PAGES = Path(__file__).parents[2] / "docs" / "formats"
EXAMPLE = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def example(name: str, tmp_path: Path, path: str = "") -> list[Plan]:
    """The plans in the first example of a format's page; it must be surely recognised."""
    found = EXAMPLE.search((PAGES / f"{name}.md").read_text(encoding="utf-8"))
    assert found is not None
    text = found.group(2) if name != "transcript" else json.dumps(json.loads(found.group(2))) + "\n"
    path = path or found.group(1)
    workspace = FileWorkspace(tmp_path, {path: text})
    document, dialect = workspace.read(path), get_dialect(name)
    match = dialect.recognise(document, workspace)
    assert match is not None
    assert match.score >= 90
    assert document.problems == []
    return dialect.load([document], workspace).plans


@pytest.mark.parametrize(
    ("name", "path", "ids", "writes", "needs"),
    [
        ("spec-kitty", "", ["WP02"], ["src/report/csv.py", "src/report/registry.py"], ["WP01"]),
        ("ccpm", "", ["42"], ["src/pages/payment.ts", "src/router.ts"], ["41"]),
        ("taskmaster", "", ["2", "2.1", "2.2"], ["src/accounts.ts"], ["1", "2.1", "1.3"]),
        ("claude-tasks", "", ["2"], ["src/view/conflict.ts"], ["1"]),
        (
            "transcript",
            "session.jsonl",
            ["", ""],
            ["src/orders/list.ts", "src/router.ts", "src/orders/page.ts", "src/router.ts"],
            [],
        ),
    ],
)
def test_the_example_of_a_page_is_read_as_the_page_says(tmp_path, name, path, ids, writes, needs):
    plan = example(name, tmp_path, path)[0]
    assert [task.id for task in plan.tasks] == ids
    assert [scope.path for task in plan.tasks for scope in task.writes] == writes
    assert [dependency.task for task in plan.tasks for dependency in task.depends_on] == needs
