"""The `kiro` dialect: items, parents, waves and `(P)` runs."""

from __future__ import annotations

from itertools import combinations

import pytest

from planlint.dialects.base import Loaded
from planlint.dialects.kiro.dialect import KiroDialect
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Kind, Plan
from planlint.readers.markdown.reader import read_markdown
from planlint.source import Source


def loaded(text: str, tmp_path, path: str = "tasks.md") -> Loaded:
    return KiroDialect().load([read_markdown(Source(path, text))], FileWorkspace(tmp_path))


def plan_of(text: str, tmp_path) -> Plan:
    found = loaded(text, tmp_path)
    assert found.problems == []
    return found.plans[0]


def concurrent(plan: Plan) -> set[tuple[str, str]]:
    order = Order(plan, References(plan), include_done=True)
    return {(one.id, two.id) for one, two in combinations(plan.tasks, 2) if order.concurrent(one.index, two.index)}


def score(text: str, tmp_path, path: str = "notes.md") -> int:
    match = KiroDialect().recognise(read_markdown(Source(path, text)), FileWorkspace(tmp_path))
    return match.score if match else 0


NESTED = "- [ ] 1. A\n  - [ ] 1.1 B\n    - _Requirements: 1.1_\n  - [ ] 1.2 C\n- [ ] 2. D\n"


def test_requirement_marks_make_it_sure_and_the_shape_alone_does_not(tmp_path):
    assert score(NESTED, tmp_path) == 95
    assert 40 <= score(NESTED.replace("    - _Requirements: 1.1_\n", ""), tmp_path) < 80


@pytest.mark.parametrize(
    "text", ["# Notes\n\n- [ ] buy milk\n- [ ] 2. call\n", "- [ ] T001 Create a\n", "plain text\n"]
)
def test_a_checklist_of_something_else_is_refused(text, tmp_path):
    assert score(text, tmp_path) == 0


def test_any_checklist_below_the_directory_of_kiro_is_its_own(tmp_path):
    assert score("- [ ] Unnumbered\n", tmp_path, ".kiro/specs/shop/tasks.md") == 90


def test_listed_order_is_the_order_and_parents_only_hold_their_children(tmp_path):
    plan = plan_of(NESTED, tmp_path)
    assert [(task.id, task.container, task.parent) for task in plan.tasks] == [
        ("1", True, None),
        ("1.1", False, 0),
        ("1.2", False, 0),
        ("2", False, None),
    ]
    assert concurrent(plan) == set()


def test_children_written_flat_have_the_same_parents(tmp_path):
    plan = plan_of("- [ ] 1. A\n- [ ] 1.1 B\n- [ ] 1.2 C\n- [ ] 12. D\n", tmp_path)
    assert [task.parent for task in plan.tasks] == [None, 0, 0, None]


def test_a_run_of_marked_siblings_is_concurrent_and_ends_at_the_parent(tmp_path):
    text = "- [ ] 1. A\n- [ ] 1.1 B\n- [ ] 1.2 (P) C\n- [ ] 1.3 (P) D\n- [ ] 2. E\n- [ ] 2.1 (P) F\n- [ ] 2.2 G\n"
    plan = plan_of(text, tmp_path)
    assert concurrent(plan) == {("1.2", "1.3")}
    assert plan.tasks[2].places["parallel"].text == "(P)"


def test_a_run_ends_at_a_group_that_is_only_a_heading(tmp_path):
    text = "## 1. A\n\n- [ ] 1.1 (P) A\n- [ ] 1.2 (P) B\n\n## 2. C\n\n- [ ] 2.1 (P) C\n- [ ] 2.2 (P) D\n"
    assert concurrent(plan_of(text, tmp_path)) == {("1.1", "1.2"), ("2.1", "2.2")}
    assert concurrent(plan_of(text.replace("## 2. C\n", ""), tmp_path)) == {("1.1", "1.2"), ("2.1", "2.2")}


@pytest.mark.parametrize("label", ["_Depends: 1.1, 1.2_", "_Depends:_ 1.1, 1.2", "_Depends on: 1.1-1.2_"])
def test_dependencies_are_read_in_both_spellings(label, tmp_path):
    plan = plan_of(f"- [ ] 1.1 A\n- [ ] 1.2 B\n- [ ] 1.3 C\n  - {label}\n", tmp_path)
    assert [dependency.task for dependency in plan.tasks[2].depends_on] == ["1.1", "1.2"]


def test_waiting_for_the_own_parent_means_the_siblings_before(tmp_path):
    plan = plan_of("- [ ] 2. A\n- [ ] 2.1 (P) B\n- [ ] 2.2 (P) C\n  - _Depends:_ 2\n", tmp_path)
    order = Order(plan, References(plan))
    assert order.before(1, 2)
    assert order.cycles == []


def test_boundaries_are_kept_as_components_with_their_places(tmp_path):
    plan = plan_of("- [ ] 1.1 A\n  - _Boundary: Parser, Store_\n- [ ] 1.2 B\n", tmp_path)
    found = plan.tasks[0].resources
    assert [(part.kind, part.name, part.origin.text) for part in found] == [
        ("boundary", "Parser", "Parser"),
        ("boundary", "Store", "Store"),
    ]


def waves(body: str) -> str:
    listed = "".join(f"- [ ] {number}. Task\n" for number in (1, 2, 3, 4))
    return f"{listed}\n```json\n{body}\n```\n"


@pytest.mark.parametrize(
    "body",
    [
        '{"waves": [{"id": 0, "tasks": ["1", "2"]}, {"id": 1, "tasks": ["3"]}, {"id": 2, "tasks": ["4"]}]}',
        '{"waves": [{"wave": 1, "tasks": ["1", "2"], "name": "x"}, {"wave": 2, "tasks": ["3"]}]}',
        '{\n "waves": [\n ["1", "2"],\n ["3"],\n ["4"]]}',
        '{"waves": [{"tasks": [1, 2]}, {"tasks": [{"id": "3"}]}]}',
    ],
)
def test_only_tasks_of_one_wave_are_concurrent_however_waves_are_written(body, tmp_path):
    assert concurrent(plan_of(waves(body), tmp_path)) == {("1", "2")}


def test_a_task_in_no_wave_claims_no_concurrency(tmp_path):
    plan = plan_of(waves('{"waves": [{"id": 0, "tasks": ["1"]}, {"id": 1, "tasks": ["3", "4"]}]}'), tmp_path)
    assert concurrent(plan) == {("3", "4")}
    assert [task.wave for task in plan.tasks] == ["0", None, "1", "1"]


def test_a_parent_in_a_wave_stands_for_its_children(tmp_path):
    text = '- [ ] 1. A\n  - [ ] 1.1 B\n  - [ ] 1.2 C\n\n```json\n{"waves": [{"id": 0, "tasks": ["1"]}]}\n```\n'
    assert concurrent(plan_of(text, tmp_path)) == {("1.1", "1.2")}


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ('{"waves": [{"id": 0, "tasks": ["9"]}]}', "PL003", "`9`, which is not in the list"),
        ('{"waves": [{"id": 0, "tasks": ["1"]}, {"id": 1, "tasks": ["1"]}]}', "PL003", "stands in wave 0 and again"),
        ('{"waves": {"0": ["1"]}}', "PL003", "must be a list"),
        ('{"waves": [{"id": 0}]}', "PL003", "has no list of tasks"),
        ('{"waves": [', "PL002", "not valid JSON"),
    ],
)
def test_a_graph_that_is_wrong_is_said_once_and_the_tasks_are_still_read(body, code, words, tmp_path):
    found = loaded(waves(body), tmp_path)
    assert [problem.code for problem in found.problems] == [code]
    assert words in found.problems[0].message
    assert len(found.plans[0].tasks) == 4


def test_a_problem_in_the_graph_points_at_the_id(tmp_path):
    found = loaded(waves('{"waves": [{"id": 0, "tasks": ["1", "9"]}]}'), tmp_path)
    assert found.problems[0].origin.text == "9"


def test_paths_in_a_title_are_written_and_cited_ones_are_read(tmp_path):
    plan = plan_of("- [ ] 1.1 Add the store in `a/store.py`\n  - Follow `a/model.py`\n- [ ] 1.2 B\n", tmp_path)
    assert [scope.path for scope in plan.tasks[0].writes] == ["a/store.py"]
    assert [scope.path for scope in plan.tasks[0].reads] == ["a/model.py"]


def test_checkpoints_are_reviews_and_optional_tasks_are_marked(tmp_path):
    plan = plan_of("- [ ] 1. Checkpoint\n  - Ensure all tests pass\n- [ ]* 2. Property test\n", tmp_path)
    assert plan.tasks[0].kind is Kind.REVIEW
    assert [task.optional for task in plan.tasks] == [False, True]


def test_a_parent_of_optional_tasks_that_tells_what_to_do_is_work_itself(tmp_path):
    told = "- [ ] 4. Route\n  - Create `app/route.ts`\n  - [ ]* 4.1 Test it\n- [ ] 5. Page\n"
    plan = plan_of(told, tmp_path)
    assert [(task.id, task.container, task.parent) for task in plan.tasks] == [
        ("4", False, None),
        ("4.1", False, None),
        ("5", False, None),
    ]
    assert concurrent(plan) == set()
    for other in (told.replace("]* 4.1", "] 4.1"), told.replace("  - Create `app/route.ts`\n", "")):
        assert plan_of(other, tmp_path).tasks[0].container


def test_a_form_to_fill_in_is_a_pattern(tmp_path):
    assert plan_of("- [ ] 1. {{TASK}}\n- [ ] 1.1 {{SUBTASK}}\n", tmp_path).pattern


@pytest.mark.parametrize("mark", ["-   [ ]", "-\t[ ]", "* [ ]", "1. [ ]"])
def test_however_far_a_box_stands_behind_its_marker_the_list_is_found(mark, tmp_path):
    text = f"{mark} 1. Store\n\n    -   _Requirements: 1.1_\n"
    assert KiroDialect().might_be("notes.md", text)
    assert score(text, tmp_path) == 95


def writes(text: str, tmp_path) -> list[str]:
    plan = plan_of(text, tmp_path)
    return [
        f"{scope.mode.value}{'?' if scope.evidence.value == 'inferred' else ''}:{scope.path}"
        for task in plan.tasks
        for scope in task.writes
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("- **Files:** `shop/cart.py`, `shop/tax.py` (new)", ["write:shop/cart.py", "create:shop/tax.py"]),
        ("- _Files: shop/cart.py_", ["write:shop/cart.py"]),
        ("- Files to modify: `shop/cart.py`", ["modify:shop/cart.py"]),
        ("- **Files:**\n    - `shop/cart.py`\n    - `shop/tax.py` (new)", ["write:shop/cart.py", "create:shop/tax.py"]),
        ("- Location: `shop/cart.py:20-30`", ["write?:shop/cart.py"]),
        ("- Created: `shop/cart.py`", ["create?:shop/cart.py"]),
        ("- **REMOVED (second round):**\n    - `shop/old.py`\n    - two tests", ["delete?:shop/old.py"]),
        (
            "- Create these modules:\n    - `shop/cart.py`\n    - shop/tax.py",
            ["create:shop/cart.py", "create:shop/tax.py"],
        ),
        ("- Remove the flag from:\n    - `shop/cart.py`", ["modify:shop/cart.py"]),
        ("- Files kept:\n    - `shop/cart.py`", []),
        ("- See also:\n    - `shop/cart.py`", []),
        ("- Relevant files: `shop/cart.py`", []),
    ],
)
def test_a_line_that_only_names_files_says_by_its_label_or_the_line_above_what_is_done(lines, expected, tmp_path):
    assert writes(f"- [ ] 1. Prices\n  {lines}\n", tmp_path) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Delete the old scripts", ["delete?:bin/a.sh", "delete?:bin/b.sh"]),
        ("Update these scripts:", ["modify:bin/a.sh", "modify:bin/b.sh"]),
        ("Add tests for the scripts", ["write?:bin/a.sh", "write?:bin/b.sh"]),
        ("Verify the scripts", []),
        ("Prices", []),
        ("알림 목록 컴포넌트 구현", ["write?:bin/a.sh", "write?:bin/b.sh"]),
        ("確認画面の作成（P）", ["create?:bin/a.sh", "create?:bin/b.sh"]),
        ("不要なファイルを削除する", ["delete?:bin/a.sh", "delete?:bin/b.sh"]),
        ("实现登录页面", ["write?:bin/a.sh", "write?:bin/b.sh"]),
        ("登录页面实现", ["write?:bin/a.sh", "write?:bin/b.sh"]),
        ("检查实现", []),
        ("구현 확인", []),
    ],
)
def test_paths_below_an_item_are_what_its_title_works_on(title, expected, tmp_path):
    lines = "  - `bin/a.sh`\n  - bin/b.sh - the second one\n  - `bin/c.sh` (see for reference)\n"
    assert writes(f"- [ ] 1. {title}\n{lines}", tmp_path) == expected


def test_what_a_sentence_says_as_firmly_goes_before_what_a_list_says(tmp_path):
    text = "- [ ] 1. Create `shop/cart.py`\n  - Files: `shop/cart.py`, `shop/tax.py`\n"
    assert writes(text, tmp_path) == ["create:shop/cart.py", "write:shop/tax.py"]


def test_boxes_that_say_when_the_task_of_a_heading_is_done_are_no_tasks(tmp_path):
    text = "### Task 1: Cart\n**Acceptance Criteria:**\n- [ ] Totals add up\n"
    assert score(text, tmp_path, ".kiro/specs/shop/tasks.md") == 0
    assert score(text.replace("Acceptance Criteria", "Steps"), tmp_path, ".kiro/specs/shop/tasks.md") == 90


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        (["**P1.1**: Store", "**P1.2**: Tax"], ["P1.1", "P1.2"]),
        (["T1 Store", "T2 Tax", "Tidy up"], ["T1", "T2"]),
        (["S3: keep receipts", "Store", "Tax"], ["", "", ""]),
        (["1. Store", "S3: keep receipts"], ["1"]),
    ],
)
def test_ids_with_letters_are_read_where_most_boxes_have_one(lines, ids, tmp_path):
    plan = plan_of("".join(f"- [ ] {line}\n" for line in lines), tmp_path)
    assert [task.id for task in plan.tasks] == ids


def test_a_box_below_a_heading_with_a_number_of_its_own_is_no_part_of_a_box_elsewhere(tmp_path):
    text = (
        "## 2. Store\n- [ ] 2.5 Shelves\n## 2.5. Labels\n- [ ] 2.5.1 Print\n## 3. Tax\n- [ ] 3. Rates\n- [ ] 3.1 Net\n"
    )
    plan = plan_of(text, tmp_path)
    assert [task.id for task in plan.tasks if not task.container] == ["2.5", "2.5.1", "3.1"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Move `rates.py` to `shop/tax/rates.py`", ["delete?:rates.py", "create:shop/tax/rates.py"]),
        ("Update the root `rates.py`", ["modify?:rates.py"]),
        ("Update `rates.py`", ["modify:shop/tax/rates.py"]),
        ("Update the root `layout.tsx`", ["modify:web/layout.tsx"]),
        ("Add a loader that reads `a/x.md`, `a/y.md`, and `Makefile`", []),
        ("Document that tests go in `tests/`", []),
        ("Create `shop/` directory with proper `__init__.py`", ["create:shop/", "create?:shop/__init__.py"]),
        ("Create a short `.env.example` with all keys", ["create?:.env.example"]),
    ],
)
def test_a_name_means_the_file_that_the_plan_has_elsewhere_unless_the_words_say_otherwise(line, expected, tmp_path):
    text = f"- [ ] 1. Prices\n  - {line}\n- [ ] 2. Read `shop/tax/rates.py` and `web/layout.tsx`\n"
    assert writes(text, tmp_path) == expected
