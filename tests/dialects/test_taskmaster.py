"""The `taskmaster` dialect: tags, subtasks, what their references mean, and that nothing of a list is concurrent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planlint.dialects.taskmaster.dialect import TaskmasterDialect
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Capability, Mode, Plan


def task(number: Any, dependencies: Any = (), subtasks: Any = (), **more: Any) -> dict[str, Any]:
    fields = {"id": number, "title": f"Task {number}", "status": "pending", "priority": "high", "details": ""}
    return fields | {"dependencies": dependencies, "subtasks": subtasks, "testStrategy": "", **more}


def load(tmp_path, value: Any, path: str = "tasks.json") -> tuple[list[Plan], list[str]]:
    text = value if isinstance(value, str) else json.dumps(value, indent=2)
    workspace = FileWorkspace(tmp_path, {path: text})
    loaded = TaskmasterDialect().load([workspace.read(path)], workspace)
    return loaded.plans, [problem.message for problem in loaded.problems]


def one(tmp_path, *tasks: dict[str, Any]) -> Plan:
    plans, _ = load(tmp_path, {"master": {"tasks": list(tasks)}})
    return plans[0]


def needs(plan: Plan) -> dict[str, list[str]]:
    return {item.id: [dependency.task for dependency in item.depends_on] for item in plan.tasks}


def score(tmp_path, value: Any, path: str) -> int | None:
    text = value if isinstance(value, str) else json.dumps(value)
    workspace = FileWorkspace(tmp_path, {path: text})
    dialect = TaskmasterDialect()
    match = dialect.recognise(workspace.read(path), workspace) if dialect.might_be(path, text) else None
    return match.score if match else None


CONFLICT = '{"master": {"tasks": [\n<<<<<<< HEAD\n{"id": 1, "title": "A", "dependencies": [], "subtasks": []}\n]}}\n'
SHRIMP = {
    "id": "5d0c2f0a",
    "name": "Store",
    "status": "completed",
    "dependencies": [{"taskId": "77aa"}],
    "relatedFiles": [
        {"path": "src/a.ts", "type": "CREATE"},
        {"path": "src/b.ts", "type": "TO_MODIFY"},
        {"path": "src/c.ts", "type": "REFERENCE"},
    ],
    "implementationGuide": "Write it.",
    "verificationCriteria": "Tests pass.",
}


@pytest.mark.parametrize(
    ("value", "path", "expected"),
    [
        ({"master": {"tasks": [task(1)], "metadata": {}}}, ".taskmaster/tasks/tasks.json", 95),
        ({"tasks": [task(1)], "projectName": "Shop"}, "tasks/tasks.json", 95),
        ({"tasks": [SHRIMP]}, "tasks.json", 90),
        (CONFLICT, ".taskmaster/tasks/tasks.json", 80),
        (CONFLICT, "backup/tasks.json", 45),
        ({"tasks": [{"id": 1, "title": "A", "status": "open", "dependencies": []}]}, "a.json", 50),
        ({"tasks": [{"id": "a", "title": "A", "status": "open", "dependencies": []}]}, "a.json", None),
        ({"version": "2.0.0", "tasks": [{"label": "build", "status": "x"}]}, ".vscode/tasks.json", None),
        ({"tasks": [1, 2], "status": "x"}, "a.json", None),
        ('{"status": ', "a.json", None),
    ],
)
def test_lists_are_recognised_by_the_keys_of_their_tasks(tmp_path, value, path, expected):
    assert score(tmp_path, value, path) == expected


def test_each_tag_is_a_plan_and_empty_tags_are_none(tmp_path):
    plans, _ = load(
        tmp_path, {"master": {"tasks": [task(1)]}, "next": {"tasks": [task(1), task(2)]}, "x": {"tasks": []}}
    )
    assert [(plan.name, len(plan.tasks)) for plan in plans] == [("master", 1), ("next", 2)]
    assert plans[1].origin.text.startswith("{")


def test_subtasks_have_dotted_ids_inside_a_container(tmp_path):
    plan = one(tmp_path, task(1), task(2, subtasks=[task(1), task("2.2", subtasks=[task(1)])]))
    assert [(item.id, item.container, item.parent) for item in plan.tasks] == [
        ("1", False, None),
        ("2", True, None),
        ("2.1", False, 1),
        ("2.2", True, 1),
        ("2.2.1", False, 3),
    ]
    assert plan.tasks[2].places["id"].text == "1"


def test_a_small_bare_number_in_a_subtask_is_a_sibling_if_there_is_one(tmp_path):
    plan = one(
        tmp_path,
        task(1),
        task(2),
        task(7),
        task(120),
        task(9, [2], [task(1), task(2, [1, "9.1", "1"]), task(3, [7, 120, "2.5"]), task(120)]),
    )
    assert needs(plan)["9"] == ["2"]
    assert needs(plan)["9.2"] == ["9.1"]
    assert needs(plan)["9.3"] == ["7", "120", "2.5"]


def test_packed_references_stay_as_written_because_taskmaster_does_not_unpack_them(tmp_path):
    plan = one(tmp_path, task(1), task(2, ["1,3"]), task(3))
    assert [item.dependency.task for item in References(plan).unknown] == ["1,3"]


def test_nothing_of_a_list_runs_together_and_no_dependency_contradicts_the_turns(tmp_path):
    plan = one(
        tmp_path,
        task(1, [4]),
        task(2, [], [task(1, ["3.2"]), task(2)]),
        task(3, [], [task(1, ["2.2"]), task(2)]),
        task(4),
        task(5, [5, 6]),
        task(6, [5]),
    )
    order = Order(plan, References(plan))
    assert order.pair_count == 0
    assert [item for item in order.mismatches if plan.tasks[item.task].id not in ("5", "6")] == []
    assert Capability.CONCURRENCY not in plan.capabilities


@pytest.mark.parametrize(
    ("status", "done"),
    [
        ("done", True),
        ("completed", True),
        ("cancelled", True),
        ("deprecated", True),
        ("deferred", False),
        (None, False),
    ],
)
def test_what_is_finished_or_given_up_is_done(tmp_path, status, done):
    plan = one(tmp_path, task(1, subtasks=[task(1)], status=status))
    assert [item.done for item in plan.tasks] == [done, done]


def test_files_are_read_from_sentences_and_from_relevant_files(tmp_path):
    files = [
        {"path": "src/a.ts", "action": "create"},
        {"path": "src/b.ts", "action": "reference"},
    ]
    details = 'Update `src/c.ts`.\nSee "src/d.ts" for the style.'
    item = one(tmp_path, task(1, details=details, relevantFiles=files)).tasks[0]
    assert [(scope.path, scope.mode, scope.origin.text) for scope in item.writes] == [
        ("src/a.ts", Mode.CREATE, "src/a.ts"),
        ("src/c.ts", Mode.MODIFY, "src/c.ts"),
    ]
    assert [scope.path for scope in item.reads] == ["src/b.ts", "src/d.ts"]


def test_a_shrimp_file_declares_its_files(tmp_path):
    plans, _ = load(tmp_path, {"tasks": [SHRIMP]})
    item = plans[0].tasks[0]
    assert (item.id, item.title, item.done) == ("5d0c2f0a", "Store", True)
    assert [(scope.path, scope.mode) for scope in item.writes] == [("src/a.ts", Mode.CREATE), ("src/b.ts", Mode.MODIFY)]
    assert [scope.path for scope in item.reads] == ["src/c.ts"]
    assert [dependency.task for dependency in item.depends_on] == ["77aa"]
    assert plans[0].has(Capability.DECLARED_WRITES)


def test_values_of_the_wrong_shape_are_named_and_the_rest_is_read(tmp_path):
    plans, problems = load(tmp_path, {"tasks": [task(1, {"a": 1}, "none"), 5, None, {"title": "B"}, task(None)]})
    assert [item.id for item in plans[0].tasks] == ["1", "", ""]
    assert problems == ["`dependencies` must be a list of ids", "`subtasks` must be a list of objects"]


def test_a_file_that_is_no_json_gives_no_plan(tmp_path):
    assert load(tmp_path, CONFLICT) == ([], [])


def test_deeply_nested_subtasks_are_read_without_recursion(tmp_path):
    inner = task(1)
    for _ in range(20):
        inner = task(1, subtasks=[inner])
    plan = one(tmp_path, inner)
    assert len(plan.tasks) == 21
    assert plan.tasks[-1].id == ".".join(["1"] * 21)


def test_title_and_texts_name_the_files_and_a_bare_name_is_the_one_that_is_spelled_out_elsewhere(tmp_path):
    plan = one(
        tmp_path,
        task(1, title="Fix the types in src/core/loader.ts"),
        task(2, details="Update loader.ts to use them. In `src/app.ts`, register the loader."),
        task(
            3,
            details="Files to create:\n- src/a.ts\n- src/b.ts\n\n"
            "Set it up. Create the directory structure: `src/`, `docs/`. Create a branch named `test/loader`.",
        ),
        task(4, details="Create a tool to parse `loader.ts`. Never touch `src/app.ts`."),
    )

    assert [[scope.path for scope in item.writes] for item in plan.tasks] == [
        ["src/core/loader.ts"],
        ["src/core/loader.ts", "src/app.ts"],
        ["src/a.ts", "src/b.ts"],
        [],
    ]
    assert [scope.path for scope in plan.tasks[3].reads] == ["src/core/loader.ts"]
    assert [scope.path for scope in plan.tasks[3].off_limits] == ["src/app.ts"]


def test_what_is_no_list_of_dependencies_is_said_once_and_none_is_nothing(tmp_path):
    tasks = [task(1), task(2, dependencies="1"), task(3, dependencies="1, 2"), task(4, dependencies=["none", 1])]
    (plan,), messages = load(tmp_path, {"master": {"tasks": tasks}})

    assert needs(plan) == {"1": [], "2": ["1"], "3": [], "4": ["1"]}
    assert messages == ["`dependencies` must be a list of ids"] * 2


def test_one_task_without_an_id_does_not_hide_the_others(tmp_path):
    without = task(2)
    del without["id"]
    value = {"master": {"tasks": [task(1), without, "text", task(3, dependencies=[1])]}}

    assert score(tmp_path, value, "tasks.json") == 95
    assert [item.title for item in load(tmp_path, value)[0][0].tasks] == ["Task 1", "Task 2", "Task 3"]


def test_the_texts_of_a_shrimp_task_name_files_beside_the_related_ones(tmp_path):
    texts = {"description": "Update src/b.ts.", "implementationGuide": "In src/d.ts, add a hook. Never touch src/e.ts."}
    (plan,), _ = load(tmp_path, {"tasks": [SHRIMP | texts]})

    assert [(scope.path, scope.body) for scope in plan.tasks[0].writes] == [
        ("src/a.ts", False),
        ("src/b.ts", False),
        ("src/d.ts", True),
    ]
    assert [scope.path for scope in plan.tasks[0].off_limits] == ["src/e.ts"]


@pytest.mark.parametrize("listed", [{"1": {"id": 1, "title": "A"}}, "a, b", 7])
def test_tasks_that_are_no_list_are_said_to_be_wrong_where_taskmaster_keeps_them(listed, tmp_path):
    path = ".taskmaster/tasks/tasks.json"
    value = {"master": {"tasks": listed}, "other": {"status": "x"}}

    assert score(tmp_path, value, path) == 80
    assert load(tmp_path, value, path) == ([], ["`tasks` must be a list of objects"])
