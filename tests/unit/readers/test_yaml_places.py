"""Where the values of a YAML file stand."""

import pytest

from planlint.readers.tree import Mapping, Node, Sequence
from planlint.readers.yaml import read_yaml, read_yaml_range
from planlint.source import Source


def entry(text: str, *path: str | int, pure: bool = False) -> Node:
    node = read_yaml(Source("plan.yaml", text), pure=pure).root
    for step in path:
        if isinstance(step, str):
            assert isinstance(node, Mapping)
            node = node.values[step]
        else:
            assert isinstance(node, Sequence)
            node = node.items[step]
    assert node is not None
    return node


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("text", "path", "written"),
    [
        ("a: bare text # note\n", ["a"], "bare text"),
        ("a: 'it''s'\n", ["a"], "'it''s'"),
        ('a: "q\\n"\n', ["a"], '"q\\n"'),
        ("a: &x v\n", ["a"], "v"),
        ("a: !!str v\n", ["a"], "v"),
        ("a: &x !!str v\n", ["a"], "v"),
        ("a: !t &x 'v'\n", ["a"], "'v'"),
        ("a: &x\n  v\n", ["a"], "v"),
        ("a: &x # why\n  v\n", ["a"], "v"),
        ("a: !<tag:x> v\n", ["a"], "v"),
        ("a: &x [1, 2]\n", ["a"], "[1, 2]"),
        ("a: &x\n  b: c\nd: e\n", ["a"], "b: c"),
        ("a: !t\n  - b\n", ["a"], "- b"),
        ("a:\n- b\n- c\n\n# end\nd: 1\n", ["a"], "- b\n- c"),
        ("a:\n  b: 1\n  c:\n\n# end\nd: 1\n", ["a"], "b: 1\n  c:"),
        ("a: {b: [x, y], c: z}\n", ["a", "b"], "[x, y]"),
        ("a: {b: c}\n", ["a"], "{b: c}"),
        ("a: x y\n  z\nb: 1\n", ["a"], "x y\n  z"),
        ("a:\nb: 1\n", ["a"], ""),
        ("a: &x\nb: 1\n", ["a"], ""),
        ("é😀: x\u2028y\nb: z\n", ["b"], "z"),
        ("\ufeffa: x\n", ["a"], "x"),
        ("a: x\r\nb: y\r\n", ["b"], "y"),
        ("a: x\rb: y\r", ["b"], "y"),
        ("a: |\n  x\n  y\n\n# c\nb: 1\n", ["a"], "|\n  x\n  y"),
        ("a: |-\n  x\n\n\nb: 1\n", ["a"], "|-\n  x"),
        ("a: |+\n  x\n\n\nb: 1\n", ["a"], "|+\n  x\n\n"),
        ("a: >-  # why\n  x\n  y\n", ["a"], ">-  # why\n  x\n  y"),
        ("a: |2-\n   x\n", ["a"], "|2-\n   x"),
        ("a: &x !!str |\n  x\n", ["a"], "|\n  x"),
        ("a: |\n  x  \nb: 1\n", ["a"], "|\n  x  "),
        ("a: |\nb: 1\n", ["a"], "|"),
        ("a: |\n  x\n...\n", ["a"], "|\n  x"),
        ("a: |\n  x\n  # text, not a comment\n# comment\n", ["a"], "|\n  x\n  # text, not a comment"),
        ("a: |\r\n  x\r\n\r\nb: 1\r\n", ["a"], "|\r\n  x"),
    ],
)
def test_a_value_stands_exactly_where_it_was_written(
    text: str, path: list[str | int], written: str, pure: bool
) -> None:
    assert entry(text, *path, pure=pure).origin.text == written


def test_a_missing_value_stands_just_after_its_colon() -> None:
    node = entry("a:\nb: 1\n", "a")
    assert (node.start, node.end) == (2, 2)


def test_the_items_of_a_list_of_plain_names_stand_at_their_places() -> None:
    node = entry("a: [src/x.py, no, t12]\n", "a")
    assert isinstance(node, Sequence)
    assert [item.origin.text for item in node.items] == ["src/x.py", "no", "t12"]


def test_values_may_be_given_by_their_texts_and_have_nodes_when_asked() -> None:
    text = "a: [src/x.py, no]\nb: c d\ne: |\n  f\ng: 1\n"
    root = read_yaml(Source("plan.yaml", text)).root
    assert isinstance(root, Mapping)
    assert {key: value for key, value in root.entries.items() if key != "g"} == {
        "a": ["src/x.py", "no"],
        "b": "c d",
        "e": "f\n",
    }
    assert [root.values[key].plain for key in root] == [["src/x.py", "no"], "c d", "f\n", 1]
    assert [root.values[key].origin.text for key in root] == ["[src/x.py, no]", "c d", "|\n  f", "1"]


def test_a_key_stands_where_it_was_written_without_its_anchor() -> None:
    root = entry('&x a: 1\n"b c": 2\n')
    assert isinstance(root, Mapping)
    assert [key.origin.text for key in root.keys.values()] == ["a", '"b c"']


def test_a_range_is_read_with_places_of_the_whole_source() -> None:
    text = "# Title\n\na: x\nb:\n  - y\n\n(the end)"
    document = read_yaml_range(Source("x.md", text), text.index("a:"), text.index("("))
    assert isinstance(document.root, Mapping)
    assert document.root.values["a"].origin.text == "x"
    assert document.root.keys["b"].origin.begin[:2] == (4, 1)


def test_an_error_in_a_range_has_its_place_in_the_whole_source() -> None:
    text = "# Title\n\na: x: y\n"
    (problem,) = read_yaml_range(Source("x.md", text), 9, len(text)).problems
    assert problem.origin.begin[:2] == (3, 5)


@pytest.mark.parametrize("text", ["a: [Bash(git:*), b]\n", "a: [NEW:src/x.py]\n", "a: {b: c:d}\n", "a: [b:1, 'c']\n"])
def test_a_colon_in_a_word_between_brackets_is_part_of_it_as_yaml_1_2_has_it(text: str) -> None:
    document = read_yaml(Source("plan.yaml", text))
    assert not document.problems
    assert document.root is not None
    assert document.root.plain == read_yaml(Source("plan.yaml", text), pure=True).root.plain  # type: ignore[union-attr]
    value = entry(text, "a")
    assert value.origin.text == text.removeprefix("a: ").strip()
