"""Order and graph algorithms against their definitions, on random graphs and schedules."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from planlint.facts.graph import members, reachability, shortest_cycle, strong_components
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Dependency, Leaf, Parallel, Plan, Serial, Task, parallel, serial
from planlint.source import Source

HERE = Source("plan.yaml", "plan").origin(0, 4)


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    size = draw(st.integers(1, 9))
    node = st.integers(0, size - 1)
    edges = draw(st.lists(st.tuples(node, node), max_size=20))
    return [[b for a, b in edges if a == number] for number in range(size)]


def closure(successors: list[list[int]]) -> set[tuple[int, int]]:
    """All (a, b) with a path of at least one edge from a to b, by repeated joining."""
    reached = {(a, b) for a, targets in enumerate(successors) for b in targets}
    while True:
        longer = reached | {(a, d) for a, b in reached for c, d in reached if b == c}
        if longer == reached:
            return reached
        reached = longer


@given(graphs())
def test_components_are_the_classes_of_mutual_reach(successors: list[list[int]]) -> None:
    reached = closure(successors)
    found = {frozenset(component) for component in strong_components(successors)}
    expected = {
        frozenset({a} | {b for b in range(len(successors)) if (a, b) in reached and (b, a) in reached})
        for a in range(len(successors))
    }
    assert found == expected


@given(graphs())
def test_components_come_sinks_first(successors: list[list[int]]) -> None:
    position = {node: number for number, nodes in enumerate(strong_components(successors)) for node in nodes}
    assert all(position[b] <= position[a] for a, targets in enumerate(successors) for b in targets)


@given(graphs(), st.integers(1, 9))
def test_reachability_is_the_transitive_closure(successors: list[list[int]], bits: int) -> None:
    bits = min(bits, len(successors))
    reached = closure(successors)
    ancestors, descendants = reachability(successors, bits)
    for node, other in itertools.product(range(bits), repeat=2):
        if node != other:
            assert bool(descendants[node] >> other & 1) == ((node, other) in reached)
            assert bool(ancestors[other] >> node & 1) == ((node, other) in reached)


@given(graphs())
def test_a_shortest_cycle_is_a_cycle_and_none_is_shorter(successors: list[list[int]]) -> None:
    reached = closure(successors)
    for component in strong_components(successors):
        start = min(component)
        if (start, start) not in reached:
            continue
        cycle = shortest_cycle(component, successors, start)
        assert cycle[0] == start
        assert all(b in successors[a] for a, b in zip(cycle, [*cycle[1:], start], strict=True))
        level, steps = {start}, 0
        while True:
            level = {b for a in level for b in successors[a]}
            steps += 1
            if start in level:
                break
        assert len(cycle) == steps


@given(st.sets(st.integers(0, 200)))
def test_members_are_the_bits_of_a_mask(numbers: set[int]) -> None:
    assert members(sum(1 << number for number in numbers)) == sorted(numbers)


def schedules(tasks: list[int]) -> st.SearchStrategy:
    """Random series-parallel trees over exactly these tasks."""
    if len(tasks) == 1:
        return st.just(Leaf(tasks[0]))

    def split(cut: int) -> st.SearchStrategy:
        parts = st.tuples(schedules(tasks[:cut]), schedules(tasks[cut:]))
        return st.one_of(
            parts.map(lambda pair: serial(pair, "in turn")), parts.map(lambda pair: parallel(pair, "together"))
        )

    return st.integers(1, len(tasks) - 1).flatmap(split)


def ordered_by(schedule: Leaf | Serial | Parallel) -> tuple[list[int], set[tuple[int, int]]]:
    """The tasks of a schedule, and the pairs it orders by definition."""
    if isinstance(schedule, Leaf):
        return [schedule.task], set()
    parts = [ordered_by(child) for child in schedule.children]
    pairs = set().union(*(part[1] for part in parts))
    if isinstance(schedule, Serial):
        for earlier, later in itertools.combinations(parts, 2):
            pairs |= set(itertools.product(earlier[0], later[0]))
    return [task for part in parts for task in part[0]], pairs


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    size = draw(st.integers(1, 8))
    indexes = list(range(size))
    schedule = draw(st.one_of(st.none(), st.permutations(indexes).flatmap(lambda order: schedules(list(order)))))
    needs = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=8))
    tasks = tuple(
        Task(
            id=f"t{index}",
            index=index,
            origin=HERE,
            depends_on=tuple(Dependency(task=f"t{needed}", origin=HERE) for needed, task in needs if task == index),
        )
        for index in indexes
    )
    return Plan(path="p", dialect="test", origin=HERE, tasks=tasks, schedule=schedule)


@given(plans())
def test_happens_before_is_the_closure_of_schedule_and_dependencies(plan: Plan) -> None:
    order = Order(plan, References(plan))
    pairs = set() if plan.schedule is None else ordered_by(plan.schedule)[1]
    pairs |= {(int(edge.task[1:]), task.index) for task in plan.tasks for edge in task.depends_on}
    reached = closure([[b for a, b in pairs if a == number] for number in range(len(plan.tasks))])
    for first, second in itertools.permutations(range(len(plan.tasks)), 2):
        assert order.before(first, second) == ((first, second) in reached)
        assert order.concurrent(first, second) == ((first, second) not in reached and (second, first) not in reached)


@given(plans())
def test_every_order_has_a_chain_of_reasons(plan: Plan) -> None:
    order = Order(plan, References(plan))
    for first, second in itertools.permutations(range(len(plan.tasks)), 2):
        reasons = order.why(first, second)
        assert bool(reasons) == order.before(first, second)
        if reasons:
            assert (reasons[0].before, reasons[-1].after) == (first, second)
            assert all(one.after == other.before for one, other in itertools.pairwise(reasons))


@given(plans())
def test_stages_hold_every_task_once_and_respect_the_order(plan: Plan) -> None:
    order = Order(plan, References(plan))
    level = {task: number for number, stage in enumerate(order.stages) for task in stage}
    assert sorted(level) == list(range(len(plan.tasks)))
    for first, second in itertools.permutations(level, 2):
        if order.before(first, second) and not order.before(second, first):
            assert level[first] < level[second]


@given(plans())
def test_the_critical_path_is_a_longest_chain(plan: Plan) -> None:
    order = Order(plan, References(plan))
    if order.cycles or any(order.before(task.index, task.index) for task in plan.tasks):
        return
    if any(order.before(a, b) and order.before(b, a) for a, b in itertools.combinations(range(len(plan.tasks)), 2)):
        return
    path = order.critical_path
    assert all(order.before(a, b) for a, b in itertools.pairwise(path))
    assert len(path) == len(order.stages)
