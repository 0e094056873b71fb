"""YAML that is too large, too deep or too much once its aliases are resolved."""

import pytest

from planlint.readers import limits
from planlint.readers.tree import Mapping, Sequence
from planlint.readers.yaml import read_yaml
from planlint.source import Source

LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10))
MERGE_LAUGHS = "a0: &a0 {x: 1}\n" + "".join(
    f"a{i}: &a{i}\n  <<: [{', '.join([f'*a{i - 1}'] * 9)}]\n  k{i}: 1\n" for i in range(1, 10)
)
MERGE_CHAIN = "m0: &m0 {k0: 1}\n" + "".join(f"m{i}: &m{i}\n  <<: *m{i - 1}\n  k{i}: 1\n" for i in range(1, 3000))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 5000, "nested more than 64"),
        ("[" * 5000 + "]" * 5000, "nested more than 64"),
        ("{a: " * 5000, "nested more than 64"),
        ("- " * 5000, "nested more than 64"),
        ("? " * 5000, "nested more than 64"),
        ("".join(" " * i + "a:\n" for i in range(300)), "nested more than 64"),
        ("a: &a " + "[" * 60 + "]" * 60 + "\nb: " + "[" * 10 + "*a" + "]" * 10, "nested more than 64"),
        (LAUGHS, "aliases repeat more than"),
        (MERGE_LAUGHS, "aliases repeat more than"),
        (MERGE_CHAIN, "aliases repeat more than"),
        ("a: &a 1\nb:\n" + "- *a\n" * 20_000, "more than 10,000 aliases"),
        ("a: &a [*a]\n", "stands inside the value that it repeats"),
        ("a: &a\n  <<: *a\n", "stands inside the value that it repeats"),
        ("a: &a\n  b: {c: *a}\n", "stands inside the value that it repeats"),
        ("a: &a {x: 1}\nb:\n  <<: [" + ", ".join(["*a"] * 17) + "]\n", "merges 17 mappings"),
    ],
)
def test_an_attack_is_refused(text: str, words: str) -> None:
    document = read_yaml(Source("plan.yaml", text))
    (problem,) = document.problems
    assert problem.code == "PL006"
    assert words in problem.message
    assert document.broken
    assert not document.roots


def test_64_levels_are_read_and_65_are_not() -> None:
    assert not read_yaml(Source("p", "[" * 64 + "]" * 64)).problems
    problem = read_yaml(Source("p", "[" * 65 + "]" * 65)).problems[0]
    assert problem.origin.start == 64


def test_levels_reached_through_an_alias_count() -> None:
    deep = "a: &a " + "[" * 60 + "]" * 60
    assert not read_yaml(Source("p", f"{deep}\nb: [[*a]]\n")).problems
    assert read_yaml(Source("p", f"{deep}\nb: [[[[*a]]]]\n")).broken


def test_a_chain_of_merges_adds_no_levels() -> None:
    chain = "m0: &m0 {k0: 1}\n" + "".join(f"m{i}: &m{i}\n  <<: *m{i - 1}\n  k{i}: 1\n" for i in range(1, 200))
    root = read_yaml(Source("p", chain)).root
    assert isinstance(root, Mapping)
    last = root.values["m199"]
    assert isinstance(last, Mapping)
    assert len(last) == 200


def test_the_number_of_nodes_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_NODES", 100)
    assert not read_yaml(Source("p", "- x\n" * 99)).problems
    assert [problem.code for problem in read_yaml(Source("p", "- x\n" * 100)).problems] == ["PL006"]


def test_complaints_are_counted_past_a_hundred() -> None:
    problems = read_yaml(Source("p", "- !a/b\n" * 250)).problems
    assert len(problems) == 101
    assert problems[-1].message == "150 more complaints about this file"


@pytest.mark.parametrize(
    "text",
    ["a: |\n" + "  x\n" * 50_000, "# x\n" * 100_000, "a: " + ":".join(["59"] * 10_000), '"' * 20_000, "&a " * 20_000],
)
def test_long_input_is_read_to_its_end(text: str) -> None:
    document = read_yaml(Source("plan.yaml", text))
    assert len(document.roots) + len(document.problems) <= 1


def test_200000_keys_in_one_mapping_are_read() -> None:
    root = read_yaml(Source("p", "".join(f"k{i}: 1\n" for i in range(200_000)))).root
    assert isinstance(root, Mapping)
    assert len(root) == 200_000


def test_the_collector_is_left_as_it_was_found() -> None:
    import gc

    assert gc.isenabled()
    read_yaml(Source("p", "a: [\n"))
    assert gc.isenabled()
    gc.disable()
    try:
        root = read_yaml(Source("p", "[a]")).root
        assert isinstance(root, Sequence)
        assert not gc.isenabled()
    finally:
        gc.enable()
