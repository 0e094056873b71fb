"""The order that phases, waves and tasks that run alone give."""

import pytest

from planlint.diagnostics import Evidence
from planlint.model import Parallel, Serial

from .written import outline, plan_of


def tasks(*lines: str) -> str:
    return "tasks:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def test_tasks_without_waves_run_together_by_definition() -> None:
    plan = plan_of(tasks("id: a", "id: b", "id: c"))
    assert outline(plan) == "(a | b | c)"
    assert isinstance(plan.schedule, Parallel)
    assert plan.schedule.evidence is Evidence.DECLARED


def test_waves_run_one_after_another_whatever_the_order_of_the_file() -> None:
    plan = plan_of(tasks("id: a, wave: 2", "id: b, wave: 1", "id: c, wave: 2"))
    assert outline(plan) == "(b > (a | c))"
    assert isinstance(plan.schedule, Serial)
    assert plan.schedule.reason == "waves run one after another"


def test_a_wave_is_named_and_placed() -> None:
    plan = plan_of(tasks("id: a, wave: 2", "id: b, wave: 2"))
    assert isinstance(plan.schedule, Parallel)
    assert plan.schedule.label == "wave 2"
    assert plan.schedule.reason == "same wave"
    assert plan.schedule.origin is not None
    assert plan.schedule.origin.text == "2"


@pytest.mark.parametrize(
    ("first", "second"),
    [("9", "10"), ("1.9", "'1.10'"), ("0", "1"), ("A", "B"), ("Wave 2", "Wave 10"), ("2-1", "2-2"), ("'1'", "'1.5'")],
)
def test_waves_are_ordered_as_a_person_counts(first: str, second: str) -> None:
    assert outline(plan_of(tasks(f"id: b, wave: {second}", f"id: a, wave: {first}"))) == "(a > b)"


def test_waves_with_names_run_in_the_order_of_the_file() -> None:
    plan = plan_of(tasks("id: a, wave: setup", "id: b, wave: build", "id: c, wave: setup"))
    assert outline(plan) == "((a | c) > b)"


@pytest.mark.parametrize(("one", "other"), [("1", "'01'"), ("Early", "early"), ("2", '"2 "')])
def test_two_spellings_of_a_wave_are_one_wave(one: str, other: str) -> None:
    assert outline(plan_of(tasks(f"id: a, wave: {one}", f"id: b, wave: {other}"))) == "(a | b)"


def test_a_wave_written_with_two_digits_is_another_one_than_its_decimal() -> None:
    assert outline(plan_of(tasks("id: a, wave: '1.1'", "id: b, wave: '1.10'"))) == "(a > b)"


def test_tasks_without_a_wave_are_unordered_beside_the_waves() -> None:
    plan = plan_of(tasks("id: a, wave: 1", "id: b", "id: c, wave: 2"))
    assert outline(plan) == "((a > c) | b)"
    assert isinstance(plan.schedule, Parallel)
    assert plan.schedule.evidence is Evidence.INFERRED


def test_phases_stand_around_waves() -> None:
    plan = plan_of(
        tasks(
            "id: a, phase: 1, wave: 1",
            "id: b, phase: 1, wave: 2",
            "id: c, phase: 2, wave: 1",
            "id: d, phase: 2, wave: 1",
        )
    )
    assert outline(plan) == "((a > b) > (c | d))"


def test_a_phase_alone_is_a_barrier() -> None:
    plan = plan_of(tasks("id: a, phase: 2", "id: b, phase: 1", "id: c, phase: 1"))
    assert outline(plan) == "((b | c) > a)"


def test_a_task_that_runs_alone_splits_its_group_by_listing_order() -> None:
    plan = plan_of(tasks("id: a", "id: b", "id: alone, parallel: false", "id: c", "id: d"))
    assert outline(plan) == "((a | b) > alone > (c | d))"


def test_running_alone_concerns_only_the_own_wave() -> None:
    plan = plan_of(tasks("id: a, wave: 1", "id: b, wave: 2, parallel: false", "id: c, wave: 2"))
    assert outline(plan) == "(a > (b > c))"


def test_running_alone_never_contradicts_a_dependency() -> None:
    plan = plan_of(tasks("id: alone, parallel: false, depends_on: b", "id: a", "id: b"))
    assert outline(plan) == "((a | b) > alone)"


def test_running_alone_survives_a_cycle() -> None:
    plan = plan_of(tasks("id: a, parallel: false, depends_on: b", "id: b, depends_on: a", "id: c"))
    assert outline(plan) == "(c > a > b)"


def test_a_plan_without_tasks_has_no_schedule() -> None:
    assert plan_of("plan: x\ntasks: []\n").schedule is None
