"""Write a plan of N tasks to standard output: `python benchmarks/generate_plan.py 1000 [SHAPE] > plan.yaml`.

`ordinary`, the default, is the shape of real plans, enlarged: each task has a title, three files of its own, one
directory every tenth task, reads, up to two dependencies among the previous fifty tasks, a brief of about fifty words
and a check. Two files in a hundred are shared, so that there is something to find. The other shapes are in `SHAPES`.
The same N always gives the same plan.
"""

import random
import sys
from collections.abc import Callable, Iterator

WORDS = """
read the request body check the session store the result return an error when the user is missing keep the existing
names write a test for the empty case and for the largest one do not touch the configuration
"""


def lines(count: int) -> Iterator[str]:
    """The ordinary shape."""
    chance = random.Random(20261120)
    yield "plan: generated"
    yield "isolation: shared"
    yield "tasks:"
    for number in range(count):
        area = f"src/area{number // 20}"
        creates = [
            f"{area}/part{number}.py",
            f"{area}/part{number}_types.py",
            f"tests/area{number // 20}/test_{number}.py",
        ]
        yield f"  - id: t{number}"
        yield f"    title: Build part {number} of area {number // 20}"
        yield "    agent: general-purpose"
        yield f"    creates: [{', '.join(creates)}]"
        if chance.random() < 0.02:
            yield f"    modifies: [src/shared{chance.randrange(5)}.py]"
        yield f"    reads: [docs/area{number // 20}.md]"
        needed = (
            sorted({chance.randrange(max(0, number - 50), number) for _ in range(chance.randrange(3))})
            if number
            else []
        )
        if needed:
            yield f"    depends_on: [{', '.join(f't{other}' for other in needed)}]"
        yield "    brief: |"
        words = chance.choices(WORDS.split(), k=chance.randrange(45, 60))
        yield f"      Create {creates[0]} with the function part{number}() and its types in {creates[1]}."
        for start in range(0, len(words), 14):
            yield "      " + " ".join(words[start : start + 14])
        yield f"    verify: python -m pytest {creates[2]}"
        yield "    returns: the list of changed files"


def bare(count: int) -> Iterator[str]:
    """Ids, files and dependencies, in layers of twenty, and nothing else."""
    yield "tasks:"
    for number in range(count):
        yield f"- id: t{number}"
        yield f"  writes: [lib/x{number}.py, lib/y{number}.py]"
        if number >= 20:
            yield f"  depends_on: [t{number - 20}, t{number - number % 20 - 1}]"


def one_file(count: int) -> Iterator[str]:
    """Every task changes one file beside its own, and only every third waits for another."""
    yield "tasks:"
    for number in range(count):
        yield f"- id: t{number}"
        yield f"  writes: [src/index.ts, src/part{number}.ts]"
        yield f"  brief: Create src/part{number}.ts and register it in src/index.ts."
        if number % 3 == 1:
            yield f"  depends_on: [t{number - 1}]"


def globs(count: int) -> Iterator[str]:
    """Directories and patterns that hold files of other tasks, contracts, many findings."""
    chance = random.Random(20261130)
    yield "contracts:"
    for number in range(count):
        yield f"- id: c{number}"
        yield f"  file: src/area{number // 10}/c{number}.ts"
        yield f"  signature: 'call{number}(value: A{number}): R{number}'"
    yield "tasks:"
    for number in range(count):
        area = f"src/area{chance.randrange(count)}"
        yield f"- id: t{number}"
        yield f"  title: Part {number}"
        yield f"  writes: [src/area{number // 10}/c{number}.ts, {area}/x{number}.ts, {area}/]"
        yield f"  modifies: ['src/area{chance.randrange(count)}/**/*.ts']"
        yield f"  provides: [c{number}]"
        if number:
            yield f"  consumes: [c{chance.randrange(number)}]"


def chain(count: int) -> Iterator[str]:
    """One task after the other, all on one file."""
    yield "tasks:"
    for number in range(count):
        yield f"- id: t{number}"
        yield f"  title: Step {number}"
        yield "  modifies: [src/main.py]"
        yield f"  brief: Modify src/main.py to add step {number}; keep the behaviour of the earlier steps."
        if number:
            yield f"  depends_on: [t{number - 1}]"


SHAPES: dict[str, Callable[[int], Iterator[str]]] = {
    "ordinary": lines,
    "bare": bare,
    "one-file": one_file,
    "globs": globs,
    "chain": chain,
}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    shape = SHAPES[sys.argv[2] if len(sys.argv) > 2 else "ordinary"]
    sys.stdout.writelines(f"{line}\n" for line in shape(count))


if __name__ == "__main__":
    main()
