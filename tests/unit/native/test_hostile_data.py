"""Whatever data a file holds, loading it gives a plan or problems, never an exception."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planlint.dialects.native.build import build
from planlint.dialects.native.dialect import NativeDialect
from planlint.dialects.native.recognition import recognise
from planlint.dialects.native.schema import json_schema
from planlint.dialects.plan_words.synonyms import VOCABULARIES
from planlint.readers.registry import read
from planlint.source import Source

OWN_WORDS = {word for vocabulary in VOCABULARIES.values() for word in vocabulary.names}
WORDS = [*sorted(OWN_WORDS), "x-own", "files", "dependsOn"]
TEXTS = st.one_of(
    st.sampled_from(
        ["a", "b", "", " ", "src/a.ts", "src/{a,b}.ts", "a, b", "no", "010", "5m", "shared", "done", "\ud800"]
    ),
    st.text(max_size=6),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS)
KEYS = st.one_of(st.sampled_from(WORDS), TEXTS)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
TASKS = st.one_of(
    VALUES, st.dictionaries(st.sampled_from(WORDS), VALUES, max_size=6).map(lambda task: {"id": "a", **task})
)
PLANS = st.one_of(
    VALUES,
    st.builds(
        lambda top, tasks: {**top, "tasks": tasks},
        st.dictionaries(st.sampled_from(WORDS), VALUES, max_size=5),
        st.lists(TASKS, max_size=4),
    ),
)


def check(text: str, path: str) -> None:
    document = read(Source(path, text))
    recognise(document.roots)
    for root in document.roots:
        plan, problems = build(root, path, NativeDialect())
        assert plan is not None or any(problem.fatal for problem in problems)
        for problem in problems:
            assert problem.code in ("PL003", "PL008")
            assert 0 <= problem.origin.start <= problem.origin.end <= len(text)
            assert "\n" not in problem.message
        if plan is not None:
            assert [task.index for task in plan.tasks] == list(range(len(plan.tasks)))


@given(PLANS)
def test_any_json_gives_a_plan_or_problems(value: Any) -> None:
    check(json.dumps(value), "plan.json")


@given(PLANS)
def test_any_yaml_gives_a_plan_or_problems(value: Any) -> None:
    check(json.dumps(value), "plan.yaml")


@given(
    st.lists(
        st.sampled_from(
            ["tasks:", "- id:", "  - id: 01", "    wave: no", "    writes: a, b", "plan: {}", "---", "    - &x"]
        )
    )
)
def test_any_lines_give_a_plan_or_problems(lines: list[str]) -> None:
    check("\n".join(lines), "plan.yaml")


def test_a_schema_for_all_words_exists() -> None:
    schema = json_schema()
    known = {*schema["properties"]} | {word for found in schema["$defs"].values() for word in found["properties"]}
    assert set(WORDS) - known == {"x-own"}
