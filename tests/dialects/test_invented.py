"""The `invented` dialect: what is recognised, what its words mean, and what runs at the same time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.diagnostics import Evidence
from planlint.dialects.invented.dialect import InventedDialect
from planlint.dialects.invented.vocabulary import field_of
from planlint.dialects.prose.tables import words
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Capability, Isolation, Mode, Plan, Scope
from planlint.readers.registry import read
from planlint.source import Source

DIALECT = InventedDialect()


def plan_of(text: str, tmp_path: Path, path: str = "plan.yaml") -> Plan:
    document = read(Source(path, text))
    workspace = FileWorkspace(tmp_path)
    assert DIALECT.recognise(document, workspace) is not None
    loaded = DIALECT.load([document], workspace)
    assert len(loaded.plans) == 1
    return loaded.plans[0]


def plan_in(directory: Path, path: str) -> Plan:
    workspace = FileWorkspace(directory)
    document = workspace.document(path)
    assert document is not None
    assert DIALECT.recognise(document, workspace) is not None
    members = DIALECT.members(document, workspace)
    loaded = DIALECT.load([found for member in members if (found := workspace.document(member))], workspace)
    return loaded.plans[0]


def score(text: str, tmp_path: Path, path: str = "plan.yaml") -> int:
    match = DIALECT.recognise(read(Source(path, text)), FileWorkspace(tmp_path))
    return match.score if match is not None else 0


def together(plan: Plan) -> set[frozenset[str]]:
    order = Order(plan, References(plan))
    return {
        frozenset({one.id, two.id})
        for one in plan.tasks
        for two in plan.tasks
        if one.index < two.index and order.concurrent(one.index, two.index)
    }


def pairs(*names: str) -> set[frozenset[str]]:
    return {frozenset(name.split()) for name in names}


def shown(scopes: tuple[Scope, ...]) -> list[tuple[str, str]]:
    return [(scope.mode.value, scope.path) for scope in scopes]


GRAPH = """
tasks:
  - {id: a, priority: P1, files: [src/a.py], dependencies: []}
  - {id: b, priority: P1, files: [src/b.py], dependencies: []}
  - {id: c, priority: P2, files: [src/c.py], dependencies: [a, b]}
"""


@pytest.mark.parametrize(
    "text",
    [
        "meals:\n  - {id: 1, name: Breakfast, calories: 400}\n",
        "tasks:\n  - {id: 1, name: Dig, start: 2026-01-01, end: 2026-01-09, dependencies: []}\n",
        "tasks:\n  - {name: Install, apt: {name: nginx}}\n",
        "tasks:\n  - {label: build, type: shell, command: make, dependsOn: [prepare]}\n",
        "tasks:\n  build: {cmds: [make], deps: [prepare]}\n",
        "packages:\n  - {name: left-pad, version: 1.0.0, dependencies: {}}\n",
        "services:\n  web: {image: nginx, depends_on: [db]}\n",
        "steps:\n  - {id: checkout, uses: actions/checkout@v4}\n",
        "resource_changes:\n  - {address: aws_s3_bucket.a, change: {actions: [create]}}\n",
        "tasks:\n  - {id: 1, title: Buy milk}\n  - {id: 2, title: Call home}\n",
        "$defs: {Part: {type: object}}\nitems:\n  - {id: any, name: Part, path: x.json, depends_on: []}\n"
        "  - {id: all, name: Parts, path: y.json, depends_on: [any]}\n",
        "- just\n- a list\n",
        "tasks: []\n",
        "42\n",
    ],
)
def test_what_is_no_work_plan_is_refused(text: str, tmp_path: Path) -> None:
    assert score(text, tmp_path) == 0


def test_a_products_keys_count_more_than_its_shape_and_both_less_than_other_dialects(tmp_path: Path) -> None:
    fleet = "tasks:\n  - {subtask_index: 0, file_scope: [a.py], depends_on: []}\n"
    assert 60 > score(fleet, tmp_path) > score(GRAPH, tmp_path) > 30


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("subtask_index", "id"),
        ("taskNumber", "id"),
        ("blockedBy", "depends_on"),
        ("file_boundaries", "writes"),
        ("parallelizable-with", "parallel_with"),
        ("worktree", "worktree"),
        ("strictly_forbidden", "off_limits"),
        ("zodiac", None),
    ],
)
def test_a_key_stands_for_a_field_whatever_its_spelling(key: str, name: str | None) -> None:
    assert field_of(key) == name


def test_only_dependencies_order_a_graph_and_unknown_tools_leave_that_inferred(tmp_path: Path) -> None:
    plan = plan_of(GRAPH, tmp_path)
    assert together(plan) == pairs("a b")
    assert Order(plan, References(plan)).concurrency(0, 1).evidence is Evidence.INFERRED


def test_a_list_without_any_dependencies_is_done_in_order(tmp_path: Path) -> None:
    plan = plan_of("tasks:\n  - {id: 1, desc: One, file: src/a.ts}\n  - {id: 2, desc: Two, file: src/b.ts}\n", tmp_path)
    assert together(plan) == set()
    assert not plan.has(Capability.CONCURRENCY)


def test_the_place_of_a_scope_is_its_path_without_the_remark(tmp_path: Path) -> None:
    text = """
tasks:
  - id: a
    depends_on: []
    priority: P1
    files:
      - 'NEW:src/new.ts'
      - src/old.ts (read-only — no changes expected)
      - src/app/[lang]/page.tsx
      - src/maybe.ts (only if the route changes)
      - '`src/gone.ts` (delete)'
"""
    task = plan_of(text, tmp_path).tasks[0]
    assert shown(task.writes) == [
        ("create", "src/new.ts"),
        ("write", "src/app/[lang]/page.tsx"),
        ("write", "src/maybe.ts"),
        ("delete", "src/gone.ts"),
    ]
    assert shown(task.reads) == [("read", "src/old.ts")]
    assert [scope.weak for scope in task.writes] == [False, False, True, False]
    assert all(scope.origin.text == scope.path for scope in (*task.writes, *task.reads))


def test_records_and_mappings_of_files_say_what_happens_to_them(tmp_path: Path) -> None:
    text = """
tasks:
  - id: a
    depends_on: []
    priority: P1
    relevantFiles:
      - {path: src/a.ts, action: create}
      - {path: src/b.ts, action: reference}
  - id: b
    depends_on: []
    files: {modify: [src/c.ts], create: [src/d.ts], read: [src/e.ts]}
"""
    first, second = plan_of(text, tmp_path).tasks
    assert shown(first.writes) == [("create", "src/a.ts")]
    assert shown(first.reads) == [("read", "src/b.ts")]
    assert shown(second.writes) == [("modify", "src/c.ts"), ("create", "src/d.ts")]
    assert shown(second.reads) == [("read", "src/e.ts")]


def test_work_packages_lock_deny_and_isolate_and_a_permission_to_read_is_no_read(tmp_path: Path) -> None:
    text = """
packages:
  - package_id: wp-a
    depends_on: []
    locks: {files: [a/x.py], keys: ["db:users"]}
    scope: {write_allow: [a/**], read_allow: ["**", b/y.py], deny: [b/**]}
    worktree: {name: change, mode: isolated}
"""
    task = plan_of(text, tmp_path).tasks[0]
    assert shown(task.writes) == [("write", "a/**")]
    assert task.reads == ()
    assert [scope.path for scope in task.off_limits] == ["b/**"]
    assert [(resource.kind, resource.name) for resource in task.resources] == [("lock", "db:users")]
    assert task.isolation is Isolation.WORKTREE


@pytest.mark.parametrize("written", ["T-1", "t-1", "1", "01", "'Lay the base'", "T-1 (the base)", "lay  the BASE"])
def test_a_reference_means_the_task_however_it_is_written(written: str, tmp_path: Path) -> None:
    text = f"""
tasks:
  - {{id: T-1, title: Lay the base, files: [a.py], depends_on: [], priority: P1}}
  - {{id: T-2, title: Build on it, files: [b.py], depends_on: [{written}], priority: P1}}
"""
    dependency = plan_of(text, tmp_path).tasks[1].depends_on[0]
    assert dependency.task == "T-1"


def test_packed_references_are_cut_and_none_is_nothing(tmp_path: Path) -> None:
    text = """
tasks:
  - {id: a, files: [a.py], depends_on: none, priority: P1}
  - {id: b, files: [b.py], depends_on: "-", priority: P1}
  - {id: c, files: [c.py], depends_on: "a, b", priority: P1}
  - {id: d, files: [d.py], depends_on: [x], priority: P1}
"""
    plan = plan_of(text, tmp_path)
    assert [[one.task for one in task.depends_on] for task in plan.tasks] == [[], [], ["a", "b"], ["x"]]


def test_lists_of_parallel_groups_are_waves_and_mappings_of_them_are_not(tmp_path: Path) -> None:
    waves = plan_of(GRAPH + "orchestration:\n  parallel_groups: [[a], [b, c]]\n", tmp_path)
    assert together(waves) == set()
    assert [task.wave for task in waves.tasks] == ["1", "2", "2"]
    sets = plan_of(
        GRAPH + "parallel_groups:\n  one: {tasks: [a]}\n  two: {tasks: [b]}\n  end: {tasks: [c]}\n", tmp_path
    )
    assert together(sets) == pairs("a b")


def test_phases_go_by_what_they_require_and_by_their_strategy(tmp_path: Path) -> None:
    text = """
strategy: phased-parallel
phases:
  - {id: base, strategy: sequential, tasks: [a, b]}
  - {id: left, strategy: parallel, tasks: [c, d], requires: [base]}
  - {id: right, strategy: sequential, tasks: [e], requires: [base]}
tasks:
  - {id: a, complexity: S, files: [a.py]}
  - {id: b, complexity: S, files: [b.py]}
  - {id: c, complexity: S, files: [c.py]}
  - {id: d, complexity: S, files: [d.py]}
  - {id: e, complexity: S, files: [e.py]}
"""
    assert together(plan_of(text, tmp_path)) == pairs("c d", "c e", "d e")


def test_a_sequential_strategy_leaves_nothing_concurrent(tmp_path: Path) -> None:
    plan = plan_of("strategy: sequential\n" + GRAPH, tmp_path)
    assert together(plan) == set()
    assert not plan.has(Capability.CONCURRENCY)


def test_waves_may_hold_groups_that_are_only_lists_of_files(tmp_path: Path) -> None:
    text = json.dumps(
        {
            "waves": {
                "wave1": {"groups": {"A": ["src/a.ts"], "B": ["src/b.ts", "src/c.ts"]}, "blocks": "wave2"},
                "wave2": {"groups": {"C": ["src/a.ts"]}},
            }
        }
    )
    plan = plan_of(text, tmp_path, ".agents/plan.json")
    assert [task.id for task in plan.tasks] == ["A", "B", "C"]
    assert [len(task.writes) for task in plan.tasks] == [1, 2, 1]
    assert together(plan) == pairs("A B")


def test_pairs_that_name_each_other_run_together_by_declaration(tmp_path: Path) -> None:
    text = """
achievements:
  - {achievement_id: "1", dependencies: [], parallelizable_with: ["2"], blocks: ["3"]}
  - {achievement_id: "2", dependencies: [], parallelizable_with: ["1"]}
  - {achievement_id: "3", dependencies: ["1"], parallelizable_with: []}
"""
    plan = plan_of(text, tmp_path)
    order = Order(plan, References(plan))
    assert together(plan) == pairs("1 2", "2 3")
    assert order.concurrency(0, 1).evidence is Evidence.DECLARED
    assert order.concurrency(1, 2).evidence is Evidence.INFERRED
    assert [edge.task for edge in plan.tasks[0].blocks] == ["3"]


def test_a_backlog_of_cards_says_nothing_about_concurrency(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"TC-{number}.md").write_text(
            f"---\nid: TC-{number}\ndepends_on: []\nallowed_paths: [src/x.py]\nevidence_required: [r.md]\n---\n"
        )
    plan = plan_in(tmp_path, "TC-1.md")
    assert [task.id for task in plan.tasks] == ["TC-1", "TC-2"]
    assert not plan.has(Capability.CONCURRENCY)


def test_waves_of_items_in_files_come_from_the_plan_above_them(tmp_path: Path) -> None:
    tasks = tmp_path / "tasks"
    tasks.mkdir()
    for name in ("task-01", "task-02"):
        (tasks / f"{name}.md").write_text(
            f"---\nid: {name}\ndepends_on: []\nallowed_paths: [src/{name}.ts]\ntarget_files: []\n---\n"
        )
    (tmp_path / "plan.md").write_text("# Plan\n\n## Wave 1\n\n- task-01\n\n## Wave 2\n\n- task-02\n")
    plan = plan_in(tmp_path, "tasks/task-02.md")
    assert plan.path == "tasks"
    assert [task.wave for task in plan.tasks] == ["1", "2"]
    assert together(plan) == set()


def test_an_item_that_cannot_be_parsed_stays_known(tmp_path: Path) -> None:
    (tmp_path / "task-01.md").write_text(
        "---\nid: task-01\nallowed_paths: [a.ts]\nprovides: []\ndepends_on: [task-02]\n---\n"
    )
    (tmp_path / "task-02.md").write_text("---\nid: task-02\ntitle: `x` is bad\n---\n")
    plan = plan_in(tmp_path, "task-01.md")
    assert "task-02" in plan.known_ids
    assert plan.incomplete


def test_a_plan_cut_into_files_is_one_and_the_same_from_each_of_them(tmp_path: Path) -> None:
    (tmp_path / "features").mkdir()
    (tmp_path / "plan-01-base.yaml").write_text(
        "plan:\n  tasks:\n    - {task_number: 1, name: Base, files: [a.go], depends_on: []}\n"
    )
    (tmp_path / "features" / "plan-02-api.yaml").write_text(
        "plan:\n  tasks:\n    - task_number: 2\n      name: API\n      files: [b.go]\n"
        "      depends_on: [{file: ../plan-01-base.yaml, task: 1}]\n"
    )
    plans = [plan_in(tmp_path, path) for path in ("plan-01-base.yaml", "features/plan-02-api.yaml")]
    assert [sorted(task.id for task in plan.tasks) for plan in plans] == [["1", "2"], ["1", "2"]]
    assert [together(plan) for plan in plans] == [set(), set()]


def test_a_path_in_a_text_that_is_the_end_of_a_declared_one_is_no_further_file(tmp_path: Path) -> None:
    text = """
packages:
  - package_id: wp-a
    description: "Update auth/guide.md. Create src/extra.py for the rest."
    depends_on: []
    scope: {write_allow: [skills/auth/**, src/main.py]}
"""
    writes = plan_of(text, tmp_path).tasks[0].writes
    assert [(scope.path, scope.body) for scope in writes] == [
        ("skills/auth/**", False),
        ("src/main.py", False),
        ("src/extra.py", True),
    ]
    assert writes[2].mode is Mode.CREATE


def test_contracts_keep_their_signatures(tmp_path: Path) -> None:
    text = """
briefs:
  - task_id: api
    depends_on: []
    files_scope: {allow_modify: [api.py], strictly_forbidden: [db.py]}
    contracts: {exported_symbols: [Client], function_signatures: ["save(item: Item) -> str"]}
"""
    task = plan_of(text, tmp_path).tasks[0]
    assert [(ref.contract, ref.signature) for ref in task.provides] == [
        ("Client", None),
        ("save", "save(item: Item) -> str"),
    ]
    assert [scope.path for scope in task.off_limits] == ["db.py"]


KEYS = sorted(
    words(
        "id tasks files depends_on scope waves groups parallel_groups path worktree locks phases requires provides "
        "contracts wave blocks status title task_id"
    )
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["a", "src/a.ts", "x (new)", "", "none", "1, 2"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_no_tree_of_values_makes_it_fail(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    document = read(Source("plan.json", json.dumps({"tasks": value, "packages": [value]})))
    workspace = FileWorkspace(tmp_path_factory.getbasetemp())
    DIALECT.recognise(document, workspace)
    for plan in DIALECT.load([document], workspace).plans:
        assert [task.index for task in plan.tasks] == list(range(len(plan.tasks)))
        assert Order(plan, References(plan)).pair_count >= 0


def test_a_title_or_name_stands_for_the_id_where_items_tell_of_work(tmp_path: Path) -> None:
    titled = """
tasks:
  - {title: Set up the cache, description: the layer, file_boundaries: [src/cache/], depends_on: []}
  - {title: Search, description: use it, file_boundaries: [src/search/], depends_on: [Set up the cache]}
"""
    plan = plan_of(titled, tmp_path)
    assert not together(plan)
    assert [[one.target for one in task.depends_on] for task in plan.tasks] == [[], [0]]
    named = """
stages:
  build:
    parallel: true
    tasks:
      - {name: api, prompt: Build the endpoints, outputs: [src/api.ts]}
      - {name: ui, prompt: Build the form, outputs: [src/ui.tsx]}
  verify:
    depends_on: [build]
    tasks:
      - {name: e2e, prompt: Write the test, outputs: [e2e/orders.spec.ts]}
"""
    plan = plan_of(named, tmp_path)
    assert [task.id for task in plan.tasks] == ["api", "ui", "e2e"]
    assert together(plan) == pairs("api ui")


@pytest.mark.parametrize(
    "text",
    [
        "stages:\n  - {name: extract, description: x, inputs: [a.csv], outputs: [b.csv]}\n"
        "  - {name: load, description: y, inputs: [b.csv], outputs: [c.csv], depends_on: [extract]}\n",
        "steps:\n  - {id: css, description: x, command: sass, outputs: [dist/a.css]}\n"
        "  - {id: js, description: y, command: esbuild, outputs: [dist/a.js]}\n",
        "steps:\n  - {key: build, label: Build, depends_on: [], timeout_in_minutes: 5, files: [a.sh]}\n"
        "  - {key: push, label: Push, depends_on: [build], soft_fail: true, files: [b.sh]}\n",
        "- {title: Reading, path: src/reading, arxiv: x, tasks: [{name: reading}], dependency: reading}\n"
        "- {title: Sums, path: src/sums, arxiv: y, tasks: [{name: sums}], dependency: sums}\n",
        "workers:\n  - {id: mail, path: src/mail.ts, subcategory: script}\n"
        "  - {id: scan, path: src/scan.ts, tags: []}\n",
        "agents:\n  - {name: writer, role: writes, goal: a text}\n  - {name: editor, role: edits, goal: a text}\n",
        "stories:\n  - {id: S1, title: Log in}\n  - {id: S2, title: Log out}\n",
    ],
)
def test_pipelines_rosters_and_backlogs_are_no_plans(text: str, tmp_path: Path) -> None:
    assert score(text, tmp_path) == 0


def test_workers_with_files_of_their_own_run_side_by_side(tmp_path: Path) -> None:
    for key in ("agents", "workers"):
        plan = plan_of(
            f"{key}:\n  - {{name: back, owns: [server/**], must_not_touch: [client/**], prompt: Search endpoint}}\n"
            "  - {name: front, owns: [client/**], prompt: Search page}\n",
            tmp_path,
        )
        assert together(plan) == pairs("back front")
        assert [scope.path for scope in plan.tasks[0].off_limits] == ["client/**"]


def test_a_roster_beside_a_list_of_tasks_is_no_list_of_tasks(tmp_path: Path) -> None:
    plan = plan_of(
        "agents:\n  - {id: back, owns: [server/**]}\n"
        "tasks:\n  - {id: t1, agent: back, files: [server/a.py]}\n  - {id: t2, files: [b.py], depends_on: [t1]}\n",
        tmp_path,
    )
    assert [task.id for task in plan.tasks] == ["t1", "t2"]


def test_items_started_in_the_background_run_together(tmp_path: Path) -> None:
    plan = plan_of(
        "subtasks:\n  - {id: s1, prompt: x, run_in_background: true, allowed_paths: [src/queue.py]}\n"
        "  - {id: s2, prompt: y, run_in_background: true, allowed_paths: [src/worker.py]}\n",
        tmp_path,
    )
    assert together(plan) == pairs("s1 s2")


def test_stories_hold_tasks_that_only_dependencies_set_free(tmp_path: Path) -> None:
    free = """
stories:
  - id: S1
    tasks:
      - {id: S1.1, title: Tokens, files: [src/tok.py]}
      - {id: S1.2, title: Index, files: [src/inv.py], depends_on: [S1.1]}
  - id: S2
    tasks:
      - {id: S2.1, title: Box, files: [web/box.tsx]}
"""
    assert together(plan_of(free, tmp_path)) == pairs("S1.1 S2.1", "S1.2 S2.1")
    assert not together(plan_of(free.replace(", depends_on: [S1.1]", ""), tmp_path))


def test_lanes_of_sentences_tell_what_each_does(tmp_path: Path) -> None:
    plan = plan_of(
        "lanes:\n  back:\n    - Create `srv/a.py`\n    - Create `srv/b.py`\n  front:\n    - Create `web/a.tsx`\n",
        tmp_path,
    )
    assert [shown(task.writes) for task in plan.tasks] == [
        [("create", "srv/a.py"), ("create", "srv/b.py")],
        [("create", "web/a.tsx")],
    ]
    assert together(plan) == pairs("back front")


def test_agents_stand_inside_of_phases_and_lanes_have_names(tmp_path: Path) -> None:
    plan = plan_of(
        "phases:\n  - name: p1\n    mode: parallel\n    agents:\n"
        "      - {id: x1, task: the model, owned_files: [m/a.py]}\n"
        "      - {id: x2, task: the view, owned_files: [v/a.py]}\n"
        "  - name: p2\n    agents:\n      - {id: x3, task: join, owned_files: [app.py]}\n",
        tmp_path,
    )
    assert together(plan) == pairs("x1 x2")
    lanes = plan_of(
        "lanes:\n  - {name: guide, scope: docs/guide/**, tasks: [Write the introduction]}\n"
        "  - {name: reference, scope: docs/reference/**, tasks: [Generate the pages]}\n",
        tmp_path,
    )
    assert together(lanes) == pairs("guide reference")


STAGED = """phases:
  - name: Foundation
    parallel: false
    tasks:
      - {{title: Tables, files: [db/tables.sql]}}
  - name: Build
{mark}
    tasks:
      - {{title: Users, files: [api/users.go, api/router.go]}}
      - {{title: Mailer, files: [mail/main.go, api/router.go]}}
"""


def test_tasks_of_phases_that_say_how_they_run_are_known_by_their_titles(tmp_path):
    """Titles and files are enough where a phase says that its tasks run together."""
    plan = plan_of(STAGED.format(mark="    parallel: true"), tmp_path)
    assert [task.label for task in plan.tasks] == ["Tables", "Users", "Mailer"]
    order = Order(plan, References(plan))
    assert not order.concurrent(0, 1)
    assert order.concurrent(1, 2)


def test_titles_and_files_in_phases_that_say_nothing_of_order_are_no_plan(tmp_path):
    """A table of contents has titles and files in groups, too."""
    text = STAGED.replace("    parallel: false\n", "").format(mark="    note: none")
    assert score(text, tmp_path) == 0


def test_the_inputs_of_a_task_are_what_it_reads(tmp_path):
    """`inputs` beside `outputs` names files that the task takes from others."""
    plan = plan_of("tasks:\n- {id: a, files: [a.ts]}\n- {id: b, outputs: [docs/b.md], inputs: [src/a.ts]}\n", tmp_path)
    assert [scope.path for scope in plan.tasks[1].reads] == ["src/a.ts"]


def test_two_lists_of_prompts_are_what_runs_together_and_what_takes_turns(tmp_path: Path) -> None:
    plan = plan_of(
        json.dumps(
            {
                "plan": "docs",
                "parallel_tasks": ["Rewrite docs/a.md", "Rewrite docs/b.md"],
                "sequential_tasks": ["Check all links", "Update CHANGELOG.md"],
            }
        ),
        tmp_path,
        "plan.json",
    )
    assert plan.name == "docs"
    order = Order(plan, References(plan))
    assert [(one, two) for one in range(4) for two in range(one + 1, 4) if order.concurrent(one, two)] == [(0, 1)]
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [
        ["docs/a.md"], ["docs/b.md"], [], ["CHANGELOG.md"],
    ]  # fmt: skip


def test_one_list_called_parallel_is_no_plan(tmp_path: Path) -> None:
    assert score("parallel: [Unit tests, Lint]\nsteps: 3\n", tmp_path) == 0


def test_tasks_that_have_only_prompts_and_files_are_a_list(tmp_path: Path) -> None:
    plan = plan_of(
        "tasks:\n- {prompt: Build the index., files: [src/i.ts]}\n- {prompt: Parse., files: [src/p.ts]}\n", tmp_path
    )
    assert [(task.id, task.title) for task in plan.tasks] == [("", "Build the index."), ("", "Parse.")]
    assert together(plan) == set()


@pytest.mark.parametrize("said", ["execution: {mode: parallel}", "max_parallel: 3", "strategy: parallel"])
def test_a_plan_that_says_so_runs_all_its_tasks_at_once(said: str, tmp_path: Path) -> None:
    tasks = "tasks:\n- {name: a, files: [src/a.ts], prompt: Do a.}\n- {name: b, files: [src/b.ts], prompt: Do b.}\n"
    assert together(plan_of(f"{said}\n{tasks}", tmp_path)) == pairs("a b")
    assert together(plan_of(tasks, tmp_path)) == set()


def page(front: str, body: str) -> str:
    return f"---\n{front}---\n\n{body}"


def test_the_page_below_front_matter_gives_title_and_brief_and_files_that_no_field_names(tmp_path: Path) -> None:
    home = tmp_path / "tickets"
    home.mkdir()
    (home / "T-1.md").write_text(
        page(
            "id: T-1\ndepends_on: []\nparallel_with: [T-2]\n",
            "# Paint the gate\n\n## Approach\n\nUpdate `src/gate.ts`.\n\n## Risks\n\nRename `src/old.ts`.\n",
        )
    )
    (home / "T-2.md").write_text(
        page(
            "id: T-2\nfiles_owned: [src/b.ts]\nfiles_readonly: [src/c.ts]\ndepends_on: []\n",
            "# Sow\n\nUpdate `src/d.ts`.\n",
        )
    )
    plan = plan_in(tmp_path, "tickets/T-1.md")
    assert [(task.title, [scope.path for scope in task.writes]) for task in plan.tasks] == [
        ("Paint the gate", ["src/gate.ts"]),
        ("Sow", ["src/b.ts"]),
    ]
    assert [scope.path for scope in plan.tasks[1].reads] == ["src/c.ts"]
    assert "Update `src/d.ts`." in plan.tasks[1].brief


@pytest.mark.parametrize(("directory", "incomplete"), [("plans/active", True), ("plans", False)])
def test_a_directory_of_open_items_does_not_hold_the_finished_ones(
    directory: str, incomplete: bool, tmp_path: Path
) -> None:
    home = tmp_path / directory
    home.mkdir(parents=True)
    (home / "T-2.md").write_text(page("id: T-2\nfiles: [src/b.ts]\ndepends_on: [T-1]\n", "# B\n"))
    assert plan_in(tmp_path, f"{directory}/T-2.md").incomplete is incomplete


def test_a_block_of_steps_runs_together_and_the_steps_around_it_take_turns(tmp_path: Path) -> None:
    plan = plan_of(
        "steps:\n"
        "- {agent: a, prompt: Do a., files: [src/a.ts]}\n"
        "- parallel:\n"
        "  - {agent: b, prompt: Do b., files: [src/b.ts]}\n"
        "  - {agent: c, prompt: Do c., files: [src/c.ts]}\n"
        "- {agent: d, prompt: Do d., files: [src/d.ts]}\n",
        tmp_path,
    )
    order = Order(plan, References(plan))
    assert [task.agent.type for task in plan.tasks] == ["a", "b", "c", "d"]
    assert [(one, two) for one in range(4) for two in range(one + 1, 4) if order.concurrent(one, two)] == [(1, 2)]


def test_jobs_are_a_plan_only_where_each_is_told_something(tmp_path: Path) -> None:
    told = "jobs:\n  a: {prompt: Do a., writes: [src/a.ts]}\n  b: {prompt: Do b., writes: [src/b.ts], needs: [a]}\n"
    assert [task.id for task in plan_of(told, tmp_path).tasks] == ["a", "b"]
    assert (
        score("jobs:\n  a: {runs-on: linux, steps: []}\n  b: {runs-on: linux, steps: [], needs: [a]}\n", tmp_path) == 0
    )


@pytest.mark.parametrize(
    ("front", "known"),
    [
        ("id: T-1\ndepends_on: []\nparallel_safe: true\n", True),
        ("ticket_id: T-1\nbranch: t/1\nowned_paths: [src/a.ts]\n", True),
        ("task: T-1\ntitle: Gate\ndependencies: []\nowned_paths: [src/a.ts]\n", True),
        ("task_id: T-1\nparallelizable: true\nconflict_scope: [src/a.ts]\n", True),
        ("id: T-1\ndepends_on: []\n", False),
        ("id: intro\npath: docs/intro.md\nbranch: main\n", False),
        ("task: Paint the gate\ndependencies: []\nowned_paths: [src/a.ts]\n", False),
    ],
)
def test_front_matter_is_an_item_by_its_id_and_two_more_signs(front: str, known: bool, tmp_path: Path) -> None:
    assert (score(page(front, "# Gate\n"), tmp_path, "T-1.md") > 0) is known


def items_in(tmp_path: Path, *fronts: str) -> Plan:
    for number, front in enumerate(fronts, start=1):
        (tmp_path / f"T-{number}.md").write_text(page(f"id: T-{number}\n{front}", f"# Task {number}\n"))
    return plan_in(tmp_path, "T-1.md")


def test_a_mark_that_permits_says_nothing_of_a_task_that_waits(tmp_path: Path) -> None:
    plan = items_in(
        tmp_path,
        "depends_on: []\nparallel_safe: true\nblocks: [T-3]\n",
        "depends_on: [T-1]\nparallel_safe: true\n",
        "depends_on: []\nparallel_safe: true\n",
    )
    assert [task.parallel for task in plan.tasks] == [True, None, None]


def test_files_beside_each_other_are_no_list(tmp_path: Path) -> None:
    plan = items_in(tmp_path, "branch: a\nfiles: [src/a.ts]\n", "branch: b\nfiles: [src/b.ts]\n")
    assert together(plan) == pairs("T-1 T-2")
    assert (plan.isolation, {task.isolation for task in plan.tasks}) == (Isolation.BRANCH, {None})


def test_what_is_said_to_have_happened_elsewhere_is_no_open_dependency(tmp_path: Path) -> None:
    plan = items_in(
        tmp_path, "depends_on: [T-9 ACCEPTED, T-2 DONE]\nfiles: [src/a.ts]\n", "depends_on: []\nfiles: [src/b.ts]\n"
    )
    assert [dependency.task for dependency in plan.tasks[0].depends_on] == ["T-2"]


def test_tasks_may_wait_for_others_of_their_phase(tmp_path: Path) -> None:
    plan = items_in(
        tmp_path,
        "phase: 1\ndepends_on: []\nfiles: [src/a.ts]\n",
        "phase: 1\ndepends_on: [T-1]\nfiles: [src/b.ts]\n",
        "phase: 2\ndepends_on: []\nfiles: [src/c.ts]\n",
    )
    order = Order(plan, References(plan))
    assert order.mismatches == []
    assert together(plan) == set()


def test_ranges_numbers_with_a_hash_and_whom_a_task_is_needed_by_are_understood(tmp_path: Path) -> None:
    plan = plan_of(
        """
        feature: cart
        tasks:
          - {id: WP01, title: Types, files: [src/types.ts], depends_on: none (parallel with WP02)}
          - {id: WP02, title: Store, files: [src/store.ts], needed_by: WP05}
          - {id: WP03, title: Page, files: [src/page.ts], depends_on: "#2"}
          - {id: WP04, title: Tests, files: [tests/], depends_on: WP01-WP03}
          - {id: WP05, title: Docs, files: [docs/a.md], depends_on: "1 to 2"}
          - {id: WP06, title: Odd, files: [docs/b.md], depends_on: WP05-WP01}
        """,
        tmp_path,
    )

    assert [[dependency.task for dependency in task.depends_on] for task in plan.tasks] == [
        [],
        [],
        ["WP02"],
        ["WP01", "WP02", "WP03"],
        ["WP01", "WP02"],
        ["WP05-WP01"],
    ]
    assert [dependency.task for dependency in plan.tasks[1].blocks] == ["WP05"]


def test_an_output_that_is_a_file_is_written_and_an_address_is_no_file(tmp_path: Path) -> None:
    plan = plan_of(
        """
        feature: cart
        tasks:
          - {id: a, title: Types, agent: one, output: src/types.ts, files: ["https://example.com/x", and/or, a.ts]}
          - {id: b, title: List, agent: two, deliverables: [docs/a.md, docs/b.md], depends_on: [a]}
          - {id: c, title: Note, agent: two, output: a summary of src/types.ts, depends_on: [a]}
        """,
        tmp_path,
    )

    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [
        ["src/types.ts", "a.ts"],
        ["docs/a.md", "docs/b.md"],
        [],
    ]


def test_files_of_one_task_each_are_one_plan_and_an_action_says_what_happens_to_each_path(tmp_path: Path) -> None:
    for number in (1, 2, 10):
        fields = {
            "id": f"task_{number}",
            "title": f"Step {number}",
            "status": "DONE" if number == 1 else "PENDING",
            "blockedBy": [] if number == 1 else ["task_1"],
            "relevantFiles": [
                {"path": f"src/part{number}.ts", "action": "create"},
                {"path": "src/types.ts", "action": "reference"},
            ],
            "contextToReadFirst": [{"path": "docs/a.md", "reason": "style"}],
        }
        (tmp_path / f"task_{number}.json").write_text(json.dumps(fields), encoding="utf-8")

    plan = plan_in(tmp_path, "task_2.json")

    assert {
        task.id: ([s.path for s in task.writes], [s.path for s in task.reads], task.done) for task in plan.tasks
    } == {
        f"task_{number}": ([f"src/part{number}.ts"], ["src/types.ts", "docs/a.md"], number == 1)
        for number in (1, 2, 10)
    }
    assert not plan.name


@pytest.mark.parametrize(
    ("title", "looks"),
    [
        ("Validation of the cart", True),
        ("Verification", True),
        ("Validate schemas", True),
        ("Validation script created", False),
        ("Verification service", False),
    ],
)
def test_what_is_named_after_validation_has_to_be_built(title: str, looks: bool, tmp_path: Path) -> None:
    text = json.dumps(
        {
            "tasks": [
                {"id": "a", "title": title, "agent": "x", "depends_on": ["b"]},
                {"id": "b", "agent": "x", "files": ["a.ts"]},
            ]
        }
    )
    assert (plan_of(text, tmp_path, "plan.json").tasks[0].kind.value == "review") is looks


def test_the_parts_of_a_plan_go_by_their_numbers_and_one_that_is_missing_leaves_it_incomplete(tmp_path: Path) -> None:
    for path, number, needs in (
        ("plan-01-base.yaml", 1, "[]"),
        ("api/plan-03-api.yaml", 3, "[{file: ../plan-01-base.yaml, task: 1}]"),
        ("api/deploy/notes.txt", 0, ""),
        ("deploy/plan-04-deploy.yaml", 4, "[{file: ../ui/plan-02-ui.yaml, task: 2}]"),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(
            f"plan:\n  tasks:\n    - {{task_number: {number}, name: N, files: [f{number}.go], depends_on: {needs}}}\n"
        )

    for path in ("plan-01-base.yaml", "api/plan-03-api.yaml", "deploy/plan-04-deploy.yaml"):
        plan = plan_in(tmp_path, path)
        assert [task.id for task in plan.tasks] == ["1", "3", "4"]
        assert plan.incomplete
        assert not plan.tasks[2].depends_on


@pytest.mark.parametrize(
    ("key", "field"),
    [
        *dict.fromkeys(
            ("writable_files", "file_paths", "keyFiles", "allow", "footprint", "target-paths"), "writes"
        ).items(),
        ("required_role", "role"),
        ("allowed_tools", None),
    ],
)
def test_projects_have_words_of_their_own(key: str, field: str | None) -> None:
    assert field_of(key) == field


def test_lanes_that_nobody_took_yet_run_beside_each_other(tmp_path: Path) -> None:
    """`owner: unsure` names no worker who would do both in turn."""
    plan = plan_of(
        "lanes:\n  form:\n    owner: unsure\n    allow: [src/form.ts, src/shared.ts]\n"
        "  list:\n    owner: unsure\n    allow: [src/list.ts, src/shared.ts]\n",
        tmp_path,
    )
    assert together(plan) == pairs("form list")


def test_a_batch_whose_tasks_wait_for_each_other_is_no_wave_and_its_name_stands_for_them(tmp_path: Path) -> None:
    batches = (
        "batches:\n- id: types\n  tasks:\n  - {id: a1, file: a/x.rs, depends_on: []}\n"
        "  - {id: a2, file: a/y.rs, depends_on: [%s]}\n"
        "- id: use\n  tasks:\n  - {id: b1, file: b/z.rs, depends_on: [types]}\n"
    )
    plan = plan_of(batches % "a1", tmp_path)
    assert [task.wave for task in plan.tasks] == [None, None, None]
    assert [edge.task for edge in plan.tasks[2].depends_on] == ["a1", "a2"]
    assert [task.wave for task in plan_of(batches % "", tmp_path).tasks] == ["types", "types", "use"]


def test_a_task_may_be_named_by_another_id_that_it_carries(tmp_path: Path) -> None:
    plan = plan_of(
        "tasks:\n- {id: t-9f, req: FR-1, goal: Intake, depends_on: []}\n"
        "- {id: t-3c, req: FR-2, goal: Scope, depends_on: [FR-1]}\n"
        "- {id: t-4d, req: FR-2, goal: More, depends_on: [FR-2]}\n",
        tmp_path,
    )
    assert [[edge.task for edge in task.depends_on] for task in plan.tasks] == [[], ["t-9f"], ["FR-2"]]


def test_a_plan_for_one_agent_at_a_time_is_sequential(tmp_path: Path) -> None:
    tasks = "tasks:\n- {id: 1, goal: A, file_list: [a.py], depends_on: []}\n- {id: 2, goal: B, file_list: [b.py]}\n"
    assert together(plan_of(f"defaults: {{parallelism: 1}}\n{tasks}", tmp_path)) == set()
    assert together(plan_of(f"defaults: {{parallelism: 2}}\n{tasks}", tmp_path)) == pairs("1 2")


@pytest.mark.parametrize(
    ("written", "path", "mode"),
    [
        ("Assets/Game Scripts/Player Move.cs", "Assets/Game Scripts/Player Move.cs", Mode.WRITE),
        ("apps/My App/src/x.ts", "apps/My App/src/x.ts", Mode.WRITE),
        ("Create src/c.ts", "src/c.ts", Mode.CREATE),
        ("src/d.ts for the form", "src/d.ts", Mode.WRITE),
        ("src/auth and src/b.ts", "src/auth", Mode.WRITE),
    ],
)
def test_names_may_hold_blanks_and_sentences_are_no_names(written: str, path: str, mode: Mode, tmp_path: Path) -> None:
    plan = plan_of(f"tasks:\n- {{id: a, goal: A, file_list: [{written}], depends_on: []}}\n", tmp_path)
    assert [(scope.path, scope.mode) for scope in plan.tasks[0].writes] == [(path, mode)]


def test_each_word_in_a_list_of_files_is_one(tmp_path: Path) -> None:
    """As scripts have no ending; the areas of a scope are no files."""
    plan = plan_of(
        "tasks:\n- {id: a, goal: A, files: [ralph, docs/x.md, TBD], depends_on: []}\n"
        "- {id: b, goal: B, scope: [backend, src/b.ts], depends_on: [a], artifacts: [out/b.csv]}\n",
        tmp_path,
    )
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [
        ["ralph", "docs/x.md"],
        ["src/b.ts", "out/b.csv"],
    ]


def test_steps_may_hold_tasks_and_a_list_may_stand_below_its_own_name(tmp_path: Path) -> None:
    plan = plan_of(
        "swarm: {parent: x}\nsteps:\n"
        "- name: Base\n  subtasks:\n  - {title: Types, scope: [src/a.ts], prompt: Write it.}\n"
        "- name: Use\n  subtasks:\n  - {title: Pages, scope: [src/b.ts], prompt: Write them.}\n",
        tmp_path,
    )
    assert [(task.id, task.phase) for task in plan.tasks] == [("Types", "Base"), ("Pages", "Use")]
    assert together(plan) == set()
    streams = plan_of(
        "workstreams:\n  version: 3\n  workstreams:\n  - {id: A, owner: ann, depends_on: []}\n"
        "  - {id: B, owner: bob, depends_on: [A]}\n",
        tmp_path,
    )
    assert [task.id for task in streams.tasks] == ["A", "B"]


FENCED = """# Search: implementation plan

```yaml
tasks:
  - id: index
    title: Build the index
    files: [src/index.py]
  - id: query
    title: Answer queries
    depends_on: [index]
    files: [src/query.py]
```
"""


def test_a_list_of_tasks_in_a_fence_of_a_plan_is_read_where_it_stands(tmp_path: Path) -> None:
    plan = plan_of(FENCED, tmp_path, "docs/plan.md")
    assert [(task.id, FENCED.count("\n", 0, task.origin.start)) for task in plan.tasks] == [("index", 4), ("query", 7)]
    assert [dependency.task for dependency in plan.tasks[1].depends_on] == ["index"]
    scope = plan.tasks[1].writes[0]
    assert FENCED[scope.origin.start : scope.origin.end] == "src/query.py"


@pytest.mark.parametrize(
    "text",
    [
        FENCED.replace("# Search: implementation plan", "# How to write an implementation plan"),
        FENCED.replace("# Search: implementation plan", "# Search"),
        FENCED.replace("\n\n", "\n\n## Example\n\n", 1),
        FENCED.replace("files:", "notes:"),
        FENCED.replace("  - id: index", "  - id: [index"),
    ],
)
def test_other_fences_are_no_plan(text: str, tmp_path: Path) -> None:
    assert score(text, tmp_path, "docs/plan.md") == 0


def test_an_area_is_files_only_where_it_is_a_path(tmp_path: Path) -> None:
    text = """name: Search
tasks:
  - id: P1.W1.T1
    area: src/index/
  - id: P1.W1.T2
    area: UI/UX
  - id: P1.W1.T3
    area: search
  - id: P1.W2.T1
    depends_on: [P1.W1.T1-T3]
"""
    plan = plan_of(text, tmp_path)
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [["src/index/"], [], [], []]
    assert [dependency.task for dependency in plan.tasks[3].depends_on] == ["P1.W1.T1", "P1.W1.T2", "P1.W1.T3"]
