"""What the words of a plan file mean in the model."""

import pytest

from planlint.diagnostics import Evidence
from planlint.dialects.native.dialect import NativeDialect
from planlint.model import Capability, Isolation, Kind, Mode

from .written import NOTHING, document, loaded, plan_of, raw

FULL = """
    plan: profile
    isolation: worktree
    runtime: claude-code
    max_parallel: 5
    workers: 3
    limits: {inherited_tokens: 40000}
    context: [CLAUDE.md, docs/style.md]
    off_limits: [vendor/, {path: .env, note: secrets}]
    owners: {src/index.ts: joined}
    hubs: [package.json, {path: go.mod, owner: joined}]
    acknowledged: [{path: CHANGELOG.md, tasks: [avatar, 7], note: one line each}]
    contracts:
      - id: avatar-api
        kind: function
        file: src/avatar.ts
        signature: "upload(): string"
    tasks:
      - id: avatar
        title: Avatar service
        agent: {type: general-purpose, name: ada, model: haiku, tools: [Read, Edit], mode: plan}
        isolation: shared
        creates: [src/avatar.ts]
        modifies: [{path: src/list.ts, part: the exports, note: sorted, weak: true}]
        deletes: [src/old.ts]
        writes: [src/gen/, {path: ../other/x.ts, external: true}]
        reads: [docs/storage.md]
        off_limits: [src/routes/]
        depends_on: [7]
        blocks: joined
        conflicts_with: [e2e]
        provides: [avatar-api, {contract: delete-api, signature: "remove(): void"}]
        consumes: [user-type]
        resources: {port: 3000, lock: [release, train]}
        verify: [npm test, npm run lint]
        returns: changed files
        background: true
        optional: true
        kind: integrate
        estimate: 1h30m
        wave: 2
        phase: one
        brief: Do it.
      - id: 7
      - id: joined
        done: true
"""


def test_the_plan_carries_what_holds_for_all_tasks() -> None:
    plan = plan_of(FULL)
    assert (plan.name, plan.runtime, plan.max_parallel, plan.workers) == ("profile", "claude-code", 5, 3)
    assert plan.isolation is Isolation.WORKTREE
    assert plan.inherited_budget == 40000
    assert [file.path for file in plan.context] == ["CLAUDE.md", "docs/style.md"]
    assert plan.head.text == "profile"
    assert not plan.incomplete


def test_plan_wide_statements_about_files_become_constraints() -> None:
    found = [(c.kind, c.scope.path, c.owner, c.tasks, c.note) for c in plan_of(FULL).constraints]
    assert found == [
        ("off-limits", "vendor/", None, (), None),
        ("off-limits", ".env", None, (), "secrets"),
        ("single-owner", "src/index.ts", "joined", (), None),
        ("hub", "package.json", None, (), None),
        ("hub", "go.mod", "joined", (), None),
        ("acknowledged", "CHANGELOG.md", None, ("avatar", "7"), "one line each"),
    ]


def test_contracts_keep_what_is_fixed() -> None:
    (contract,) = plan_of(FULL).contracts
    assert (contract.id, contract.kind, contract.file, contract.signature) == (
        "avatar-api",
        "function",
        "src/avatar.ts",
        "upload(): string",
    )
    assert contract.places["signature"].text == '"upload(): string"'


def test_each_way_of_touching_a_file_has_its_mode_and_its_place() -> None:
    task = plan_of(FULL).tasks[0]
    assert [(scope.path, scope.mode, scope.origin.text.split(",")[0]) for scope in task.writes] == [
        ("src/avatar.ts", Mode.CREATE, "src/avatar.ts"),
        ("src/list.ts", Mode.MODIFY, "{path: src/list.ts"),
        ("src/old.ts", Mode.DELETE, "src/old.ts"),
        ("src/gen/", Mode.WRITE, "src/gen/"),
        ("../other/x.ts", Mode.WRITE, "{path: ../other/x.ts"),
    ]
    modified, outside = task.writes[1], task.writes[4]
    assert (modified.part, modified.note, modified.weak) == ("the exports", "sorted", True)
    assert outside.external
    assert task.scope_known is True
    assert [scope.path for scope in (*task.reads, *task.off_limits)] == ["docs/storage.md", "src/routes/"]


def test_references_are_ids_as_written() -> None:
    task = plan_of(FULL).tasks[0]
    assert [d.task for d in (*task.depends_on, *task.blocks, *task.conflicts_with)] == ["7", "joined", "e2e"]
    assert task.depends_on[0].origin.text == "7"


def test_a_task_carries_who_does_it_and_how() -> None:
    task = plan_of(FULL).tasks[0]
    agent = task.agent
    assert (agent.type, agent.name, agent.model, agent.tools, agent.mode, agent.background) == (
        "general-purpose",
        "ada",
        "haiku",
        ("Read", "Edit"),
        "plan",
        True,
    )
    assert (task.isolation, task.kind, task.wave, task.phase, task.optional) == (
        Isolation.SHARED,
        Kind.INTEGRATE,
        "2",
        "one",
        True,
    )
    assert (task.verify, task.returns, task.brief) == ("npm test\nnpm run lint", "changed files", "Do it.")


def test_contracts_of_a_task_may_say_more_than_the_id() -> None:
    task = plan_of(FULL).tasks[0]
    assert [(ref.contract, ref.signature) for ref in task.provides] == [
        ("avatar-api", None),
        ("delete-api", "remove(): void"),
    ]
    assert [ref.contract for ref in task.consumes] == ["user-type"]


def test_resources_are_declared_one_by_one() -> None:
    task = plan_of(FULL).tasks[0]
    assert [(r.kind, r.name, r.evidence) for r in task.resources] == [
        ("port", "3000", Evidence.DECLARED),
        ("lock", "release", Evidence.DECLARED),
        ("lock", "train", Evidence.DECLARED),
    ]


def test_places_are_those_of_the_values() -> None:
    task = plan_of(FULL).tasks[0]
    assert task.at("id").text == "avatar"
    assert task.at("verify").text == "[npm test, npm run lint]"
    assert task.at("writes", 2).text == "src/old.ts"
    assert task.at("status").text == "avatar"


def test_the_format_can_express_all_but_launches_and_agent_definitions() -> None:
    assert frozenset(Capability) - plan_of(FULL).capabilities == {Capability.LAUNCHES, Capability.AGENT_DEFINITIONS}


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("30s", 0.5), ("5m", 5), ("1h", 60), ("1h30m", 90), ("2 hours", 120), ("90 min", 90), ("1d", 1440), ("12", None),
     ("0.5h", 30), ("7", None)],
)  # fmt: skip
def test_estimates_are_minutes(written: str, minutes: float | None) -> None:
    (task,) = plan_of(f"tasks:\n  - {{id: a, estimate: {written}}}\n").tasks
    assert task.estimate == pytest.approx(float(written) if minutes is None else minutes)


@pytest.mark.parametrize(
    ("written", "path", "part"),
    [
        ("src/a.py:10-40", "src/a.py", "lines 10-40"),
        ("src/a.py:7", "src/a.py", "line 7"),
        ("src/a.py#L10-L40", "src/a.py", "lines 10-40"),
        ("src/a.py::Class.method", "src/a.py", "::Class.method"),
        ("C:/work/a.py", "C:/work/a.py", None),
        ("docs/#1.md", "docs/#1.md", None),
        ("src/app/[id]/page.tsx", "src/app/[id]/page.tsx", None),
    ],
)
def test_a_part_of_a_file_is_taken_off_its_path(written: str, path: str, part: str | None) -> None:
    (task,) = plan_of(f"tasks:\n  - id: a\n    modifies:\n      - '{written}'\n").tasks
    assert [(scope.path, scope.part) for scope in task.writes] == [(path, part)]


@pytest.mark.parametrize(
    ("line", "done"),
    [("done: true", True), ("status: Completed", True), ("status: won't fix", False), ("status: in progress", False),
     ("status: done, done: false", False), ("title: done", False)],
)  # fmt: skip
def test_finished_tasks_are_known_by_their_mark_or_status(line: str, done: bool) -> None:
    (task,) = plan_of(f"tasks:\n  - {{id: a, {line}}}\n").tasks
    assert task.done is done


def test_a_description_is_the_brief_where_there_is_none_and_the_title_beside_one() -> None:
    alone, both, long = plan_of(f"""
        tasks:
          - {{id: a, description: Write the parser.}}
          - {{id: b, description: Parser, prompt: Write the parser.}}
          - {{id: c, description: {"word " * 40}, prompt: Write the parser.}}
        """).tasks
    assert (alone.brief, alone.title) == ("Write the parser.", "")
    assert (both.brief, both.title) == ("Write the parser.", "Parser")
    assert (long.brief, long.title) == ("Write the parser.", "")


def test_saying_nothing_about_writes_differs_from_saying_there_are_none() -> None:
    silent, none = plan_of("tasks:\n  - id: a\n  - id: b\n    writes: []\n").tasks
    assert (silent.scope_known, none.scope_known) == (None, True)


def test_a_task_that_is_left_out_stays_known_and_hands_on_what_it_waits_for() -> None:
    plan, problems = loaded("""
        tasks:
          - id: a
          - {id: b, depends_on: [a], colour: red}
          - {id: c, depends_on: [b], colour: red}
          - {id: d, depends_on: [c]}
        """)
    assert plan is not None
    assert [task.id for task in plan.tasks] == ["a", "d"]
    assert plan.known_ids == {"b", "c"}
    assert plan.incomplete
    assert [dependency.task for dependency in plan.tasks[1].depends_on] == ["c", "a"]
    assert [problem.message for problem in problems] == [
        "unknown key `colour` in task `b`",
        "unknown key `colour` in task `c`",
    ]


def test_a_wrong_field_of_the_plan_costs_only_that_field() -> None:
    plan, problems = loaded("""
        plan: x
        max_parallel: many
        context: 5
        contracts: [{signature: none}]
        tasks: [{id: a}]
        """)
    assert plan is not None
    assert (plan.name, plan.max_parallel, plan.context, plan.contracts) == ("x", None, (), ())
    assert [task.id for task in plan.tasks] == ["a"]
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: a\n", "a plan is a mapping with a list of `tasks`, not a list"),
        ("plan: x\n", "the plan has no `tasks`"),
        ("plan: x\ntasks: 5\n", "`tasks` must be a list, not the number 5"),
    ],
)
def test_a_wrong_outline_is_fatal(text: str, message: str) -> None:
    plan, problems = raw(text)
    assert plan is None
    assert [(problem.code, problem.fatal, problem.message) for problem in problems] == [("PL003", True, message)]


def test_several_documents_are_several_plans_and_an_empty_one_is_none() -> None:
    loaded = NativeDialect().load(
        [document("plan: a\ntasks: [{id: x}]\n---\nplan: b\ntasks: [{id: x}]\n---\n")], NOTHING
    )
    assert [plan.name for plan in loaded.plans] == ["a", "b"]
    assert loaded.problems == []


def test_a_broken_document_does_not_touch_the_others() -> None:
    loaded = NativeDialect().load([document("plan: a\ntasks: 5\n---\nplan: b\ntasks: [{id: x}]\n")], NOTHING)
    assert [plan.name for plan in loaded.plans] == ["b"]
    assert [problem.code for problem in loaded.problems] == ["PL003"]
