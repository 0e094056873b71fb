"""The `claude-tasks` dialect: stored tasks, printed lists and to-do lists."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planlint.dialects.claude_tasks.dialect import ClaudeTasksDialect
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Capability, Mode, Plan

LIST = ".claude/tasks/mail"


def stored(number: int, **more: Any) -> dict[str, Any]:
    fields = {"id": str(number), "subject": f"Part {number}", "description": "", "status": "pending"}
    return fields | {"blocks": [], "blockedBy": [], **more}


def load(tmp_path, *tasks: dict[str, Any]) -> Plan:
    files = {f"{LIST}/{task['id']}.json": json.dumps(task, indent=2) for task in tasks}
    workspace = FileWorkspace(tmp_path, files)
    dialect = ClaudeTasksDialect()
    members = dialect.members(workspace.read(next(iter(files))), workspace)
    loaded = dialect.load([workspace.read(member) for member in members], workspace)
    return loaded.plans[0]


def order(plan: Plan) -> Order:
    return Order(plan, References(plan))


@pytest.mark.parametrize(
    ("path", "value", "score"),
    [
        (f"{LIST}/1.json", stored(1), 95),
        ("export.json", [stored(1), stored(2)], 90),
        ("export.json", {"tasks": [{"subject": "A", "description": "B"}]}, 60),
        ("todo.json", {"todos": [{"content": "A", "status": "pending", "activeForm": "Doing"}]}, 90),
        ("mail.json", {"id": 1, "subject": "Hello", "from": "ann"}, None),
        ("mails.json", [{"id": 1, "subject": "Hello"}], None),
        ("todo.json", {"todos": ["A", "B"]}, None),
    ],
)
def test_tasks_are_recognised_by_their_keys(tmp_path, path, value, score):
    workspace = FileWorkspace(tmp_path, {path: json.dumps(value)})
    match = ClaudeTasksDialect().recognise(workspace.read(path), workspace)
    assert (match.score if match else None) == score


def test_the_numbered_files_of_a_directory_are_one_list_in_the_order_of_their_numbers(tmp_path):
    files = {f"{LIST}/{name}": json.dumps(stored(1)) for name in ("10.json", "9.json", "notes.json", ".lock")}
    workspace = FileWorkspace(tmp_path, files)
    dialect = ClaudeTasksDialect()
    document = workspace.read(f"{LIST}/10.json")
    members = dialect.members(document, workspace)
    assert members == (f"{LIST}/9.json", f"{LIST}/10.json")
    assert dialect.plan_path(document, members) == LIST


def test_blockers_order_tasks_and_whatever_is_not_blocked_may_be_claimed_at_once(tmp_path):
    plan = load(tmp_path, stored(1, blocks=["3"]), stored(2), stored(3, blockedBy=["1"]))
    relation = order(plan)
    assert relation.before(0, 2)
    assert relation.concurrent(0, 1)
    assert relation.concurrent(1, 2)
    assert [dependency.task for dependency in plan.tasks[0].blocks] == ["3"]


def test_a_finished_blocker_blocks_nothing(tmp_path):
    plan = load(tmp_path, stored(1, status="completed", blocks=["2", "3"]), stored(2, blockedBy=["1"]), stored(3))
    assert order(plan).concurrent(1, 2)
    assert [task.done for task in plan.tasks] == [True, False, False]


def test_a_list_without_blockers_and_owners_is_worked_through_in_order(tmp_path):
    plan = load(tmp_path, stored(1), stored(2), stored(3))
    assert order(plan).pair_count == 0
    assert Capability.CONCURRENCY not in plan.capabilities


def test_tasks_of_one_owner_take_turns(tmp_path):
    plan = load(tmp_path, stored(1, owner="ann"), stored(2, owner="ann"), stored(3, owner="ben"))
    assert not order(plan).concurrent(0, 1)
    assert order(plan).concurrent(0, 2)


def test_metadata_declares_files_and_the_check(tmp_path):
    fields = {"files": ["src/a.ts", "src/b.ts"], "verifyCommand": "npm test"}
    task = load(tmp_path, stored(1, metadata=fields)).tasks[0]
    assert [(scope.path, scope.origin.text) for scope in task.writes] == [("src/a.ts",) * 2, ("src/b.ts",) * 2]
    assert (task.scope_known, task.verify) == (True, "npm test")


def test_a_fence_of_metadata_declares_files_and_the_text_around_it_is_still_read(tmp_path):
    fence = '```json:metadata\n{"files": ["src/a.ts"], "verifyCommand": "npm test"}\n```'
    task = load(tmp_path, stored(1, description=f"Update `src/c.ts`.\n\n{fence}\n\nDo not touch `src/d.ts`.")).tasks[0]
    assert [(scope.path, scope.body, scope.origin.text) for scope in task.writes] == [
        ("src/a.ts", False, "src/a.ts"),
        ("src/c.ts", True, "src/c.ts"),
    ]
    assert [scope.path for scope in task.off_limits] == ["src/d.ts"]
    assert task.verify == "npm test"


@pytest.mark.parametrize(
    "fence", ["```json:metadata\n{broken\n```", "```json:metadata\n[1]\n```", "```json:metadata\n{"]
)
def test_a_fence_that_is_no_object_declares_nothing(tmp_path, fence):
    assert load(tmp_path, stored(1, description=fence)).tasks[0].scope_known is None


def test_a_broken_file_of_a_list_leaves_the_plan_incomplete(tmp_path):
    workspace = FileWorkspace(
        tmp_path, {f"{LIST}/1.json": "{", f"{LIST}/2.json": json.dumps(stored(2, blockedBy=["1"]))}
    )
    documents = [workspace.read(f"{LIST}/{number}.json") for number in (1, 2)]
    plan = ClaudeTasksDialect().load(documents, workspace).plans[0]
    assert plan.incomplete
    assert [task.id for task in plan.tasks] == ["2"]


def test_a_todo_list_is_worked_through_in_order_and_has_no_ids(tmp_path):
    todos = {"todos": [{"content": "A", "status": "completed"}, {"content": "B", "status": "pending"}]}
    workspace = FileWorkspace(tmp_path, {"todo.json": json.dumps(todos)})
    plan = ClaudeTasksDialect().load([workspace.read("todo.json")], workspace).plans[0]
    assert [(task.id, task.title, task.done) for task in plan.tasks] == [("", "A", True), ("", "B", False)]
    assert order(plan).pair_count == 0


def test_subject_and_description_name_the_files_and_a_bare_name_is_the_one_that_is_spelled_out_elsewhere(tmp_path):
    plan = load(
        tmp_path,
        stored(1, subject="Fix the header in src/mail/header.ts"),
        stored(2, description="Update header.ts.", blockedBy=["1"]),
        stored(3, description="You own src/mail/body.ts. Do not touch: header.ts", owner="ann"),
    )

    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [
        ["src/mail/header.ts"],
        ["src/mail/header.ts"],
        ["src/mail/body.ts"],
    ]
    assert [scope.path for scope in plan.tasks[2].off_limits] == ["src/mail/header.ts"]


def test_a_file_that_the_subject_names_and_the_description_creates_is_told_once(tmp_path):
    plan = load(
        tmp_path, stored(1, subject="Mail types (src/mail/types.ts)", description="Create `src/mail/types.ts`.")
    )

    assert [(scope.path, scope.mode) for scope in plan.tasks[0].writes] == [("src/mail/types.ts", Mode.CREATE)]


def test_a_list_of_files_beside_the_subject_declares_them(tmp_path):
    plan = load(tmp_path, stored(1, files=["docs/a.md", 3, ""], description="Link from docs/a.md. Update docs/b.md."))

    assert [(scope.path, scope.body) for scope in plan.tasks[0].writes] == [("docs/a.md", False), ("docs/b.md", True)]


def test_tasks_named_by_uuid_are_one_list(tmp_path):
    plan = load(
        tmp_path,
        stored(1) | {"id": "T-1b2c3d4e-0000"},
        stored(2, blockedBy=["T-1b2c3d4e-0000"]) | {"id": "T-0b2c3d4e-0000"},
    )

    assert [task.id for task in plan.tasks] == ["T-0b2c3d4e-0000", "T-1b2c3d4e-0000"]
    assert not order(plan).concurrent(0, 1)
