"""Graph algorithms on small integer graphs: components and bit-set reachability. Iterative, so depth never matters."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence


def strong_components(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """Tarjan's strongly connected components, in reverse topological order (sinks first).

    `successors[i]` lists the nodes that `i` points to. Linear in nodes and edges.
    """
    size = len(successors)
    order = [-1] * size
    low = [0] * size
    on_stack = [False] * size
    stack: list[int] = []
    components: list[list[int]] = []
    counter = 0
    for root in range(size):
        if order[root] >= 0:
            continue
        work: list[tuple[int, int]] = [(root, 0)]
        while work:
            node, edge = work.pop()
            if edge == 0:
                order[node] = low[node] = counter
                counter += 1
                stack.append(node)
                on_stack[node] = True
            targets = successors[node]
            for position in range(edge, len(targets)):
                target = targets[position]
                if order[target] < 0:
                    work.append((node, position + 1))
                    work.append((target, 0))
                    break
                if on_stack[target]:
                    low[node] = min(low[node], order[target])
            else:
                if low[node] == order[node]:
                    component = []
                    while True:
                        member = stack.pop()
                        on_stack[member] = False
                        component.append(member)
                        if member == node:
                            break
                    component.reverse()
                    components.append(component)
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
    return components


def topological_order(successors: Sequence[Sequence[int]]) -> list[int] | None:
    """The nodes so that all edges point forward; None where there is a cycle."""
    waiting = [0] * len(successors)
    for targets in successors:
        for target in targets:
            waiting[target] += 1
    order = [node for node, count in enumerate(waiting) if not count]
    for node in order:
        for target in successors[node]:
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    return order if len(order) == len(successors) else None


def _acyclic_reachability(
    order: list[int], successors: Sequence[Sequence[int]], bits: int
) -> tuple[list[int], list[int]]:
    """`reachability` for a graph without cycles, whose nodes stand in topological `order`."""
    above = [0] * len(successors)
    below = [0] * len(successors)
    for node in order:
        targets = successors[node]
        if targets:
            mask = above[node] | 1 << node if node < bits else above[node]
            for target in targets:
                above[target] |= mask
    for node in reversed(order):
        mask = 0
        for target in successors[node]:
            mask |= below[target] | 1 << target if target < bits else below[target]
        below[node] = mask
    return above[:bits], below[:bits]


def reachability(
    successors: Sequence[Sequence[int]], bits: int, order: list[int] | None = None
) -> tuple[list[int], list[int]]:
    """Ancestor and descendant bit sets of the first `bits` nodes; later nodes are barriers without a bit of their own.

    `order` is the topological one where the caller has it.

    Bit `j` of `ancestors[i]` says that `j` reaches `i`. Members of one cycle are ancestors and descendants of each
    other. Memory is `bits`² / 4 bits for both directions (25 MB at 10,000 nodes).
    """
    order = order or topological_order(successors)
    if order is not None:
        return _acyclic_reachability(order, successors, bits)
    components = strong_components(successors)
    component_of = [0] * len(successors)
    own = [0] * len(components)
    for number, members in enumerate(components):
        for member in members:
            component_of[member] = number
            if member < bits:
                own[number] |= 1 << member
    below = [0] * len(components)
    for number, members in enumerate(components):  # sinks first: all successors are complete
        mask = 0
        for member in members:
            for target in successors[member]:
                other = component_of[target]
                if other != number:
                    mask |= below[other] | own[other]
        below[number] = mask
    above = [0] * len(components)
    for number in range(len(components) - 1, -1, -1):
        mask = above[number] | own[number]
        for member in components[number]:
            for target in successors[member]:
                other = component_of[target]
                if other != number:
                    above[other] |= mask
    ancestors, descendants = [], []
    for node in range(bits):
        number = component_of[node]
        cycle = own[number] & ~(1 << node)
        ancestors.append(above[number] | cycle)
        descendants.append(below[number] | cycle)
    return ancestors, descendants


def _acyclic_levels(order: list[int], successors: Sequence[Sequence[int]], count: int) -> list[int]:
    """`levels` for a graph without cycles, whose nodes stand in topological `order`."""
    level = [0] * len(successors)
    for node in order:
        following = level[node] + 1 if node < count else level[node]
        for target in successors[node]:
            if level[target] < following:
                level[target] = following
    return level[:count]


def shortest_cycle(component: Sequence[int], successors: Sequence[Sequence[int]], start: int) -> list[int]:
    """A shortest cycle through `start` inside its component, as nodes in order, `start` first and not repeated."""
    inside = set(component)
    parent: dict[int, int] = {}
    queue = [start]
    for node in queue:
        for target in successors[node]:
            if target == start:
                path = [node]
                while path[-1] != start:
                    path.append(parent[path[-1]])
                return path[::-1]
            if target in inside and target not in parent:
                parent[target] = node
                queue.append(target)
    return [start]


def covering_cycles(component: Sequence[int], successors: Sequence[Sequence[int]], limit: int) -> list[list[int]]:
    """Cycles of one strong component that together use each of its edges, unless `limit` is reached first.

    The first goes through the least node; each other is a shortest one through an edge that those before do not use.
    Nodes stand in the order of the edges, the least one first.
    """
    first = shortest_cycle(component, successors, min(component))
    cycles = [first]
    used = set(zip(first, [*first[1:], first[0]], strict=True))
    inside = set(component)
    for node in sorted(component):
        for target in sorted({target for target in successors[node] if target in inside}):
            if (node, target) in used:
                continue
            if len(cycles) >= limit:
                return cycles
            cycle = shortest_path(target, node, successors, inside)
            used.update(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
            start = cycle.index(min(cycle))
            cycles.append(cycle[start:] + cycle[:start])
    return cycles


def shortest_path(
    start: int, goal: int, successors: Sequence[Sequence[int]], inside: Container[int] | None = None
) -> list[int]:
    """A shortest path from `start` to `goal`, which it must reach, both ends included; by nodes of `inside` alone."""
    parent: dict[int, int] = {start: start}
    queue = [start]
    for node in queue:
        if goal in parent:
            break
        for target in successors[node]:
            if target not in parent and (inside is None or target in inside):
                parent[target] = node
                queue.append(target)
    path = [goal]
    while path[-1] != start:
        path.append(parent[path[-1]])
    return path[::-1]


def bit_set(positions: Iterable[int]) -> int:
    """The mask with the bits at `positions` set."""
    data = bytearray()
    for position in positions:
        place = position >> 3
        if place >= len(data):
            data.extend(bytes(place + 1 - len(data)))
        data[place] |= 1 << (position & 7)
    return int.from_bytes(data, "little")


_SPARSE = 100
"""Length of a mask for each of its bits from which on taking them out one by one is faster than writing it out."""


def members(mask: int) -> list[int]:
    """The positions of the bits set in `mask`, ascending."""
    found: list[int] = []
    if mask.bit_count() * _SPARSE < mask.bit_length():
        while mask:
            low = mask & -mask
            found.append(low.bit_length() - 1)
            mask ^= low
        return found
    # Arithmetic on a long mask costs its length for every bit; finding the ones in its digits costs it once.
    digits = bin(mask)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        found.append(at)
        at = digits.find("1", at + 1)
    return found


def levels(successors: Sequence[Sequence[int]], count: int, order: list[int] | None = None) -> Sequence[int]:
    """The earliest level of each of the first `count` nodes: one more than that of the nodes before it.

    Nodes of a cycle share their level; the nodes past `count` only pass on what stands before them. `order` is the
    topological one where the caller has it.
    """
    order = order or topological_order(successors)
    if order is not None:
        return _acyclic_levels(order, successors, count)
    level_of = [0] * count
    components = strong_components(successors)
    component_of = {node: number for number, nodes in enumerate(components) for node in nodes}
    level = [0] * len(components)
    for number in range(len(components) - 1, -1, -1):  # sources first
        real = any(node < count for node in components[number])
        for node in components[number]:
            if node < count:
                level_of[node] = level[number]
            for target in successors[node]:
                other = component_of[target]
                if other != number:
                    level[other] = max(level[other], level[number] + (1 if real else 0))
    return level_of
