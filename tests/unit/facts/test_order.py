"""Happens-before: who may run beside whom, and why."""

import pytest
from made_plans import facts_of

from planlint.diagnostics import Evidence
from planlint.facts.order import Order
from planlint.model import Agent, parallel, serial

WAVES = serial(
    [parallel([0, 1], "same wave", label="wave 1"), parallel([2, 3], "same wave", label="wave 2")], "in turn"
)


def order_of(*tasks: dict, **plan) -> Order:
    return facts_of(*tasks, **plan).order


def test_waves_run_one_after_another() -> None:
    order = order_of({}, {}, {}, {}, schedule=WAVES)
    assert order.before(0, 3)
    assert order.before(1, 2)
    assert order.concurrent(0, 1)
    assert order.stages == [[0, 1], [2, 3]]
    assert order.pair_count == 2


def test_a_dependency_orders_what_the_schedule_leaves_open() -> None:
    order = order_of({}, {"depends_on": ["t0"]}, {"depends_on": ["t1"]})
    assert order.before(0, 2)
    assert order.concurrent_with(0) == []
    assert order.critical_path == [0, 1, 2]


def test_without_a_schedule_nothing_orders_the_tasks() -> None:
    order = order_of({}, {}, schedule=None)
    assert order.concurrent(0, 1)
    assert order.concurrency(0, 1).evidence is Evidence.INFERRED


def test_the_innermost_group_says_why_two_run_together() -> None:
    inner = parallel([0, 1], "they are marked", label="group a")
    order = order_of({}, {}, {}, schedule=parallel([inner, 2], "nothing orders them", Evidence.INFERRED))
    assert order.concurrency(0, 1).label == "group a"
    assert order.concurrency(0, 2).evidence is Evidence.INFERRED


def test_one_worker_never_runs_beside_itself() -> None:
    worker = {"agent": Agent(name="backend")}
    order = order_of(worker, worker, {})
    assert not order.concurrent(0, 1)
    assert not order.ordered(0, 1)
    assert order.concurrent_with(0) == [2]


def test_a_declared_conflict_keeps_two_apart_without_an_order() -> None:
    order = order_of({}, {"conflicts_with": ["t0"]})
    assert not order.concurrent(0, 1)
    assert not order.before(0, 1)


@pytest.mark.parametrize(("include_done", "partners"), [(False, [2]), (True, [1, 2])])
def test_finished_tasks_run_beside_nothing_unless_asked_for(include_done: bool, partners: list[int]) -> None:
    facts = facts_of({}, {"done": True}, {})
    assert Order(facts.plan, facts.references, include_done=include_done).concurrent_with(0) == partners


def test_a_finished_task_still_carries_the_order() -> None:
    order = order_of({}, {"done": True, "depends_on": ["t0"]}, {"depends_on": ["t1"]})
    assert order.before(0, 2)


def test_a_container_runs_beside_nothing_but_waits_for_all_inside() -> None:
    order = order_of(
        {"container": True, "id": "all"}, {"parent": 0}, {"parent": 0}, {"depends_on": ["all"]}, schedule=None
    )
    assert order.concurrent_with(0) == []
    assert order.before(1, 3)
    assert order.before(2, 3)


def test_members_of_a_cycle_are_before_each_other() -> None:
    order = order_of({"depends_on": ["t1"]}, {"depends_on": ["t0"]}, {"depends_on": ["t1"]}, {})
    assert order.before(0, 1)
    assert order.before(1, 0)
    assert order.before(0, 2)
    assert order.concurrent(0, 3)


def test_a_cycle_is_shown_from_its_first_task_as_people_read_needs() -> None:
    order = order_of({"depends_on": ["t2"]}, {"depends_on": ["t0"]}, {"depends_on": ["t1"]})
    assert order.cycles == [[0, 2, 1]]


def test_a_task_that_needs_itself_is_a_cycle() -> None:
    assert order_of({}, {"depends_on": ["t1"]}).cycles == [[1]]


def test_each_knot_gives_one_cycle() -> None:
    tasks = [{"depends_on": ["t1"]}, {"depends_on": ["t0"]}, {"depends_on": ["t3"]}, {"depends_on": ["t2"]}]
    assert order_of(*tasks).cycles == [[0, 1], [2, 3]]


def test_a_dependency_against_the_waves_is_a_mismatch() -> None:
    order = order_of({"depends_on": ["t3"]}, {}, {"depends_on": ["t3"]}, {}, schedule=WAVES)
    assert [(item.task, item.needed, item.reversed) for item in order.mismatches] == [(0, 3, True), (2, 3, False)]


def test_a_dependency_along_the_waves_is_none() -> None:
    assert order_of({}, {}, {"depends_on": ["t0"]}, {}, schedule=WAVES).mismatches == []


def test_why_names_every_step() -> None:
    order = order_of({}, {"depends_on": ["t0"]}, {"depends_on": ["t1"]})
    assert [(step.before, step.after) for step in order.why(0, 2)] == [(0, 1), (1, 2)]
    assert order.why(2, 0) == []


def test_why_passes_through_the_barrier_between_crowded_waves() -> None:
    schedule = serial([parallel(range(5), "wave 1"), parallel(range(5, 10), "wave 2")], "waves run in turn")
    order = order_of(*[{}] * 10, schedule=schedule)
    [step] = order.why(0, 9)
    assert (step.before, step.after) == (0, 9)
    assert "waves run in turn" in step.text


def test_a_deep_schedule_is_no_problem() -> None:
    schedule = serial([0, 1], "in turn")
    for _ in range(5_000):
        schedule = serial([parallel([schedule], "alone"), parallel([], "empty")], "in turn")
    assert order_of({}, {}, schedule=schedule).before(0, 1)


def test_a_thousand_tasks_after_a_thousand_cost_few_edges() -> None:
    schedule = serial([parallel(range(1000), "wave 1"), parallel(range(1000, 2000), "wave 2")], "in turn")
    order = order_of(*[{}] * 2000, schedule=schedule)
    assert order.pair_count == 999_000
    assert order.before(999, 1000)
