"""Write a plan of N tasks to standard output: `python benchmarks/generate_plan.py 1000 > plan.yaml`.

The shape of real plans, enlarged: each task has a title, three files of its own, one directory every tenth task, reads,
up to two dependencies among the previous fifty tasks, a brief of about fifty words and a check. Two files in a hundred
are shared, so that there is something to find. The same N always gives the same plan.
"""

import random
import sys
from collections.abc import Iterator

WORDS = """
read the request body check the session store the result return an error when the user is missing keep the existing
names write a test for the empty case and for the largest one do not touch the configuration
"""


def lines(count: int) -> Iterator[str]:
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


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    sys.stdout.writelines(f"{line}\n" for line in lines(count))


if __name__ == "__main__":
    main()
