"""The `superpowers` dialect: task headings, declared files, steps, and the order that its executor keeps."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from planlint.diagnostics import Evidence
from planlint.dialects.superpowers.dialect import SuperpowersDialect
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Kind, Mode, Plan
from planlint.readers.markdown.reader import read_markdown
from planlint.source import Source

HEADER = "# X Implementation Plan\n\n> **For agentic workers:** REQUIRED SUB-SKILL: Use superpowers:executing-plans\n\n"


def plan_of(body: str, tmp_path, path: str = "docs/superpowers/plans/2026-01-01-x.md") -> Plan:
    document = read_markdown(Source(path, HEADER + body))
    return SuperpowersDialect().load([document], FileWorkspace(tmp_path)).plans[0]


def concurrent(plan: Plan) -> set[tuple[str, str]]:
    order = Order(plan, References(plan), include_done=True)
    return {(one.id, two.id) for one, two in combinations(plan.tasks, 2) if order.concurrent(one.index, two.index)}


def score(text: str, tmp_path, path: str = "notes.md") -> int:
    match = SuperpowersDialect().recognise(read_markdown(Source(path, text)), FileWorkspace(tmp_path))
    return match.score if match else 0


def test_the_header_makes_it_sure_and_the_parts_of_a_task_make_it_likely(tmp_path):
    assert score(HEADER + "### Task 1: A\n", tmp_path) == 95
    both = "# A\n\n### Task 1: A\n\n**Files:**\n- Create: `a/b.py`\n\n- [ ] **Step 1: Do**\n"
    assert score(both, tmp_path) == 85
    assert score("# A\n\n### Task 1: A\n\n**Step 1: Do**\n", tmp_path) == 65


@pytest.mark.parametrize(
    "text",
    [
        "# Log\n\n## Task 1 — comments\n\nDone.\n\n## Task 2 — labels\n\nDone.\n",
        HEADER + "No task.\n",
        "# A\n\n````\n### Task 1: A\n\n**Files:**\n````\n",
        "# A\n\n## Task Structure\n\n**Files:** see below\n",
    ],
)
def test_a_log_a_quoted_plan_and_a_document_about_plans_are_refused(text, tmp_path):
    assert score(text, tmp_path) == 0


@pytest.mark.parametrize(
    ("heading", "name", "title"),
    [
        ("### Task 1: Parser", "1", "Parser"),
        ("## Task 12b — Parser", "12b", "Parser"),
        ("### Task A2: Parser", "A2", "Parser"),
        ("### Task D: Parser", "D", "Parser"),
        ("### Task 6.3: Parser", "6.3", "Parser"),
        ("### Task 3 Parser", "3", "Parser"),
        ("### 任务 2：Parser", "2", "Parser"),
        ("### ✅ Task 4: Parser", "4", "Parser"),
    ],
)
def test_ids_are_read_as_written(heading, name, title, tmp_path):
    task = plan_of(f"{heading}\n\ntext\n", tmp_path).tasks[0]
    assert (task.id, task.title) == (name, title)
    assert task.places["id"].text == name


@pytest.mark.parametrize("heading", ["### Task Dependencies", "### Task Structure", "### Tasks", "### Task a list"])
def test_headings_about_tasks_are_no_tasks(heading, tmp_path):
    assert plan_of(f"{heading}\n\ntext\n", tmp_path).tasks == ()


def test_a_plan_in_a_longer_fence_with_shorter_fences_inside_is_text(tmp_path):
    body = (
        "### Task 1: A\n\n````markdown\n### Task 2: B\n\n```bash\ntrue\n```\n\n### Task 3: C\n````\n\n### Task 4: D\n"
    )
    assert [task.id for task in plan_of(body, tmp_path).tasks] == ["1", "4"]


TWO = (
    "### Task 1: A\n\n**Files:**\n- Create: `src/a.py`\n- Modify: `src/hub.py:10-20`\n- Test: `tests/test_a.py`\n\n"
    "- [x] **Step 1: Test**\n\nRun: `pytest tests/test_a.py`\n\n"
    "### Task 2: B\n\n**Files:**\n- Modify: `src/hub.py`\n- Review: `src/a.py`\n\n- [ ] **Step 1: Do**\n"
)


def test_declared_files_have_modes_by_their_verbs_and_line_ranges_are_notes(tmp_path):
    first, second = plan_of(TWO, tmp_path).tasks
    assert [(scope.mode, scope.path, scope.evidence) for scope in first.writes] == [
        (Mode.CREATE, "src/a.py", Evidence.DECLARED),
        (Mode.MODIFY, "src/hub.py", Evidence.DECLARED),
        (Mode.WRITE, "tests/test_a.py", Evidence.DECLARED),
    ]
    assert (first.writes[1].part, first.writes[1].note) == (None, "lines 10-20")
    assert [scope.path for scope in second.reads] == ["src/a.py"]
    assert first.scope_known


def test_a_bullet_with_a_file_verb_declares_below_any_label(tmp_path):
    body = (
        "### Task 1: Split\n\n**Agent D: Floats**\n- Create: `src/float.rs`\n- Does NOT modify `src/mod.rs`\n"
        "- Reference: `docs/float.md`\n\n**Agent E: Matrices**\n- Modify: `src/matrix.rs`\n"
    )
    (task,) = plan_of(body, tmp_path).tasks
    assert [(scope.path, scope.mode) for scope in task.writes] == [
        ("src/float.rs", Mode.CREATE),
        ("src/matrix.rs", Mode.MODIFY),
    ]


def test_tasks_run_one_after_another_although_they_share_files(tmp_path):
    assert concurrent(plan_of(TWO, tmp_path)) == set()


def test_a_task_is_done_when_all_steps_are_ticked_and_verified_by_what_is_run(tmp_path):
    first, second = plan_of(TWO, tmp_path).tasks
    assert (first.done, second.done) == (True, False)
    assert first.verify == "pytest tests/test_a.py"
    assert first.places["verify"].text == "pytest tests/test_a.py"


def test_the_command_to_run_may_stand_in_a_fence(tmp_path):
    plan = plan_of("### Task 1: A\n\nRun:\n\n```bash\nmake check\n```\n\nExpected: PASS\n", tmp_path)
    assert plan.tasks[0].verify == "make check"


@pytest.mark.parametrize(
    ("files", "known"),
    [
        ("**Files:** none (audit only)", True),
        ("**Files:** `src/a.py`, `src/b.py`.", True),
        ("**Files:** Same source file set as Task 2.", False),
        ("No label", None),
    ],
)
def test_whether_the_declared_files_are_complete_is_told_honestly(files, known, tmp_path):
    assert plan_of(f"### Task 1: A\n\n{files}\n", tmp_path).tasks[0].scope_known is known


def test_steps_name_declared_files_shorter_and_undeclared_ones_as_body(tmp_path):
    body = (
        "### Task 1: A\n\n**Files:**\n- Create: `pkg/core/src/driver.ts`\n\n- [ ] **Step 1: Write**\n\n"
        "Create `src/driver.ts` and `core/driver.ts`.\n\nCreate `tests/driver.test.ts`.\n"
    )
    task = plan_of(body, tmp_path).tasks[0]
    assert [(scope.path, scope.body) for scope in task.writes] == [
        ("pkg/core/src/driver.ts", False),
        ("tests/driver.test.ts", True),
    ]


def test_tasks_under_a_wave_heading_are_concurrent_and_waves_are_not(tmp_path):
    waves = "## Wave 1\n\n### Task 1: A\n\n### Task 2: B\n\n## Wave 2\n\n### Task 3: C\n\n"
    body = f"{waves}## Phase 3\n\n### Task 4: D\n\n### Task 5: E\n"
    plan = plan_of(body, tmp_path)
    assert concurrent(plan) == {("1", "2")}
    assert [task.wave for task in plan.tasks] == ["Wave 1", "Wave 1", None, None, None]


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        ("Tasks 2 and 3 can run in parallel.", {("2", "3")}),
        ("Tasks 2 and 3 can run in parallel once Tasks 1 and 4 are merged.", {("2", "3")}),
        ("Task 2 can run in parallel with Task 3.", {("2", "3")}),
        ("> Use dispatching-parallel-agents to run tasks 2 and 3 in parallel.", {("2", "3")}),
        ("Tasks 1-3 may be done concurrently.", {("1", "2"), ("1", "3"), ("2", "3")}),
        ("Tasks 2 and 3 must not run in parallel.", set()),
        ("Tasks 2 and 3 share the parser.", set()),
        ("Run tests in parallel. Tasks 2 and 3 come next.", set()),
    ],
)
def test_a_sentence_that_names_tasks_as_parallel_counts(sentence, pairs, tmp_path):
    body = sentence + "\n\n" + "".join(f"### Task {number}: T\n\n" for number in (1, 2, 3, 4))
    assert concurrent(plan_of(body, tmp_path)) == pairs


def test_metadata_lines_declare_dependencies_and_parallel_safety(tmp_path):
    body = (
        "### Task 1: A\n\n**depends_on**: none\n**parallel_safe**: false\n\n"
        "### Task 2: B\n\n**depends_on**: 1\n**parallel_safe**: true\n\n"
        "### Task 3: C\n\n**Depends on:** Task 1, Task 9\n**parallel_safe**: true\n"
    )
    plan = plan_of(body, tmp_path)
    assert concurrent(plan) == {("2", "3")}
    assert [[one.task for one in task.depends_on] for task in plan.tasks] == [[], ["1"], ["1", "9"]]


def test_interfaces_tie_a_consumer_to_the_task_that_produces(tmp_path):
    body = (
        "### Task 1: A\n\n**Interfaces:**\n- Consumes: `json.loads(text: str)` (library)\n"
        "- Produces: `read_rows(path: str) -> list[Row]`\n\n"
        "### Task 2: B\n\n**Interfaces:**\n"
        "- Consumes: `read_rows(path: str) -> list[Row]` (Task 1), `Config` (existing)\n"
    )
    first, second = plan_of(body, tmp_path).tasks
    assert [(one.contract, one.signature) for one in first.provides] == [
        ("read_rows", "read_rows(path: str) -> list[Row]")
    ]
    assert first.consumes == ()
    assert [one.contract for one in second.consumes] == ["read_rows"]
    assert [(one.task, one.evidence) for one in second.depends_on] == [("1", Evidence.STATED)]


def test_absolute_paths_of_the_authors_checkout_become_relative(tmp_path):
    (tmp_path / "web").mkdir()
    (tmp_path / "api").mkdir()
    files = "- Create: `/home/ann/dev/shop/web/a.ts`\n- Modify: `/home/ann/dev/shop/api/b.go`\n"
    body = f"### Task 1: A\n\n**Files:**\n{files}"
    assert [scope.path for scope in plan_of(body, tmp_path).tasks[0].writes] == ["web/a.ts", "api/b.go"]


def test_a_task_that_only_verifies_is_a_review(tmp_path):
    assert plan_of("### Task 1: Final verification\n\nRun: `make`\n", tmp_path).tasks[0].kind is Kind.REVIEW


def test_task_files_of_a_directory_are_one_plan(tmp_path):
    directory = tmp_path / "docs" / "plans" / "x" / "tasks"
    directory.mkdir(parents=True)
    texts = {
        "01-a.md": "# Make A\n\n**Depends on:** None\n\n## Files\n\n- Create: `src/a.py`\n\n- [x] works\n",
        "02-b.md": "# Task 2: Make B\n\n**Depends on:** 01\n\n## Files\n\n- Modify: `src/a.py`\n",
        "README.md": "# About\n",
    }
    for name, text in texts.items():
        (directory / name).write_text(text)
    workspace = FileWorkspace(tmp_path)
    dialect = SuperpowersDialect()
    document = read_markdown(Source("docs/plans/x/tasks/02-b.md", texts["02-b.md"]))
    members = dialect.members(document, workspace)
    assert [Path(member).name for member in members] == ["01-a.md", "02-b.md"]
    assert dialect.plan_path(document, members) == "docs/plans/x/tasks"
    documents = [read_markdown(Source(member, texts[Path(member).name])) for member in members]
    plan = dialect.load(documents, workspace).plans[0]
    assert [(task.id, task.title, task.done) for task in plan.tasks] == [("01", "Make A", True), ("2", "Make B", False)]
    assert [one.task for one in plan.tasks[1].depends_on] == ["01"]
    assert concurrent(plan) == set()


WAVES = (
    "# Waves\n\n## Wave 1\n\nParallel-safe: yes\n\n"
    "| Task | Editor | Summary | Files touched |\n|---|---|---|---|\n"
    "| 1 | a | Parser | `src/parser.py`, `src/hub.py` |\n"
    "| 2 | b | Printer | `src/printer.py` |\n"
    "| 3 | a | Docs | - |\n\n"
    "## Wave 2\n\nParallel-safe: no\n\n"
    "| Task | Files |\n|---|---|\n"
    "| 4: Join | `src/hub.py` |\n"
    "| 5: Ship | `VERSION` |\n"
)


def test_rows_of_a_wave_table_are_concurrent_unless_one_editor_does_both_or_the_plan_denies_it(tmp_path):
    assert score(WAVES, tmp_path) == 75
    document = read_markdown(Source("waves.md", WAVES))
    plan = SuperpowersDialect().load([document], FileWorkspace(tmp_path)).plans[0]
    assert [(task.id, task.title, task.wave) for task in plan.tasks] == [
        ("1", "Parser", "1"),
        ("2", "Printer", "1"),
        ("3", "Docs", "1"),
        ("4", "Join", "2"),
        ("5", "Ship", "2"),
    ]
    assert [scope.origin.text for scope in plan.tasks[0].writes] == ["src/parser.py", "src/hub.py"]
    assert concurrent(plan) == {("1", "2"), ("2", "3")}


def test_a_rule_ends_the_section_that_stands_above_the_tasks(tmp_path):
    task = "### Task {}: A\n\n**Files:**\n- Create: `{}.py`\n\n"
    above = plan_of("## File Structure\n\nText.\n\n---\n\n" + task.format(1, "a/b"), tmp_path)
    group = plan_of("## Backend\n\nText.\n\n" + task.format(1, "a/b") + "---\n\n" + task.format(2, "a/c"), tmp_path)
    assert [task.phase for task in above.tasks] == [None]
    assert [task.phase for task in group.tasks] == ["Backend", "Backend"]


@pytest.mark.parametrize("heading", ["### Task 2 ✅: Old index", "### Task 2: Old index ✅", "### Task 2 ✔️ Old index"])
def test_the_sign_that_a_task_is_done_is_no_part_of_its_title(heading, tmp_path):
    (task,) = plan_of(f"{heading}\n\n**Files:**\n- Create: `a/b.py`\n", tmp_path).tasks
    assert (task.id, task.title, task.done) == ("2", "Old index", True)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Create: `a/b.ts`; modify: `a/c.ts`", [("a/b.ts", Mode.CREATE), ("a/c.ts", Mode.MODIFY)]),
        ("新增：`a/b.ts`（页面），修改：`a/c.ts`", [("a/b.ts", Mode.CREATE), ("a/c.ts", Mode.MODIFY)]),
        ("`a/b.ts` — no change needed", [("a/b.ts", Mode.READ)]),
        ("Modify: `a/b.ts` — unchanged API, new internals", [("a/b.ts", Mode.MODIFY)]),
        ("`a/b.ts` (existing helper)", [("a/b.ts", Mode.READ)]),
        ("Modify: `a/b.ts` (created in Task 1)", [("a/b.ts", Mode.MODIFY)]),
    ],
)
def test_remarks_and_verbs_of_a_line_of_files_are_told_apart(line, expected, tmp_path):
    (task,) = plan_of(f"### Task 1: A\n\n**Files:**\n- {line}\n", tmp_path).tasks
    assert [(scope.path, scope.mode) for scope in (*task.writes, *task.reads)] == expected


@pytest.mark.parametrize(
    ("remark", "weak"),
    [("add an optional argument", False), ("the Optional Features table", False), ("optional", True)],
)
def test_only_optional_work_is_a_weak_write(remark, weak, tmp_path):
    (task,) = plan_of(f"### Task 1: A\n\n**Files:**\n- Modify: `a/b.py` ({remark})\n", tmp_path).tasks
    assert [scope.weak for scope in task.writes] == [weak]


def test_a_document_that_a_step_quotes_hides_neither_itself_nor_the_next_task(tmp_path):
    quoted = "```markdown\nCreate `a/x.py`:\n\n```py\nx\n```\n\nUpdate `a/y.py`.\n```\n\n"
    body = "### Task 1: A\n\n**Files:**\n- Create: `a/b.py`\n\n- [ ] **Step 1: Write**\n\n" + quoted
    plan = plan_of(body + "### Task 2: B\n\n**Files:**\n- Create: `a/c.py`\n", tmp_path)
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [["a/b.py"], ["a/c.py"]]


def test_files_that_a_task_of_a_design_delivers_are_its_work(tmp_path):
    items = "- `docs/MAP.md` with all services\n- Check `src/a.py` against it\n- Update go.work\n"
    (task,) = plan_of(f"### Task 1: Map\n\n**What:** Draw it.\n\n**Deliverables:**\n{items}", tmp_path).tasks
    assert [scope.path for scope in task.writes] == ["docs/MAP.md", "go.work"]
    assert ([scope.path for scope in task.reads], task.scope_known) == (["src/a.py"], None)


def test_a_table_of_files_and_changes_declares_them(tmp_path):
    rows = "| `a/x.py` | Create |\n| `a/y.py` | Modify: a field |\n| `a/z.py` | Reference only |\n"
    (task,) = plan_of(f"### Task 1: A\n\n| File | Change |\n|---|---|\n{rows}", tmp_path).tasks
    assert [(scope.path, scope.mode, scope.body) for scope in task.writes] == [
        ("a/x.py", Mode.CREATE, False),
        ("a/y.py", Mode.MODIFY, False),
    ]
    assert ([scope.path for scope in task.reads], task.scope_known) == (["a/z.py"], True)


@pytest.mark.parametrize(
    ("entry", "paths"),
    [
        ("~~`a/x.py`~~", []),
        ("Modify: the router (`a/router.py`)", ["a/router.py"]),
        ("Modify: `a/x.py` (see the router, `a/router.py`)", ["a/x.py"]),
    ],
)
def test_struck_out_files_are_gone_and_a_file_in_brackets_is_the_thing_before_them(entry, paths, tmp_path):
    (task,) = plan_of(f"### Task 1: A\n\n**Files**\n- {entry}\n", tmp_path).tasks
    assert [scope.path for scope in task.writes] == paths


def test_a_task_that_is_ruled_out_is_no_dependency_and_halves_of_a_sentence_speak_for_themselves(tmp_path):
    task = "### Task {}: A\n\n**Files:**\n- Create: `a/{}.py`\n\n"
    body = "".join(task.format(number, number) for number in (1, 2, 3))
    body += (
        "**Depends on:** Task 1, not Task 2\n\n### Notes\n\nTask 1 is sequential; Tasks 2 and 3 may run in parallel.\n"
    )
    plan = plan_of(body, tmp_path)
    assert [need.task for need in plan.tasks[2].depends_on] == ["1"]
    assert concurrent(plan) == {("2", "3")}


def test_a_symbol_is_not_used_because_the_name_before_it_is_a_verb(tmp_path):
    body = "### Task 1: A\n\n**Interfaces:**\n- Produces: `query(q: str) -> Rows`, `parse(q: str) -> Ast`\n"
    (task,) = plan_of(body, tmp_path).tasks
    assert [one.contract for one in task.provides] == ["query", "parse"]


@pytest.mark.parametrize(
    ("entry", "made"),
    [
        ("`Store` implementing `Reader` and `Writer`", ["Store"]),
        ("`Store.open(path) -> Store` (was `Handle`)", ["Store.open"]),
        ("types (`Row`, `Cell`)", ["Row", "Cell"]),
        ("`Row` and `Cell`, returned as `Rows`", ["Row", "Cell", "Rows"]),
        ("`Row.id` field removed; `Row.key() -> str`", ["Row.key"]),
        ("nothing new: `Row` changes", []),
    ],
)
def test_what_a_produced_name_is_made_of_is_not_produced_itself(entry, made, tmp_path):
    (task,) = plan_of(f"### Task 1: A\n\n**Interfaces:**\n- Produces: {entry}\n", tmp_path).tasks
    assert [one.contract for one in task.provides] == made


def test_a_name_behind_not_is_not_consumed(tmp_path):
    first = "### Task 1: A\n\n**Interfaces:**\n- Produces: `Row`, `Cell`\n\n"
    second = "### Task 2: B\n\n**Interfaces:**\n- Consumes: `Row` (not `Cell`)\n"
    assert [one.contract for one in plan_of(first + second, tmp_path).tasks[1].consumes] == ["Row"]


def test_a_line_that_tells_which_tests_to_create_goes_on_with_the_files(tmp_path):
    plan = plan_of(
        "### Task 1: Slugs\n\n**File**: `web/slug.py`\n\n**Tests**: Create `tests/test_slug.py` with odd titles.\n\n"
        "- [ ] **Step 1: Do**\n",
        tmp_path,
    )
    assert [(scope.path, scope.evidence) for scope in plan.tasks[0].writes] == [
        ("web/slug.py", Evidence.DECLARED),
        ("tests/test_slug.py", Evidence.DECLARED),
    ]


WAVE_HEADINGS = (
    "## Waves\n\n{plan}### Wave 1: Base\n\n{first}### Task 1: A\n\n### Task 2: B\n\n"
    "### Wave 2: Rest\n\n### Task 3: C\n\n### Task 4: D\n"
)


@pytest.mark.parametrize(
    ("plan", "first", "pairs"),
    [
        ("", "", {("1", "2"), ("3", "4")}),
        ("", "**Can run in parallel:** mostly no\n\n", {("3", "4")}),
        ("", "Do these in order.\n\n", {("3", "4")}),
        ("### Wave Plan\n\n", "", {("1", "2"), ("3", "4")}),
    ],
)
def test_a_wave_heading_on_the_level_of_the_tasks_governs_those_behind_it_unless_it_denies_it(
    plan, first, pairs, tmp_path
):
    assert concurrent(plan_of(WAVE_HEADINGS.format(plan=plan, first=first), tmp_path)) == pairs


def test_a_heading_that_only_speaks_of_waves_is_no_wave(tmp_path):
    assert concurrent(plan_of("## Wave Plan\n\n### Task 1: A\n\n### Task 2: B\n", tmp_path)) == set()


BANNER = "> **For agentic workers:** REQUIRED SUB-SKILL: Use superpowers:executing-plans\n\n"
OUTLINE = (
    "```\nWave 1: Task 1 (schema) + Task 3 (photos) -- independent\nWave 2: Task 2 (form) -- depends on Task 1\n```\n\n"
)


@pytest.mark.parametrize(
    ("said", "pairs"),
    [("", set()), ("**Parallelizable:** Wave 1 tasks are independent of each other.\n\n", {("1", "3")})],
)
def test_the_banner_keeps_turns_unless_the_plan_itself_says_that_tasks_run_in_parallel(said, pairs, tmp_path):
    tasks = "### Task 1: A\n\n### Task 2: B\n\n### Task 3: C\n"
    assert concurrent(plan_of(f"# P\n\n{BANNER}## Order\n\n{OUTLINE}{said}{tasks}", tmp_path)) == pairs


def test_an_outline_in_a_fence_may_say_which_tasks_run_in_parallel(tmp_path):
    outline = "```\nPhase 1: Base (Task 1)\nPhase 2: Pages (Tasks 2-3) - run in parallel\n```\n\n"
    body = f"{outline}### Task 1: A\n\n### Task 2: B\n\n### Task 3: C\n"
    assert concurrent(plan_of(body, tmp_path)) == {("2", "3")}


def test_where_every_task_says_what_it_waits_for_and_some_run_in_parallel_nothing_else_orders_them(tmp_path):
    body = (
        "## Order\n\n- **Wave 1 (parallel):** both roots are independent tasks\n\n"
        "### Task 1: A\n\n**Depends on:** none | **Files:** `a/x.py`, `a/y.py`\n\n"
        "### Task 2: B\n\n**Independent:** No — needs Task 1 · **Scope:** Small\n\n"
        "### Task 3: C\n\n**Independent:** Yes\n**Files:** Create `c/x.py`, modify `c/y.py`\n"
    )
    plan = plan_of(body, tmp_path)
    assert concurrent(plan) == {("1", "3"), ("2", "3")}
    assert [[one.task for one in task.depends_on] for task in plan.tasks] == [[], ["1"], []]
    assert [[(one.mode.value, one.path) for one in task.writes] for task in plan.tasks] == [
        [("write", "a/x.py"), ("write", "a/y.py")],
        [],
        [("create", "c/x.py"), ("modify", "c/y.py")],
    ]


def test_a_verb_above_a_list_says_what_happens_to_its_files(tmp_path):
    body = "### Task 1: A\n\nCreate:\n- `src/a.go`\n- `src/a_test.go`\n\nLocked names:\n\n- `Start` fails\n"
    task = plan_of(body, tmp_path).tasks[0]
    assert [(scope.mode, scope.path) for scope in task.writes] == [
        (Mode.CREATE, "src/a.go"),
        (Mode.CREATE, "src/a_test.go"),
    ]
    assert task.scope_known


@pytest.mark.parametrize(
    "line",
    [
        "- Do not modify: `src/style.css`",
        "\n**Do not touch:** `src/style.css` (shared)",
        "\nDo not edit `src/style.css`.",
    ],
)
def test_a_task_keeps_off_the_files_that_its_list_or_its_steps_forbid(line, tmp_path):
    task = plan_of(f"### Task 1: A\n\n**Files:**\n- Modify: `src/page.tsx`\n{line}\n", tmp_path).tasks[0]
    assert [scope.path for scope in task.writes] == ["src/page.tsx"]
    assert [scope.path for scope in task.off_limits] == ["src/style.css"]
    assert not task.reads


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("- Do NOT touch `lib/pay.ts`, `lib/tax.ts` or the `total` action.", ["lib/pay.ts", "lib/tax.ts"]),
        ("- Do not log secrets or edit `.env`", [".env"]),
        ("- Do not modify: `lib/pay.ts`", ["lib/pay.ts"]),
        ("- Do not edit `page.css`.", ["src/page.css"]),
        ("- Do not change `lib/pay.ts` before Task 2.", []),
        ("- Do not change the rest of `src/page.tsx`.", []),
        ("- `lib/pay.ts` holds the prices.", []),
    ],
)
def test_what_the_text_around_the_tasks_forbids_is_off_limits_for_all(said, limits, tmp_path):
    tasks = "### Task 1: A\n\n**Files:**\n- Modify: `src/page.tsx`\n\nKeep `src/page.css` as the style.\n"
    plan = plan_of(f"## Global Constraints\n\n{said}\n\n{tasks}\n### Task 2: B\n", tmp_path)
    assert [(one.kind, one.scope.path) for one in plan.constraints] == [("off-limits", path) for path in limits]


def test_a_commit_tells_the_files_of_a_task_without_a_list_but_not_of_one_that_commits_the_work_of_others(tmp_path):
    def commit(files: str) -> str:
        return f"```bash\ngit add {files}\ngit commit -m 'x'\n```\n\n"

    body = (
        "### Task 1: A\n\n**Files:**\n- Modify: `src/a.py`\n\n" + commit("src/a.py src/forgotten.py")
        + "### Task 2: B\n\nWrite the limiter.\n\n" + commit("-A && git add src/b.py . <more> docs/")
        + "### Task 3: Commit\n\n" + commit("src/a.py src/b.py docs/superpowers/plans/2026-01-01-x.md")
    )  # fmt: skip
    plan = plan_of(body, tmp_path)
    assert [[(one.path, one.evidence) for one in task.writes] for task in plan.tasks] == [
        [("src/a.py", Evidence.DECLARED)],
        [("src/b.py", Evidence.INFERRED)],
        [],
    ]


LISTED = (
    "## Tasks\n\n- [x] **T1 — Store** in `src/store.ts`\n- [ ] **T2 — Add undo to `src/undo.ts`**\n"
    "  - Modify: `src/store.ts`\n- [ ] T3 Create `src/redo.ts`\n- [ ] Tidy up\n"
)


def test_boxes_with_ids_are_the_tasks_of_a_plan_with_the_banner_and_without_task_headings(tmp_path):
    assert score(HEADER + LISTED, tmp_path) == 92
    assert score("# X\n\n" + LISTED, tmp_path) == 0
    assert score(HEADER + "### Task 1: A\n\n" + LISTED, tmp_path) == 95
    plan = plan_of(LISTED, tmp_path)
    assert [(task.id, task.done) for task in plan.tasks] == [("T1", True), ("T2", False), ("T3", False)]
    assert [scope.path for scope in plan.tasks[1].writes] == ["src/store.ts", "src/undo.ts"]
    assert [(scope.path, scope.mode) for scope in plan.tasks[2].writes] == [("src/redo.ts", Mode.CREATE)]
    assert not concurrent(plan)


@pytest.mark.parametrize(
    ("entry", "paths"),
    [
        ("Modify: `map.ts`", ["src/geo/map.ts"]),
        ("Modify: `src/shop/cart.ts`, `price.ts`", ["src/shop/cart.ts", "src/shop/price.ts"]),
        ("Modify: `src/a/x.ts`, `y.ts`, `z.ts`, `q.md`", ["src/a/x.ts", "src/a/y.ts", "src/a/z.ts", "q.md"]),
        ("Modify: `src/shop/cart.ts`, `map.ts`", ["src/shop/cart.ts", "src/geo/map.ts"]),
        ("Modify: `src/shop/cart.ts`, `package.json`, `notes.md`", ["src/shop/cart.ts", "package.json", "notes.md"]),
        ("Modify: none in `src/` (its helpers are reused)", []),
        ("Create: none\n- Modify: `map.ts`", ["src/geo/map.ts"]),
    ],
)
def test_bare_names_stand_where_the_map_of_files_or_the_file_before_them_says(entry, paths, tmp_path):
    table = "## File map\n\n| File | Role |\n|---|---|\n| `src/geo/map.ts` | tiles |\n\n"
    body = f"{table}### Task 1: A\n\n**Files:**\n- {entry}\n"
    assert [scope.path for scope in plan_of(body, tmp_path).tasks[0].writes] == paths


def test_verbs_with_a_slash_between_them_govern_the_next_file(tmp_path):
    task = plan_of("### Task 1: A\n\n**Files:**\n- 수정: `src/a.ts`, 신규/수정 `src/b.ts`\n", tmp_path).tasks[0]
    assert [scope.path for scope in task.writes] == ["src/a.ts", "src/b.ts"]


@pytest.mark.parametrize(
    ("label", "mode"),
    [
        ("Owned files", "write"),
        ("Files to edit", "modify"),
        ("File to create", "create"),
        ("Directory to create", "create"),
    ],
)
def test_labels_of_files_in_other_words_are_known(label, mode, tmp_path):
    body = f"### Task 1: A\n\n**{label}:** `src/a.py`\n**Worktree:** `../wt/a/`\n\n- [ ] **Step 1: Do it**\n"
    assert [(scope.mode.value, scope.path) for scope in plan_of(body, tmp_path).tasks[0].writes] == [(mode, "src/a.py")]


ROUNDS = "".join(
    f"## Round {number}: R\n\n### Task {number}.1: A\n\n**Files:**\n- Create: `r{number}/{{a.tf, b.tf}}`\n\n"
    f"### Task {number}.2: B\n\n**Interfaces:**\n- Consumes: {needs}\n\n### Task {number}.3: C\n\nDo.\n\n"
    for number, needs in ((1, "Templates from Task 1.1."), (2, "All of Tasks 1.1 - 1.3."))
)


@pytest.mark.parametrize(
    ("said", "pairs"),
    [
        (
            "Within each round, run independent tasks in parallel.",
            {("1.1", "1.3"), ("1.2", "1.3"), *combinations(("2.1", "2.2", "2.3"), 2)},
        ),
        ("Tasks in one round do not run in parallel.", set()),
        ("Within each phase, run independent tasks in parallel.", set()),
    ],
)
def test_a_plan_says_which_headings_make_groups_that_run_in_parallel(said, pairs, tmp_path):
    plan = plan_of(f"## Constraints\n\n- {said}\n\n{ROUNDS}", tmp_path)
    assert concurrent(plan) == pairs
    assert [one.task for one in plan.tasks[1].depends_on] == ["1.1"]
    assert [one.task for one in plan.tasks[4].depends_on] == ["1.1", "1.2", "1.3"]
    assert [scope.path for scope in plan.tasks[0].writes] == ["r1/{a.tf, b.tf}"]


def test_a_label_right_below_a_list_of_files_is_read(tmp_path):
    body = (
        "### Task 1: A\n\nDo.\n\n### Task 2: B\n\nDo.\n\n### Task 3: C\n\n**Files:**\n- Modify: `a.py`\n"
        "- Create: `b.py`\n**Prerequisite:** Tasks 1 + 2 merged. Can run in parallel with Task 4.\n\n### Task 4: D\n"
    )
    task = plan_of(body, tmp_path).tasks[2]
    assert [scope.path for scope in task.writes] == ["a.py", "b.py"]
    assert [one.task for one in task.depends_on] == ["1", "2"]


def plain_tasks(count: int) -> str:
    return "".join(f"### Task {n}: Part {n}\n\n**Files:**\n- Create: `p{n}.py`\n\n" for n in range(1, count + 1))


def pairs_of(*texts: str) -> set[tuple[str, str]]:
    """Pairs from "1-2 1-3"."""
    return {(one, two) for text in texts for one, two in (pair.split("-") for pair in text.split())}


@pytest.mark.parametrize(
    ("said", "pairs"),
    [
        (
            "Tasks 1-2 can run in parallel (own files).\nTask 3 builds on Task 1 (its tables).\n"
            "Task 4 needs Tasks 1 + 2.\nTask 5 (checks) depends on all.",
            "1-2 2-3 3-4",
        ),
        (
            "- **Tasks 1-2** (tables) must come first: all others depend on them\n"
            "- Tasks 3 and 4 can run in parallel after Tasks 1-2\n- **Task 5** runs last",
            "1-2 3-4",
        ),
        (
            "```\nTask 1 (tables) ── do first\nTask 2 (store) ── depends on Task 1\n"
            "Task 3 (page) ── depends on Task 1\nTask 4 (menu) ── depends on Task 3\n"
            "Task 5 ── depends on all above\n```\n\nTasks 2 and 3 run in parallel.",
            "2-3 2-4",
        ),
        ("Tasks 2 and 3 can be done in parallel after 1. Task 4 depends on 3, task 5 depends on 2.", "2-3 2-4 3-5 4-5"),
        (
            "Independent tasks run in parallel.\n\n| Task | Depends on |\n|---|---|\n| 1: Tables | none |\n"
            "| 2: Store | Task 1 |\n| 3: Page | 1 |\n| 4: Menu | Tasks 2, 3 |\n| 5: Checks | all |",
            "2-3",
        ),
        (
            "Independent tasks run in parallel.\n\n| Task | Depends on |\n|---|---|\n| 2: Store | Task 1 |\n"
            "| 3: Page | 1 |\n| 4: Menu | Tasks 2, 3 |\n| 5: Checks | 4 |",
            "2-3",
        ),
        (
            "**Order:** Tasks 1-3 are independent of each other but must complete before Task 4. "
            "Task 4 blocks Task 5. Such groups run in parallel.",
            "1-2 1-3 2-3",
        ),
        ("Task 1 must be first. Tasks 2 and 3 run in parallel. Tasks 4 and 5 run in parallel.", "2-3 4-5"),
        ("Tasks 2 and 3 run in parallel after Task 1. Tasks 4 and 5 follow when their time comes.", "2-3"),
        ("Tasks 2 and 3 run in parallel. Task 2 depends on Task 4. Task 5 depends on Task 1.", "2-3"),
        ("Task 5 can run in parallel with Tasks 3-4.", "4-5"),
        ("Tasks 1, 2 touch their own files and have no dependencies: run them concurrently.", "1-2"),
        ("**Critical path:** Tasks 1-2 before 5\n**Parallelizable:** Tasks 3+4", "3-4"),
    ],
)
def test_statements_about_the_order_of_all_tasks_order_them_and_anything_less_leaves_the_order_of_the_list(
    said, pairs, tmp_path
):
    assert concurrent(plan_of(f"## Order\n\n{said}\n\n{plain_tasks(5)}", tmp_path)) == pairs_of(pairs)


def test_a_task_says_at_its_beginning_what_it_builds_on_and_what_waits_for_it(tmp_path):
    body = plain_tasks(4).replace(
        "### Task 3: Part 3\n", "### Task 3: Part 3\n\nBuilds on Tasks 1 + 2. Must land before Task 4.\n"
    )
    plan = plan_of(f"Tasks 1 and 2 can run in parallel.\n\n{body}", tmp_path)
    assert [[one.task for one in task.depends_on] for task in plan.tasks] == [[], [], ["1", "2"], ["3"]]


def test_a_program_of_an_environment_that_is_run_is_not_read(tmp_path):
    body = "### Task 1: A\n\n**Files:**\n- Create: `a/b.py`\n\nRun: `.venv/bin/pytest tests/test_b.py -v`\n"
    assert [scope.path for scope in plan_of(body, tmp_path).tasks[0].reads] == ["tests/test_b.py"]
