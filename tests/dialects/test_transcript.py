"""The `transcript` dialect: what a session launched, what of it ran together, and the task list it kept."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

from planlint.diagnostics import Evidence
from planlint.dialects.transcript.dialect import TranscriptDialect
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Isolation, Plan

OLD, NEW = "2.1.100", "2.1.230"


def call(label: str, *, tool: str = "Task", **given: Any) -> dict[str, Any]:
    fields = {"description": label, "prompt": f"Do {label}."} if tool in ("Task", "Agent") else {}
    return {"type": "tool_use", "id": f"toolu_{label}", "name": tool, "input": fields | given}


def says(message: str, *blocks: dict[str, Any], version: str = OLD, **more: Any) -> dict[str, Any]:
    inner = {"id": message, "role": "assistant", "content": list(blocks)}
    return {
        "type": "assistant",
        "sessionId": "s1",
        "version": version,
        "cwd": "/home/ann/shop",
        "message": inner,
        **more,
    }


def answers(name: str, text: str = "ok", **note: Any) -> dict[str, Any]:
    block = {"type": "tool_result", "tool_use_id": f"toolu_{name}", "content": [{"type": "text", "text": text}]}
    return {"type": "user", "sessionId": "s1", "message": {"role": "user", "content": [block]}, "toolUseResult": note}


def notifies(agent: str) -> dict[str, Any]:
    text = f"<task-notification><task-id>{agent}</task-id><status>completed</status></task-notification>"
    return {"type": "queue-operation", "operation": "enqueue", "content": text}


def load(tmp_path, *lines: Any) -> list[Plan]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n"
    workspace = FileWorkspace(tmp_path, {"session.jsonl": text})
    return TranscriptDialect().load([workspace.read("session.jsonl")], workspace).plans


def together(plan: Plan) -> dict[tuple[str, str], Evidence]:
    order = Order(plan, References(plan))
    return {
        (one.title, other.title): order.concurrency(one.index, other.index).evidence
        for one, other in combinations(plan.tasks, 2)
        if order.concurrent(one.index, other.index)
    }


def test_agents_of_one_message_run_together_and_those_of_the_next_after_them(tmp_path):
    lines = [says("m1", call("a"), call("b")), answers("a", status="completed"), answers("b", status="completed")]
    plan = load(tmp_path, *lines, says("m2", call("c")), answers("c", status="completed"))[0]
    assert together(plan) == {("a", "b"): Evidence.DECLARED}
    assert [step.message for step in plan.scripts[0].steps] == [1, 1, 2]


def test_lines_with_one_message_id_are_one_message(tmp_path):
    plan = load(tmp_path, says("m1", call("a")), says("m1", call("b")), answers("a"), answers("b"))[0]
    assert together(plan) == {("a", "b"): Evidence.DECLARED}


def test_agents_of_separate_messages_take_turns_in_the_foreground(tmp_path):
    plan = load(tmp_path, says("m1", call("a")), answers("a"), says("m2", call("b")), answers("b"))[0]
    assert together(plan) == {}


def test_a_background_agent_runs_until_its_notification(tmp_path):
    plan = load(
        tmp_path,
        says("m1", call("a", run_in_background=True)),
        answers("a", isAsync=True, status="async_launched", agentId="g1"),
        says("m2", call("b")),
        answers("b", status="completed"),
        notifies("g1"),
        says("m3", call("c")),
        answers("c", status="completed"),
    )[0]
    assert together(plan) == {("a", "b"): Evidence.DECLARED}
    assert [task.agent.background for task in plan.tasks] == [True, False, False]


def test_a_background_agent_that_nobody_heard_of_again_runs_on(tmp_path):
    plan = load(tmp_path, says("m1", call("a", run_in_background=True)), says("m2", call("b")), answers("b"))[0]
    assert set(together(plan)) == {("a", "b")}


def test_waiting_for_a_background_agent_ends_it(tmp_path):
    plan = load(
        tmp_path,
        says("m1", call("a", run_in_background=True)),
        answers("a", isAsync=True, agentId="g1"),
        says("m2", call("w", tool="TaskOutput", task_id="g1", block=True)),
        answers("w"),
        says("m3", call("b")),
        answers("b", status="completed"),
    )[0]
    assert together(plan) == {}
    assert [(step.kind, step.handle) for step in plan.scripts[0].steps] == [
        ("launch", "g1"),
        ("wait", "g1"),
        ("launch", "toolu_b"),
    ]


def test_foreground_agents_take_turns_beside_a_background_one(tmp_path):
    plan = load(
        tmp_path,
        says("m1", call("a", run_in_background=True)),
        says("m2", call("b")),
        answers("b", status="completed"),
        says("m3", call("c")),
        answers("c", status="completed"),
    )[0]
    assert set(together(plan)) == {("a", "b"), ("a", "c")}


def test_without_a_flag_the_version_decides_and_that_is_only_inferred(tmp_path):
    def pairs(version: str) -> dict[tuple[str, str], Evidence]:
        return together(
            load(tmp_path, says("m1", call("a"), version=version), says("m2", call("b"), version=version))[0]
        )

    assert pairs(OLD) == {}
    assert pairs(NEW) == {("a", "b"): Evidence.INFERRED}


def test_launches_keep_what_was_asked_for(tmp_path):
    prompt = "Create `src/a.ts`. Update `/home/ann/shop/src/b.ts`. Do not touch `src/c.ts`."
    given = {"prompt": prompt, "subagent_type": "builder", "model": "opus", "isolation": "worktree", "name": "ann"}
    plan = load(tmp_path, says("m1", call("a", tool="Agent", **given)))[0]
    task, launch = plan.tasks[0], plan.scripts[0].steps[0].launch
    assert (task.id, task.title, task.brief) == ("", "a", prompt)
    assert (task.agent.type, task.agent.model, task.agent.name) == ("builder", "opus", "ann")
    assert task.isolation is Isolation.WORKTREE
    assert [(scope.path, scope.evidence) for scope in task.writes] == [
        ("src/a.ts", Evidence.STATED),
        ("src/b.ts", Evidence.STATED),
    ]
    assert [scope.path for scope in task.off_limits] == ["src/c.ts"]
    assert launch is not None
    assert (launch.tool, launch.agent_type, launch.task) == ("Agent", "builder", 0)


def test_lines_of_sub_agents_and_broken_lines_do_not_count(tmp_path):
    plans = load(
        tmp_path,
        says("m1", call("a")),
        says("m2", call("inner"), isSidechain=True),
        says("m3", call("deeper"), parent_tool_use_id="toolu_a"),
        '{"type": "assistant", "message":',
        "[1, 2]",
        answers("a"),
    )
    assert [task.title for task in plans[0].tasks] == ["a"]


def test_the_task_list_of_a_session_is_a_plan_of_its_own(tmp_path):
    plans = load(
        tmp_path,
        says("m1", call("one", tool="TaskCreate", subject="Store", description="Create `src/store.ts`.")),
        answers("one", task={"id": "1", "subject": "Store"}),
        says("m2", call("two", tool="TaskCreate", subject="Page", description="Update `src/page.ts`.")),
        answers("two", "Task #2 created successfully: Page"),
        says("m3", call("x", tool="TaskUpdate", taskId="2", addBlockedBy=["1"], owner="ann")),
        says("m4", call("y", tool="TaskUpdate", taskId="1", status="completed")),
    )
    assert [[(task.id, task.title, task.done) for task in plan.tasks] for plan in plans] == [
        [("1", "Store", True), ("2", "Page", False)]
    ]
    assert [dependency.task for dependency in plans[0].tasks[1].depends_on] == ["1"]
    assert plans[0].tasks[1].agent.name == "ann"


def test_the_last_todo_list_counts_when_no_tasks_were_created(tmp_path):
    def todos(name: str, *contents: str) -> dict[str, Any]:
        items = [{"content": content, "status": "pending"} for content in contents]
        return says(name, call(name, tool="TodoWrite", todos=items))

    plans = load(tmp_path, todos("m1", "A", "B"), todos("m2", "A", "B", "C"))
    assert [[task.title for task in plan.tasks] for plan in plans] == [["A", "B", "C"]]


def test_only_sessions_that_delegate_are_recognised(tmp_path):
    def score(*lines: dict[str, Any]) -> int | None:
        text = "".join(json.dumps(line) + "\n" for line in lines)
        workspace = FileWorkspace(tmp_path, {"a.jsonl": text})
        match = TranscriptDialect().recognise(workspace.read("a.jsonl"), workspace)
        return match.score if match else None

    assert score(says("m1", call("a"))) == 95
    assert score(says("m1", call("a", tool="Read", file_path="Task"))) is None
    assert score({"event": "x", "name": "Task"}, {"event": "y"}) is None
