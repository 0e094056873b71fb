"""References between tasks: which task an id means."""

from made_plans import HERE, facts_of, task_of

from planlint.facts.references import References
from planlint.model import Dependency, Plan


def references(*tasks: dict, **plan) -> References:
    return facts_of(*tasks, **plan).references


def edges(found: References) -> list[tuple[int, int]]:
    return [(edge.needed, edge.waiting) for edge in found.dependencies]


def test_depends_on_and_blocks_say_the_same_from_both_ends() -> None:
    plan = Plan(
        path="p",
        dialect="test",
        origin=HERE,
        tasks=(
            task_of(0, {"blocks": (Dependency(task="t1", origin=HERE),)}),
            task_of(1, {"depends_on": ["t0"]}),
        ),
    )
    assert edges(References(plan)) == [(0, 1), (0, 1)]


def test_an_id_that_no_task_has_is_unknown_with_its_position() -> None:
    [unknown] = references({}, {"depends_on": ["t0", "t9"]}).unknown
    assert (unknown.holder, unknown.field, unknown.position, unknown.dependency.task) == (1, "depends_on", 1, "t9")


def test_an_id_known_from_elsewhere_is_not_unknown() -> None:
    assert references({"depends_on": ["old"]}, known_ids=frozenset({"old"})).unknown == []


def test_a_container_means_all_the_work_inside() -> None:
    found = references(
        {"id": "phase", "container": True},
        {"id": "inner", "container": True, "parent": 0},
        {"parent": 1},
        {"parent": 0},
        {"depends_on": ["phase"]},
    )
    assert found.work_of(0) == [2, 3]
    assert edges(found) == [(2, 4), (3, 4)]


def test_what_a_container_waits_for_all_the_work_inside_waits_for() -> None:
    found = references({"id": "phase", "container": True, "depends_on": ["t3"]}, {"parent": 0}, {"parent": 0}, {})
    assert edges(found) == [(3, 1), (3, 2)]


def test_waiting_for_ones_own_container_means_the_earlier_siblings() -> None:
    found = references({"id": "phase", "container": True}, {"parent": 0}, {"parent": 0, "depends_on": ["phase"]})
    assert edges(found) == [(1, 2)]


def test_a_double_does_not_wait_for_itself() -> None:
    found = references({"id": "a"}, {"id": "a", "depends_on": ["a"]})
    assert edges(found) == [(0, 1)]
    assert found.find("a") == [0, 1]


def test_a_target_by_index_wins_over_the_id() -> None:
    plan = Plan(
        path="p",
        dialect="test",
        origin=HERE,
        tasks=(
            task_of(0, {"id": "a"}),
            task_of(1, {"id": "a"}),
            task_of(2, {}).replace(depends_on=(Dependency(task="a", origin=HERE, target=1),)),
        ),
    )
    assert edges(References(plan)) == [(1, 2)]


def test_exclusions_are_kept_apart_from_dependencies() -> None:
    found = references({}, {"conflicts_with": ["t0"]})
    assert found.dependencies == []
    assert [(pair.needed, pair.waiting) for pair in found.exclusions] == [(0, 1)]


def test_tasks_without_an_id_are_found_by_none() -> None:
    assert references({"id": ""}, {"id": ""}).by_id == {}
