"""Levels of a graph: the fast way for a graph without cycles, and the general one, against the definition."""

from hypothesis import given
from hypothesis import strategies as st

from planlint.facts.graph import levels, reachability

SIZE = 7
EDGES = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=14)


@given(EDGES, st.integers(0, SIZE))
def test_a_level_is_the_longest_way_from_a_source(edges: list[tuple[int, int]], count: int) -> None:
    """Counted in nodes below `count`, those of one cycle as one step."""
    successors = [[b for a, b in edges if a == node] for node in range(SIZE)]
    ancestors, descendants = reachability(successors, SIZE)
    knot = [(ancestors[node] & descendants[node]) | 1 << node for node in range(SIZE)]

    def level(node: int) -> int:
        inside = knot[node]
        found = 0
        for before in range(SIZE):
            if not inside >> before & 1 and any(inside >> target & 1 for target in successors[before]):
                real = any(knot[before] >> other & 1 for other in range(count))
                found = max(found, level_of_knot(before) + real)
        return found

    def level_of_knot(node: int) -> int:
        return max(level(other) for other in range(SIZE) if knot[node] >> other & 1)

    assert list(levels(successors, count)) == [level_of_knot(node) for node in range(count)]
