"""A plan is known by the words of its tasks, and what only looks like one is left to others."""

import pytest

from .written import match


def score(text: str, path: str = "plan.yaml") -> int:
    found = match(text, path)
    return found.score if found is not None else 0


@pytest.mark.parametrize(
    "text",
    [
        "plan: x\ntasks:\n  - id: a\n    creates: [b]\n",
        "tasks:\n  - id: a\n    writes: [b]\n",
        "tasks:\n  - id: a\n    off_limits: [b]\n    title: B\n",
        "plan: x\nisolation: shared\ntasks:\n  - id: a\n",
        "--- \nx: 1\n---\nplan: x\ntasks:\n  - {id: a, wave: 1}\n",
    ],
)
def test_planlints_own_words_are_sure(text: str) -> None:
    assert score(text) >= 80


def test_json_is_as_good_as_yaml() -> None:
    assert score('{"plan": "x", "tasks": [{"id": "a", "creates": ["b"]}]}', "plan.json") == 97


@pytest.mark.parametrize(
    "text",
    [
        "tasks:\n  - {id: a, title: A, depends_on: [b]}\n",
        "tasks:\n  - {id: a, name: A, files: [b], dependencies: [c]}\n",
        "plan: x\ntasks:\n  - {id: a, title: A}\n",
    ],
)
def test_words_that_others_share_leave_room_for_a_dialect_of_their_own(text: str) -> None:
    assert 50 <= score(text) <= 60


@pytest.mark.parametrize(
    "text",
    [
        "plan: x\ntasks: []\n",
        "plan: x\nisolation: shared\ntask:\n  - id: a\n",
        "plan: x\nisolation: shared\ntasks:\n  a: {creates: [b]}\n",
        "plan: x\ntasks:\n  - {title: a, creates: [b], colour: red}\n",
        "plan: x\ntasks:\n  - {id: a, subtasks: [], writes: 5}\n",
    ],
)
def test_a_broken_plan_is_still_a_plan(text: str) -> None:
    assert score(text) >= 60


NOT_PLANS = {
    "a to-do list": '{"tasks": [{"id": 1, "title": "Buy milk", "done": false}]}',
    "Taskmaster": '{"tasks": [{"id": 1, "title": "A", "status": "pending", "dependencies": [], "details": "",'
    ' "testStrategy": "", "subtasks": []}]}',
    "tagged Taskmaster": '{"master": {"tasks": [{"id": 1, "title": "A", "dependencies": []}]}}',
    "codex-fleet": '{"tasks": [{"subtask_index": 0, "title": "A", "file_scope": ["a"], "depends_on": []}]}',
    "CrewAI": "research_task:\n  description: Find it.\n  expected_output: A list.\n  agent: researcher\n",
    "a flow of an orchestrator": "id: flow\nnamespace: shop\ntasks:\n  - {id: get, type: core.http.Download, uri: 'https://x.org'}\n"
    "  - {id: load, type: jdbc.Query, dependsOn: [get]}\n",
    "docker-compose": "services:\n  web: {image: x, depends_on: [db]}\n",
    "a GitHub workflow": "on: push\njobs:\n  build: {needs: [lint], steps: [{run: make}]}\n",
    "an Ansible play": "- hosts: all\n  tasks:\n    - name: a\n      copy: {src: a, dest: b}\n",
    "an Ansible file": "hosts: all\ntasks:\n  - {name: a, copy: {src: a}, register: b}\n",
    "a Taskfile": "version: '3'\ntasks:\n  build:\n    deps: [lint]\n    cmds: [make]\n",
    "VS Code tasks": '{"version": "2.0.0", "tasks": [{"label": "a", "type": "shell", "dependsOn": []}]}',
    "conductor": "conductor: {}\nplan:\n  tasks:\n    - {task_number: 1, name: A, files: [b], depends_on: []}\n",
    "chopstack": "tasks:\n  - {id: a, title: A, touches: [], produces: [b], requires: [], agentPrompt: x}\n",
    "a Kestra flow": "id: f\nnamespace: n\ntasks:\n  - {id: hello, type: io.x.Log, message: hi}\n",
    "a list": "- id: a\n  creates: [b]\n",
    "text": "tasks",
    "tasks by name only": "tasks: [a, b]\n",
    "GuardKit": "id: F\ntasks:\n  - {id: a, name: A, file_path: tasks/a.md, status: pending}\n",
}


@pytest.mark.parametrize("text", NOT_PLANS.values(), ids=NOT_PLANS)
def test_what_is_not_a_plan_of_planlint_is_left_alone(text: str) -> None:
    assert score(text) == 0


def test_a_plan_in_another_vocabulary_is_only_a_last_resort() -> None:
    text = "name: x\nstrategy: phased\ntasks:\n  - {id: a, name: A, files: [b], dependencies: [], complexity: high}\n"
    assert score(text) == 31
