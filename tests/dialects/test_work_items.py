"""The `work-items` dialect: what begins an item, what its labels mean, and what runs at the same time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.dialects.work_items.dialect import WorkItemsDialect
from planlint.dialects.work_items.vocabulary import label_of, read_head
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Capability, Isolation, Kind, Plan, Scope
from planlint.readers.registry import read
from planlint.source import Source

DIALECT = WorkItemsDialect()


def plans_of(text: str, tmp_path: Path, path: str = "docs/plan.md") -> list[Plan]:
    document = read(Source(path, text))
    workspace = FileWorkspace(tmp_path)
    assert DIALECT.recognise(document, workspace) is not None
    return DIALECT.load([document], workspace).plans


def plan_of(text: str, tmp_path: Path) -> Plan:
    plans = plans_of(text, tmp_path)
    assert len(plans) == 1
    return plans[0]


def is_recognised(text: str, tmp_path: Path, path: str = "docs/plan.md") -> bool:
    return DIALECT.recognise(read(Source(path, text)), FileWorkspace(tmp_path)) is not None


def together(plan: Plan) -> set[frozenset[str]]:
    order = Order(plan, References(plan))
    return {
        frozenset({one.id, two.id})
        for one in plan.tasks
        for two in plan.tasks
        if one.index < two.index and order.concurrent(one.index, two.index)
    }


def pairs(*names: str) -> set[frozenset[str]]:
    return {frozenset(name.split(" + ")) for name in names}


def shown(scopes: tuple[Scope, ...]) -> list[tuple[str, str]]:
    return [(scope.mode.value, scope.path) for scope in scopes]


def waits(plan: Plan) -> list[list[str]]:
    return [[dependency.task for dependency in task.depends_on] for task in plan.tasks]


ITEMS = """# Saved searches

**Item 1: Store** (branch: `feat/store`)
- Create `src/store.ts`
- Exports: `save(query: Query): Promise<string>`
- Do not modify any existing files

**Item 2: Endpoints** (branch: `feat/api`)
- Create `src/api.ts`
- Assumes: `save(query: Query): Promise<string>`

**Item 3: Integration** (after items 1-2 merge)
- Register the route in `src/routes/index.ts`
"""


@pytest.mark.parametrize(
    ("text", "word", "identity", "title"),
    [
        ("Item 1: Avatar store", "item", "1", "Avatar store"),
        ("Work Item 3 — Search", "workitem", "3", "Search"),
        ("Stream A: Model", "stream", "A", "Model"),
        ("Workstream B (backend)", "workstream", "B", "(backend)"),
        ("Task 12b", "task", "12b", ""),
        ("PR #4 - Cleanup", "pr", "4", "Cleanup"),
        ("✅ Task 2.1: Parser", "task", "2.1", "Parser"),
        ("TASK-REVIEW-001: Comments", "task", "REVIEW-001", "Comments"),
        ("U3. Loader", "unit", "U3", "Loader"),
        ("Phase 1: Base [2 waves]", "phase", "1", "Base [2 waves]"),
    ],
)
def test_a_heading_begins_an_item(text: str, word: str, identity: str, title: str) -> None:
    head = read_head(text)
    assert head is not None
    assert (head.word, head.id, head.title) == (word, identity, title)
    assert text[head.start : head.end] == identity


@pytest.mark.parametrize(
    "text",
    ["Tasks", "Task list", "Agent types", "Stream a file", "Item A new design", "1. Overview", "Taskmaster 2", ""],
)
def test_other_headings_do_not(text: str) -> None:
    assert read_head(text) is None


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("**Files to Create/Modify**", "writes"),
        ("Files to Modify", "modifies"),
        ("New files", "creates"),
        ("Depends on", "depends_on"),
        ("Blocked by", "depends_on"),
        ("Impacted Paths", "modifies"),
        ("Agent Assignment", "agent"),
        ("Reference files", "reads"),
        ("Shared files", "shared"),
        ("Note", None),
        ("Do not touch", "off_limits"),
    ],
)
def test_a_label_stands_for_a_field(label: str, name: str | None) -> None:
    assert label_of(label) == name


def test_items_on_branches_run_together_and_the_last_waits_for_them(tmp_path: Path) -> None:
    plan = plan_of(ITEMS, tmp_path)
    assert together(plan) == pairs("Item 1 + Item 2")
    assert waits(plan) == [[], [], ["Item 1", "Item 2"]]
    assert plan.isolation is Isolation.BRANCH
    assert plan.tasks[2].kind is Kind.INTEGRATE
    assert [shown(task.writes) for task in plan.tasks] == [
        [("create", "src/store.ts")],
        [("create", "src/api.ts")],
        [("modify", "src/routes/index.ts")],
    ]


def test_exports_with_a_signature_are_contracts_and_so_is_their_use(tmp_path: Path) -> None:
    first, second, _ = plan_of(ITEMS, tmp_path).tasks
    assert [(ref.contract, ref.signature) for ref in first.provides] == [
        ("save", "save(query: Query): Promise<string>")
    ]
    assert [ref.contract for ref in second.consumes] == ["save"]
    assert first.off_limits == ()


def test_what_nobody_exports_is_no_contract(tmp_path: Path) -> None:
    text = ITEMS.replace("- Exports: `save(query: Query): Promise<string>`\n", "")
    assert plan_of(text, tmp_path).tasks[1].consumes == ()


def test_tasks_run_in_listed_order_unless_a_word_says_otherwise(tmp_path: Path) -> None:
    text = "# Plan\n\n## Task 1: A\n**Files:** `src/a.ts`\n\n## Task 2: B\n**Files:** `src/a.ts`\n"
    plan = plan_of(text, tmp_path)
    assert together(plan) == set()
    assert not plan.has(Capability.CONCURRENCY)
    said = plan_of(text.replace("# Plan\n", "# Plan\n\nAll tasks run in parallel.\n"), tmp_path)
    assert together(said) == pairs("Task 1 + Task 2")
    denied = plan_of(text.replace("# Plan\n", "# Plan\n\nThe tasks cannot run in parallel.\n"), tmp_path)
    assert together(denied) == set()


def test_streams_run_together_within_their_phase(tmp_path: Path) -> None:
    text = "# Plan\n\n## Phase 1\n\n### Stream A: x\n**Files**: `a/x.py`\n\n### Stream B: y\n**Files**: `a/y.py`\n"
    text += "\n## Phase 2\n\n### Stream C: z\n**Files**: `a/z.py`\n**Dependencies**: Stream A\n"
    plan = plan_of(text, tmp_path)
    assert together(plan) == pairs("Stream A + Stream B")
    assert waits(plan) == [[], [], ["Stream A"]]


def test_waves_run_together_and_after_each_other(tmp_path: Path) -> None:
    text = "# Plan\n\n" + "".join(
        f"## Wave {wave}\n\n" + "".join(f"### Task {wave}.{n}: t\n**Files:** `a/{wave}{n}.py`\n\n" for n in (1, 2))
        for wave in (1, 2)
    )
    assert together(plan_of(text, tmp_path)) == pairs("Task 1.1 + Task 1.2", "Task 2.1 + Task 2.2")


def test_neighbours_that_are_marked_parallel_run_together(tmp_path: Path) -> None:
    text = "# Plan\n\n" + "".join(
        f"## Task {n}: t\n**Files:** `a/{n}.py`\n**Parallel:** {mark}\n\n"
        for n, mark in enumerate(("yes", "yes", "no"), 1)
    )
    assert together(plan_of(text, tmp_path)) == pairs("Task 1 + Task 2")


def test_fields_of_bullets_are_read_with_their_lists(tmp_path: Path) -> None:
    text = """# Plan

### 1. Types
- **Task ID**: shared-types
- **Wave**: 1
- **Depends On**: none
- **File Ownership**:
  - **CREATE**: lib/types.py, lib/shapes.py
  - **BOUNDARY**: shop/* (owned by shop-models)

### 2. Models
- **Task ID**: shop-models
- **Wave**: 2
- **Depends On**: shared-types
- **File Ownership**:
  - **CREATE**: shop/models.py
"""
    plan = plan_of(text, tmp_path)
    assert [task.id for task in plan.tasks] == ["shared-types", "shop-models"]
    assert shown(plan.tasks[0].writes) == [("create", "lib/types.py"), ("create", "lib/shapes.py")]
    assert [scope.path for scope in plan.tasks[0].off_limits] == ["shop/*"]
    assert waits(plan) == [[], ["shared-types"]]


def test_the_remark_of_a_file_overrules_its_label_and_the_place_is_the_path(tmp_path: Path) -> None:
    text = "# Plan\n\n### Item 1: x\n**Files to Modify**:\n- `a/x.py` (add a field)\n- `a/y.py` (new file)\n"
    text += "- `a/z.py` (read-only)\n"
    text += "\n### Item 2: y\n**Files to Modify**: `a/w.py`\n"
    task = plan_of(text, tmp_path).tasks[0]
    assert shown(task.writes) == [("modify", "a/x.py"), ("create", "a/y.py")]
    assert shown(task.reads) == [("read", "a/z.py")]
    assert [scope.origin.text for scope in task.writes] == ["a/x.py", "a/y.py"]


def test_shared_files_that_the_plan_speaks_of_are_acknowledged(tmp_path: Path) -> None:
    text = "# Plan\n\n### Stream A: x\n**Files**: `a/hub.py`\n\n### Stream B: y\n**Files**: `a/hub.py`\n"
    text += "\n### Coordination\n\nBoth streams touch `a/hub.py`; A merges first.\n"
    constraints = plan_of(text, tmp_path).constraints
    assert [(one.kind, one.scope.path) for one in constraints] == [("acknowledged", "a/hub.py")]


def test_a_dependency_on_a_phase_means_the_phase_or_all_of_its_items(tmp_path: Path) -> None:
    phases = (
        "# Plan\n\n## Phase 1: x\n**File**: `a/x.py`\n\n## Phase 2: y\n**File**: `a/y.py`\n**Depends on**: Phase 1\n"
    )
    assert waits(plan_of(phases, tmp_path)) == [[], ["Phase 1"]]
    text = "# Plan\n\n## Phase 1\n\n### Item 1: x\n**Files**: `a/x.py`\n\n### Item 2: y\n**Files**: `a/y.py`\n"
    text += "\n## Phase 2\n\n### Item 3: z\n**Files**: `a/z.py`\n**Depends on**: Phase 1\n"
    assert waits(plan_of(text, tmp_path))[2] == ["Item 1", "Item 2"]


def test_an_id_that_no_item_has_stays_as_written(tmp_path: Path) -> None:
    text = "# Plan\n\n### Stream A: x\n**Files**: `a/x.py`\n\n### Stream B: y\n**Files**: `a/y.py`\n"
    text += "**Depends on**: Stream Q\n"
    assert waits(plan_of(text, tmp_path)) == [[], ["Stream Q"]]


def test_the_rows_of_a_table_are_items_when_no_heading_is(tmp_path: Path) -> None:
    text = """# Plan

| Task | What | Files | Depends on |
|------|------|-------|------------|
| T1 | Base | `a/x.py` (new) | none |
| T2 | Top | `a/y.py`, `a/z.py` | — |
| T3 | End | `a/w.py` | T1-T2 (both) |
"""
    plan = plan_of(text, tmp_path)
    assert [(task.id, task.title) for task in plan.tasks] == [("T1", "Base"), ("T2", "Top"), ("T3", "End")]
    assert [shown(task.writes) for task in plan.tasks] == [
        [("create", "a/x.py")],
        [("write", "a/y.py"), ("write", "a/z.py")],
        [("write", "a/w.py")],
    ]
    assert waits(plan) == [[], [], ["T1", "T2"]]
    headed = plan_of(text + "\n" + ITEMS.partition("\n")[2], tmp_path)
    assert [task.id for task in headed.tasks] == ["Item 1", "Item 2", "Item 3"]


def test_decompositions_that_number_alike_are_plans_of_their_own(tmp_path: Path) -> None:
    body = "**Item 1: x**\n- Create `a/x.py`\n\n**Item 2: y**\n- Create `a/y.py`\n"
    text = f"# Guide\n\n## First split\n\n{body}\n## Second split\n\n{body}\n## Bad split to avoid\n\n{body}"
    assert [plan.name for plan in plans_of(text, tmp_path)] == ["First split", "Second split"]


@pytest.mark.parametrize("path", ["CLAUDE.md", "README.md", ".claude/agents/a.md", "openspec/changes/x/design.md"])
def test_documents_that_others_read_are_left_to_them(path: str, tmp_path: Path) -> None:
    assert is_recognised(ITEMS, tmp_path)
    assert not is_recognised(ITEMS, tmp_path, path)


@pytest.mark.parametrize("path", ["openspec/changes/x/tasks.md", ".kiro/specs/x/tasks.md", "specs/001-x/tasks.md"])
def test_a_task_list_in_the_place_of_a_product_may_be_one_of_items(path: str, tmp_path: Path) -> None:
    assert is_recognised(ITEMS, tmp_path, path)


@pytest.mark.parametrize(
    "text",
    [
        "# Guide\n\n## Step 1: Install\nRun it.\n\n## Step 2: Start\nOpen it.\n",
        "# Roadmap\n\n## Phase 1: Alpha\nWords.\n\n## Phase 2: Beta\nWords.\n",
        "# Notes\n\n## Task 1: A\nWords.\n\n## Task 2: B\nWords.\n",
        "# Quoted\n\n```markdown\n## Item 1: A\n**Files:** `a.py`\n\n## Item 2: B\n**Files:** `b.py`\n```\n",
        "# One\n\n## Item 1: A\n**Files:** `a.py`\n",
    ],
)
def test_documents_without_labels_are_no_plans(text: str, tmp_path: Path) -> None:
    assert not is_recognised(text, tmp_path)


PIECES = (
    "# ", "## Item 1: a", "### Stream B", "**Item 2: b**", "- ", "**Files:** ", "`src/a.py`", "Depends on: ", "(", ")",
    "Task 1", "items 1-2", "Phase 2", ":", "```", "none", "->", "U1.", "after ",
)  # fmt: skip

WORDS = st.lists(st.sampled_from([*PIECES, "\n", "\n\n"]), max_size=40)


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_no_text_makes_it_fail(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    document = read(Source("plan.md", "".join(words)))
    workspace = FileWorkspace(tmp_path_factory.getbasetemp())
    DIALECT.recognise(document, workspace)
    for plan in DIALECT.load([document], workspace).plans:
        assert [task.index for task in plan.tasks] == list(range(len(plan.tasks)))
        assert Order(plan, References(plan)).pair_count >= 0


def test_headings_of_items_whose_bullets_say_what_they_create_are_a_plan(tmp_path: Path) -> None:
    plan = plan_of(
        "# Rollout\n\n## Item 1: Ledger\n- Create `src/ledger.ts`\n\n## Item 2: Report\n- Create `src/report.ts`\n\n"
        "## Item 3: Wiring (after items 1-2 merge)\n- Change `src/app.ts`\n",
        tmp_path,
    )
    assert [shown(task.writes) for task in plan.tasks] == [
        [("create", "src/ledger.ts")],
        [("create", "src/report.ts")],
        [("modify", "src/app.ts")],
    ]
    assert together(plan) == pairs("Item 1 + Item 2")


def test_items_with_nothing_but_a_task_run_side_by_side_and_are_handed_to_agents(tmp_path: Path) -> None:
    for text in (
        '**Item 1**: "Build the store"\n**Item 2**: "Build the page"\n',
        "# Split\n\n## Item 1: Build the store\n\n## Item 2: Build the page\n",
        "# Split\n\n- Item 1: Build the store\n- Item 2: Build the page\n",
    ):
        plan = plan_of(text, tmp_path)
        assert together(plan) == pairs("Item 1 + Item 2")
        assert plan.has(Capability.AGENTS)
        assert [task.title for task in plan.tasks] == ["Build the store", "Build the page"]


def test_a_heading_beside_agents_may_say_that_they_take_turns(tmp_path: Path) -> None:
    agents = "### Agent 1: Sower\n\n**Files**: `beds.py`\n\n### Agent 2: Reaper\n\n**Files**: `harvest.py`\n"
    assert together(plan_of(f"# Steps\n\n## Jobs\n\n{agents}", tmp_path)) == pairs("Agent 1 + Agent 2")
    rule = "### Always run both agents in sequence\n\nOne at a time.\n\n"
    assert together(plan_of(f"# Steps\n\n## Jobs\n\n{rule}{agents}", tmp_path)) == set()


@pytest.mark.parametrize(
    "heading", ["Existing Components", "\U0001f4ca Current State Analysis", "v2.1 Implementation Summary"]
)
def test_what_is_there_already_is_no_work(heading: str, tmp_path: Path) -> None:
    parts = "### 1. Store\n\n- **Location**: `src/store/`\n\n### 2. Page\n\n- **Location**: `src/page/`\n"
    assert is_recognised(f"# Rewrite Plan\n\n## Tasks\n\n{parts}", tmp_path)
    assert not is_recognised(f"# Rewrite Plan\n\n## {heading}\n\n{parts}", tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "# Meeting\n\n## Item 1: Budget\nAna spoke.\n\n## Item 2: Hiring\nTwo people.\n",
        "# Blog\n\n## Step 1: Start\nCreate `app.py`.\n\n## Step 2: Page\nCreate `page.html`.\n",
        "# Team\n\n- Agent 007: a film\n- Item A new design\n",
    ],
)
def test_agendas_and_tutorials_are_no_plans(text: str, tmp_path: Path) -> None:
    assert not is_recognised(text, tmp_path)


def test_numbered_bullets_with_bold_agents_and_verbs_are_a_plan(tmp_path: Path) -> None:
    plan = plan_of(
        "Run these in parallel:\n\n1. **Agent 1 (Parser)**: rewrite `lib/parse.js`; do not touch `lib/print.js`\n"
        "2. **Agent 2 (Printer)**: rewrite `lib/print.js`\n",
        tmp_path,
    )
    assert [shown(task.writes) for task in plan.tasks] == [[("modify", "lib/parse.js")], [("modify", "lib/print.js")]]
    assert together(plan) == pairs("Agent 1 + Agent 2")


def test_a_table_may_number_worktrees_or_agents(tmp_path: Path) -> None:
    plan = plan_of(
        "| Worktree | Branch | Files | Depends on |\n|---|---|---|---|\n| 1 | feat/a | `src/a.ts` | - |\n"
        "| 2 | feat/b | `src/b.ts` | - |\n| 3 | feat/c | `src/c.ts` | 1, 2 |\n",
        tmp_path,
    )
    assert [len(names) for names in waits(plan)] == [0, 0, 2]


def test_a_sentence_names_the_items_that_run_in_parallel(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\n## Order\n\nAfter task 1, tasks 2 and 3 run in parallel. Task 4 comes last.\n\n## Tasks\n\n"
        + "".join(f"### Task {n}: Part\n- Create `src/p{n}.ts`\n\n" for n in range(1, 5)),
        tmp_path,
    )
    assert together(plan) == pairs("Task 2 + Task 3")


@pytest.mark.parametrize(
    ("text", "writes", "order"),
    [
        (
            "# 计划\n\n## 任务 1：解析\n- 新建 `src/a.ts`\n\n## 任务 2：生成\n- 修改 `src/b.ts`\n\n"
            "## 任务 3：集成（依赖任务 1 和任务 2）\n- 修改 `src/c.ts`\n\n任务 1 和任务 2 可以并行执行。\n",
            [("create", "src/a.ts"), ("modify", "src/b.ts"), ("modify", "src/c.ts")],
            {"任务 1 + 任务 2"},
        ),
        (
            "# 計画\n\n## タスク 1: 解析\n- 作成: `src/a.ts`\n\n## タスク 2: 画面\n- 変更: `src/b.ts`\n\n"
            "タスク 1 とタスク 2 は並列に実行できる。\n",
            [("create", "src/a.ts"), ("modify", "src/b.ts")],
            {"タスク 1 + タスク 2"},
        ),
        (
            "# Plan\n\n## Aufgabe 1: A\n**Dateien:**\n- Neu: `src/a.ts`\n\n## Aufgabe 2: B\n**Dateien:**\n"
            "- Ändern: `src/b.ts`\n**Abhängig von:** Aufgabe 1\n",
            [("create", "src/a.ts"), ("modify", "src/b.ts")],
            set(),
        ),
        (
            "# Plan\n\n## Tâche 1 : A\nFichiers :\n- Créer `src/a.ts`\n\n## Tâche 2 : B\nFichiers :\n"
            "- Modifier `src/b.ts`\nDépend de : Tâche 1\n",
            [("create", "src/a.ts"), ("modify", "src/b.ts")],
            set(),
        ),
        (
            "# 计划\n\n## 任务一：后端\n- 修改文件：`src/a.ts`\n- 依赖：无\n\n"
            "## 任务二：前端\n- 修改文件：`src/b.ts`\n\n"
            "## 任务三：联调\n- 新建文件：`src/c.ts`\n- 依赖：任务一、任务二\n\n任务一与任务二并行。\n",
            [("modify", "src/a.ts"), ("modify", "src/b.ts"), ("create", "src/c.ts")],
            {"任务 一 + 任务 二"},
        ),
        (
            "# 計画\n\n## タスク1: 型\n- ファイル: `src/a.ts`\n\n## タスク2: API\n- ファイル: `src/b.ts`\n"
            "- 依存: タスク1\n\n"
            "## タスク3: 画面\n- ファイル: `src/c.ts`\n- 依存: タスク1\n\nタスク2とタスク3は並列で実行できる。\n",
            [("write", "src/a.ts"), ("write", "src/b.ts"), ("write", "src/c.ts")],
            {"タスク 2 + タスク 3"},
        ),
        (
            "# Kế hoạch\n\n## Nhiệm vụ 1: A\n- Tệp: `src/a.ts`\n\n## Nhiệm vụ 2: B\n- Tệp: `src/b.ts`\n"
            "- Phụ thuộc: Nhiệm vụ 1\n\n## Nhiệm vụ 3: C\n- Tệp: `src/c.ts`\n- Phụ thuộc: Nhiệm vụ 1\n\n"
            "Nhiệm vụ 2 và 3 chạy song song.\n",
            [("write", "src/a.ts"), ("write", "src/b.ts"), ("write", "src/c.ts")],
            {"Nhiệm vụ 2 + Nhiệm vụ 3"},
        ),
    ],
)
def test_other_languages_have_their_own_words(
    text: str, writes: list[tuple[str, str]], order: set[str], tmp_path: Path
) -> None:
    plan = plan_of(text, tmp_path)
    assert [scope for task in plan.tasks for scope in shown(task.writes)] == writes
    assert together(plan) == pairs(*order)


def test_lines_below_a_bold_item_belong_to_it(tmp_path: Path) -> None:
    plan = plan_of(
        "# Split\n\n**Instance 1 - Parser** (branch `feat/parser`)\n"
        "Own `pkg/parser/**`. Never touch `pkg/printer/**`.\n\n"
        "**Instance 2 - Printer** (branch `feat/printer`)\nOwn `pkg/printer/**`.\n\n"
        "**Instance 3 - Glue** (after 1 and 2 are merged)\nEdit `cmd/main.go`.\n",
        tmp_path,
    )
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [
        ["pkg/parser/**"],
        ["pkg/printer/**"],
        ["cmd/main.go"],
    ]
    assert [scope.path for scope in plan.tasks[0].off_limits] == ["pkg/printer/**"]
    assert together(plan) == pairs("Instance 1 + Instance 2")


def test_rows_of_a_table_of_agents_are_workers_and_may_wait_for_each_other_by_name(tmp_path: Path) -> None:
    plan = plan_of(
        "| Agent | Task | Files | Depends on |\n|---|---|---|---|\n| backend | Endpoint | `api/search.py` | none |\n"
        "| frontend | Page | `web/search.tsx` | none |\n| qa | Tests | `e2e/search.spec.ts` | backend, frontend |\n",
        tmp_path,
    )
    assert together(plan) == pairs("backend + frontend")
    assert [task.title for task in plan.tasks] == ["Endpoint", "Page", "Tests"]


def test_a_field_right_below_a_bullet_is_a_field_of_the_item(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\n## Item 1: Store\nFiles:\n- `src/store.ts` (new)\n\n"
        "## Item 2: Page\nFiles:\n- `src/page.ts` (new)\nReads: `src/store.ts`\nDepends on: Item 1\n",
        tmp_path,
    )
    assert shown(plan.tasks[1].writes) == [("create", "src/page.ts")]
    assert [scope.path for scope in plan.tasks[1].reads] == ["src/store.ts"]
    assert waits(plan) == [[], ["Item 1"]]


def test_a_title_in_brackets_may_mark_its_item_as_parallel(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\n1. **Task A (parallel with B)**: create `lib/a.rb`\n"
        "2. **Task B (parallel with A)**: create `lib/b.rb`\n"
        "3. **Task C (after A and B)**: edit `lib/main.rb`\n",
        tmp_path,
    )
    assert together(plan) == pairs("Task A + Task B")


def test_items_whose_sentence_says_what_to_build_are_work(tmp_path):
    """A heading that only names a side is an item by the order below it."""
    plan = plan_of(
        "# Split\n\n## Item 1: Backend\nBuild the backend\n\n## Item 2: Frontend\nBuild the pages\n", tmp_path
    )
    assert together(plan) == {frozenset({"Item 1", "Item 2"})}
    assert not is_recognised("# Notes\n\n## Item 1: Rain\nIt rained.\n\n## Item 2: Sun\nThe sun shone.\n", tmp_path)


BOXES = """# Speed

## TODOs

- [{first}] 1. Skip slow checks

  **What to do**:
  - In `app/status.py`:
    - Add a query parameter

  **Must NOT do**:
  - Do not modify `app/db.py`

  **Parallelization**:
  - **Can Run In Parallel**: YES
  - **Parallel Group**: Wave 1 (with Task 2)
  - **Blocks**: Task 3
  - **Blocked By**: None

  **References**:
  - `app/health.py:12-40` - the pattern

---

- [ ] 2. Cache the answers

  **What to do**:
  - In `app/status.py`:
    - Add a cache
  - Create `app/cache.py`

  **Parallelization**:
  - **Can Run In Parallel**: YES
  - **Parallel Group**: Wave 1 (with Task 1)
  - **Blocked By**: None

- [ ] 3. Batch the queries

  **What to do**:
  - Update `app/db.py`

  **Parallelization**:
  - **Can Run In Parallel**: NO
  - **Parallel Group**: Sequential
  - **Blocked By**: Tasks 1, 2
"""


def test_numbered_boxes_that_say_how_they_run_are_items(tmp_path):
    plan = plan_of(BOXES.format(first=" "), tmp_path)
    assert [task.id for task in plan.tasks] == ["1", "2", "3"]
    assert together(plan) == {frozenset({"1", "2"})}
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [
        ["app/status.py"],
        ["app/status.py", "app/cache.py"],
        ["app/db.py"],
    ]
    assert [scope.path for scope in plan.tasks[0].off_limits] == ["app/db.py"]
    assert [scope.path for scope in plan.tasks[0].reads] == ["app/health.py"]
    assert [one.task for one in plan.tasks[2].depends_on] == ["1", "2"]
    assert [task.wave for task in plan.tasks] == ["Wave 1", "Wave 1", None]


def test_a_ticked_box_is_done(tmp_path):
    assert [task.done for task in plan_of(BOXES.format(first="x"), tmp_path).tasks] == [True, False, False]


def test_numbered_boxes_without_such_labels_are_a_checklist(tmp_path):
    assert not is_recognised("# X\n\n- [ ] 1. Build it\n\n  - quickly\n\n- [ ] 2. Test it\n\n  - well\n", tmp_path)


def test_a_drawn_order_of_all_items_makes_a_plan_of_them(tmp_path: Path) -> None:
    text = (
        "# Cache\n\n### Task 1: Store\nCreate `src/store.ts`.\n\n### Task 2: Reads\nAdd them.\n\n"
        "### Task 3: Writes\nAdd them.\n"
    )
    drawing = "\n```\nTask 1 ──┬──► Task 2\n         └──► Task 3\n```\n"
    assert not is_recognised(text, tmp_path)
    assert together(plan_of(text + drawing, tmp_path)) == pairs("Task 2 + Task 3")


def test_a_worker_whose_bullets_are_paths_writes_them(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\n## Agent 1: storage\n\n- [ ] `src/storage/mod.rs`\n- [ ] `src/storage/disk.rs`\n\n"
        "## Agent 2: network — after agent 1\n\n- [ ] `src/net/mod.rs`\n",
        tmp_path,
    )
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [
        ["src/storage/mod.rs", "src/storage/disk.rs"],
        ["src/net/mod.rs"],
    ]
    assert together(plan) == set()


def test_short_ids_need_no_word_before_them(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\n- [ ] **T1** Create `src/a.py`\n- [ ] **T2** Create `src/b.py` (depends on T1)\n"
        "- [ ] **T3** Create `src/c.py` (depends on T1)\n\nT2 and T3 can run in parallel.\n",
        tmp_path,
    )
    assert [(task.id, [scope.path for scope in task.writes]) for task in plan.tasks] == [
        ("T1", ["src/a.py"]),
        ("T2", ["src/b.py"]),
        ("T3", ["src/c.py"]),
    ]
    assert together(plan) == pairs("T2 + T3")
    assert not is_recognised("# Tests\n\n- **T1** log in\n- **T2** log out\n", tmp_path)


def test_a_scope_that_is_nothing_but_files_is_what_is_written(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\n## Workstream 1: Data\n\n**Scope:** `db/`, `scripts/migrate.py`\n**Out of scope:** `api/`\n\n"
        "## Workstream 2: API\n\n**Scope:** the endpoints that read `db/`\n**Owner:** anna\n",
        tmp_path,
    )
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [["db/", "scripts/migrate.py"], []]
    assert [scope.path for scope in plan.tasks[0].off_limits] == ["api/"]


def test_bold_lines_with_a_letter_below_waves_are_items(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\n## Wave 1\n\n- **1A Config** — `src/config.ts`\n- **1B Logging** — `src/log.ts`\n\n"
        "## Wave 2\n\n- **2A Upload** — `src/upload.ts`\n- **2B Download** — `src/download.ts`\n",
        tmp_path,
    )
    assert [task.id for task in plan.tasks] == ["1A", "1B", "2A", "2B"]
    assert together(plan) == pairs("1A + 1B", "2A + 2B")


@pytest.mark.parametrize(
    "text",
    [
        "# Hosts\n\n## Instance 1\n- `/etc/nginx/nginx.conf`\n\n## Instance 2\n- `/etc/postgresql/pg.conf`\n",
        "# Proposal\n\n## WP1: Management\nLead: Alice.\n\n## WP2: Research\nLead: Bob. Depends on WP1.\n",
    ],
)
def test_hosts_and_packages_of_a_proposal_are_no_plan(text: str, tmp_path: Path) -> None:
    assert not is_recognised(text, tmp_path)


@pytest.mark.parametrize(
    "title", ["Refactor the check to avoid duplication", "Fix incorrect totals", "Fix common pitfalls"]
)
def test_an_item_about_mistakes_is_no_example_of_one(title: str, tmp_path: Path) -> None:
    plan = plan_of(f"# Plan\n\n### Item 1: {title}\nFiles: `a/x.py`\n\n### Item 2: B\nFiles: `a/y.py`\n", tmp_path)
    assert [task.title for task in plan.tasks] == [title, "B"]


def test_a_title_about_parallel_things_marks_nothing(tmp_path):
    """ "Parallel downloads" is what is built; how the item runs is told by "(parallel ...)" or "Parallel with ..."."""
    text = (
        "# Plan\n\n### Task 1: Parallel downloads\n**Files:** `net/fetch.go`\n\n"
        "### Task 2: Parallel uploads\n**Files:** `net/send.go`\n"
    )
    assert together(plan_of(text, tmp_path)) == set()
    marked = text.replace("Parallel downloads", "Parallel with 2").replace("Parallel uploads", "(parallel) Uploads")
    assert together(plan_of(marked, tmp_path)) == pairs("Task 1 + Task 2")


def test_items_that_a_list_ticks_off_by_number_and_title_are_done(tmp_path):
    plan = plan_of(
        "# Plan\n\n- [x] **Phase 1: Store** - the tables\n- [ ] **Phase 2: Pages** - the screens\n"
        "- [x] Phase 3: an idea for it\n\n"
        "### Phase 1: Store\n**Files:** `db/store.sql`\n\n### Phase 2: Pages\n**Files:** `web/page.ts`\n\n"
        "### Phase 3: Mails\n**Files:** `mail/send.ts`\n",
        tmp_path,
    )
    assert [task.done for task in plan.tasks] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        # a document that calls itself a plan, and tasks that say what to do or what is wanted
        (
            "# Shop roadmap\n\n## Task 1: Rotate the key\nSoon.\n\n## Task 2: Split the store\nLater.\n",
            ["Task 1", "Task 2"],
        ),
        (
            "# Parallel work plan\n\n## T1 — Ranking\n**Goal:** better.\n\n## T2 — Search\n**Goal:** fast.\n",
            ["T1", "T2"],
        ),
        ("# 分工计划\n\n## 任务A: 删除 旧代码\n\n## 任务B: 实现 导出\n", ["任务 A", "任务 B"]),
        # each says what it waits for, whatever its id looks like
        (
            "# Packages\n\n## WP-001: Store\n**Dependencies**: none\n\n## WP-002: Page\n**Dependencies**: WP-001\n",
            ["WP-001", "WP-002"],
        ),
        # lanes below a heading that lets them run in parallel
        (
            "# Sweep\n\n## The lanes (in parallel)\n\n### Lane A — board\nSmall.\n\n### Lane B — store\nBig.\n\n"
            "### Lane C files\nAll.\n",
            ["Lane A", "Lane B", "Lane C"],
        ),
        # numbers that go on with those of their phases, with boxes to tick off
        (
            "# Plan\n\n## Phase 1: Base\n\n### 1.1 Setup\n- [ ] Start it\n\n### 1.2 Store\n- [ ] Keep it\n\n"
            "## Phase 2: More\n\n### 2.1 Pages\n- [ ] Show it\n",
            ["1.1", "1.2", "2.1"],
        ),
    ],
)
def test_a_plan_need_not_label_files(text: str, ids: list[str], tmp_path: Path) -> None:
    assert [task.id for task in plan_of(text, tmp_path).tasks] == ids


@pytest.mark.parametrize(
    "text",
    [
        "# Lab 3\n\n## Task 1: Create a user\n1. Open the page.\n\n## Task 2: Create a group\n1. Open the page.\n",
        "# Test plan\n\n## Track A: New users\nTry it.\n\n## Track B: Old users\nTry it.\n\n## Track C: None\nTry.\n",
        "# Finder — plan\n\n## Agent A: Viewer\n**Outputs:** a record.\n\n## Agent B: Reader\n**Outputs:** a text.\n",
        "# Gate\n\n## Agent A: Style\nOutput: a verdict.\n\n## Agent B: Law\nOutput: a verdict.\n",
        "# Course plan\n\n## Step 1: Start\nCreate it.\n\n## Step 2: Go on\nWrite it.\n",
    ],
)
def test_labs_test_plans_and_the_agents_of_a_product_are_no_plans(text: str, tmp_path: Path) -> None:
    assert not is_recognised(text, tmp_path)


def test_a_kind_of_heading_that_only_outlines_is_left_out(tmp_path: Path) -> None:
    """Sprints that list what the phases spell out are no work of their own; parts hold the tasks inside of them."""
    phases = "# Plan\n\n## Phase 1: Base\n**File**: `a/x.py`\n\n## Phase 2: More\n**File**: `a/y.py`\n\n"
    sprints = "## Sprint 1: Base\n**Tests**: green\n\n## Sprint 2: More\n**Tests**: green\n\n## Sprint 3: End\nDone.\n"
    assert [task.id for task in plan_of(phases + sprints, tmp_path).tasks] == ["Phase 1", "Phase 2"]
    tasks = "### Task 1: Build `a/x.py`\n\n### Task 2: Fix `a/y.py`\n"
    parts = f"# Plan\n\n## Part 1: Why\nWords.\n\n## Part 2: What\n\n{tasks}"
    assert [task.id for task in plan_of(parts, tmp_path).tasks] == ["Task 1", "Task 2"]


def test_the_heading_above_all_else_begins_no_item(tmp_path: Path) -> None:
    text = (
        "# Task 20: Faster physics\n\n"
        "## Agent A: Tests\n**Works in:** `gpu/a_test.ts`\n**Must not touch:** `gpu/b.ts`\n\n"
        "## Agent B: Data\n**Works in:** `gpu/c.ts`\n"
    )
    plan = plan_of(text, tmp_path)
    assert [task.id for task in plan.tasks] == ["Agent A", "Agent B"]
    assert [scope.path for scope in plan.tasks[0].off_limits] == ["gpu/b.ts"]


def test_plural_headings_and_titles_of_files_are_no_items() -> None:
    assert read_head("WORKSTREAMS.md") is None
    assert read_head("Agents") is None


def test_one_item_in_each_section_is_one_plan(tmp_path: Path) -> None:
    """The numbers start anew in each section, but nobody splits a plan into plans of one task."""
    text = "".join(
        f"## P{number}\n\n### 1. Work\n- **Files affected:** `a/{number}.py`\n- **Depends on:** None\n\n"
        for number in (1, 2, 3)
    )
    assert [len(plan.tasks) for plan in plans_of(f"# Plan\n\n{text}", tmp_path)] == [3]


def test_tables_below_waves_need_no_column_of_waiting(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\n### Wave 1\n\n| ID | Description | Files |\n|---|---|---|\n| B1 | Store | `a/x.py` (new) |\n"
        "| B2 | Page | `a/y.py` (new) |\n\n### Wave 2\n\n| ID | Description | Depends On | Files |\n|---|---|---|---|\n"
        "| B3 | Both | B1 | `a/z.py` |\n",
        tmp_path,
    )
    assert [task.id for task in plan.tasks] == ["B1", "B2", "B3"]
    assert together(plan) == pairs("B1 + B2")


def test_a_fence_may_hold_the_fields_of_an_item(tmp_path: Path) -> None:
    """As people write who want the task to look like a form; code is never read."""
    plan = plan_of(
        "# Plan\n\n### Task 1: Theme\n```\n파일: src/globals.css\n작업:\n- 변수 정의\n```\n\n"
        "### Task 2: Cursor\n```\nFile: src/cursor.ts\n```\n\n### Task 3: Show\n```ts\n// File: src/no.ts\n```\n",
        tmp_path,
    )
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [
        ["src/globals.css"],
        ["src/cursor.ts"],
        [],
    ]


def test_a_box_that_begins_with_a_file_is_about_that_file(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\n## Task 1: Auth\n- [ ] `src/auth.ts` — the sessions\n- [ ] `src/old.ts` still compiles\n\n"
        "## Task 2: Add pages\n- [ ] Design them\n",
        tmp_path,
    )
    assert [(scope.path, scope.evidence.value) for scope in plan.tasks[0].writes] == [("src/auth.ts", "inferred")]


@pytest.mark.parametrize(
    ("path", "left"),
    [("docs/claude-code-plan.md", False), ("docs/agents-plan.md", False), ("README.zh.md", True), ("AGENTS.md", True)],
)
def test_only_the_very_names_of_documents_for_others_are_left_to_them(path: str, left: bool, tmp_path: Path) -> None:
    assert is_recognised(ITEMS, tmp_path, path) is not left


def test_the_ids_of_a_tracker_begin_items_that_name_their_files(tmp_path: Path) -> None:
    text = (
        "# Todo\n\n## Phase 1\n\n- [x] **BE-001**: Client\n  - **Files:** `api/client.go`\n\n## Phase 2\n\n"
        "- [ ] **FE-002**: Page\n  - **Files:** `web/page.ts`\n  - **Dependencies:** BE-001\n"
    )
    plan = plan_of(text, tmp_path)
    assert [(task.id, task.done) for task in plan.tasks] == [("BE-001", True), ("FE-002", False)]
    assert [edge.task for edge in plan.tasks[1].depends_on] == ["BE-001"]


def test_requirements_and_risks_with_ids_are_no_items(tmp_path: Path) -> None:
    """A phase may list the requirements that it covers."""
    phases = "".join(
        f"## Phase {number}: Work\n**Files:** `a/{number}.py`\n\n- **REQ-{number}**: It must work.\n\n"
        for number in (1, 2)
    )
    assert [task.id for task in plan_of(f"# Plan\n\n{phases}", tmp_path).tasks] == ["Phase 1", "Phase 2"]


def test_items_within_phases_follow_each_other(tmp_path: Path) -> None:
    """Work that is cut into items to be handed out has no phases around them."""
    items = "### Item 1: A\n**Files:** `a/x.py`\n\n### Item 2: B\n**Files:** `a/x.py`\n"
    assert together(plan_of(f"# Work\n\n## Split\n\n{items}", tmp_path)) == pairs("Item 1 + Item 2")
    assert together(plan_of(f"# Work\n\n## Phase 1\n\n{items}", tmp_path)) == set()


def test_sections_of_a_plan_that_name_their_files_are_tasks(tmp_path: Path) -> None:
    """Nothing but the label of files tells them from the other sections, so only a plan may have such."""
    text = (
        "# {}\n\n## Why\nIt is slow.\n\n## Login page\n**Files:** `web/login.ts`\n\n## Sign up\n### Files to create\n"
        "- `web/sign-up.ts`\n\n## Files to modify\n- `web/app.ts`\n"
    )
    plan = plan_of(text.format("Implementation plan"), tmp_path)
    assert [task.title for task in plan.tasks] == ["Login page", "Sign up"]
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [["web/login.ts"], ["web/sign-up.ts"]]
    assert not is_recognised(text.format("How it works"), tmp_path)


def test_a_table_of_streams_with_their_directories_is_a_plan(tmp_path: Path) -> None:
    rows = (
        "| Stream | Scope | Owns |\n|---|---|---|\n| **A · Pages** | all | `pages/` |\n"
        "| **B · Tools** | all | `tools/` |\n"
    )
    plan = plan_of(f"# 并行开发计划\n\n{rows}", tmp_path)
    assert [(task.id, task.title) for task in plan.tasks] == [("A", "Pages"), ("B", "Tools")]
    assert together(plan) == pairs("A + B")
    assert not is_recognised(f"# Architecture\n\n{rows}", tmp_path)


@pytest.mark.parametrize("head", ["W{}: Loop", "Feature {}: Loop", "SEC-{} — Loop"])
def test_such_headings_begin_tasks_where_files_stand_below(head: str, tmp_path: Path) -> None:
    text = "# Plan\n\n" + "".join(f"### {head.format(n)}\n**Files:** `a/{n}.py`\n\n" for n in (1, 2))
    assert len(plan_of(text, tmp_path).tasks) == 2
    assert not is_recognised("# Plan\n\n" + "".join(f"### {head.format(n)}\nWords.\n\n" for n in (1, 2)), tmp_path)


def test_an_owner_is_told_without_a_colon(tmp_path: Path) -> None:
    """The list below such a sentence says what is done, not what is owned."""
    plan = plan_of(
        "# Parallel plan\n\n## Lanes\n\n"
        "### Lane A — data\nOwns `data/a.py`, `data/b.py`.\n\n1. Check on `gold.json`.\n\n"
        "### Lane B — app\nOwns `app/`.\n\n1. Once lane A ships it, go on.\n",
        tmp_path,
    )
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [["data/a.py", "data/b.py"], ["app/"]]


def test_what_each_says_it_waits_for_orders_a_plan_of_parallel_work(tmp_path: Path) -> None:
    """Labels name ids behind words and semicolons, and what names an item without a label of it repeats that item."""
    text = (
        "# {}\n\n## By hand\n\n### N1 — Keys\n**Done when:** they are there.\n\n## For agents\n\n"
        "### W1 — Base\n**Depends on:** the merge\n**Touches:** `a.py`\n\n### W2 — Pages\n**Depends on:** W1 (base)\n"
        "**Touches:** `b.py`\n\n### W3 — Bills\n**Depends on:** keys of N1; W1 live\n**Touches:** `c.py`\n\n"
        "### W4 — Docs\n**Depends on:** none\n**Touches:** `d.md`\n\n## Prompts\n\n**W2:**\n> Do W2 only.\n"
    )
    plan = plan_of(text.format("Parallel work plan"), tmp_path)
    assert waits(plan) == [[], [], ["W1"], ["W1"], []]
    assert frozenset({"W2", "W3"}) in together(plan)
    assert frozenset({"W1", "W4"}) in together(plan)
    assert together(plan_of(text.format("Work plan"), tmp_path)) == set()


def test_the_codes_of_a_plan_name_its_items_in_sentences(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\nRun W1 + W2 in parallel.\n\n"
        + "".join(f"### W{number}: Loop\n**Files:** `a/{number}.py`\nNeeds the keys.\n\n" for number in (1, 2, 3)),
        tmp_path,
    )
    assert together(plan) == pairs("W1 + W2")


def test_a_cross_behind_a_numbered_title_says_that_it_is_open(tmp_path: Path) -> None:
    """And not that the section shows how not to do it."""
    plan = plan_of(
        "# Refactor plan\n\n## Fase 1 — Bugs\n\n### 1.1 Tokens ❌\n**Arquivo:** `a.rb`\n\n- [x] One\n- [x] Two\n\n"
        "### 1.2 Jobs ❌\n**Arquivo:** `b.rb`\n\n- [ ] One\n",
        tmp_path,
    )
    assert [(task.id, task.done) for task in plan.tasks] == [("1.1", True), ("1.2", False)]


def test_priorities_are_groups_and_a_path_may_be_a_title(tmp_path: Path) -> None:
    plan = plan_of(
        "# Implementation plan\n\n## Priority 2 — Scripts\n\n### 2.1 `scripts/totals.py`\n- [ ] Write it\n"
        "- [ ] Output: `out/table.csv`\n\n### 2.2 `scripts/plots.py`\n- [ ] Run it\n",
        tmp_path,
    )
    assert [task.phase for task in plan.tasks] == ["Priority 2 — Scripts"] * 2
    assert {scope.path for scope in plan.tasks[0].writes} == {"out/table.csv", "scripts/totals.py"}


def test_a_table_may_say_what_its_tasks_wait_for_and_no_files(tmp_path: Path) -> None:
    rows = (
        "| Task ID | Task | Dependencies | Status |\n|---|---|---|---|\n| P1.W2.T1 | Complete the parser | - | open |\n"
        "| P1.W2.T2 | Build x | P1.W2.T1 | Complete |\n| P1.W2.T3 | Build y | P1.W2.T1 | open |\n"
        "| P1.W2.T4 | Build z | P1.W2.T2 | open |\n"
    )
    plan = plan_of(f"# Task breakdown\n\n{rows}", tmp_path)
    assert [task.id for task in plan.tasks] == [f"P1.W2.T{number}" for number in (1, 2, 3, 4)]
    assert waits(plan) == [[], ["P1.W2.T1"], ["P1.W2.T1"], ["P1.W2.T2"]]
    assert [task.done for task in plan.tasks] == [False, True, False, False]
    assert not is_recognised(f"# Requirements\n\n{rows}", tmp_path)


def test_numbered_sections_with_boxes_are_tasks_where_they_name_files(tmp_path: Path) -> None:
    text = (
        "# {}\n\n## Changes\n\n### 1. Model (`src/model.ts`)\n- [x] Fields\n- [x] Names\n\n"
        "### 2. Menu\n- [ ] Labels\n\n### 3. Page (`src/page.ts`)\n- [ ] Hero\n"
    )
    plan = plan_of(text.format("Refactoring plan"), tmp_path)
    assert [(task.title.split(" ")[0], task.done) for task in plan.tasks] == [
        ("Model", True),
        ("Menu", False),
        ("Page", False),
    ]
    assert not is_recognised(text.format("Release notes"), tmp_path)


@pytest.mark.parametrize(
    ("title", "done"),
    [
        ("Complete the form", False),
        ("Merged cells", False),
        ("Show closed orders", False),
        ("Docs (complete rewrite)", False),
        ("Login (done)", True),
        ("Login (merged in #12)", True),
        ("Login — DONE", True),
        ("DONE: Login", True),
        ("✅ Login", True),
        ("✅ Login, partly", False),
    ],
)
def test_a_title_is_finished_where_the_word_stands_apart(title: str, done: bool, tmp_path: Path) -> None:
    text = f"# Plan\n\n### Task 1: {title}\n**Files:** `a.py`\n\n### Task 2: More\n**Files:** `b.py`\n"
    assert plan_of(text, tmp_path).tasks[0].done is done


def test_a_label_of_files_may_stand_above_paragraphs_that_begin_with_one(tmp_path: Path) -> None:
    plan = plan_of(
        "# Tasks\n\n## Task 1: Policies\n**Files to create:**\n\n`docs/a.md` — covers:\n- What `src/x.py` holds\n\n"
        "`docs/b.md` — maps it\n\n**Why:** Auditors.\n\n`docs/c.md` is old.\n\n"
        "## Task 2: Hook\n**File 1: `hook.py`** (new)\n\n**File to create/modify:** `run.py`\n",
        tmp_path,
    )
    assert shown(plan.tasks[0].writes) == [("create", "docs/a.md"), ("create", "docs/b.md")]
    assert [scope.path for scope in plan.tasks[1].writes] == ["hook.py", "run.py"]


def test_items_may_be_counted_out_of_all(tmp_path: Path) -> None:
    plan = plan_of(
        "# 실행 계획\n\n### Subtask 1/2: 추가\n**변경 파일**: `src/a.py`\n\n"
        "### Subtask 2/2: 제거\n**변경 파일**: `src/b.py`\n",
        tmp_path,
    )
    assert [(task.id, task.writes[0].path) for task in plan.tasks] == [
        ("Subtask 1", "src/a.py"),
        ("Subtask 2", "src/b.py"),
    ]


def test_what_repeats_the_agents_of_a_plan_without_their_files_is_no_plan(tmp_path: Path) -> None:
    agents = "".join(
        f"### Agent {name}\n**Branch**: `feature/{name}`\n\n**Primary Deliverables**:\n1. `tools/{name}.py` - it\n\n"
        for name in "AB"
    )
    plan = plan_of(
        f"# Plan\n\n## Assignments\n\n{agents}## Days\n\n### Agent A: Day 1\n**Validation**: run\n", tmp_path
    )
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [["tools/A.py"], ["tools/B.py"]]


@pytest.mark.parametrize(
    "text",
    [
        "# Message kinds\n\n## Part 1: Greetings\n\n**Files:** `data/hello.json`\n\nA greeting has a name.\n\n"
        "## Part 2: Farewells\n\n**Files:** `data/bye.json`\n\nA farewell has none.\n",
        "# Key modules\n\n### cart\n\n**Files:** `src/cart.ts`\n\n**Depends on:** money\n\n"
        "### money\n\n**Files:** `src/money.ts`\n",
        "# Review report: cart\n\n### MIN-001: Wrong type\n\n**File**: `src/cart.ts`\n\nUpdate the return type.\n\n"
        "### MIN-002: Wrong word\n\n**File**: `src/text.ts`\n\nChange the word.\n",
        "# Readiness assessment\n\n### 1. Store\n\n**Files:** `src/store.ts`\n\n- Add a cache: done\n\n"
        "### 2. Shell\n\n**Files:** `src/shell.ts`\n\n- Add a log: done\n",
    ],
)
def test_pages_that_tell_what_is_or_was_are_no_plans(text: str, tmp_path: Path) -> None:
    assert not is_recognised(text, tmp_path, "docs/cart.md")


def test_streams_of_one_kind_of_agent_run_side_by_side(tmp_path: Path) -> None:
    plan = plan_of(
        "# Streams\n\n"
        + "".join(
            f"### Stream {name}: Part\n**Files**: `src/{name}.rs`\n**Agent**: rust-dev\n\n" for name in ("A", "B")
        ),
        tmp_path,
    )
    assert [(task.agent.type, task.agent.name) for task in plan.tasks] == [("rust-dev", None)] * 2
    assert together(plan) == pairs("Stream A + Stream B")


def test_boxes_below_a_summary_are_work_all_the_same(tmp_path: Path) -> None:
    text = (
        "# Refactoring plan\n\n## Key changes summary\n\n### 1. Model (`a.ts`)\n- [ ] Fields\n\n"
        "### 2. Page (`b.ts`)\n- [ ] Hero\n"
    )
    assert is_recognised(text, tmp_path)


def test_the_documents_beside_the_task_list_of_a_feature_are_no_plans_of_their_own(tmp_path: Path) -> None:
    text = "# Implementation plan\n\n## Phase 1: Store\n\n**Files:** `a.ts`\n\n## Phase 2: Shell\n\n**Files:** `b.ts`\n"
    assert is_recognised(text, tmp_path, "specs/004-cart/plan.md")
    (tmp_path / "specs" / "004-cart").mkdir(parents=True)
    (tmp_path / "specs" / "004-cart" / "tasks.md").write_text("- [ ] T001 Add a.ts\n")
    assert not is_recognised(text, tmp_path, "specs/004-cart/plan.md")


def test_agents_may_be_told_what_alone_they_touch_on_their_own_line(tmp_path: Path) -> None:
    plan = plan_of(
        "# Product\n\n## Agents\nThey keep to it.\n\n* **Agent 1 (Data):** Only handles `database.py` (schema).\n"
        "* **Agent 2 (Search):** Owns `search/`.\n* **Agent 3 (QA):** Runs what is there.\n",
        tmp_path,
    )
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [["database.py"], ["search/"], []]


def test_what_has_been_built_is_no_plan(tmp_path: Path) -> None:
    streams = "".join(f"### Stream {name}: Push\nAdded it.\n\n**Files changed:** `{name}.py`\n\n" for name in "AB")
    assert is_recognised(f"# Migration\n\n## Work\n\n{streams}", tmp_path)
    assert not is_recognised(f"# Migration\n\n## What we built\n\n{streams}", tmp_path)
    assert not is_recognised(f"# Field report: migration\n\n## Work\n\n{streams}", tmp_path)


def test_an_item_may_wait_for_all_before_it(tmp_path: Path) -> None:
    items = "".join(f"### Task {n}: Part\n- **Files:** `a/{n}.py`\n- **Depends on:** none\n\n" for n in (1, 2))
    plan = plan_of(
        f"# Plan\n\n{items}### Task 3: Check\n- **Depends on:** All tasks\n\n### Task 4: Ship it\n", tmp_path
    )
    assert waits(plan) == [[], [], ["Task 1", "Task 2"], []]


def test_outputs_may_be_told_in_a_sentence(tmp_path: Path) -> None:
    plan = plan_of(
        "# Plan\n\n### Task 1: Models\n- **Output:** Updated `src/task.ts` with a type.\n- **Depends on:** nothing\n\n"
        "### Task 2: Tools\n- **Output:** Updated schemas in `src/tools.ts` for it.\n- **Depends on:** Task 1\n",
        tmp_path,
    )
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [["src/task.ts"], ["src/tools.ts"]]


def test_a_clause_may_say_what_runs_together(tmp_path: Path) -> None:
    """Where each says what it waits for, nothing else orders them then."""
    items = "".join(
        f"### Task {n}: Part\n- **Files:** `a/{n}.py`\n- **Depends on:** {'Task 1' if n == 3 else 'none'}\n\n"
        for n in (1, 2, 3)
    )
    plan = plan_of(
        f"# Plan\n\n## Tasks\n\n{items}## Run\n\n- Task 1 and Task 2 have no dependency, so they run in parallel; "
        "Task 3 needs Task 1.\n",
        tmp_path,
    )
    assert together(plan) == pairs("Task 1 + Task 2", "Task 2 + Task 3")


def test_what_goes_on_the_number_of_an_item_is_the_task(tmp_path: Path) -> None:
    plan = plan_of(
        "# Work breakdown\n\n## Phase 1\n\n### Work item 1.1: Models\n\n"
        "#### Task 1.1.1: Base\n\n- [ ] Create `base.py`\n\n"
        "#### Task 1.1.2: Clip\n\n- [ ] Create `clip.py`\n\n## Acceptance\n\n### Phase 1\n\n- [ ] All there\n",
        tmp_path,
    )
    assert [task.id for task in plan.tasks] == ["Task 1.1.1", "Task 1.1.2"]


def test_a_numbered_list_of_the_workers_may_say_that_each_waits(tmp_path: Path) -> None:
    workers = "".join(f"### Worker {n}: Part\n**Agent:** coder\n\n" for n in (1, 2, 3))
    order = "1. API (Worker 1) - FIRST\n2. Pages (Worker 2) - after the API\n3. Tests (Worker 3)\n"
    plan = plan_of(f"# Workers\n\n## Who\n\n{workers}## Execution order\n{order}", tmp_path)
    assert waits(plan) == [[], ["Worker 1"], []]
    assert waits(plan_of(f"# Workers\n\n## Who\n\n{workers}## Notes\n{order[:27]}", tmp_path)) == [[], [], []]


def test_what_it_waits_for_may_stand_below_its_label(tmp_path: Path) -> None:
    text = """# Ledger split

## Agent A: store
**Owns:** `src/store/**`

## Agent B: client
**Owns:** `src/client/**`

**Depends on:**

Agent A store.

## Agent C: pages
**Owns:** `src/pages/**`

**Depends on:**
- Agent B client
"""
    assert waits(plan_of(text, tmp_path)) == [[], ["Agent A"], ["Agent B"]]


def test_rows_that_nothing_blocks_start_together(tmp_path: Path) -> None:
    text = """# Search plan

| Task | Title | Files | Blocked by |
|---|---|---|---|
| T1 | Index | `src/index.py` | |
| T2 | Words | `src/words.py` | — |
| T3 | Query | `src/query.py` | T1, T2 |
"""
    assert together(plan_of(text, tmp_path)) == pairs("T1 + T2")


def test_an_agent_whose_items_run_in_parallel_is_a_kind_of_agent(tmp_path: Path) -> None:
    text = """# Rollout plan

Tasks 1 and 2 can run in parallel.

## Task 1: FAIL-CLOSED gate
**Files:** `src/gate.ts`
**Agent**: Ledger

## Task 2: Index
**Files to move:** `src/index.ts`
**Agent**: Ledger
"""
    plan = plan_of(text, tmp_path)
    assert [(task.agent.name, task.agent.type) for task in plan.tasks] == [(None, "Ledger")] * 2
    assert together(plan) == pairs("Task 1 + Task 2")
    assert not any(task.done for task in plan.tasks)
    assert shown(plan.tasks[1].writes) == [("write", "src/index.ts")]


def test_a_column_of_numbers_leaves_the_word_to_that_of_the_names(tmp_path: Path) -> None:
    text = """# Workstreams

| # | Stream | Mostly lives in |
|---|---|---|
| 1 | Sign-in | `api/sign_in/` · `api/users.py` |
| 2 | Lookup | `api/lookup/` |
"""
    plan = plan_of(text, tmp_path)
    assert together(plan) == pairs("1 + 2")
    assert shown(plan.tasks[0].writes) == [("write", "api/sign_in/"), ("write", "api/users.py")]


def test_waves_may_have_headings_above_bullets_that_begin_with_their_items(tmp_path: Path) -> None:
    text = """# Search

## Order

### Wave 1
- Agent A: index
- Agent B: words

### Wave 2 -- runs after Wave 1 merges
- Agent C: query

## Agent A: Index
**Files:** `src/index.py`
## Agent B: Words
**Files:** `src/words.py`
## Agent C: Query
**Files:** `src/query.py`
"""
    assert together(plan_of(text, tmp_path)) == pairs("Agent A + Agent B")


def test_workers_that_work_is_split_among_are_a_plan(tmp_path: Path) -> None:
    text = """# Shell migration - Design

## Execution

The work can be split across parallel workers.

### Worker 1: Shell
- build the new layout

### Worker 2: Removal
- remove the preview routes
"""
    assert is_recognised(text, tmp_path, "docs/design.md")
    assert not is_recognised(text.replace("The work can be split across parallel workers.", ""), tmp_path)


def test_labels_of_files_may_name_their_worker_and_a_remark(tmp_path: Path) -> None:
    text = """# Parallel work

### Track A - Cancel
**Files Track A OWNS (exclusive write access)**:
- `api/tasks.py`

### Track B - Schedule
**Files Track B OWNS (exclusive write access)**:
- `web/settings.tsx`

**Files Track B must NOT touch** (Track A or shared hot files):
- `api/tasks.py`
"""
    first, second = plan_of(text, tmp_path).tasks
    assert shown(first.writes) == [("write", "api/tasks.py")]
    assert shown(second.writes) == [("write", "web/settings.tsx")]
    assert [scope.path for scope in second.off_limits] == ["api/tasks.py"]
