"""The `openspec` dialect: groups in order, and plans that declare their dependencies."""

from __future__ import annotations

from itertools import combinations

import pytest

from planlint.diagnostics import Evidence
from planlint.dialects.openspec.dialect import OpenSpecDialect
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Capability, Plan
from planlint.readers.markdown.reader import read_markdown
from planlint.source import Source

PLACE = "openspec/changes/add-x/tasks.md"


def plan_of(text: str, tmp_path, path: str = PLACE) -> Plan:
    return OpenSpecDialect().load([read_markdown(Source(path, text))], FileWorkspace(tmp_path)).plans[0]


def concurrent(plan: Plan) -> set[tuple[str, str]]:
    order = Order(plan, References(plan), include_done=True)
    return {
        (one.label, two.label) for one, two in combinations(plan.tasks, 2) if order.concurrent(one.index, two.index)
    }


def score(text: str, tmp_path, path: str = "notes.md") -> int:
    match = OpenSpecDialect().recognise(read_markdown(Source(path, text)), FileWorkspace(tmp_path))
    return match.score if match else 0


GROUPS = "## 1. A\n\n- [ ] 1.1 One\n- [ ] 1.2 Two\n\n## 2. B\n\n- [x] 2.1 Three\n"


def test_boxes_numbered_after_their_headings_are_recognised_anywhere(tmp_path):
    assert score(GROUPS, tmp_path) == 60
    assert score(GROUPS, tmp_path, PLACE) == 92


def test_the_proposal_beside_the_list_makes_it_surer(tmp_path):
    (tmp_path / "proposal.md").write_text("# Why\n")
    assert score(GROUPS, tmp_path, "tasks.md") == 85


@pytest.mark.parametrize("text", ["## 1. A\n\n- [ ] buy milk\n", "- [ ] 1.1 One\n- [ ] 1.2 Two\n", "## 1. A\n\ntext\n"])
def test_other_checklists_are_refused(text, tmp_path):
    assert score(text, tmp_path) == 0


def test_groups_and_boxes_run_in_listed_order(tmp_path):
    plan = plan_of(GROUPS, tmp_path)
    assert [(task.id, task.done, task.phase) for task in plan.tasks] == [
        ("1.1", False, "1. A"),
        ("1.2", False, "1. A"),
        ("2.1", True, "2. B"),
    ]
    assert concurrent(plan) == set()
    assert not plan.has(Capability.CONCURRENCY)


def test_a_telling_name_stands_for_its_file_by_conclusion(tmp_path):
    text = (
        "## 1. Feed\n\n- [ ] 1.1 Create `VoteTicker.tsx`\n- [ ] 1.2 Update `api.ts`\n"
        "- [ ] 1.3 `sync-all.sh --once` runs\n"
    )
    plan = plan_of(text, tmp_path)
    assert [[(scope.path, scope.evidence) for scope in task.writes] for task in plan.tasks] == [
        [("VoteTicker.tsx", Evidence.INFERRED)],
        [],
        [],
    ]


def test_an_archived_change_is_done(tmp_path):
    plan = plan_of(GROUPS, tmp_path, "openspec/changes/archive/2026-01-01-add-x/tasks.md")
    assert all(task.done for task in plan.tasks)


def test_boxes_that_tell_the_state_of_the_whole_are_no_tasks(tmp_path):
    text = "## Status\n\n- [ ] Planning\n\n## Tasks\n\n- [ ] Write tests\n"
    assert [task.title for task in plan_of(text, tmp_path).tasks] == ["Write tests"]


def test_in_a_numbered_list_a_box_without_number_counts_under_a_numbered_heading(tmp_path):
    text = "## 1. A\n\n- [ ] 1.1 One\n- [ ] Loose\n\n## Before release\n\n- [ ] Tell everybody\n"
    assert [(task.id, task.title) for task in plan_of(text, tmp_path).tasks] == [("1.1", "One"), ("", "Loose")]


DECLARED = (
    "## Phase 1\n\n"
    "- [ ] 1.1 Tests\n  **Dependencies**: None\n"
    "- [ ] 1.2 Code\n  **Dependencies**: 1.1\n"
    "- [ ] 1.3 More\n  **Dependencies**: 1.1\n"
    "- [ ] 1.4 Checkpoint: run tests\n"
    "- [ ] 1.5 Docs\n  **Dependencies**: None\n"
)


def test_boxes_that_all_declare_dependencies_are_a_graph_up_to_one_that_does_not(tmp_path):
    plan = plan_of(DECLARED, tmp_path)
    assert concurrent(plan) == {("1.2", "1.3")}
    found = Order(plan, References(plan)).concurrency(1, 2)
    assert found.evidence is Evidence.INFERRED
    assert plan.has(Capability.CONCURRENCY, Capability.DEPENDENCIES)


def test_a_sentence_about_parallel_work_makes_it_stated(tmp_path):
    plan = plan_of(DECLARED.replace("None\n- [ ] 1.2", "None (can run parallel with 1.3)\n- [ ] 1.2"), tmp_path)
    assert Order(plan, References(plan)).concurrency(1, 2).evidence is Evidence.STATED


def test_a_phase_comes_after_a_later_one_that_its_boxes_need(tmp_path):
    text = (
        "## Phase 1\n\n- [ ] 1.1 A\n  **Dependencies**: 2.1\n\n"
        "## Phase 2\n\n- [ ] 2.1 B\n  **Dependencies**: None\n\n## Phase 3\n\n- [ ] 3.1 C\n  **Dependencies**: 1.1\n"
    )
    order = Order(plan_of(text, tmp_path), References(plan_of(text, tmp_path)))
    assert order.before(1, 0)
    assert order.before(0, 2)
    assert order.mismatches == []


def test_a_reference_to_a_phase_means_all_boxes_in_it(tmp_path):
    plan = plan_of(DECLARED + "\n## Phase 2\n\n- [ ] 2.1 End\n  **Dependencies**: Phase 1\n", tmp_path)
    assert [dependency.target for dependency in plan.tasks[-1].depends_on] == [0, 1, 2, 3, 4]


def test_declared_files_are_complete_and_what_the_line_names_beside_them_is_body(tmp_path):
    fields = "  **Dependencies**: None\n  **Files**: `a/y.py` (new), `a/z.py`\n"
    text = f"## 1. A\n\n- [ ] 1.1 Edit `a/x.py`\n{fields}- [ ] 1.2 B\n"
    task = plan_of(text, tmp_path).tasks[0]
    assert task.scope_known
    assert [(scope.mode.value, scope.path, scope.body) for scope in task.writes] == [
        ("create", "a/y.py", False),
        ("write", "a/z.py", False),
        ("modify", "a/x.py", True),
    ]


def test_contract_files_are_read_and_belong_to_the_plan(tmp_path):
    text = "## 1. A\n\n- [ ] 1.1 B\n  **Contracts**: `contracts/gate.json`\n- [ ] 1.2 C\n  **Contracts**: none\n"
    plan = plan_of(text, tmp_path)
    assert [contract.id for contract in plan.contracts] == ["contracts/gate.json"]
    assert [reference.contract for reference in plan.tasks[0].consumes] == ["contracts/gate.json"]
    assert plan.tasks[1].consumes == ()


GROUPED = (
    "### 1. A\n**Dependencies**: None\n**Files**: `a.md`\n\n- [ ] 1.1 One\n- [ ] 1.2 Two\n\n"
    "### 2. B\n**Dependencies**: None (can run parallel with Task 1)\n**Files**: `docs/b.md`\n\n- [ ] 2.1 Three\n\n"
    "### 3. C\n**Dependencies**: Tasks 1-2 (both first)\n**Files**: `docs/c.md`\n\n- [ ] 3.1 Four\n"
)


def test_groups_that_declare_dependencies_run_beside_each_other_and_their_boxes_in_order(tmp_path):
    plan = plan_of(GROUPED, tmp_path)
    assert concurrent(plan) == {("1.1", "2.1"), ("1.2", "2.1")}
    assert [[scope.path for scope in task.writes] for task in plan.tasks] == [
        ["a.md"],
        ["a.md"],
        ["docs/b.md"],
        ["docs/c.md"],
    ]


def test_boxes_that_say_when_the_task_of_a_heading_is_done_are_no_tasks(tmp_path):
    text = "#### T1: Cart\n**文件**: `shop/cart.py`\n\n**验收标准**:\n- [ ] Totals\n"
    assert score(text, tmp_path, PLACE) == 0
    assert score(text.replace("验收标准", "步骤"), tmp_path, PLACE) == 92


def test_files_in_bullets_below_a_files_label_are_written(tmp_path):
    text = "## 1. A\n\n- [ ] 1.1 Cart\n  - **Files**:\n    - `shop/cart.py`\n    - `shop/tax.py` (new)\n"
    assert [(scope.path, scope.mode.value) for scope in plan_of(text, tmp_path).tasks[0].writes] == [
        ("shop/cart.py", "write"),
        ("shop/tax.py", "create"),
    ]
