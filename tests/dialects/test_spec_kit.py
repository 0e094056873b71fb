"""The `spec-kit` dialect: which lines are tasks, what they touch, and what may run at the same time."""

from __future__ import annotations

import pytest

from planlint.diagnostics import Evidence
from planlint.dialects.spec_kit.dialect import SpecKitDialect
from planlint.dialects.spec_kit.grammar import read_head
from planlint.dialects.spec_kit.items import find_items
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Kind, Mode, Plan
from planlint.readers.markdown.reader import read_markdown
from planlint.readers.prose import Prose
from planlint.source import Source


def plan_of(text: str, tmp_path) -> Plan:
    document = read_markdown(Source("specs/001-x/tasks.md", text))
    loaded = SpecKitDialect().load([document], FileWorkspace(tmp_path))
    assert len(loaded.plans) == 1
    return loaded.plans[0]


def prose(text: str) -> Prose:
    return Prose(Source("x.md", text), 0, len(text), text, [(0, 0)])


@pytest.mark.parametrize(
    ("line", "task", "parallel", "group", "story", "words"),
    [
        ("T001 Create it", "T001", False, None, None, "Create it"),
        ("T001 [P] Create it", "T001", True, None, None, "Create it"),
        ("T001 [US2] [P] Create it", "T001", True, None, "US2", "Create it"),
        ("T012a [P:2.1] Create it", "T012a", True, "2.1", None, "Create it"),
        ("T01: Create it", "T01", False, None, None, "Create it"),
        ("T003 [P1] Create it", "T003", False, None, None, "Create it"),
        ("T003 — Create it", "T003", False, None, None, "Create it"),
    ],
)
def test_the_front_of_a_line_is_read_in_every_order_people_write_it(line, task, parallel, group, story, words):
    head = read_head(prose(line))
    assert head is not None
    assert (head.id, head.parallel, head.group, head.story) == (task, parallel, group, story)
    assert line[head.text_start :] == words


@pytest.mark.parametrize("line", ["Create T001", "TODO 12", "T1 too short", "Test 001", "US1 story"])
def test_a_line_without_an_id_in_front_is_no_task(line):
    assert read_head(prose(line)) is None


def test_ids_titles_and_paths_point_at_their_own_characters(tmp_path):
    plan = plan_of("## Phase 1\n\n- [ ] **T001** [P] Add `src/a.py` now\n- [ ] T002 Edit b/c.ts\n", tmp_path)
    first = plan.tasks[0]
    assert first.places["id"].text == "T001"
    assert first.writes[0].origin.text == "src/a.py"
    assert first.places["parallel"].text == "[P]"
    assert [scope.path for scope in plan.tasks[1].writes] == ["b/c.ts"]


def test_only_an_unbroken_run_of_marks_under_one_heading_is_concurrent(tmp_path):
    plan = plan_of(
        "## Phase 1\n- [ ] T001 [P] a\n- [ ] T002 [P] b\n- [ ] T003 c\n- [ ] T004 [P] d\n"
        "### More\n- [ ] T005 [P] e\n## Phase 2\n- [ ] T006 [P] f\n",
        tmp_path,
    )
    order = Order(plan, References(plan))
    pairs = {
        (one.id, other.id)
        for one in plan.tasks
        for other in plan.tasks
        if one.index < other.index and order.concurrent(one.index, other.index)
    }
    assert pairs == {("T001", "T002")}


def test_parallel_groups_are_told_apart_by_their_number(tmp_path):
    plan = plan_of("- [ ] T001 [P:1.1] a\n- [ ] T002 [P:1.1] b\n- [ ] T003 [P:1.2] c\n- [ ] T004 [P:1.2] d\n", tmp_path)
    order = Order(plan, References(plan))
    assert order.concurrent(0, 1)
    assert order.concurrent(2, 3)
    assert order.before(1, 2)


def test_phases_run_together_only_where_the_plan_names_them(tmp_path):
    body = "## Phase 1\n- [ ] T001 a\n## Phase 2\n- [ ] T002 b\n## Phase 3\n- [ ] T003 c\n## Dependencies\n\n"
    named = plan_of(body + "Phases 2 and 3 can run in parallel.\n", tmp_path)
    boilerplate = plan_of(body + "All phases can proceed in parallel (if staffed).\n", tmp_path)
    assert Order(named, References(named)).concurrent(1, 2)
    assert not Order(named, References(named)).concurrent(0, 1)
    assert not Order(boilerplate, References(boilerplate)).concurrent(1, 2)


def test_tasks_that_a_sentence_keeps_apart_do_not_run_together(tmp_path):
    body = (
        "## Phase 1\n- [ ] T001 [P] a\n- [ ] T002 [P] b\n- [ ] T003 [P] c\n## Phase 2\n- [ ] T004 d\n\n"
        "## Notes\n\n- `[P]` tasks are not parallel with tasks of other phases.\n"
    )
    kept = plan_of(
        body + "- `app.ts` is edited by T001 and T002 — these two are NOT parallel with each\n  other.\n", tmp_path
    )
    plain = plan_of(body + "- `app.ts` is edited by T001 and T002.\n", tmp_path)
    sequenced = plan_of(body + "- T003 is [P] beside T001; sequence T001/T002 in `app.ts`.\n", tmp_path)
    assert not Order(sequenced, References(sequenced)).concurrent(0, 1)
    assert Order(sequenced, References(sequenced)).concurrent(0, 2)
    assert not Order(kept, References(kept)).concurrent(0, 1)
    assert Order(kept, References(kept)).concurrent(0, 2)
    assert Order(plain, References(plain)).concurrent(0, 1)


def test_bullets_below_a_task_belong_to_it(tmp_path):
    plan = plan_of(
        "- [ ] T001 Add the parser\n  - **Do**: write `src/parse.py`\n  - **Verify**: run `pytest tests/p.py`\n",
        tmp_path,
    )
    assert len(plan.tasks) == 1
    assert [(scope.path, scope.mode) for scope in plan.tasks[0].writes] == [("src/parse.py", Mode.WRITE)]


def test_ticked_tasks_are_done_and_checks_are_reviews(tmp_path):
    plan = plan_of("- [x] T001 Add a.py\n- [ ] T002 Verify that everything builds\n", tmp_path)
    assert [task.done for task in plan.tasks] == [True, False]
    assert plan.tasks[1].kind is Kind.REVIEW


def test_plain_bullets_that_repeat_tasks_are_not_tasks(tmp_path):
    plan = plan_of("- [ ] T001 [P] Add a.py\n\n## Parallel examples\n\n- T001 [P] together with T002\n", tmp_path)
    assert [task.id for task in plan.tasks] == ["T001"]


def test_the_same_file_is_the_one_that_the_task_before_writes(tmp_path):
    plan = plan_of(
        "- [ ] T001 [US1] Add the store in src/store.ts\n- [ ] T002 [US1] In the same file, add `load`\n"
        "- [ ] T003 [US1] Read src/a.ts\n- [ ] T004 [US1] In the same file, read `b`\n",
        tmp_path,
    )
    scope = plan.tasks[1].writes[0]
    assert (scope.path, scope.mode, scope.origin.text) == ("src/store.ts", Mode.MODIFY, "the same file")
    assert plan.tasks[3].writes == ()


def test_a_declared_dependency_may_run_over_a_line_break(tmp_path):
    plan = plan_of("- [ ] T001 Add a\n- [ ] T002 Add b (depends\n  on T001)\n", tmp_path)
    assert [(needed.task, needed.evidence) for needed in plan.tasks[1].depends_on] == [("T001", Evidence.DECLARED)]


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        ("- T002, T003 and T004 can run in parallel (same file, other functions)", 3),
        ("- Model tasks T002-T004 can all be done at the same time", 3),
        ("- **T003, T004**: may run concurrently", 1),
        ("- T002 and T004 can run in parallel", 0),
        ("- T004 can run in parallel with T002/T003", 0),
        ("- T002 and T003 cannot run in parallel", 0),
        ("- After T001, T002 and T003 can run in parallel if staffed", 0),
        ("- T001–T002 and T003–T004 can run in parallel", 0),
        ("- Depends on T002, T003; they can run in parallel", 0),
    ],
)
def test_neighbours_run_together_where_a_sentence_lists_them_as_parallel(sentence, pairs, tmp_path):
    lines = "\n".join(f"- [ ] T00{number} Add part {number} to src/{number}.py" for number in range(1, 6))
    plan = plan_of(f"# Tasks\n\n## Phase 1: Core\n\n{lines}\n\n## Parallel\n\n{sentence}\n", tmp_path)
    order = Order(plan, References(plan))
    together = [(a, b) for a in range(5) for b in range(a) if order.concurrent(a, b)]
    assert len(together) == pairs
    assert all(order.concurrency(a, b).evidence is Evidence.STATED for a, b in together)


def test_a_sentence_joins_marked_and_unmarked_tasks_but_cuts_no_run_of_marks(tmp_path):
    lines = "\n".join(
        f"- [ ] T00{number} {mark}Add part {number} to src/{number}.py"
        for number, mark in enumerate(["", "[P] ", "[P] ", "[P] "], 1)
    )

    def together(sentence: str) -> int:
        plan = plan_of(f"# Tasks\n\n## Phase 1: Core\n\n{lines}\n\n## Parallel\n\n{sentence}\n", tmp_path)
        order = Order(plan, References(plan))
        return sum(1 for a in range(4) for b in range(a) if order.concurrent(a, b))

    assert together("- T001-T004 can run in parallel") == 6
    assert together("- T001, T002 can run in parallel") == 3


@pytest.mark.parametrize(
    ("words", "written", "kind"),
    [
        ("Audit log in ledger/trail.py", {"ledger/trail.py"}, Kind.BUILD),
        ("Audit trail in ledger/trail.py", {"ledger/trail.py"}, Kind.BUILD),
        ("Audit ledger/trail.py", set(), Kind.REVIEW),
        ("Audit the log in ledger/trail.py", set(), Kind.REVIEW),
    ],
)
def test_an_audit_log_is_made_and_an_audit_looks(words: str, written: set[str], kind: Kind, tmp_path) -> None:
    plan = plan_of(
        f"# Tasks\n\n## Phase 1: Core\n\n- [ ] T001 [P] {words}\n- [ ] T002 [P] Clock in clock.py\n", tmp_path
    )
    assert {effect.path for effect in plan.tasks[0].writes} == written
    assert plan.tasks[0].kind is kind


def test_ids_may_say_what_sort_of_work_it_is(tmp_path):
    plan = plan_of(
        "- [x] R001 [P] Record the decision\n- [ ] T001 Add a.py\n- [ ] V001 Validate it (depends on T001, R001)\n",
        tmp_path,
    )
    assert [task.id for task in plan.tasks] == ["R001", "T001", "V001"]
    assert [needed.task for needed in plan.tasks[2].depends_on] == ["T001", "R001"]
    assert plan.tasks[2].kind is Kind.REVIEW


def test_a_list_that_ticks_only_other_ids_is_no_task_list():
    document = read_markdown(Source("docs/risks.md", "- [ ] R001 Power is lost\n- [x] R002 Disk is full\n"))
    assert find_items(document.markdown) == []


@pytest.mark.parametrize("path", ["docs/tutorials/first.md", "specs/001-x/test-report.md"])
def test_tutorials_and_reports_that_show_tasks_are_no_plans(path, tmp_path):
    title = "Tutorial 1: A shop" if "tutorial" in path else "Test Report: Shop"
    text = f"# {title}\n\n- [ ] T001 Add src/cart.py\n- [ ] T002 Add src/pay.py\n"
    workspace = FileWorkspace(tmp_path)
    assert SpecKitDialect().recognise(read_markdown(Source(path, text)), workspace) is None
    assert SpecKitDialect().recognise(read_markdown(Source("specs/001-x/tasks.md", text)), workspace) is not None


def test_an_id_with_a_letter_behind_a_hyphen_is_one_of_its_own(tmp_path):
    text = "# Tasks\n\n- [ ] T006-T Test the bed in tests/test_bed.py\n- [ ] T006 Dig the bed in src/bed.py\n"
    document = read_markdown(Source("specs/001-x/tasks.md", text))
    loaded = SpecKitDialect().load([document], FileWorkspace(tmp_path))
    assert [task.id for task in loaded.plans[0].tasks] == ["T006-T", "T006"]
    assert loaded.problems == []
