"""Which phases and tasks of a Spec Kit plan sentences let run at the same time."""

from __future__ import annotations

import pytest

from planlint.diagnostics import Evidence
from planlint.dialects.spec_kit.dialect import SpecKitDialect
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.readers.markdown.reader import read_markdown
from planlint.source import Source

PLAN = """# Tasks

## Phase 1: Setup

- [ ] T001 Create src/base.py

## Phase 2: User Story 1 - Orders

- [ ] T002 [US1] Create src/orders.py

## Phase 3: User Story 2 - Totals

- [ ] T003 [US2] Create src/totals.py

## Phase 4: User Story 3 - Taxes

- [ ] T004 [US3] Create src/taxes.py

## Phase 5: Polish

- [ ] T005 Create docs/use.md

## Dependencies

"""


def together(sentence: str, tmp_path) -> set[str]:
    """Pairs of tasks that may run at the same time, as `12` for the first two."""
    document = read_markdown(Source("specs/001-x/tasks.md", PLAN + sentence + "\n"))
    (plan,) = SpecKitDialect().load([document], FileWorkspace(tmp_path)).plans
    order = Order(plan, References(plan))
    pairs = [(a, b) for a in range(5) for b in range(a + 1, 5) if order.concurrent(a, b)]
    assert all(order.concurrency(a, b).evidence is Evidence.STATED for a, b in pairs)
    return {f"{a + 1}{b + 1}" for a, b in pairs}


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        ("- US1 and US2 can run in parallel (other files)", {"23"}),
        ("- **Cross-story**: US2 and US3 may be built fully in parallel by two people", {"34"}),
        ("After Phase 1, all user stories (US1-US3) can proceed in parallel.", {"23", "24", "34"}),
        ("Once Phase 1 is done, Phases 2, 3 and 4 can proceed in parallel.", {"23", "24", "34"}),
        ("- **User Story 2 (Phase 3)**: Depends on Phase 1 - Can run parallel to US1", {"23"}),
        ("- **Phase 3 (US2)**: depends on Phase 1; can run in parallel with Phase 2", {"23"}),
        ("- US2 can run in parallel with US1\n- US3 can run in parallel with US1/US2", {"23", "24", "34"}),
        ("- US2 (Phase 3) and US3 (Phase 4) touch other files and can proceed in parallel", {"34"}),
        ("- **User Stories 1-2 (Phases 2-3)**: Depend on Phase 1 but can run in parallel", {"23"}),
        ("- US2（P2）：依賴 Phase 1；可與 US1 平行", {"23"}),
        ("- Phase 1 完成後，US1/US2 可由不同人力平行推進", {"23"}),
        ("- **User Story 2**: 독립적으로 테스트 가능 (US1과 병렬 가능)", {"23"}),
    ],
)
def test_stories_and_phases_that_a_sentence_names_run_together(sentence: str, pairs: set[str], tmp_path):
    assert together(sentence, tmp_path) == pairs


@pytest.mark.parametrize(
    "sentence",
    [
        "- US1 and US2 can run in parallel (if team capacity allows)",
        "- US1 and US2 cannot run in parallel",
        "- User stories can then proceed in parallel",
        "- US1 tests and US2 can run in parallel",
        "- US2's models can run in parallel with US1",
        "- US2 can be built in parallel with US1's models",
        "- After US1, T003 can run in parallel with US2",
        "- US1 and US3 can run in parallel",
    ],
)
def test_what_is_conditional_denied_or_said_of_a_part_lets_no_phase_run_beside_another(sentence: str, tmp_path):
    assert together(sentence, tmp_path) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "- **Phase 1 (Setup)**: T001, T002 can run in parallel",
        "- **Phase 1**: All 2 tasks (T001-T002) can run in parallel, then T003",
        "- Within US1: T001 and T002 may be written in parallel",
        "- T001, T002 可平行",
        "- **Phase 1**: T001-T002 모두 병렬 가능",
        "- T001 y T002 pueden ejecutarse en paralelo",
    ],
)
def test_tasks_behind_a_label_and_in_other_languages_run_together(sentence: str, tmp_path):
    text = "# Tasks\n\n## Phase 1: Core\n\n" + "".join(f"- [ ] T00{n} Create src/{n}.py\n" for n in range(1, 4))
    document = read_markdown(Source("specs/001-x/tasks.md", f"{text}\n## Parallel\n\n{sentence}\n"))
    (plan,) = SpecKitDialect().load([document], FileWorkspace(tmp_path)).plans
    order = Order(plan, References(plan))
    assert [(a, b) for a in range(3) for b in range(a + 1, 3) if order.concurrent(a, b)] == [(0, 1)]


def test_why_tasks_may_run_together_may_stand_between_their_ids_and_that_they_may(tmp_path):
    text = (
        "- [ ] T001 Add a.py\n- [ ] T002 Add b.py\n- [ ] T003 Add c.py\n\n## Dependencies\n\n"
        "- T002 and T003 are different files — can run in parallel.\n"
    )
    document = read_markdown(Source("specs/001-x/tasks.md", text))
    (plan,) = SpecKitDialect().load([document], FileWorkspace(tmp_path)).plans
    order = Order(plan, References(plan))
    assert order.concurrent(1, 2)
    assert not order.concurrent(0, 1)
