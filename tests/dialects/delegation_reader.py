"""Reads a text as a delegation section, for tests."""

from __future__ import annotations

from planlint.dialects.claude_md.dialect import ClaudeMdDialect
from planlint.engine.workspace import FileWorkspace
from planlint.model import Leaf, Serial


class Read:
    """What the dialect makes of `text` in a file called `name`."""

    def __init__(self, tmp_path, text, name="CLAUDE.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.workspace = FileWorkspace(tmp_path)
        self.dialect = ClaudeMdDialect()
        self.document = self.workspace.read(name)
        self.match = self.dialect.recognise(self.document, self.workspace)
        self.plans = self.dialect.load([self.document], self.workspace).plans

    @property
    def plan(self):
        (plan,) = self.plans
        return plan

    def task(self, label):
        (task,) = [task for task in self.plan.tasks if label in (task.id, task.title)]
        return task


def writes(task):
    """The paths that a task writes, in order."""
    return [scope.path for scope in task.writes]


def shape(schedule):
    """The schedule as nested lists: `("then", ...)`, `("with", ...)` and task indexes."""
    if isinstance(schedule, Leaf):
        return schedule.task
    return ("then" if isinstance(schedule, Serial) else "with", *map(shape, schedule.children))
